"""Whether a change can be committed at the moment."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from storage.errors import StoreUnavailable

if TYPE_CHECKING:
    from datetime import datetime

    from storage.sqlite.times import Clock
    from storage.sqlite.transaction import Transaction
    from storage.sqlite.writer import Writer

_KEPT = timedelta(seconds=1)


class WriteCheck:
    """Commits a small change, because only that shows a full disk; at most one each second."""

    def __init__(self, writer: Writer, clock: Clock) -> None:
        self._writer = writer
        self._clock = clock
        self._asking = asyncio.Lock()
        self._asked_at: datetime | None = None
        self._trouble: str | None = None

    async def answer(self) -> None:
        """Raise `StoreUnavailable` unless it can."""
        async with self._asking:
            if self._writer.is_closed or not self._is_fresh():
                await self._ask()
        if self._trouble is not None:
            raise StoreUnavailable(self._trouble)

    def _is_fresh(self) -> bool:
        # A clock that went back makes no answer last longer.
        return self._asked_at is not None and (
            timedelta(0) <= self._clock() - self._asked_at < _KEPT
        )

    async def _ask(self) -> None:
        try:
            await self._writer.write(_change_something, quiet=True)
        except StoreUnavailable as error:
            self._trouble = str(error)
        else:
            self._trouble = None
        self._asked_at = self._clock()


def _change_something(tx: Transaction) -> None:
    tx.run("record_check")
