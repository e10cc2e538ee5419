"""`TaskIntake` in SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.errors import TransitionRefused
from storage.sqlite.rows import error_to_json, to_json, to_task
from storage.sqlite.times import to_micros
from storage.tasks import ErrorCode, TaskError

if TYPE_CHECKING:
    from storage.sqlite.readers import Readers
    from storage.sqlite.transaction import Transaction
    from storage.sqlite.writer import Writer
    from storage.tasks import NewTask, Task

_CANCELLED = TaskError(
    code=ErrorCode.CANCELLED, message="The task was withdrawn before it ran.", retry_safe=True
)


class SqliteIntake:
    """See `storage.ports.TaskIntake`."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def add(self, new: NewTask) -> Task:
        # Whatever cannot be encoded fails here, in front of the writer's lock.
        values = {
            "task_id": new.id,
            "team_id": new.team_id,
            "member_id": new.member_id,
            "dialect": new.dialect,
            "task_type": new.task_type,
            "is_write": new.is_write,
            "not_before": to_micros(new.not_before),
            "wait_reason": new.wait_reason,
            "request": to_json(new.request),
            "input": to_json(new.input),
        }
        accepted = {"dialect": new.dialect, "task_type": new.task_type, "member_id": new.member_id}
        if new.not_before is not None:
            accepted["not_before"] = new.not_before.isoformat()
        if new.wait_reason is not None:
            accepted["wait_reason"] = new.wait_reason
        events = [
            ("accepted", to_json(accepted)),
            *((name, to_json(detail)) for name, detail in new.notes),
        ]

        def work(tx: Transaction) -> Task:
            row = tx.only("add_task", **values)
            for name, detail in events:
                tx.run("add_event", task_seq=row["seq"], name=name, detail=detail)
            return to_task(row)

        return await self._writer.write(work)

    async def get(self, task_id: str, *, team_id: str) -> Task | None:
        row = await self._readers.one("get_task", task_id=task_id, team_id=team_id)
        return None if row is None else to_task(row)

    async def cancel(self, task_id: str, *, team_id: str) -> Task | None:
        def work(tx: Transaction) -> Task | None:
            row = tx.one(
                "cancel_task", task_id=task_id, team_id=team_id, error=error_to_json(_CANCELLED)
            )
            if row is None:
                if tx.one("get_task", task_id=task_id, team_id=team_id) is None:
                    return None
                raise TransitionRefused("The task is not queued any more.")
            tx.run("add_event", task_seq=row["seq"], name="cancelled", detail="{}")
            return to_task(row)

        return await self._writer.write(work)
