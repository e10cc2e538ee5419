"""`Measures` in SQLite."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from storage.measures import Accounts, Ended, LocatorUse, Queued, Took
from storage.sessions import SessionHealth
from storage.sqlite.times import MICROSECOND, from_micros, to_micros
from storage.tasks import TaskStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.measures import Found
    from storage.sqlite.readers import Readers
    from storage.sqlite.times import Clock
    from storage.sqlite.transaction import Transaction
    from storage.sqlite.writer import Writer

_NONE = -1


class SqliteMeasures:
    """See `storage.ports.Measures`."""

    def __init__(self, writer: Writer, readers: Readers, clock: Clock) -> None:
        self._writer = writer
        self._readers = readers
        self._clock = clock

    async def ended(self) -> list[Ended]:
        return [
            Ended(
                task_type=row["task_type"],
                outcome=TaskStatus(row["outcome"]),
                code=row["code"] or None,
                tasks=row["tasks"],
            )
            for row in await self._readers.all("task_tallies")
        ]

    async def took(self) -> list[Took]:
        return [
            Took(
                task_type=row["task_type"],
                step=row["step"],
                up_to=timedelta(seconds=row["up_to"]) or None,
                tasks=row["tasks"],
                total=row["total"] * MICROSECOND,
            )
            for row in await self._readers.all("task_times")
        ]

    async def queued(self) -> list[Queued]:
        return [
            Queued(
                task_type=row["task_type"],
                is_due=bool(row["is_due"]),
                tasks=row["tasks"],
                since=from_micros(int(row["since"])),
            )
            for row in await self._readers.all("queued_work", now=to_micros(self._clock()))
        ]

    async def count_locators(self, found: Sequence[Found]) -> None:
        def work(tx: Transaction) -> None:
            for each in found:
                tx.run(
                    "count_locator",
                    element=each.element,
                    rank=_NONE if each.rank is None else each.rank,
                    candidate=each.candidate,
                    times=each.times,
                )

        await self._writer.write(work, quiet=True)

    async def locators(self) -> list[LocatorUse]:
        return [
            LocatorUse(
                element=row["element"],
                rank=None if row["rank"] == _NONE else row["rank"],
                candidate=row["candidate"],
                times=row["times"],
                last_at=from_micros(int(row["last_at"])),
            )
            for row in await self._readers.all("locator_uses")
        ]

    async def count_browser_restarts(self, times: int) -> None:
        def work(tx: Transaction) -> None:
            tx.run("count_browser_restarts", times=times)

        await self._writer.write(work, quiet=True)

    async def browser_restarts(self) -> int:
        row = await self._readers.one("browser_restarts")
        return 0 if row is None else int(row["times"])

    async def accounts(self) -> list[Accounts]:
        return [
            Accounts(
                health=None if row["health"] is None else SessionHealth(row["health"]),
                accounts=row["accounts"],
            )
            for row in await self._readers.all("accounts_by_health")
        ]
