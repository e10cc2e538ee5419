"""`Measures` in SQLite."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from storage.measures import Accounts, Ended, Queued, Took
from storage.sessions import SessionHealth
from storage.sqlite.times import MICROSECOND, from_micros, to_micros
from storage.tasks import TaskStatus

if TYPE_CHECKING:
    from storage.sqlite.readers import Readers
    from storage.sqlite.times import Clock


class SqliteMeasures:
    """See `storage.ports.Measures`."""

    def __init__(self, readers: Readers, clock: Clock) -> None:
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

    async def accounts(self) -> list[Accounts]:
        return [
            Accounts(
                health=None if row["health"] is None else SessionHealth(row["health"]),
                accounts=row["accounts"],
            )
            for row in await self._readers.all("accounts_by_health")
        ]
