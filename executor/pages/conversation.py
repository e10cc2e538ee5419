"""The full-page messenger with one member's message box open."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from executor.components.member import names
from executor.components.profile_ids import named_in
from executor.components.refusal import is_accepted, raise_if_refused
from executor.components.thread import (
    baseline_of,
    delivery_in,
    read_thread,
    same_words,
    thread_id_in,
    thread_path,
)
from executor.errors import (
    ComposerOccupied,
    ComposerUnavailable,
    ConversationNotFound,
    ExecutorError,
    NotConnected,
    RecipientMismatch,
    TimedOut,
    UiChanged,
    Unproven,
)
from executor.locators import messaging, shell
from executor.mailbox import thread_id_of
from executor.pages.attaching import Attaching
from executor.pages.message_receipt import MessageReceipt, receipt_of
from executor.pages.typing import TypingShown
from storage.errors import SentBefore

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from executor.attempt import Attempt
    from executor.browser.call import Answer
    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from executor.components.member import Member
    from executor.components.thread import Delivery, ThreadItem
    from executor.local_files import LocalFile
    from executor.locators.element import Element
    from executor.locators.messaging import BoxElements
    from storage.tasks import JsonObject

_OPEN_RECIPIENT_SECONDS = 5.0
_HISTORY_SECONDS = 3.0
_BUTTON_SECONDS = 2.0
_KEYS = 40
"""How many characters are pressed as keys; the page speaks up at the first ones (2026-09)."""


class ConversationPage:
    """A message box whose recipient has been proven."""

    _elements: ClassVar[BoxElements] = messaging.PAGE_BOX

    def __init__(
        self,
        tab: Tab,
        member: Member,
        conversation_urn: str | None = None,
        *,
        scope: Part | None = None,
    ) -> None:
        self._tab = tab
        self._scope = scope or tab.whole
        """What holds this message box and no other."""
        self._member = member
        self._wanted = conversation_urn
        self._text = ""
        self._attaching = Attaching(tab)
        self._marks: JsonObject = {}
        """What the page's request to send can be told by, once it is about to leave."""
        self._linked = False
        """Whether the page has named the recipient by a link, and not in words only."""

    @classmethod
    async def open(
        cls, tab: Tab, member: Member, *, conversation_urn: str | None = None
    ) -> ConversationPage:
        """Open the message box by the member's id, or below a known conversation with them.

        Raises:
            ConversationNotFound: LinkedIn does not show that conversation.
            NotConnected: LinkedIn offers InMail or Premium instead.
            ComposerUnavailable: there is no message box.
            UiChanged: there is one in the overlay only.
            RecipientMismatch: the message box is for somebody else.
        """
        if conversation_urn is None:
            await tab.open(compose_path(member))
        else:
            await tab.open(thread_path(thread_id_of(conversation_urn)))
        shown = await tab.wait_for(
            *(() if conversation_urn is None else (messaging.WENT_WRONG,)),
            messaging.INMAIL,
            messaging.UNAVAILABLE,
            messaging.COMPOSER,
            unless_at=shell.PREMIUM_PATHS,
        )
        if tab.is_at(shell.PREMIUM_PATHS) or shown is messaging.INMAIL:
            raise NotConnected
        if shown is messaging.WENT_WRONG:
            raise ConversationNotFound
        if shown is not messaging.COMPOSER:
            if await tab.whole.last(messaging.OVERLAY_COMPOSER) is not None:
                raise UiChanged(
                    f"{messaging.COMPOSER.name} is missing from the page; there is only "
                    f"{messaging.OVERLAY_COMPOSER.name}."
                )
            raise ComposerUnavailable
        page = cls(tab, member, conversation_urn)
        await tab.wait_for(
            messaging.RECIPIENT_LINK, messaging.RECIPIENT_PILL, seconds=_OPEN_RECIPIENT_SECONDS
        )
        await page.prove_recipient()
        return page

    async def write(
        self, text: str, *, show_typing: bool = False, files: Sequence[LocalFile] = ()
    ) -> bool:
        """Put text and files into the message box, and see that the text stands there unchanged.

        Args:
            show_typing: whether to press keys at its beginning, by which the page shows the other
                side that one types.

        Returns:
            Whether LinkedIn took the page's word that somebody types.

        Raises:
            ComposerOccupied: there is another draft, which stays as it is.
            AttachmentRefused: LinkedIn does not take a file; the box is emptied again.
            UiChanged: the box shows something else than what was typed; it is emptied again.
        """
        self._text = text
        expected = text.replace("\u00a0", " ")
        self._attaching = Attaching(self._tab, files)
        (composer, before), attached = await asyncio.gather(
            self._scope.require_and_run(self._elements.composer, "composer_text"),
            self._attaching.count_shown(),
        )
        is_ours = before == expected  # Left behind by an earlier try at this very message.
        if before.strip() and not is_ours:
            raise ComposerOccupied
        await self._attaching.make_room(attached, is_ours=is_ours)
        shown = False if is_ours else await self._type(composer, expected, show_typing=show_typing)
        try:
            await self._attaching.put()
        except BaseException:
            await self._attaching.remove()
            await composer.take_back()
            raise
        return shown

    async def _type(self, composer: Part, expected: str, *, show_typing: bool) -> bool:
        try:
            typing = TypingShown(self._tab)
            with typing.watched():
                await composer.type_text(self._text, keys=_KEYS if show_typing else 0)
                if show_typing:
                    await typing.wait()
            typed = await composer.run("composer_text")
        except BaseException:
            await composer.take_back()
            raise
        if typed != expected:
            await composer.take_back()
            raise UiChanged(
                f"{self._elements.composer.name} does not show the text that was typed into it."
            )
        return typing.is_shown

    async def read_baseline(self) -> JsonObject:
        """Read what the conversation shows before the click, for a read-back to go by.

        Returns:
            What `baseline_of` tells, and the `member` who is written to.
        """
        await self._wait_for_history()
        items = await read_thread(self._scope, self._elements.item)
        thread_id = self._thread_id() or self._overheard_thread_id(items)
        noted = baseline_of(items, self._text, thread_id=thread_id)
        files = {"files": names} if (names := self._attaching.names) else {}
        return {"member": self._member.as_json, **noted, **files}

    async def _wait_for_history(self) -> None:
        """Wait for what has been written before, which may come after the message box."""
        if self._linked or self._thread_id():
            await self._tab.wait_for(messaging.ITEM, seconds=_HISTORY_SECONDS)

    async def send(self, baseline: JsonObject, attempt: Attempt) -> MessageReceipt:
        """Send what was written, and return what proves it.

        Args:
            baseline: what `read_baseline` returned.
            attempt: takes down the intent when everything is ready for the click.

        Raises:
            NotSent: LinkedIn refused, or the request was stopped; nothing was delivered.
            SentBefore: another task has sent these words to the member; the box is emptied again.
            Unproven: it may have been delivered.
        """
        press = await self._ready_to_send()
        await self.prove_recipient()
        try:
            answer = await self._tab.submit(
                messaging.CREATE_MESSAGE,
                check=self._check,
                marks=self._note_marks,
                before_click=lambda: attempt.submitting(baseline),
                before_request=attempt.leaving,
                click=press,
            )
        except SentBefore:
            await self._empty()
            raise
        if answer is not None:
            raise_if_refused(answer)
            if receipt := self._receipt_of(answer):
                return receipt
        if receipt := await self._find_in_page(baseline):
            return receipt
        raise Unproven

    async def _empty(self) -> None:
        """Take back what was put into the box, as far as the page lets it."""
        await self._attaching.remove()
        with suppress(ExecutorError):
            await (await self._scope.require(self._elements.composer)).clear()

    async def _ready_to_send(self) -> Callable[[], Awaitable[None]]:
        """Return the deed that sends: the button, or Enter where the account chose that."""
        form = await self._scope.require(self._elements.form)
        button = await form.find(messaging.SEND)
        if button is None and await self._tab.wait_until(
            lambda: _has(form, messaging.SEND), seconds=_BUTTON_SECONDS
        ):
            button = await form.find(messaging.SEND)
        # Side by side: whether it can be pressed takes some frames of the page to tell.
        await asyncio.gather(
            self._require_kind(),
            self._require_text(),
            self._attaching.require_in_place(),
            *([] if button is None else [button.wait_until_pressable(self._tab.step_seconds)]),
        )
        if button is None:
            # Without a button the account's preference is "Press Enter to Send" (2026-09).
            await form.require(messaging.SEND_TOGGLE)
            composer = await self._scope.require(self._elements.composer)
            return lambda: composer.press("Enter")
        return button.click

    async def _require_kind(self) -> None:
        """See that what is sent is an ordinary message; pages change a box while they load."""
        if (await self._scope.read(messaging.INMAIL))[messaging.INMAIL.name]:
            raise NotConnected

    async def _require_text(self) -> None:
        """See that the message box still holds the text; pages put a new box in its place."""
        _, shown = await self._scope.require_and_run(self._elements.composer, "composer_text")
        if not same_words(shown, self._text):
            raise TimedOut("The message box lost the text that was typed into it.")

    async def prove_recipient(self) -> None:
        """See that the box is for its member.

        Raises:
            RecipientMismatch: it is not.
        """
        link, pill = self._elements.recipient_link, self._elements.recipient_pill
        seen = await self._scope.read(link, pill)
        links, pills = seen[link.name], seen[pill.name]
        self._linked = bool(links)
        if links:
            if not all(self._member.is_named(named_in(link.href)) for link in links):
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
        if problem := self._attaching.check(message):
            return problem
        recipients = body.get("hostRecipientUrns") or message.get("hostRecipientUrns")
        if recipients is not None and self._wanted is None:
            ids = [str(urn).rpartition(":")[2] for urn in recipients]
            return None if ids == [self._member.profile_id] else "The request names somebody else."
        return self._check_conversation(str(message.get("conversationUrn")))

    def _check_conversation(self, urn: str) -> str | None:
        if self._wanted is not None and thread_id_of(urn) != thread_id_of(self._wanted):
            return "The request is for another conversation than the one asked for."
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
        return thread_id_in(self._tab.path)

    def _overheard_thread_id(self, items: list[ThreadItem]) -> str | None:
        """Return whose history is shown below "New message", where the address does not tell."""
        messages = self._tab.participants.messages
        known = [found for item in items if (found := messages.get(item.urn)) is not None]
        return known[-1].thread_id if known else None

    def _note_marks(self, body: JsonObject) -> JsonObject:
        """Return what the page tells its message by; LinkedIn hands it back with the message."""
        message = body.get("message")
        token = message.get("originToken") if isinstance(message, dict) else None
        self._marks = {"origin_token": token} if isinstance(token, str) else {}
        return self._marks

    async def _find_in_page(self, baseline: JsonObject) -> MessageReceipt | None:
        """Look for the message in the conversation, which is open anyway."""
        known = {**baseline, **self._marks}
        await self._tab.wait_until(
            lambda: self._is_shown(known), seconds=self._tab.evidence_seconds
        )
        found = await self._delivery(known)
        if found is None:
            return None
        return receipt_of(found, self._member, method="page", thread_id=self._thread_id())

    async def _is_shown(self, baseline: JsonObject) -> bool:
        return await self._delivery(baseline) is not None

    async def _delivery(self, baseline: JsonObject) -> Delivery | None:
        # Where it was written, LinkedIn's mark has to stand beside it as well.
        items = [
            item
            for item in await read_thread(self._scope, self._elements.item)
            if item.sent or item.urn in baseline["urns"]
        ]
        return delivery_in(items, self._tab.participants.messages, self._text, baseline)

    def _receipt_of(self, answer: Answer) -> MessageReceipt | None:
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
            recipient_profile_id=self._member.profile_id,
            message_urn=urn,
            conversation_urn=conversation if isinstance(conversation, str) else None,
            evidence={"method": "network", "status": answer.status, "message_urn": urn},
        )


def compose_path(member: Member) -> str:
    """Return the address of the message box for a member; a known conversation opens there too."""
    return (
        f"/messaging/compose/?profileUrn={quote(member.urn, safe='')}"
        f"&recipient={member.profile_id}&screenContext=NON_SELF_PROFILE_VIEW&interop=msgOverlay"
    )


async def _has(form: Part, element: Element) -> bool:
    return await form.find(element) is not None
