"""What a tool answers with: a structure for programs, and the same as text for models."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from mcp_types import CallToolResult, TextContent
from pydantic import ConfigDict, Field

from api.mcp.fence import NOTICE, Fence
from executor.models import Documented
from storage.tasks import TaskStatus

if TYPE_CHECKING:
    from api.refusals import Refusal
    from api.waiting import Waiting
    from storage.tasks import Task, TaskError

_DONE = "Done, with evidence."
_REPEATED = "It had been asked for before: this is that task, and nothing was done a second time."
_WAIT = (
    "Accepted and not done yet. Do not make the same call again: ask get_task with this task_id "
    "and wait_seconds."
)
_UNCONFIRMED = (
    "It may have happened, and nobody could prove it. Do not send it again: somebody has to look "
    "on LinkedIn first."
)
_WITHDRAWN = "It was withdrawn before it was started; nothing was done."
_FAILED = "It did not happen."
_NOTHING = "Nothing was accepted."
_UNKNOWN = "Nobody can tell whether it was accepted: look with list_tasks before you ask again."


class _Part(Documented):
    model_config = ConfigDict(frozen=True)


class ToolError(_Part):
    """Why it did not succeed."""

    code: str
    """Stable and machine-readable."""
    message: str
    """One sentence for a person."""
    retry_safe: bool
    """Whether asking again cannot make the effect happen twice."""
    request_id: str | None = None
    """Under which the server's log has it; null for what a task ended with."""


class Untrusted(_Part):
    """Where in this answer words of other people may be."""

    notice: str
    fields: list[str]
    """The fields of the structured content that may hold them."""
    fence: str
    """What the two lines around them in the text are called."""


class ToolAnswer(_Part):
    """What every tool answers with."""

    foreign: ClassVar[tuple[str, ...]] = ()
    """The fields that may hold what strangers wrote."""

    advice: str
    """What it means, and what to do next."""
    retry_safe: bool
    """Whether the same call may be made again without its effect happening twice."""
    error: ToolError | None = None
    untrusted: Untrusted | None = None
    """Null when nothing here is other people's."""

    def result(self) -> CallToolResult:
        """Return what the client gets, with strangers' words fenced in the text."""
        told = self.model_dump(mode="json")
        foreign = {name: told[name] for name in self.foreign if told[name]}
        shown = {
            name: value
            for name, value in told.items()
            if name not in {*self.foreign, "advice", "untrusted"} and value is not None
        }
        lines = [self.advice, json.dumps(shown, ensure_ascii=False)]
        if foreign:
            fence = Fence()
            mark = Untrusted(notice=NOTICE, fields=list(foreign), fence=fence.name)
            told["untrusted"] = mark.model_dump(mode="json")
            lines.append(fence.around(foreign))
        return CallToolResult(
            content=[TextContent(text="\n".join(lines))],
            structured_content=told,
            is_error=self.error is not None and self.is_failure,
        )

    @property
    def is_failure(self) -> bool:
        """Whether an error that is told is this call's own."""
        return True


class TaskAnswer(ToolAnswer):
    """How a task stands that this call asked for."""

    foreign: ClassVar[tuple[str, ...]] = ("output",)

    status: Literal[
        "queued",
        "running",
        "submitting",
        "succeeded",
        "failed",
        "unconfirmed",
        "cancelled",
        "refused",
    ]
    """`unconfirmed`: it may have happened, nobody could prove it. `refused`: there is no task."""
    task_id: str | None = None
    task_type: str | None = None
    repeated: bool = False
    """Whether the task had been asked for before, so that nothing was done a second time."""
    waits_for: str | None = None
    """Why a queued task is not started: `sign_in`, `pacing`, `limit`, `schedule` or
    `paused`."""
    earliest_start: datetime | None = None
    """An estimate."""
    output: dict[str, Any] | None = None
    """What was read or done; null until it has succeeded."""


class FoundTask(TaskAnswer):
    """How a task stands that was asked for earlier."""

    foreign: ClassVar[tuple[str, ...]] = ("input", "output")

    created_at: datetime | None = None
    finished_at: datetime | None = None
    input: dict[str, Any] | None = None
    """What was asked for."""

    @property
    def is_failure(self) -> bool:
        """A task that failed was found all the same."""
        return self.task_id is None


class ListedTask(_Part):
    """A task in a list."""

    task_id: str
    task_type: str
    status: TaskStatus
    created_at: datetime
    finished_at: datetime | None
    waits_for: str | None
    error: ToolError | None
    input: dict[str, Any]
    """What was asked for."""


class TaskList(ToolAnswer):
    """Tasks, the newest first."""

    foreign: ClassVar[tuple[str, ...]] = ("tasks",)

    tasks: list[ListedTask] = Field(default=[])
    next_cursor: str | None = None
    """What to pass as `cursor` for the tasks before these; null when there are none."""


def error_of(error: TaskError | None) -> ToolError | None:
    if error is None:
        return None
    return ToolError(code=error.code.value, message=error.message, retry_safe=error.retry_safe)


def refused(refusal: Refusal, request_id: str) -> dict[str, Any]:
    """Return what an answer of any kind says when nothing came of the call."""
    return {
        "advice": _NOTHING if refusal.retry_safe else _UNKNOWN,
        "retry_safe": refusal.retry_safe,
        "error": ToolError(
            code=refusal.code,
            message=str(refusal),
            retry_safe=refusal.retry_safe,
            request_id=request_id,
        ),
    }


def standing(
    task: Task, waiting: Waiting | None, *, repeats_safely: bool, repeated: bool = False
) -> dict[str, Any]:
    """Return what an answer says of a task.

    Args:
        repeats_safely: whether the same call, made again, finds this task.
        repeated: whether it was found by such a call.
    """
    if task.error is not None:
        retry_safe = task.error.retry_safe
    else:
        retry_safe = repeats_safely or not task.is_write
    return {
        "advice": f"{_advice(task)} {_REPEATED}" if repeated else _advice(task),
        "retry_safe": retry_safe,
        "error": error_of(task.error),
        "status": task.status.value,
        "task_id": task.id,
        "task_type": task.task_type,
        "waits_for": reason(waiting),
        "earliest_start": waiting.earliest_start if waiting is not None else None,
        "output": None if task.output is None else dict(task.output),
    }


def reason(waiting: Waiting | None) -> str | None:
    if waiting is None or waiting.waits_for is None:
        return None
    return waiting.waits_for.value


def _advice(task: Task) -> str:
    match task.status:
        case TaskStatus.SUCCEEDED:
            return _DONE
        case TaskStatus.UNCONFIRMED:
            return _UNCONFIRMED
        case TaskStatus.FAILED:
            return _FAILED
        case TaskStatus.CANCELLED:
            return _WITHDRAWN
        case TaskStatus.QUEUED | TaskStatus.RUNNING | TaskStatus.SUBMITTING:
            return _WAIT
