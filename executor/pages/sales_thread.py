"""One conversation of Sales Navigator: reading it, and marking it read."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from executor.components.sales_mailbox import (
    delivered_at,
    entities_in,
    is_last_piece,
    is_list,
    message_of,
    messages_of,
    people_in,
    sales_thread_asked_for,
    sales_thread_in,
    sales_thread_path,
    thread_of,
    unread_in,
)
from executor.errors import ConversationNotFound, UiChanged
from executor.locators import sales
from executor.pages.sales_inbox import SalesHearing, open_sales

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from executor.browser.tab import Tab
    from executor.sales_mailbox import SalesMessage, SalesThread

_MARK_SECONDS = 4.0
_OLDER_SECONDS = 0.8
_MOST_TURNS = 120
"""How often the wheel is turned for one answer; some ten older messages come at a time."""
_MOST_IN_VAIN = 5
_WHEEL = -1500
"""Pixels; upwards."""
_NOT_THERE = {400, 403, 404, 410}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSalesThread:
    """A conversation, and its newest messages."""

    thread: SalesThread
    messages: Sequence[SalesMessage]
    """The newest first."""
    has_more: bool


class SalesThreadPage:
    """A conversation as LinkedIn's own answers tell it."""

    def __init__(self, tab: Tab, thread_id: str) -> None:
        self._tab = tab
        self.thread_id = thread_id
        self._list = SalesHearing(tab)
        self._told: dict[str, Any] | None = None
        self._messages: dict[str, dict[str, Any]] = {}
        self._has_ended = False
        self._is_refused = False
        self._marked = asyncio.Event()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take in what the page is told of this conversation."""
        with (
            self._list.listening(),
            self._tab.overhearing(sales.LOAD_THREAD, self._hear, self._refuse),
            self._tab.overhearing(sales.LOAD_OLDER, self._hear_older),
        ):
            yield

    async def open(self, *, marks_read: bool = False) -> None:
        """Open it by its id, while listening, and prove by address and answer that it is this one.

        Args:
            marks_read: whether the page may mark this conversation read; it never may others.

        Raises:
            ConversationNotFound: LinkedIn does not show it.
            Refused, TimedOut: as `open_sales`.
        """
        path = sales_thread_path(self.thread_id)
        may_tell = self._is_own if marks_read else None
        await open_sales(self._tab, path, told=self._is_told, may_tell=may_tell)
        self.prove()

    def prove(self) -> None:
        """See that the page shows this conversation, by its address and by LinkedIn's answer.

        Raises:
            ConversationNotFound: it does not.
        """
        if self._told is None or not self._is_here():
            raise ConversationNotFound

    async def read(
        self, count: int, *, before: int | None = None, since: int | None = None
    ) -> ReadSalesThread:
        """Go back in it until *count* messages are known, or all.

        Some more are returned where several came in one moment, since the rest begins behind all.

        Args:
            before: only messages that are older, in milliseconds since 1970.
            since: only messages that are newer.

        Raises:
            ConversationNotFound, Refused, TimedOut: as `open`.
            UiChanged: there are older messages, and the page did not load them.
        """
        with self.listening():
            await self.open()
            for _ in range(_MOST_TURNS):
                if self._reaches(count, before, since) or not await self.load_older():
                    break
            if not self._reaches(count, before, since):
                raise UiChanged("There are older messages, and the page did not load them.")
        wanted = self._between(since, before)
        kept = wanted[: _end_of(wanted, count)]
        is_known = self.is_whole or self._goes_back_to(since)
        return ReadSalesThread(
            thread=thread_of(self._told or {}, self._people),
            messages=kept,
            has_more=len(wanted) > len(kept) or not is_known,
        )

    def _between(self, since: int | None, before: int | None) -> list[SalesMessage]:
        return [
            each
            for each in self.messages
            if (since is None or _moment_of(each) > since)
            and (before is None or _moment_of(each) < before)
        ]

    def _reaches(self, count: int, before: int | None, since: int | None) -> bool:
        """Tell whether enough is known, and all that came in the same moment as the last."""
        wanted = self._between(since, before)
        return _end_of(wanted, count) < len(wanted) or self.is_whole or self._goes_back_to(since)

    def _goes_back_to(self, moment: int | None) -> bool:
        oldest = min(map(_moment_of, self.messages), default=None)
        return moment is not None and oldest is not None and oldest <= moment

    @property
    def messages(self) -> list[SalesMessage]:
        """What is known by now, the newest first."""
        ordered = sorted(self._messages.values(), key=delivered_at, reverse=True)
        return [message_of(each, self.thread_id, self._people) for each in ordered]

    @property
    def is_whole(self) -> bool:
        """Whether all of its messages are known."""
        total = (self._told or {}).get("totalMessageCount")
        return self._has_ended or (isinstance(total, int) and len(self._messages) >= total)

    async def load_older(self) -> bool:
        """Turn the wheel upwards until the page has loaded older messages; `False`: it did not."""
        before = len(self._messages)

        async def has_older() -> bool:
            return len(self._messages) > before

        for _ in range(_MOST_IN_VAIN):
            await (await self._tab.whole.require(sales.THREAD)).wheel(_WHEEL)
            if await self._tab.wait_until(has_older, seconds=_OLDER_SECONDS):
                return True
        return False

    async def mark_read(self) -> str:
        """Open it so that it counts as read.

        Returns:
            What proves that: `network`, LinkedIn's answer to the page's own mark; or
            `already_read`.

        Raises:
            ConversationNotFound, Refused, TimedOut: as `open`.
            UiChanged: nothing proves it.
        """
        with (
            self.listening(),
            self._tab.overhearing(sales.MARK_SALES_READ, self._hear_mark),
        ):
            await self.open(marks_read=True)
            if self._told is not None and not unread_in(self._told):
                return "already_read"
            with suppress(TimeoutError):
                async with asyncio.timeout(_MARK_SECONDS):
                    await self._marked.wait()
        if not self._marked.is_set():
            raise UiChanged("Sales Navigator's page did not mark the conversation read.")
        return "network"

    def _hear(self, url: str, answer: dict[str, Any]) -> None:
        if not self._is_own(url):
            return
        self._list.people |= people_in(answer)
        for each in entities_in(answer):
            if each["id"] == self.thread_id:
                # The first answer tells what was unread when the page was opened.
                self._told = self._told or each
                self._learn(url, "messageCount", messages_of(each))

    def _hear_older(self, url: str, answer: dict[str, Any]) -> None:
        if self._is_own(url) and is_list(answer):
            self._list.people |= people_in(answer)
            self._learn(url, "count", entities_in(answer))

    def _learn(self, url: str, parameter: str, messages: Sequence[dict[str, Any]]) -> None:
        for each in messages:
            self._messages.setdefault(each["id"], each)
        self._has_ended = self._has_ended or is_last_piece(url, parameter, len(messages))

    def _refuse(self, url: str, status: int) -> None:
        if self._is_own(url) and status in _NOT_THERE:
            self._is_refused = True

    def _hear_mark(self, url: str, answer: dict[str, Any]) -> None:
        if self._is_own(url) and "errors" not in answer:
            self._marked.set()

    def _is_own(self, url: str) -> bool:
        return sales_thread_asked_for(url) == self.thread_id

    def _is_told(self) -> bool:
        return self._told is not None or self._is_refused or not self._is_here()

    def _is_here(self) -> bool:
        return sales_thread_in(self._tab.path) == self.thread_id

    @property
    def _people(self) -> dict[str, Any]:
        return self._list.people


def _moment_of(message: SalesMessage) -> int:
    return message.sent_at or 0


def _end_of(messages: Sequence[SalesMessage], count: int) -> int:
    """Return how many of them to hand out: what has the last one's moment comes with it."""
    if len(messages) <= count:
        return len(messages)
    last = _moment_of(messages[count - 1])
    return sum(_moment_of(each) >= last for each in messages)
