"""Answering in a conversation of Sales Navigator, and looking for the answer after the fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from executor.components.refusal import is_accepted, raise_if_refused
from executor.components.sales_requests import message_in, reply_problem
from executor.components.thread import same_words
from executor.errors import (
    ComposerOccupied,
    ComposerUnavailable,
    TimedOut,
    UiChanged,
    Unproven,
)
from executor.locators import sales
from executor.pages.sales_thread import SalesThreadPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.attempt import Attempt
    from executor.browser.call import Answer
    from executor.browser.guard import RequestBody
    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from executor.sales_mailbox import SalesMessage
    from storage.tasks import JsonObject

_FORM_SECONDS = 5.0
_MOST_PIECES = 6
"""How often older messages are loaded to find those that were there before, some ten at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesReceipt:
    """Proof of a delivered message."""

    thread_id: str
    message_id: str
    evidence: JsonObject


class SalesReply:
    """The message box of a conversation that is proven by its address and by LinkedIn's answer."""

    def __init__(self, tab: Tab, thread: SalesThreadPage) -> None:
        self._tab = tab
        self._thread = thread
        self._text = ""

    @classmethod
    async def open(cls, tab: Tab, thread_id: str) -> SalesReply:
        """Open a conversation and its message box.

        Raises:
            ConversationNotFound: LinkedIn does not show it.
            ComposerUnavailable: there is no message box for an answer.
            Refused, TimedOut: as `open_sales`.
        """
        thread = SalesThreadPage(tab, thread_id)
        with thread.listening():
            await thread.open()
        if await tab.wait_for(sales.COMPOSER, seconds=_FORM_SECONDS) is None:
            raise ComposerUnavailable("Sales Navigator offers no message box in this conversation.")
        reply = cls(tab, thread)
        await reply._form()
        return reply

    async def write(self, text: str) -> None:
        """Put the text into the box, and see that it stands there unchanged.

        Raises:
            ComposerOccupied: there is another draft, which stays as it is.
            UiChanged: the box shows something else than what was typed; it is emptied again.
        """
        composer = await (await self._form()).require(sales.COMPOSER)
        before = await composer.value()
        self._text = text
        if before == text:
            return  # Left behind by an earlier try at this very message.
        if before.strip():
            raise ComposerOccupied
        try:
            await composer.clear()
            await composer.type_text(text)
            typed = await composer.value()
        except BaseException:
            await composer.take_back()
            raise
        if typed != text:
            await composer.take_back()
            raise UiChanged(f"{sales.COMPOSER.name} does not show the text that was typed into it.")

    def read_baseline(self) -> JsonObject:
        """Return what LinkedIn has told of the conversation, for a read-back to go by."""
        return {
            "thread_id": self._thread.thread_id,
            "message_ids": [each.message_urn for each in self._thread.messages],
        }

    async def send(self, baseline: JsonObject, attempt: Attempt) -> SalesReceipt:
        """Send what was written, and return what proves it.

        Args:
            baseline: what `read_baseline` returned.
            attempt: takes down the intent when everything is ready for the click.

        Raises:
            NotSent: LinkedIn refused, or the request was stopped; nothing was delivered.
            Unproven: it may have been delivered.
        """
        button = await (await self._form()).require(sales.SEND)
        await button.wait_until_enabled(self._tab.step_seconds)
        await button.click(trial=True)
        composer = await (await self._form()).require(sales.COMPOSER)
        if await composer.value() != self._text:
            raise TimedOut("The message box lost the text that was typed into it.")
        self._thread.prove()

        def check(body: RequestBody) -> str | None:
            return reply_problem(body, self._thread.thread_id, self._text)

        answer = await self._tab.submit(
            sales.CREATE_SALES_MESSAGE,
            check=check,
            before_click=lambda: attempt.submitting(baseline),
            before_request=attempt.leaving,
            click=button.click,
        )
        if answer is not None:
            raise_if_refused(answer)
            if receipt := self._receipt_of(answer):
                return receipt
        raise Unproven

    def _receipt_of(self, answer: Answer) -> SalesReceipt | None:
        """Read the message's id from LinkedIn's answer; without one it proves nothing."""
        thread_id = self._thread.thread_id
        message_id = message_in(answer.body, thread_id) if is_accepted(answer) else None
        if message_id is None:
            return None
        evidence = {"method": "network", "status": answer.status, "message_id": message_id}
        return SalesReceipt(thread_id=thread_id, message_id=message_id, evidence=evidence)

    async def _form(self) -> Part:
        """Return the one form, which is for an answer.

        Raises:
            ComposerUnavailable: it asks for a subject, so that it begins something else.
        """
        form = await self._tab.whole.require(sales.FORM)
        if await form.find(sales.SUBJECT) is not None:
            raise ComposerUnavailable("Sales Navigator offers a new InMail here, and no answer.")
        return form


async def find_sent_reply(tab: Tab, text: str, baseline: JsonObject) -> SalesReceipt | None:
    """Look in a conversation for a message that is in doubt: new, own, and with these words.

    Only what stands before those that were there already counts as new; where none of them is
    found, nothing is proven.

    Raises:
        ConversationNotFound, Refused, TimedOut: as `SalesThreadPage.open`.
    """
    thread = SalesThreadPage(tab, baseline["thread_id"])
    known = set(baseline["message_ids"])
    with thread.listening():
        await thread.open()
        for _ in range(_MOST_PIECES):
            if any(each.message_urn in known for each in thread.messages):
                break
            if thread.is_whole or not await thread.load_older():
                return None
    found = _new_own(thread.messages, text, known)
    if found is None:
        return None
    evidence = {"method": "read_back", "by": "landmark", "message_id": found.message_urn}
    return SalesReceipt(thread_id=thread.thread_id, message_id=found.message_urn, evidence=evidence)


def _new_own(messages: Sequence[SalesMessage], text: str, known: set[str]) -> SalesMessage | None:
    """Return the own message with these words that is newer than all that are known."""
    for each in messages:
        if each.message_urn in known:
            return None
        if each.is_own and same_words(each.text, text):
            return each
    return None
