"""Marking conversations read, which LinkedIn's page does by itself when it shows one."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from executor.components.mailbox import list_pieces
from executor.components.thread import thread_path
from executor.errors import ConversationNotFound, TimedOut, UiChanged
from executor.locators import messaging
from executor.mailbox import thread_id_of

if TYPE_CHECKING:
    from executor.browser.tab import Tab

_ANSWER_SECONDS = 4.0
_LIST_SECONDS = 1.0
"""For the page's list, which tells whether the conversation was read before."""
_GRANTED = range(200, 300)


class ReadMark:
    """One conversation that is opened so that it counts as read."""

    def __init__(self, tab: Tab, conversation_urn: str) -> None:
        self._tab = tab
        self._thread_id = thread_id_of(conversation_urn)
        self._path = thread_path(self._thread_id)
        self._proof: str | None = None
        self._known = asyncio.Event()
        self._listed = asyncio.Event()

    async def make(self) -> str:
        """Open the conversation, and wait until LinkedIn counts it as read.

        The other side sees that it was read, if both show that to each other.

        Returns:
            What proves it: `network`, LinkedIn's answer to the page's own mark; or `already_read`.

        Raises:
            ConversationNotFound: LinkedIn does not show it.
            UiChanged: nothing proves it.
        """
        with (
            self._tab.overhearing(messaging.MARK_READ, self._hear_mark),
            self._tab.overhearing(messaging.LOAD_CONVERSATIONS, self._hear_list),
        ):
            await self._tab.open(self._path)
            shown = await self._tab.wait_for(
                messaging.WENT_WRONG, messaging.ITEM, messaging.COMPOSER, messaging.UNAVAILABLE
            )
            if shown is messaging.WENT_WRONG:
                raise ConversationNotFound
            if shown is None:
                raise TimedOut("The conversation did not appear.")
            with suppress(TimeoutError):
                async with asyncio.timeout(_ANSWER_SECONDS):
                    await self._known.wait()
            # The page asks for it first; its answer may come later all the same.
            with suppress(TimeoutError):
                async with asyncio.timeout(_LIST_SECONDS):
                    await self._listed.wait()
        if self._proof is None:
            raise UiChanged("LinkedIn's page did not mark the conversation read.")
        return self._proof

    def _hear_mark(self, _url: str, answer: dict[str, Any]) -> None:
        for urn, result in (answer.get("results") or {}).items():
            status = result.get("status") if isinstance(result, dict) else None
            if thread_id_of(urn) == self._thread_id and status in _GRANTED:
                self._proof = self._proof or "network"
                self._known.set()

    def _hear_list(self, _url: str, answer: dict[str, Any]) -> None:
        for piece in list_pieces(answer):
            for each in piece.conversations:
                # A later list may tell what the mark has done.
                is_told_before = self._proof is None or not self._listed.is_set()
                if each.thread_id == self._thread_id and each.is_read and is_told_before:
                    self._proof = "already_read"
                    self._known.set()
            self._listed.set()
