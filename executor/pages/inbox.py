"""The list of conversations, read without opening any of them."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from executor.components.mailbox import list_pieces
from executor.errors import ConversationNotFound, TimedOut, UiChanged
from executor.locators import messaging
from executor.mailbox import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from executor.browser.tab import Tab
    from executor.mailbox import Conversation

# The only address of messaging that opens no conversation by itself (2026-09).
_PATH = "/messaging/compose/"
_MOST_PIECES = 50
"""How many pieces of twenty are loaded for one answer; whoever wants more asks again."""
_PIECE_SECONDS = 5.0
_WHEEL = 300
"""Pixels; less than half of the pane, since rows that are passed too fast are left out (2026)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedConversations:
    """A part of the list."""

    conversations: Sequence[Conversation]
    next: Place | None
    """Where the rest begins; `None` at the list's end."""


class InboxPage:
    """The inbox as LinkedIn's own answers tell it; the rows themselves have no ids (2026-09).

    It shows the focused inbox, as LinkedIn does by itself.
    """

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._listed: dict[str, Conversation] = {}
        self._lately: dict[str, Conversation] = {}
        self._has_more: bool | None = None
        self._pieces = 0
        self._answered = asyncio.Event()

    async def read(
        self,
        *,
        count: int,
        behind: Place | None = None,
        wanted: Callable[[Conversation], bool] = lambda _: True,
        back_to: int | None = None,
    ) -> ListedConversations:
        """Open the inbox and follow its list until *count* wanted conversations are found.

        Args:
            behind: where an earlier reading has ended.
            back_to: a moment in milliseconds since 1970; with what has been there since, the list
                is followed far enough.

        Raises:
            TimedOut: LinkedIn did not tell of any conversations.
            UiChanged: there are more of them, and the page offers no way to load them.
        """
        with self._tab.overhearing(messaging.LOAD_CONVERSATIONS, self._hear):
            await self._open()
            while True:
                found = self._behind(behind)
                fitting = [each for each in found if wanted(each)]
                is_enough = bool(found) and (
                    self._pieces >= _MOST_PIECES or _reaches(found, back_to)
                )
                if len(fitting) > count or not self._has_more or is_enough:
                    return _part(found, fitting, count=count, is_end=not self._has_more)
                await self._load_more()

    async def find(self, conversation_urn: str) -> Sequence[Conversation]:
        """Open the inbox and follow its list as far as this conversation, which comes last.

        Raises:
            ConversationNotFound: it is not in the focused inbox, or too far down.
            TimedOut: as above.
            UiChanged: as above; or LinkedIn did not tell of the list.
        """
        with self._tab.overhearing(messaging.LOAD_CONVERSATIONS, self._hear):
            await self._open()
            while True:
                found = self._behind(None)
                for number, each in enumerate(found, 1):
                    if each.conversation_urn == conversation_urn:
                        return found[:number]
                if self._has_more is None:
                    raise UiChanged("LinkedIn told of what has changed lately, and of no list.")
                if not self._has_more or self._pieces >= _MOST_PIECES:
                    raise ConversationNotFound
                await self._load_more()

    async def _open(self) -> None:
        await self._tab.open(_PATH, only_read=True)
        await self._tab.wait_for(messaging.CONVERSATION, messaging.FORM)
        if not await self._hears_of(self._has_heard):
            raise TimedOut("LinkedIn did not tell of the account's conversations.")

    def _hear(self, _url: str, answer: dict[str, Any]) -> None:
        for piece in list_pieces(answer):
            known = self._listed if piece.is_page else self._lately
            for each in piece.conversations:
                known.setdefault(each.conversation_urn, each)
            if piece.is_page:
                self._pieces += 1
                self._has_more = piece.has_more
        self._answered.set()

    def _has_heard(self) -> bool:
        return bool(self._lately) or self._pieces > 0

    async def _hears_of(self, holds: Callable[[], bool]) -> bool:
        """Wait for answers until one makes it hold; `False`: none did in time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_PIECE_SECONDS):
                while not holds():
                    self._answered.clear()
                    await self._answered.wait()
        return holds()

    def _behind(self, place: Place | None) -> list[Conversation]:
        """Return what stands behind the place, the newest first."""
        # What has changed lately is a page of the list only where there is no other.
        listed = (self._listed or self._lately).values()
        ordered = sorted(listed, key=_order, reverse=True)
        if place is None:
            return ordered
        limit = (place.last_activity_at, place.conversation_urn)
        return [each for each in ordered if _order(each) < limit]

    async def _load_more(self) -> None:
        """Go to the list's end, as a person would, and ask for more."""
        before = self._pieces
        last = await self._tab.whole.find(messaging.LAST_CONVERSATION)
        if last is not None:
            await last.wheel(_WHEEL)
        more = await self._tab.whole.find(messaging.LOAD_MORE_CONVERSATIONS)
        if more is not None and self._pieces == before:
            await more.click()

        if not await self._hears_of(lambda: self._pieces > before):
            raise UiChanged("There are more conversations, and the page did not load them.")


def _order(conversation: Conversation) -> tuple[int, str]:
    return conversation.last_activity_at, conversation.conversation_urn


def _reaches(found: Sequence[Conversation], back_to: int | None) -> bool:
    return back_to is not None and found[-1].last_activity_at <= back_to


def _part(
    found: Sequence[Conversation], fitting: Sequence[Conversation], *, count: int, is_end: bool
) -> ListedConversations:
    """Cut the list behind the last conversation that is handed out, or was looked at in vain."""
    kept = fitting[:count]
    if is_end and len(fitting) <= count:
        return ListedConversations(conversations=kept, next=None)
    behind = kept[-1] if len(kept) == count else found[-1]
    place = Place(
        last_activity_at=behind.last_activity_at, conversation_urn=behind.conversation_urn
    )
    return ListedConversations(conversations=kept, next=place)
