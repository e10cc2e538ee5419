"""`TaskReports` in SQLite."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from storage.measures import EndedOnDay
from storage.sqlite.rows import to_line, to_view
from storage.sqlite.times import to_micros
from storage.tasks import TaskStatus, TimelinePart

if TYPE_CHECKING:
    import builtins
    from collections.abc import Sequence

    from storage.sqlite.readers import Readers
    from storage.sqlite.times import Clock
    from storage.tasks import TaskFilter, TaskView

_LONGEST_LIST = 500
_EPOCH = date(1970, 1, 1).toordinal()
_OUTCOMES = (
    TaskStatus.SUCCEEDED,
    TaskStatus.UNCONFIRMED,
    TaskStatus.FAILED,
    TaskStatus.CANCELLED,
)
"""As `ended_by_day` counts them."""
_LOOKED_AT = 1000


class SqliteReports:
    """See `storage.ports.TaskReports`."""

    def __init__(self, readers: Readers, clock: Clock) -> None:
        self._readers = readers
        self._clock = clock

    async def view(
        self, task_id: str, *, team_id: str | None = None, timeline: bool = True
    ) -> TaskView | None:
        now = to_micros(self._clock())
        row = await self._readers.one(
            "view_task", task_id=task_id, team_id=team_id, timeline=timeline, now=now
        )
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
        if wanted.about is not None:
            about = wanted.about.lower()
            rows = await self._readers.all(
                "list_tasks_about",
                member_id=wanted.member_id,
                task_type=wanted.task_type,
                about=about,
                stored=json.dumps(about)[1:-1],
                **values,
            )
        elif wanted.member_id is not None:
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

    async def unreviewed(self, team_id: str, *, limit: int) -> builtins.list[TaskView]:
        rows = await self._readers.all("unreviewed_tasks", team_id=team_id, limit=limit)
        return [to_view(row, now=to_micros(self._clock())) for row in rows]

    async def is_reviewed(self, task_id: str) -> bool:
        row = await self._readers.one("is_reviewed", task_id=task_id)
        return row is not None and bool(row["reviewed"])

    async def unfinished(self, team_id: str) -> dict[TaskStatus, int]:
        rows = await self._readers.all("unfinished_by_status", team_id=team_id)
        counted = {TaskStatus(row["status"]): int(row["tasks"]) for row in rows}
        return {each: counted.get(each, 0) for each in TaskStatus if not each.is_final}

    async def waiting_longest(self, team_id: str, *, limit: int) -> builtins.list[TaskView]:
        rows = await self._readers.all("waiting_longest", team_id=team_id, limit=limit)
        views = [await self.view(row["id"], team_id=team_id) for row in rows]
        return [view for view in views if view and view.task.status is TaskStatus.QUEUED]

    async def ended_by_day(self, team_id: str, *, since: date) -> builtins.list[EndedOnDay]:
        rows = await self._readers.all(
            "ended_by_day", team_id=team_id, since=since.toordinal() - _EPOCH
        )
        return [
            EndedOnDay(
                day=date.fromordinal(_EPOCH + day),
                is_write=bool(is_write),
                tasks={each: n for each, n in zip(_OUTCOMES, counted, strict=True) if n},
            )
            for day, is_write, *counted in rows
        ]

    async def timeline_end(self) -> int:
        (row,) = await self._readers.all("timeline_end")
        return int(row["seq"])

    async def timeline_place(self, task_id: str, number: int, *, team_id: str) -> int | None:
        row = await self._readers.one(
            "timeline_place", task_id=task_id, number=number, team_id=team_id
        )
        return None if row is None else int(row["seq"])

    async def timeline(
        self, *, team_id: str, after: int, task_id: str | None = None
    ) -> TimelinePart:
        if task_id is not None:
            rows = await self._readers.all(
                "timeline_of_task", team_id=team_id, task_id=task_id, after=after
            )
            up_to = end = rows[-1]["seq"] if rows else after
        else:
            end = await self.timeline_end()
            up_to = min(end, after + _LOOKED_AT)
            rows = await self._readers.all(
                "timeline_of_team", team_id=team_id, after=after, up_to=up_to
            )
        return TimelinePart(lines=[to_line(row) for row in rows], up_to=up_to, more=up_to < end)

    async def count_waiting(self, member_id: str, task_types: Sequence[str]) -> int:
        row = await self._readers.one(
            "count_waiting", member_id=member_id, task_types=json.dumps(list(task_types))
        )
        return 0 if row is None else int(row["waiting"])
