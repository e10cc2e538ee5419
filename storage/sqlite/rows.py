"""From rows to the program's words, and JSON back and forth."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from storage.limits import Charge, Hold, HoldReason
from storage.people import KnownPerson
from storage.sessions import Lease, Session, SessionHealth
from storage.sqlite.times import from_micros
from storage.tasks import (
    ErrorCode,
    QueuedAccount,
    Task,
    TaskError,
    TaskEvent,
    TaskStatus,
    TaskView,
    TimelineLine,
    WaitReason,
)
from storage.teams import ApiKey, Caller, DashboardSession, Member, Role, Scope, Team
from storage.uploads import Upload

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

    from storage.acceptance import Undoing
    from storage.tasks import JsonObject


def to_json(value: JsonObject) -> str:
    """Return the object as stored.

    Everything outside ASCII is escaped: text from a page or a client may hold half a surrogate
    pair, which no database takes as it is.
    """
    return json.dumps(dict(value), allow_nan=False, separators=(",", ":"))


def error_to_json(error: TaskError) -> str:
    return to_json({"code": error.code, "message": error.message, "retry_safe": error.retry_safe})


def undoing_values(undoing: Undoing | None) -> dict[str, str | None]:
    if undoing is None:
        return {"undone_by": None, "undone_names": None}
    return {"undone_by": undoing.task_type, "undone_names": f"$.{undoing.names}"}


def _object(stored: str) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(stored))


def _object_or_none(stored: str | None) -> dict[str, Any] | None:
    return None if stored is None else _object(stored)


def _error_or_none(stored: str | None) -> TaskError | None:
    if stored is None:
        return None
    error = _object(stored)
    return TaskError(
        code=ErrorCode(error["code"]), message=error["message"], retry_safe=error["retry_safe"]
    )


def to_task(row: sqlite3.Row) -> Task:
    return Task(
        id=row["id"],
        team_id=row["team_id"],
        member_id=row["member_id"],
        dialect=row["dialect"],
        task_type=row["task_type"],
        is_write=bool(row["is_write"]),
        status=TaskStatus(row["status"]),
        request=_object(row["request"]),
        input=_object(row["input"]),
        created_at=from_micros(row["created_at"]),
        not_before=from_micros(row["not_before"]),
        wait_reason=WaitReason(row["wait_reason"]) if row["wait_reason"] else None,
        attempts=row["attempts"],
        lease_token=row["lease_token"],
        started_at=from_micros(row["started_at"]),
        submitted_at=from_micros(row["submitted_at"]),
        finished_at=from_micros(row["finished_at"]),
        output=_object_or_none(row["output"]),
        error=_error_or_none(row["error"]),
        baseline=_object_or_none(row["baseline"]),
        evidence=_object_or_none(row["evidence"]),
        answer_owed=bool(row["answer_owed"]),
    )


def to_view(row: sqlite3.Row, *, now: int) -> TaskView:
    """Return the view; without `events`, it has neither timeline nor position nor account."""
    task = to_task(row)
    is_single = "events" in row.keys()  # noqa: SIM118 - Row
    lines = json.loads(row["events"]) if is_single and row["events"] else ()
    held = json.loads(row["holds"]) if row["holds"] else ()
    holds = tuple(sorted(map(to_hold, held), key=_end, reverse=True))
    events = tuple(
        TaskEvent(
            task_id=task.id,
            at=from_micros(line["at"]),
            name=line["name"],
            detail=line["detail"],
        )
        for line in lines
    )
    return TaskView(
        task=task,
        waiting_for=_waiting_for(row, task, holds, now),
        events=events,
        holds=holds,
        position=row["position"] if is_single else None,
        account=_queued_account(row) if is_single and row["position"] else None,
    )


def _queued_account(row: sqlite3.Row) -> QueuedAccount:
    return QueuedAccount(
        signed_in_since=from_micros(row["signed_in_since"]),
        last_charged=from_micros(row["last_charged"]),
    )


def to_line(row: sqlite3.Row) -> TimelineLine:
    event = TaskEvent(
        task_id=row["task_id"],
        at=from_micros(row["at"]),
        name=row["name"],
        detail=_object(row["detail"]),
    )
    return TimelineLine(event=event, task_type=row["task_type"], number=row["number"])


def _end(hold: Hold) -> datetime:
    return hold.until


def _waiting_for(
    row: sqlite3.Row, task: Task, holds: Sequence[Hold], now: int
) -> WaitReason | None:
    if task.status is not TaskStatus.QUEUED:
        return None
    if row["paused_at"] is not None:
        return WaitReason.PAUSED
    if row["session_health"] != SessionHealth.SIGNED_IN:
        return WaitReason.SIGN_IN
    # Nobody but a caller sets a time without saying why.
    ends = [(hold.until, hold.reason.wait_reason) for hold in holds]
    if task.not_before is not None and row["not_before"] > now:
        ends.append((task.not_before, task.wait_reason or WaitReason.SCHEDULE))
    return max(ends)[1] if ends else None


def to_team(row: sqlite3.Row) -> Team:
    return Team(id=row["id"], name=row["name"], created_at=from_micros(row["created_at"]))


def to_member(row: sqlite3.Row) -> Member:
    return Member(
        id=row["id"],
        team_id=row["team_id"],
        name=row["name"],
        role=Role(row["role"]),
        joined_at=from_micros(row["joined_at"]),
        paused_at=from_micros(row["paused_at"]),
    )


def to_key(row: sqlite3.Row) -> ApiKey:
    return ApiKey(
        id=row["id"],
        team_id=row["team_id"],
        name=row["name"],
        digest=row["digest"],
        hint=row["hint"],
        scope=Scope(row["scope"]),
        created_at=from_micros(row["created_at"]),
        revoked_at=from_micros(row["revoked_at"]),
    )


def to_caller(row: sqlite3.Row) -> Caller:
    return Caller(
        key_id=row["key_id"],
        team_id=row["team_id"],
        scope=Scope(row["scope"]),
        acting_member_id=row["acting_member_id"],
        acting_session_active=bool(row["acting_session_active"]),
        team_verified_at=from_micros(row["team_verified_at"]),
    )


def to_dashboard_session(row: sqlite3.Row) -> DashboardSession:
    return DashboardSession(key_digest=row["key_digest"], seen_at=from_micros(row["seen_at"]))


def to_session(row: sqlite3.Row) -> Session:
    return Session(
        member_id=row["member_id"],
        health=SessionHealth(row["health"]),
        verified_at=from_micros(row["verified_at"]),
        updated_at=from_micros(row["updated_at"]),
        first_saved_at=from_micros(row["first_saved_at"]),
        version=row["version"],
        profile_id=row["profile_id"],
    )


def to_lease(row: sqlite3.Row) -> Lease:
    return Lease(
        member_id=row["member_id"],
        owner=row["owner"],
        token=row["token"],
        expires_at=from_micros(row["expires_at"]),
    )


def to_hold(row: sqlite3.Row | JsonObject) -> Hold:
    return Hold(
        member_id=row["member_id"],
        task_type=row["task_type"] or None,
        reason=HoldReason(row["reason"]),
        until=from_micros(row["until"]),
        strikes=row["strikes"],
    )


def to_charge(row: sqlite3.Row) -> Charge:
    return Charge(task_type=row["task_type"], at=from_micros(row["at"]), spread=row["spread"])


def to_person(row: sqlite3.Row) -> KnownPerson:
    return KnownPerson(
        profile_id=row["profile_id"],
        vanity=row["vanity"],
        name=row["name"],
        seen_at=from_micros(row["seen_at"]),
    )


def to_upload(row: sqlite3.Row) -> Upload:
    return Upload(
        id=row["id"],
        name=row["name"],
        media_type=row["media_type"],
        byte_size=row["byte_size"],
        expires_at=from_micros(row["expires_at"]),
    )
