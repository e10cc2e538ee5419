"""The full-page messenger with one member's message box open."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from executor.components.member import names
from executor.components.refusal import is_accepted, raise_if_refused
from executor.components.thread import (
    baseline_of,
    new_own_message,
    read_thread,
    same_words,
)
from executor.errors import (
    ComposerOccupied,
    ComposerUnavailable,
    ExecutorError,
    NotConnected,
    RecipientMismatch,
    TimedOut,
    UiChanged,
    Unproven,
)
from executor.locators import messaging, shell

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from executor.browser.call import Answer
    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from executor.components.member import Member
    from executor.locators.element import Element
    from storage.tasks import JsonObject

_OPEN_RECIPIENT_SECONDS = 5.0
_HISTORY_SECONDS = 3.0
_BUTTON_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReceipt:
    """Proof of a delivered message."""

    message_urn: str | None
    conversation_urn: str | None
    evidence: JsonObject


class ConversationPage:
    """A message box whose recipient has been proven."""

    def __init__(self, tab: Tab, member: Member) -> None:
        self._tab = tab
        self._member = member
        self._text = ""
        self._linked = False
        """Whether the page has named the recipient by a link, and not in words only."""

    @classmethod
    async def open(cls, tab: Tab, member: Member) -> ConversationPage:
        """Open the message box by the member's id.

        Raises:
            NotConnected: LinkedIn offers InMail or Premium instead.
            ComposerUnavailable: there is no message box.
            RecipientMismatch: the message box is for somebody else.
        """
        await tab.open(
            f"/messaging/compose/?profileUrn={quote(member.urn, safe='')}"
            f"&recipient={member.profile_id}&screenContext=NON_SELF_PROFILE_VIEW&interop=msgOverlay"
        )
        shown = await tab.wait_for(
            messaging.INMAIL,
            messaging.UNAVAILABLE,
            messaging.COMPOSER,
            unless_at=shell.PREMIUM_PATHS,
        )
        if tab.is_at(shell.PREMIUM_PATHS) or shown is messaging.INMAIL:
            raise NotConnected
        if shown is not messaging.COMPOSER:
            raise ComposerUnavailable
        page = cls(tab, member)
        await tab.wait_for(
            messaging.RECIPIENT_LINK, messaging.RECIPIENT_PILL, seconds=_OPEN_RECIPIENT_SECONDS
        )
        await page._prove_recipient()
        return page

    async def write(self, text: str) -> None:
        """Put the text into the message box, and see that it stands there unchanged.

        Raises:
            ComposerOccupied: there is another draft, which stays as it is.
            UiChanged: the box shows something else than what was typed; it is emptied again.
        """
        composer = await self._tab.whole.require(messaging.COMPOSER)
        self._text = text
        expected = text.replace("\u00a0", " ")
        before = await composer.run("composer_text")
        if before == expected:
            return  # Left behind by an earlier try at this very message.
        if before.strip():
            raise ComposerOccupied
        try:
            await composer.type_text(text)
            typed = await composer.run("composer_text")
        except BaseException:
            await _empty(composer)
            raise
        if typed != expected:
            await _empty(composer)
            raise UiChanged("The message box does not show the text that was typed into it.")

    async def read_baseline(self) -> JsonObject:
        """Read what the conversation shows before the click."""
        if self._linked or self._thread_id():
            # A conversation that exists has a history, which may come after the message box.
            await self._tab.wait_for(messaging.ITEM, seconds=_HISTORY_SECONDS)
        items = await read_thread(self._tab.whole)
        return baseline_of(items, self._text, thread_id=self._thread_id())

    async def send(
        self, baseline: JsonObject, *, before_click: Callable[[], Awaitable[None]]
    ) -> MessageReceipt:
        """Send what was written, and return what proves it.

        Args:
            before_click: commits the intent; called when everything is ready for the click.

        Raises:
            NotSent: LinkedIn refused, or the request was stopped; nothing was delivered.
            Unproven: it may have been delivered.
        """
        press = await self._ready_to_send()
        await self._prove_recipient()
        answer = await self._tab.submit(
            messaging.CREATE_MESSAGE, check=self._check, before_click=before_click, click=press
        )
        if answer is not None:
            raise_if_refused(answer)
            if receipt := _receipt_of(answer):
                return receipt
        return await self._find_in_page(baseline) or await self._find_after_reload(baseline)

    async def _ready_to_send(self) -> Callable[[], Awaitable[None]]:
        """Return the deed that sends: the button, or Enter where the account chose that."""
        form = await self._tab.whole.require(messaging.FORM)
        await self._tab.wait_until(lambda: _has(form, messaging.SEND), seconds=_BUTTON_SECONDS)
        if (await self._tab.whole.read(messaging.INMAIL))[messaging.INMAIL.name]:
            raise NotConnected
        await self._require_text()
        button = await form.find(messaging.SEND)
        if button is None:
            # Without a button the account's preference is "Press Enter to Send" (2026-09).
            await form.require(messaging.SEND_TOGGLE)
            composer = await self._tab.whole.require(messaging.COMPOSER)
            return lambda: composer.press("Enter")
        await button.wait_until_enabled(self._tab.step_seconds)
        await button.click(trial=True)
        return button.click

    async def _require_text(self) -> None:
        """See that the message box still holds the text; pages put a new box in its place."""
        composer = await self._tab.whole.require(messaging.COMPOSER)
        if not same_words(await composer.run("composer_text"), self._text):
            raise TimedOut("The message box lost the text that was typed into it.")

    async def _prove_recipient(self) -> None:
        seen = await self._tab.whole.read(messaging.RECIPIENT_LINK, messaging.RECIPIENT_PILL)
        links = seen[messaging.RECIPIENT_LINK.name]
        pills = seen[messaging.RECIPIENT_PILL.name]
        self._linked = bool(links)
        if links:
            if not all(self._member.is_named(_who(link.href)) for link in links):
                raise RecipientMismatch
            return
        # A new conversation names its recipient in words only; that it is this person and not a
        # namesake is checked on the request itself, which carries the id.
        if len(pills) != 1:
            raise RecipientMismatch("The message box does not name one recipient.")
        if not names(pills[0].label or pills[0].text, self._member.name):
            raise RecipientMismatch

    def _check(self, body: JsonObject) -> str | None:
        """Compare the page's request with what the task is about."""
        message = body.get("message")
        if not isinstance(message, dict):
            return "The request holds no message."
        if not same_words(str((message.get("body") or {}).get("text", "")), self._text):
            return "The request holds another text."
        recipients = body.get("hostRecipientUrns") or message.get("hostRecipientUrns")
        if recipients is not None:
            ids = [str(urn).rpartition(":")[2] for urn in recipients]
            return None if ids == [self._member.profile_id] else "The request names somebody else."
        return self._check_conversation(str(message.get("conversationUrn")))

    def _check_conversation(self, urn: str) -> str | None:
        others = self._tab.participants.others_in(urn)
        if others is not None:
            right = others == {self._member.profile_id}
            return None if right else "The request is for somebody else's conversation."
        thread_id = self._thread_id()
        if not self._linked or thread_id is None:
            return "Nothing says by id whose conversation the request is for."
        if f",{thread_id})" not in urn:
            return "The request is for another conversation than the one shown."
        return None

    def _thread_id(self) -> str | None:
        found = re.match(messaging.THREAD_PATH, self._tab.path)
        return found["thread_id"] if found else None

    async def _find_in_page(self, baseline: JsonObject) -> MessageReceipt | None:
        await self._tab.wait_until(
            lambda: self._is_shown(baseline), seconds=self._tab.evidence_seconds
        )
        items = await read_thread(self._tab.whole)
        found = new_own_message(items, self._text, baseline)
        if found is None or not found.sent:
            return None
        return self._receipt("page", found.urn)

    async def _is_shown(self, baseline: JsonObject) -> bool:
        found = new_own_message(await read_thread(self._tab.whole), self._text, baseline)
        return found is not None and found.sent

    async def _find_after_reload(self, baseline: JsonObject) -> MessageReceipt:
        """Open the conversation anew and look for the message; never write anything."""
        with suppress(ExecutorError):
            await ConversationPage.open(self._tab, self._member)
            items = await read_thread(self._tab.whole)
            found = new_own_message(items, self._text, baseline)
            if found is not None:
                return self._receipt("read_back", found.urn)
        raise Unproven

    def _receipt(self, method: str, message_urn: str) -> MessageReceipt:
        return MessageReceipt(
            message_urn=message_urn,
            conversation_urn=None,
            evidence={"method": method, "message_urn": message_urn, "thread": self._thread_id()},
        )


async def _empty(composer: Part) -> None:
    """Take back what was typed: a draft would make every later message to this person fail."""
    with suppress(ExecutorError):
        await composer.clear()


def _receipt_of(answer: Answer) -> MessageReceipt | None:
    """Read the message's id from LinkedIn's answer; without one it proves nothing."""
    if not is_accepted(answer):
        return None
    value = answer.body.get("value")
    data = answer.body.get("data")
    urn: Any = None
    conversation: Any = None
    if isinstance(value, dict):
        urn, conversation = value.get("entityUrn"), value.get("conversationUrn")
    elif isinstance(data, dict):
        urn = data.get("*value")
    if not isinstance(urn, str) or not urn.startswith("urn:li:msg_message:"):
        return None
    return MessageReceipt(
        message_urn=urn,
        conversation_urn=conversation if isinstance(conversation, str) else None,
        evidence={"method": "network", "status": answer.status, "message_urn": urn},
    )


async def _has(form: Part, element: Element) -> bool:
    return await form.find(element) is not None


def _who(href: str | None) -> str:
    parts = unquote(urlsplit(href or "").path).strip("/").split("/")
    return parts[1] if parts[0] == "in" and len(parts) > 1 else ""
