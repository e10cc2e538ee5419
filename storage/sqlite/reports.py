"""`TaskReports` in SQLite."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from storage.sqlite.rows import to_view
from storage.sqlite.times import to_micros
from storage.tasks import TaskStatus

if TYPE_CHECKING:
    import builtins
    from collections.abc import Sequence

    from storage.sqlite.readers import Readers
    from storage.sqlite.times import Clock
    from storage.tasks import TaskFilter, TaskView

_LONGEST_LIST = 500


class SqliteReports:
    """See `storage.ports.TaskReports`."""

    def __init__(self, readers: Readers, clock: Clock) -> None:
        self._readers = readers
        self._clock = clock

    async def view(self, task_id: str, *, team_id: str | None = None) -> TaskView | None:
        now = to_micros(self._clock())
        row = await self._readers.one("view_task", task_id=task_id, team_id=team_id, now=now)
        return None if row is None else to_view(row, now=now)

    async def list(self, wanted: TaskFilter) -> builtins.list[TaskView]:
        if not 1 <= wanted.limit <= _LONGEST_LIST:
            raise ValueError(f"limit must be 1 to {_LONGEST_LIST}, got {wanted.limit}")
        now = to_micros(self._clock())
        values = {
            "now": now,
            "team_id": wanted.team_id,
            "statuses": json.dumps(sorted(wanted.statuses or TaskStatus)),
            "before": wanted.before,
            "limit": wanted.limit,
        }
        if wanted.member_id is not None:
            rows = await self._readers.all(
                "list_tasks_of_member",
                member_id=wanted.member_id,
                task_type=wanted.task_type,
                **values,
            )
        elif wanted.task_type is None:
            rows = await self._readers.all("list_tasks", **values)
        else:
            rows = await self._readers.all(
                "list_tasks_of_type", task_type=wanted.task_type, **values
            )
        return [to_view(row, now=now) for row in rows]

    async def count_waiting(self, member_id: str, task_types: Sequence[str]) -> int:
        row = await self._readers.one(
            "count_waiting", member_id=member_id, task_types=json.dumps(list(task_types))
        )
        return 0 if row is None else int(row["waiting"])
