"""What clients get: the models that describe the answers, and the making of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from pydantic import BaseModel

from api.outx.bodies import (
    CommentPostBody,
    LikePostBody,
    SendConnectionRequestBody,
    SendMessageBody,
)
from api.outx.read_answers import (
    READS,
    ConnectionsRead,
    ConnectionsTaskInput,
    PostsRead,
    PostsTaskInput,
    ProfileRead,
    ProfilesFound,
    ProfileTaskInput,
    SearchTaskInput,
)
from api.outx.read_bodies import (
    FetchConnectionsBody,
    FetchProfileBody,
    FetchProfilesPostsBody,
    SearchProfilesBody,
)
from api.outx.words import OUTX, STATUSES
from executor.actions import (
    CommentPost,
    FetchConnections,
    FetchProfile,
    FetchProfilesPosts,
    LikePost,
    SearchProfiles,
    SendConnectionRequest,
    SendMessage,
)
from storage.tasks import ErrorCode, TaskError, TaskStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.outx.bodies import OutxBody
    from storage.tasks import JsonObject, Task

TASK_TYPES: Mapping[str, str] = MappingProxyType(
    {
        SendMessage.task_type: "agent_send_message",
        # Not documented; formed like the first.
        SendConnectionRequest.task_type: "agent_send_connection_request",
        LikePost.task_type: "agent_like_post",
        CommentPost.task_type: "agent_comment_post",
        FetchProfile.task_type: "agent_profile_fetch",
        SearchProfiles.task_type: "agent_search_profiles",
        FetchConnections.task_type: "agent_fetch_connections",
        FetchProfilesPosts.task_type: "agent_fetch_profiles_posts",
    }
)
"""Our task types to the words that OutX shows; what is missing here is not shown to its clients."""
_BODIES: Mapping[str, type[OutxBody]] = MappingProxyType(
    {
        SendMessage.task_type: SendMessageBody,
        SendConnectionRequest.task_type: SendConnectionRequestBody,
        LikePost.task_type: LikePostBody,
        CommentPost.task_type: CommentPostBody,
        FetchProfile.task_type: FetchProfileBody,
        SearchProfiles.task_type: SearchProfilesBody,
        FetchConnections.task_type: FetchConnectionsBody,
        FetchProfilesPosts.task_type: FetchProfilesPostsBody,
    }
)
_DEEDS: Mapping[str, str] = MappingProxyType(
    # Not documented; formed like `sent`, which all others have.
    {LikePost.task_type: "liked", CommentPost.task_type: "commented"}
)

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
            "task_input": {"task_type": TASK_TYPES[task.task_type], **_request(task)},
            "task_output": _output(task),
        },
    }


def _request(task: Task) -> JsonObject:
    if task.dialect == OUTX.name:
        return task.request
    # It may stand for a repeated request that came through this contract.
    return _BODIES[task.task_type].asking_for(task.input)


def _output(task: Task) -> JsonObject | None:
    if not task.status.is_final:
        return None
    as_read = READS.get(task.task_type)
    if as_read is not None and task.output is not None:
        return as_read(task.output)
    deed = _DEEDS.get(task.task_type, "sent")
    if task.status is TaskStatus.SUCCEEDED:
        return {deed: True}
    error = task.error or _NO_REASON
    return {
        **({} if as_read is not None else {deed: False}),
        "error": {
            "code": error.code.value,
            "message": error.message,
            "retry_safe": error.retry_safe,
        },
    }
