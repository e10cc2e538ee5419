"""What clients get: the models that describe the answers, and the making of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from pydantic import BaseModel

from api.outx.endpoints import BY_TASK_TYPE
from api.outx.read_answers import (
    CompanyPostsRead,
    CompanyPostsTaskInput,
    CompanyRead,
    CompanyTaskInput,
    ConnectionsRead,
    ConnectionsTaskInput,
    PostsRead,
    PostsTaskInput,
    ProfileRead,
    ProfilesFound,
    ProfileTaskInput,
    SearchTaskInput,
)
from api.outx.words import OUTX, STATUSES
from storage.tasks import ErrorCode, TaskError, TaskStatus

if TYPE_CHECKING:
    from storage.tasks import JsonObject, Task

_NO_REASON = TaskError(code=ErrorCode.INTERNAL, message="No reason was recorded.", retry_safe=False)


class ErrorAnswer(BaseModel):
    """Every answer that is not a success."""

    error: str


class CreatedAnswer(BaseModel):
    """The task has been accepted and stored; nothing has happened on LinkedIn yet."""

    success: Literal[True]
    api_agent_task_id: UUID
    message: str


class FailureReason(BaseModel):
    """Why a task did not succeed."""

    code: ErrorCode
    message: str
    retry_safe: bool


class Sent(BaseModel):
    """It was sent, with evidence."""

    sent: Literal[True]


class NotSent(BaseModel):
    """It was not sent, or nobody could prove that it was (`unconfirmed`)."""

    sent: Literal[False]
    error: FailureReason


class Liked(BaseModel):
    """The account likes the post, with evidence; it may have done so before."""

    liked: Literal[True]


class NotLiked(BaseModel):
    """It was not liked, or nobody could prove that it was (`unconfirmed`)."""

    liked: Literal[False]
    error: FailureReason


class Commented(BaseModel):
    """The comment was published, with evidence."""

    commented: Literal[True]


class NotCommented(BaseModel):
    """It was not published, or nobody could prove that it was (`unconfirmed`)."""

    commented: Literal[False]
    error: FailureReason


class NotRead(BaseModel):
    """Nothing could be read."""

    error: FailureReason


class MessageTaskInput(BaseModel):
    """What was sent to `send-message`, unchanged; or what would have asked for the task there."""

    task_type: Literal["agent_send_message"]
    recipient_urn: str
    message: str


class ConnectionRequestTaskInput(BaseModel):
    """The same for `send-connection-request`; `note` only if there was one."""

    task_type: Literal["agent_send_connection_request"]
    profile_urn: str
    note: str | None = None


class LikeTaskInput(BaseModel):
    """The same for `like-post`."""

    task_type: Literal["agent_like_post"]
    social_urn: str


class CommentTaskInput(BaseModel):
    """The same for `comment-post`."""

    task_type: Literal["agent_comment_post"]
    social_urn: str
    comment_text: str


class TaskData(BaseModel):
    """A task as OutX's clients see it."""

    id: UUID
    status: Literal["pending", "processing", "completed", "failed"]
    task_input: (
        MessageTaskInput
        | ConnectionRequestTaskInput
        | LikeTaskInput
        | CommentTaskInput
        | ProfileTaskInput
        | SearchTaskInput
        | ConnectionsTaskInput
        | PostsTaskInput
        | CompanyTaskInput
        | CompanyPostsTaskInput
    )
    task_output: (
        Sent
        | NotSent
        | Liked
        | NotLiked
        | Commented
        | NotCommented
        | ProfileRead
        | ProfilesFound
        | ConnectionsRead
        | PostsRead
        | CompanyRead
        | CompanyPostsRead
        | NotRead
        | None
    )
    """`null` until the task has ended."""


class StatusAnswer(BaseModel):
    """Where a task stands."""

    success: Literal[True]
    data: TaskData


def created(task: Task, message: str) -> dict[str, Any]:
    return {"success": True, "api_agent_task_id": task.id, "message": message}


def status(task: Task, *, failures_as_completed: bool) -> dict[str, Any]:
    """Return the answer about *task*.

    Args:
        failures_as_completed: whether whatever is final counts as `completed`.
    """
    word = STATUSES[task.status]
    if failures_as_completed and word == "failed":
        word = "completed"
    return {
        "success": True,
        "data": {
            "id": task.id,
            "status": word,
            "task_input": {"task_type": BY_TASK_TYPE[task.task_type].task_type, **_request(task)},
            "task_output": _output(task),
        },
    }


def _request(task: Task) -> JsonObject:
    if task.dialect == OUTX.name:
        return task.request
    # It may stand for a repeated request that came through this contract.
    return BY_TASK_TYPE[task.task_type].body.asking_for(task.input)


def _output(task: Task) -> JsonObject | None:
    if not task.status.is_final:
        return None
    output = BY_TASK_TYPE[task.task_type].output
    if callable(output) and task.output is not None:
        return output(task.output)
    if isinstance(output, str) and task.status is TaskStatus.SUCCEEDED:
        return {output: True}
    error = task.error or _NO_REASON
    return {
        **({output: False} if isinstance(output, str) else {}),
        "error": {
            "code": error.code.value,
            "message": error.message,
            "retry_safe": error.retry_safe,
        },
    }
