"""`TaskQueue` in SQLite: one method for each change that a lease allows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from storage.errors import SentBefore, TransitionRefused
from storage.sqlite.leases import require_lease
from storage.sqlite.rows import error_to_json, to_json, to_task, undoing_values
from storage.sqlite.telling import tell_limits, tell_news
from storage.sqlite.times import to_micros

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from storage.acceptance import Undoing
    from storage.sessions import Lease
    from storage.sqlite.transaction import Transaction
    from storage.sqlite.writer import Writer
    from storage.tasks import JsonObject, Task, TaskError, WaitReason
    from storage.webhooks import News


class SqliteQueue:
    """See `storage.ports.TaskQueue`."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def recover(self, lease: Lease) -> list[Task]:
        def work(tx: Transaction) -> list[Task]:
            require_lease(tx, lease)
            held = {"member_id": lease.member_id, "token": lease.token}
            for row in tx.all("put_back_left_running", **held):
                detail = {"attempt": row["attempts"], "owner": lease.owner}
                _add_event(tx, row["seq"], "recovered", detail)
            adopted = sorted(tx.all("adopt_left_submitting", **held), key=_by_seq)
            for row in adopted:
                detail = {"lease_token": lease.token, "owner": lease.owner}
                _add_event(tx, row["seq"], "adopted", detail)
            return [to_task(row) for row in adopted]

        return await self._writer.write(work)

    async def claim(self, lease: Lease) -> Task | None:
        def work(tx: Transaction) -> Task | None:
            require_lease(tx, lease)
            row = tx.one("claim_task", member_id=lease.member_id, token=lease.token)
            if row is None:
                return None
            detail = {
                "attempt": row["attempts"],
                "lease_token": lease.token,
                "owner": lease.owner,
            }
            _add_event(tx, row["seq"], "claimed", detail)
            return to_task(row)

        return await self._writer.write(work)

    async def submitting(
        self,
        lease: Lease,
        task_id: str,
        *,
        baseline: JsonObject,
        recipient_id: str | None = None,
        task_types: Collection[str] = (),
        undone_by: Undoing | None = None,
        spread: float = 0.0,
    ) -> None:
        stored = to_json(baseline)

        def work(tx: Transaction) -> None:
            row = _guarded(tx, lease, "begin_submitting", task_id, baseline=stored)
            if recipient_id is not None:
                whom = {"task_seq": row["seq"], "recipient_id": recipient_id}
                kinds = json.dumps(sorted(task_types or {row["task_type"]}))
                undoing = undoing_values(undone_by)
                earlier = tx.one("sent_before", **whom, task_types=kinds, **undoing)
                if earlier is not None:
                    raise SentBefore(to_task(earlier))
                tx.run("note_recipient", **whom)
            tx.run(
                "charge",
                task_seq=row["seq"],
                member_id=lease.member_id,
                task_type=row["task_type"],
                spread=spread,
            )
            _add_event(tx, row["seq"], "submitting", {})

        await self._writer.write(work)

    async def leaving(self, lease: Lease, task_id: str, *, marks: JsonObject) -> None:
        def work(tx: Transaction) -> None:
            row = _guarded(tx, lease, "submitting_task", task_id)
            baseline = {**json.loads(row["baseline"]), **marks}
            tx.run("set_baseline", task_seq=row["seq"], baseline=to_json(baseline))
            _add_event(tx, row["seq"], "leaving", {})

        await self._writer.write(work)

    async def succeed(
        self,
        lease: Lease,
        task_id: str,
        *,
        output: JsonObject,
        evidence: JsonObject,
        news: Sequence[News] = (),
    ) -> None:
        values = {"output": to_json(output), "evidence": to_json(evidence)}
        detail = {"method": evidence["method"]} if "method" in evidence else {}

        def work(tx: Transaction) -> None:
            row = _guarded(tx, lease, "succeed_task", task_id, **values)
            _add_event(tx, row["seq"], "succeeded", detail)
            tell_news(tx, news, team_id=row["team_id"], member_id=lease.member_id)

        await self._writer.write(work)

    async def fail(
        self, lease: Lease, task_id: str, *, error: TaskError, evidence: JsonObject | None = None
    ) -> None:
        await self._end_badly(
            lease, task_id, "fail_task", event="failed", error=error, evidence=evidence
        )

    async def leave_unconfirmed(
        self, lease: Lease, task_id: str, *, error: TaskError, evidence: JsonObject | None = None
    ) -> None:
        await self._end_badly(
            lease,
            task_id,
            "leave_unconfirmed",
            event="unconfirmed",
            error=error,
            evidence=evidence,
        )

    async def put_back(
        self,
        lease: Lease,
        task_id: str,
        *,
        why: str,
        not_before: datetime | None = None,
        wait_reason: WaitReason | None = None,
        counted: bool = True,
    ) -> None:
        detail: dict[str, object] = {"why": why, "counted": counted}
        if not_before is not None:
            detail["not_before"] = not_before.isoformat()
        if wait_reason is not None:
            detail["wait_reason"] = wait_reason

        def work(tx: Transaction) -> None:
            row = _guarded(
                tx,
                lease,
                "put_back_task",
                task_id,
                uncounted=not counted,
                not_before=to_micros(not_before),
                wait_reason=wait_reason,
            )
            _add_event(tx, row["seq"], "put_back", detail)
            tell_limits(tx, lease.member_id)

        await self._writer.write(work)

    async def note(self, lease: Lease, task_id: str, name: str, detail: JsonObject) -> None:
        await self._change(lease, task_id, "task_in_hand", name, detail)

    async def _end_badly(
        self,
        lease: Lease,
        task_id: str,
        statement: str,
        *,
        event: str,
        error: TaskError,
        evidence: JsonObject | None,
    ) -> None:
        await self._change(
            lease,
            task_id,
            statement,
            event,
            {"code": error.code, "message": error.message, "retry_safe": error.retry_safe},
            error=error_to_json(error),
            evidence=None if evidence is None else to_json(evidence),
        )

    async def _change(
        self,
        lease: Lease,
        task_id: str,
        statement: str,
        event: str,
        detail: JsonObject,
        **values: object,
    ) -> None:
        """Run a guarded statement that returns the task's row, and add the event."""
        line = to_json(detail)

        def work(tx: Transaction) -> None:
            row = _guarded(tx, lease, statement, task_id, **values)
            tx.run("add_event", task_seq=row["seq"], name=event, detail=line)

        await self._writer.write(work)


def _guarded(
    tx: Transaction, lease: Lease, statement: str, task_id: str, **values: object
) -> sqlite3.Row:
    """Return the row of a statement that finds the task only where the lease allows the change."""
    require_lease(tx, lease)
    row = tx.one(statement, task_id=task_id, member_id=lease.member_id, token=lease.token, **values)
    if row is None:
        raise TransitionRefused
    return row


def _add_event(tx: Transaction, task_seq: int, name: str, detail: JsonObject) -> None:
    tx.run("add_event", task_seq=task_seq, name=name, detail=to_json(detail))


def _by_seq(row: sqlite3.Row) -> int:
    return int(row["seq"])
