"""What clients get: one shape of a task, wherever it is shown."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from executor.models import Documented
from storage.limits import HoldReason
from storage.tasks import ErrorCode, TaskStatus, WaitReason

if TYPE_CHECKING:
    from api.waiting import Waiting
    from storage.tasks import Task, TaskView


class _Answer(Documented):
    model_config = ConfigDict(frozen=True, from_attributes=True, extra="forbid")


class Refused(_Answer):
    """Why a request was not carried out."""

    code: str
    """Stable and machine-readable."""
    message: str
    """One sentence for a person."""
    retry_safe: bool
    """Whether asking again cannot make the effect happen twice."""
    request_id: str
    """Under which the log has it; the same as in `X-Request-Id`."""


class ErrorAnswer(_Answer):
    """Every answer that is not a success."""

    error: Refused


class AcceptedTask(_Answer):
    """What was accepted. It never changes, so that a repeated request gets it to the letter."""

    id: UUID
    task_type: str
    account_id: str
    """The member whose account acts."""
    input: dict[str, Any]
    """Normalised: persons in their parts, texts as they will be delivered."""
    created_at: datetime


class WaitingAnswer(_Answer):
    """Why a queued task has not been started."""

    waits_for: WaitReason | None = Field(alias="for")
    """`sign_in`, `pacing`, `limit`, `schedule` or `paused`; null: its turn has not come."""
    reason: HoldReason | None
    """The hold that keeps it back longest, if it is a hold."""
    until: datetime | None
    """When the last hold, or `not_before`, is over; null when it is nothing that ends by itself."""
    position: int | None
    """Its place among the account's queued tasks of its type that are due, or will be when it is,
    from 1; null in lists."""
    earliest_start: datetime | None
    """An estimate; null when nobody can tell, or it may start at any moment."""


class FailureReason(_Answer):
    """Why a task did not succeed."""

    code: ErrorCode
    message: str
    retry_safe: bool
    """Whether asking again cannot make the effect happen twice."""


class EventAnswer(_Answer):
    """A line of a task's timeline."""

    at: datetime
    name: str
    detail: dict[str, Any]


class TaskAnswer(_Answer):
    """A task."""

    id: UUID
    task_type: str
    status: TaskStatus
    dialect: str
    """The contract it was created through; `runner` for what the runner asks for by itself."""
    account_id: str
    """The member whose account acts."""
    input: dict[str, Any]
    """Normalised: persons in their parts, texts as they are delivered."""
    output: dict[str, Any] | None
    """Set when it has succeeded."""
    error: FailureReason | None
    """Set when it has failed, is unconfirmed, or was cancelled."""
    evidence: dict[str, Any] | None
    """What proves the effect."""
    attempts: int
    """How often it has been started."""
    created_at: datetime
    not_before: datetime | None
    """Earliest start: as asked for, or after a retry's pause."""
    started_at: datetime | None
    submitted_at: datetime | None
    """When it was committed that the effect may happen from now on."""
    finished_at: datetime | None
    kept_page: str | None
    """Folder on the server with the page that was not understood, until it is removed for its age
    or size; null when none was kept, and in lists."""
    waiting: WaitingAnswer | None
    """Why it waits; null once it has been started."""
    events: list[EventAnswer] | None
    """The timeline, oldest first; null in lists."""


class TaskPage(_Answer):
    """Tasks, the newest first."""

    tasks: list[TaskAnswer]
    next_cursor: UUID | None
    """What to pass as `cursor` for the tasks before these; null when there are none."""


def accepted(task: Task) -> dict[str, Any]:
    return AcceptedTask(
        id=UUID(task.id),
        task_type=task.task_type,
        account_id=task.member_id,
        input=dict(task.input),
        created_at=task.created_at,
    ).model_dump(mode="json")


def shown(view: TaskView, waiting: Waiting | None) -> dict[str, Any]:
    """Return a task with its timeline."""
    return _task(view, waiting, with_events=True).model_dump(mode="json", by_alias=True)


def page(views: list[tuple[TaskView, Waiting | None]], *, more: bool) -> dict[str, Any]:
    """Return tasks without their timelines.

    Args:
        more: whether there are earlier ones.
    """
    return TaskPage(
        tasks=[_task(view, waiting, with_events=False) for view, waiting in views],
        next_cursor=UUID(views[-1][0].task.id) if more else None,
    ).model_dump(mode="json", by_alias=True)


def _task(view: TaskView, waiting: Waiting | None, *, with_events: bool) -> TaskAnswer:
    task = view.task
    return TaskAnswer(
        id=UUID(task.id),
        task_type=task.task_type,
        status=task.status,
        dialect=task.dialect,
        account_id=task.member_id,
        input=dict(task.input),
        output=None if task.output is None else dict(task.output),
        error=None if task.error is None else FailureReason.model_validate(task.error),
        evidence=None if task.evidence is None else dict(task.evidence),
        attempts=task.attempts,
        created_at=task.created_at,
        not_before=task.not_before,
        started_at=task.started_at,
        submitted_at=task.submitted_at,
        finished_at=task.finished_at,
        kept_page=view.kept_page,
        waiting=None if waiting is None else _waiting(waiting),
        events=[EventAnswer.model_validate(event) for event in view.events]
        if with_events
        else None,
    )


def _waiting(waiting: Waiting) -> WaitingAnswer:
    return WaitingAnswer(
        **{"for": waiting.waits_for},
        reason=waiting.reason,
        until=waiting.until,
        position=waiting.position,
        earliest_start=waiting.earliest_start,
    )
