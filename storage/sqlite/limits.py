"""`Limits` in SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.sqlite.rows import to_hold
from storage.sqlite.times import to_micros

if TYPE_CHECKING:
    from datetime import datetime

    from storage.limits import Hold
    from storage.sqlite.readers import Readers
    from storage.sqlite.times import Clock
    from storage.sqlite.transaction import Transaction
    from storage.sqlite.writer import Writer


class SqliteLimits:
    """See `storage.ports.Limits`."""

    def __init__(self, writer: Writer, readers: Readers, clock: Clock) -> None:
        self._writer = writer
        self._readers = readers
        self._clock = clock

    async def hold(self, member_id: str, task_type: str, *, until: datetime, reason: str) -> None:
        end = to_micros(until)

        def work(tx: Transaction) -> None:
            tx.run("hold", member_id=member_id, task_type=task_type, until=end, reason=reason)

        await self._writer.write(work)

    async def current(self, member_id: str, task_type: str) -> Hold | None:
        row = await self._readers.one(
            "current_hold",
            member_id=member_id,
            task_type=task_type,
            now=to_micros(self._clock()),
        )
        return None if row is None else to_hold(row)

    async def lift(self, member_id: str, task_type: str) -> bool:
        def work(tx: Transaction) -> bool:
            return tx.one("lift_hold", member_id=member_id, task_type=task_type) is not None

        return await self._writer.write(work)
