"""`TaskIntake` in SQLite."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from storage.acceptance import Acceptance, Accepted
from storage.errors import KeyReused, OnHold, SentElsewhere, TransitionRefused, UploadUnusable
from storage.sqlite.rows import error_to_json, to_hold, to_json, to_task, undoing_values
from storage.sqlite.telling import add_callback, tell_limits
from storage.sqlite.times import MICROSECOND, from_micros, to_micros
from storage.tasks import ErrorCode, Task, TaskError, TaskStatus

if TYPE_CHECKING:
    import sqlite3

    from storage.acceptance import ContentGuard, IdempotencyKey
    from storage.limits import HoldReason
    from storage.secrets import StateCipher
    from storage.sqlite.readers import Readers
    from storage.sqlite.times import Clock
    from storage.sqlite.transaction import Transaction
    from storage.sqlite.writer import Writer
    from storage.tasks import NewTask

_CANCELLED = TaskError(
    code=ErrorCode.CANCELLED, message="The task was withdrawn before it ran.", retry_safe=True
)


class SqliteIntake:
    """See `storage.ports.TaskIntake`."""

    def __init__(self, writer: Writer, readers: Readers, clock: Clock, cipher: StateCipher) -> None:
        self._writer = writer
        self._readers = readers
        self._clock = clock
        self._cipher = cipher

    async def add(
        self,
        new: NewTask,
        *,
        key: IdempotencyKey | None = None,
        guard: ContentGuard | None = None,
        unless_held: HoldReason | None = None,
    ) -> Accepted:
        # Whatever cannot be encoded fails here, in front of the writer's lock.
        values = _values(new)
        events = _events(new)

        def work(tx: Transaction) -> Accepted:
            if key is not None:
                row = tx.one("task_of_key", **_key_values(new, key))
                if row is not None:
                    self._call_back(tx, new, _same_request(row, key))
                    return _repeated(tx, row, Acceptance.REPLAYED)
            if guard is not None:
                row = tx.one("task_of_content", **_content_values(new, guard))
                if row is not None:
                    _require_answer(row, guard)
                    _keep_key(tx, new, key, row)
                    self._call_back(tx, new, row)
                    return _repeated(tx, row, Acceptance.DUPLICATE)
            if unless_held is not None:
                _require_no_hold(tx, new, unless_held)
            _use_uploads(tx, new)
            row = tx.only("add_task", **values)
            for name, detail in events:
                tx.run("add_event", task_seq=row["seq"], name=name, detail=detail)
            for each in new.uploads:
                tx.run("need_upload", task_seq=row["seq"], upload_id=each.id)
            if new.words_digest is not None:
                tx.run("add_words", task_seq=row["seq"], **_words_values(new, guard))
            _keep_key(tx, new, key, row)
            self._call_back(tx, new, row)
            tell_limits(tx, new.member_id)
            return Accepted(task=_as_stored(new, at=tx.now), how=Acceptance.NEW)

        return await self._writer.write(work)

    async def earlier(
        self,
        new: NewTask,
        *,
        key: IdempotencyKey | None = None,
        guard: ContentGuard | None = None,
    ) -> Accepted | None:
        await self._writer.follow_clock()
        now = to_micros(self._clock())
        if key is not None:
            row = await self._readers.one("task_of_key", now=now, **_key_values(new, key))
            if row is not None:
                row = _same_request(row, key)
                return Accepted(task=to_task(row), how=Acceptance.REPLAYED)
        if guard is not None:
            row = await self._readers.one("task_of_content", now=now, **_content_values(new, guard))
            if row is not None:
                _require_answer(row, guard)
                return Accepted(task=to_task(row), how=Acceptance.DUPLICATE)
        return None

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

    async def review(self, task_id: str, *, team_id: str) -> None:
        def work(tx: Transaction) -> None:
            tx.run("review_task", task_id=task_id, team_id=team_id)

        await self._writer.write(work)

    async def answer_given(self, task: Task) -> None:
        if not (task.answer_owed and task.status.is_final):
            return

        def work(tx: Transaction) -> None:
            tx.run("answer_given", task_id=task.id, team_id=task.team_id)

        await self._writer.write(work)

    def _call_back(self, tx: Transaction, new: NewTask, row: sqlite3.Row) -> None:
        if new.callback is not None:
            add_callback(tx, self._cipher, new.callback, team_id=new.team_id, task_seq=row["seq"])


def _require_no_hold(tx: Transaction, new: NewTask, reason: HoldReason) -> None:
    row = tx.one("current_hold", member_id=new.member_id, task_type=new.task_type, reason=reason)
    if row is not None:
        raise OnHold(to_hold(row))


def _use_uploads(tx: Transaction, new: NewTask) -> None:
    for each in new.uploads:
        used = tx.one(
            "use_upload",
            upload_id=each.id,
            team_id=new.team_id,
            member_id=new.member_id,
            name=each.name,
            media_type=each.media_type,
            byte_size=each.byte_size,
        )
        if used is None:
            raise UploadUnusable


def _values(new: NewTask) -> dict[str, object]:
    return {
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
        "content_digest": new.content_digest,
        "answer_owed": new.answer_owed,
    }


def _as_stored(new: NewTask, *, at: int) -> Task:
    """Return what reading the new row would, which takes a quarter of the time of adding it."""
    return Task(
        id=new.id,
        team_id=new.team_id,
        member_id=new.member_id,
        dialect=new.dialect,
        task_type=new.task_type,
        is_write=new.is_write,
        status=TaskStatus.QUEUED,
        request=new.request,
        input=new.input,
        created_at=from_micros(at),
        not_before=from_micros(to_micros(new.not_before)),
        wait_reason=new.wait_reason,
        answer_owed=new.answer_owed,
    )


def _events(new: NewTask) -> list[tuple[str, str]]:
    accepted = {"dialect": new.dialect, "task_type": new.task_type, "member_id": new.member_id}
    if new.not_before is not None:
        accepted["not_before"] = new.not_before.isoformat()
    if new.wait_reason is not None:
        accepted["wait_reason"] = new.wait_reason
    return [
        ("accepted", to_json(accepted)),
        *((name, to_json(detail)) for name, detail in new.notes),
    ]


def _key_values(new: NewTask, key: IdempotencyKey) -> dict[str, object]:
    return {"team_id": new.team_id, "key": key.key}


def _content_values(new: NewTask, guard: ContentGuard) -> dict[str, object]:
    return {
        "member_id": new.member_id,
        "task_types": json.dumps(sorted(guard.task_types or {new.task_type})),
        "digests": json.dumps(sorted(guard.digests)),
        "opposites": json.dumps(sorted(guard.opposites)),
        **undoing_values(guard.undone_by),
        **_windows(guard),
    }


def _words_values(new: NewTask, guard: ContentGuard | None) -> dict[str, object]:
    none = {"window": None, "window_while_owed": None}
    return {"words_digest": new.words_digest, **(none if guard is None else _windows(guard))}


def _windows(guard: ContentGuard) -> dict[str, object]:
    return {
        "window": guard.window // MICROSECOND,
        "window_while_owed": guard.window_while_owed // MICROSECOND,
    }


def _same_request(row: sqlite3.Row, key: IdempotencyKey) -> sqlite3.Row:
    if row["fingerprint"] != key.fingerprint:
        raise KeyReused
    return row


def _require_answer(row: sqlite3.Row, guard: ContentGuard) -> None:
    earlier = to_task(row)
    if not guard.answers(earlier):
        raise SentElsewhere(earlier)


def _repeated(tx: Transaction, row: sqlite3.Row, how: Acceptance) -> Accepted:
    tx.run("add_event", task_seq=row["seq"], name="repeated", detail=to_json({"how": how}))
    return Accepted(task=to_task(row), how=how)


def _keep_key(tx: Transaction, new: NewTask, key: IdempotencyKey | None, row: sqlite3.Row) -> None:
    """Let the key stand for this task: also when its content was known, so that it stays so."""
    if key is None:
        return
    tx.run(
        "keep_key",
        fingerprint=key.fingerprint,
        task_seq=row["seq"],
        kept_for=key.kept_for // MICROSECOND,
        **_key_values(new, key),
    )
    tx.run("drop_old_keys")
