"""`DashboardSessions` in SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.sqlite.rows import to_dashboard_session
from storage.sqlite.times import MICROSECOND, to_micros

if TYPE_CHECKING:
    from datetime import timedelta

    from storage.sqlite.readers import Readers
    from storage.sqlite.times import Clock
    from storage.sqlite.transaction import Transaction
    from storage.sqlite.writer import Writer
    from storage.teams import DashboardSession


class SqliteDashboardSessions:
    """See `storage.ports.DashboardSessions`."""

    def __init__(self, writer: Writer, readers: Readers, clock: Clock) -> None:
        self._writer = writer
        self._readers = readers
        self._clock = clock

    async def begin(self, digest: str, *, key_id: str, lasts: timedelta) -> None:
        def work(tx: Transaction) -> None:
            tx.run("drop_ended_dashboard_sessions")
            tx.run(
                "begin_dashboard_session",
                digest=digest,
                key_id=key_id,
                lasts=lasts // MICROSECOND,
            )

        await self._writer.write(work, quiet=True)

    async def find(self, digest: str, *, idle_for: timedelta) -> DashboardSession | None:
        await self._writer.follow_clock()
        now = self._clock()
        row = await self._readers.one(
            "dashboard_session",
            digest=digest,
            now=to_micros(now),
            idle_since=to_micros(now - idle_for),
        )
        return None if row is None else to_dashboard_session(row)

    async def seen(self, digest: str) -> None:
        def work(tx: Transaction) -> None:
            tx.run("see_dashboard_session", digest=digest)

        await self._writer.write(work, quiet=True)

    async def end(self, digest: str) -> None:
        def work(tx: Transaction) -> None:
            tx.run("end_dashboard_session", digest=digest)

        await self._writer.write(work, quiet=True)
