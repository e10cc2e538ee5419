"""Sales Navigator's list of conversations, read without opening any of them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from executor.components.sales_mailbox import (
    entities_in,
    is_last_piece,
    is_list,
    next_page_of,
    people_in,
    sales_thread_asked_for,
    thread_of,
)
from executor.errors import Refused, TimedOut, UiChanged
from executor.locators import account, sales, shell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from executor.browser.tab import Tab
    from executor.mailbox import Participant
    from executor.sales_mailbox import SalesThread

_INBOX = "INBOX"
_MOST_PIECES = 50
"""How many pieces of twenty are loaded for one answer; whoever wants more asks again."""
_ANSWER_SECONDS = 8.0
_PIECE_SECONDS = 5.0
_WHEEL = 400
"""Pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSalesThreads:
    """A part of the list."""

    threads: Sequence[SalesThread]
    next: int | None
    """Where the rest begins, as LinkedIn counts it; `None` at the list's end."""


class SalesHearing:
    """What Sales Navigator's server tells its page, as it is told."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self.people: dict[str, Participant] = {}
        self.threads: dict[str, dict[str, Any]] = {}
        """The list's conversations by their ids, in its order."""
        self.pieces = 0
        self.is_whole = False
        """Whether the list has ended."""

    @contextmanager
    def listening(self) -> Iterator[None]:
        with self._tab.overhearing(sales.LOAD_THREADS, self._hear):
            yield

    def _hear(self, url: str, answer: dict[str, Any]) -> None:
        asked = parse_qs(urlsplit(url).query)
        if asked.get("filter") != [_INBOX] or sales_thread_asked_for(url) is not None:
            return
        if not is_list(answer):
            return
        found = entities_in(answer)
        self.people |= people_in(answer)
        for each in found:
            self.threads.setdefault(each["id"], each)
        self.pieces += 1
        self.is_whole = is_last_piece(url, "count", len(found))


async def open_sales(
    tab: Tab,
    path: str,
    *,
    told: Callable[[], bool],
    may_tell: Callable[[str], bool] | None = None,
) -> None:
    """Open an address of Sales Navigator's inbox, and wait until LinkedIn has *told* what it shows.

    Args:
        may_tell: as `Tab.open` has it; else nobody is told that anything was looked at.

    Raises:
        Refused: the account has no seat, or its person has to choose a contract first.
        TimedOut: LinkedIn did not tell.
    """
    await tab.open(path, only_read=True, may_tell=may_tell)
    shown = await tab.wait_for(
        sales.CONTRACT, sales.SEARCH, sales.ROW, sales.THREAD, unless_at=shell.PREMIUM_PATHS
    )

    async def is_clear() -> bool:
        return told() or not tab.is_at(account.SALES_INBOX_PATHS)

    if shown not in {None, sales.CONTRACT}:
        await tab.wait_until(is_clear, seconds=_ANSWER_SECONDS)
    if shown is sales.CONTRACT:
        raise Refused("Sales Navigator asks the account's person which contract to use.")
    tab.raise_for_obstacle()
    if not tab.is_at(account.SALES_INBOX_PATHS):
        raise Refused(
            "LinkedIn leads this account away from Sales Navigator: it has no seat there."
        )
    if not told():
        raise TimedOut("LinkedIn did not tell of Sales Navigator's conversations.")


class SalesInboxPage:
    """The list as LinkedIn's own answers tell it."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._heard = SalesHearing(tab)

    async def read(
        self,
        *,
        count: int,
        is_behind: Callable[[SalesThread], bool] = lambda _: True,
        wanted: Callable[[SalesThread], bool] = lambda _: True,
    ) -> ListedSalesThreads:
        """Open the inbox and follow its list until *count* wanted conversations are found.

        Those that share the last one's place come with it, since the rest begins behind all.

        Args:
            is_behind: tells what comes behind the place where an earlier reading has ended.

        Raises:
            Refused, TimedOut: as `open_sales`.
            UiChanged: there may be more of them, and the page did not load them.
        """
        heard = self._heard
        with heard.listening():
            path = f"{account.SALES_INBOX_PATHS[0]}/"
            await open_sales(self._tab, path, told=lambda: heard.pieces > 0)
            while True:
                found = [each for each in self._listed() if is_behind(each)]
                fitting = [each for each in found if wanted(each)]
                is_enough = bool(found) and heard.pieces >= _MOST_PIECES
                if len(fitting) >= count or heard.is_whole or is_enough:
                    return _part(found, fitting, count=count, is_end=heard.is_whole)
                await self._load_more()

    def _listed(self) -> list[SalesThread]:
        """Return what is known by now, the newest first, by where the list goes on behind each."""
        heard = self._heard
        ordered = sorted(heard.threads.values(), key=next_page_of, reverse=True)
        return [thread_of(each, heard.people) for each in ordered]

    async def _load_more(self) -> None:
        """Go to the list's end, as a person would, which makes the page load more."""
        before = self._heard.pieces
        last = await self._tab.whole.find(sales.LAST_ROW)
        if last is not None:
            await last.wheel(_WHEEL)

        async def has_more() -> bool:
            return self._heard.pieces > before

        if not await self._tab.wait_until(has_more, seconds=_PIECE_SECONDS):
            raise UiChanged("There may be more conversations, and the page did not load them.")


def _part(
    found: Sequence[SalesThread], fitting: Sequence[SalesThread], *, count: int, is_end: bool
) -> ListedSalesThreads:
    """Cut the list behind the last one that is handed out, or was looked at in vain."""
    last = fitting[count - 1] if len(fitting) >= count else found[-1] if found else None
    if last is None:
        return ListedSalesThreads(threads=[], next=None)
    place = last.next_page_starts_at
    kept = [each for each in fitting if each.next_page_starts_at >= place]
    goes_on = not is_end or len(kept) < len(fitting)
    return ListedSalesThreads(threads=kept, next=place if goes_on else None)
