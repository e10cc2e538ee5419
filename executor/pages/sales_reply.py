"""Answering in a conversation of Sales Navigator, and looking for the answer after the fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.components.sales_requests import reply_problem, sent_in
from executor.components.thread import same_words
from executor.errors import ComposerUnavailable
from executor.locators import sales
from executor.pages.sales_box import SalesBox, SalesReceipt
from executor.pages.sales_thread import SalesThreadPage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from executor.browser.guard import RequestBody
    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from executor.sales_mailbox import SalesMessage
    from storage.tasks import JsonObject

_FORM_SECONDS = 5.0
_MOST_PIECES = 6
"""How often older messages are loaded to find those that were there before, some ten at a time."""


class SalesReply(SalesBox):
    """The message box of a conversation that is proven by its address and by LinkedIn's answer."""

    def __init__(self, tab: Tab, thread: SalesThreadPage) -> None:
        super().__init__(tab)
        self._thread = thread

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

    def read_baseline(self) -> JsonObject:
        """Return what LinkedIn has told of the conversation, for a read-back to go by."""
        return {
            "thread_id": self._thread.thread_id,
            "message_ids": [each.message_urn for each in self._thread.messages],
        }

    async def _prove(self) -> None:
        self._thread.prove()

    def _problem(self, body: RequestBody) -> str | None:
        return reply_problem(body, self._thread.thread_id, self._text)

    def _delivered_in(self, answer: Mapping[str, Any]) -> tuple[str, str] | None:
        return sent_in(answer, thread_id=self._thread.thread_id)

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
