"""A conversation that is opened to be read: did a message that was sent earlier arrive?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from executor.components.member import Member
from executor.components.profile_ids import named_in
from executor.components.thread import delivery_in, read_thread, thread_id_in, thread_path
from executor.errors import NotConnected, RecipientMismatch, Refused, TimedOut, UiChanged
from executor.locators import messaging, shell
from executor.pages.conversation import compose_path
from executor.pages.inbox import InboxPage
from executor.pages.message_receipt import receipt_of

if TYPE_CHECKING:
    from executor.browser.tab import Tab
    from executor.components.thread import ThreadItem
    from executor.mailbox import Conversation
    from executor.pages.message_receipt import MessageReceipt
    from storage.tasks import JsonObject

log = structlog.get_logger(__name__)

_HISTORY_SECONDS = 3.0
_ANSWER_SECONDS = 2.0
_QUIET_SECONDS = 0.4
_OLDER_SECONDS = 2.0
_NEWEST = 20
"""How many conversations of the list are looked at for what was sent just now."""
_MOST_PIECES = 6
"""How often older messages are loaded; LinkedIn brings some 20 at a time (2026)."""


class HistoryPage:
    """A member's conversation, which is neither touched nor marked read."""

    def __init__(self, tab: Tab, member: Member) -> None:
        self._tab = tab
        self._member = member

    @classmethod
    async def open(cls, tab: Tab, member: Member, path: str) -> HistoryPage:
        """Open a conversation by its address and wait until its history stands still.

        Raises:
            NotConnected: LinkedIn offers Premium in its place.
            RecipientMismatch: it is somebody else's conversation.
            TimedOut: no conversation appeared.
        """
        await tab.open(path, only_read=True)
        shown = await tab.wait_for(
            messaging.ITEM,
            messaging.COMPOSER,
            messaging.INMAIL,
            messaging.UNAVAILABLE,
            unless_at=shell.PREMIUM_PATHS,
        )
        if tab.is_at(shell.PREMIUM_PATHS):
            raise NotConnected
        if shown is None:
            raise TimedOut("The conversation did not appear.")
        if shown is not messaging.ITEM:
            await tab.wait_for(messaging.ITEM, seconds=_HISTORY_SECONDS)
        page = cls(tab, member)
        await page._prove_not_somebody_elses()
        return page

    @property
    def thread_id(self) -> str | None:
        return thread_id_in(self._tab.path)

    async def find_sent(self, text: str, baseline: JsonObject) -> MessageReceipt | None:
        """Look for what was sent after this baseline, as far back as its last known message."""
        for _ in range(_MOST_PIECES):
            items = await self._read()
            if found := delivery_in(items, self._tab.participants.messages, text, baseline):
                return receipt_of(found, self._member, method="read_back", thread_id=self.thread_id)
            if any(item.urn == baseline["last_urn"] for item in items):
                break
            if not await self._load_older(items):
                break
        return None

    async def _read(self) -> list[ThreadItem]:
        """Read what is shown, once it stands still and LinkedIn's answers about it are read."""
        await self._tab.settle(_QUIET_SECONDS)
        await self._tab.wait_until(self._is_all_heard, seconds=_ANSWER_SECONDS)
        return await read_thread(self._tab.whole)

    async def _is_all_heard(self) -> bool:
        messages = self._tab.participants.messages
        items = await read_thread(self._tab.whole)
        return all(messages.get(item.urn) is not None for item in items if item.is_stored)

    async def _load_older(self, items: list[ThreadItem]) -> bool:
        """Bring the oldest message into view, which makes the page load the ones before it."""
        oldest = await self._tab.whole.find(messaging.OLDEST_EVENT)
        if oldest is None or not items:
            return False
        await oldest.wait_until_pressable(self._tab.step_seconds)

        async def has_older() -> bool:
            shown = await read_thread(self._tab.whole)
            return bool(shown) and shown[0].urn != items[0].urn

        return await self._tab.wait_until(has_older, seconds=_OLDER_SECONDS)

    async def _prove_not_somebody_elses(self) -> None:
        """Compare ids only: names and vanities may have changed since the message was sent.

        What proves the message then also proves the conversation: its token, or a message in it
        that was seen there when the recipient was proven.
        """
        seen = await self._tab.whole.read(messaging.RECIPIENT_LINK)
        for link in seen[messaging.RECIPIENT_LINK.name]:
            who = named_in(link.href)
            if who.startswith("ACoA") and not self._member.is_named(who):
                raise RecipientMismatch


async def find_sent_message(tab: Tab, text: str, baseline: JsonObject) -> MessageReceipt | None:
    """Look for a message where it was sent to: by its recipient, then by its conversation.

    Raises:
        SessionBlocked: the account cannot look.
        Transient: not everything could be seen, and nothing was found in the rest.
        UiChanged: as above.
    """
    member = Member.from_json(baseline["member"])
    thread_id: str | None = baseline["thread_id"]
    ways = [compose_path(member)]
    if thread_id is not None:
        # LinkedIn may refuse a message box by now, or open another conversation of these two.
        ways.append(thread_path(thread_id))
    trouble: TimedOut | UiChanged | None = None
    for way in ways:
        try:
            page = await HistoryPage.open(tab, member, way)
            if receipt := await page.find_sent(text, baseline):
                return receipt
            if page.thread_id == thread_id:
                return None
        except (TimedOut, UiChanged) as error:
            trouble = error
        except Refused as refusal:
            log.info("read_back_refused", why=refusal.code)
    if trouble is not None:
        raise trouble
    return None


async def find_listed_message(tab: Tab, text: str, baseline: JsonObject) -> MessageReceipt | None:
    """Look for a message among the newest conversations with its recipient; `None` proves nothing.

    For people who are no connections: composing to them would open something else than the
    conversation in which the message is.

    Raises:
        SessionBlocked: the account cannot look.
        Transient: not everything could be seen, and nothing was found in the rest.
        UiChanged: as above.
    """
    member = Member.from_json(baseline["member"])
    listed = await InboxPage(tab).read(count=_NEWEST)
    trouble: TimedOut | UiChanged | None = None
    for each in listed.conversations:
        if not _is_with(each, member):
            continue
        try:
            page = await HistoryPage.open(tab, member, thread_path(each.thread_id))
            if receipt := await page.find_sent(text, baseline):
                return receipt
        except (TimedOut, UiChanged) as error:
            trouble = error
        except RecipientMismatch as refusal:
            log.info("read_back_refused", why=refusal.code)
    if trouble is not None:
        raise trouble
    return None


def _is_with(conversation: Conversation, member: Member) -> bool:
    return any(each.profile_id == member.profile_id for each in conversation.participants)
