"""How a task's end, or its not having ended yet, is answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from fastapi.responses import JSONResponse

from api.clock import iso
from api.connectsafely.answers import (
    ConversationErrorAnswer,
    ErrorAnswer,
    Outcome,
    UnfinishedAnswer,
    UnprovenAnswer,
)
from storage.tasks import ErrorCode, TaskError, TaskStatus, WaitReason

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from api.connectsafely.accounts import Account
    from api.connectsafely.answers import Answer
    from api.connectsafely.bodies import CallBody
    from api.connectsafely.endpoint import Endpoint
    from api.connectsafely.inbox_bodies import MarkSeenBody, TypingBody
    from api.waiting import Waiting
    from storage.tasks import JsonObject, Task

TASK_ID = "X-Task-Id"
ERROR_CODE = "X-Error-Code"
RETRY_SAFE = "X-Retry-Safe"
MESSAGE_URN = "X-Message-Urn"
CONVERSATION_URN = "X-Conversation-Urn"
AGE = "Age"

# The documentation has 400 for what the account may not do, 404 for a person who does not exist,
# 403 for groups, 429 for limits and 500 for the rest; the other numbers are ours.
STATUS_OF: Mapping[ErrorCode, HTTPStatus] = MappingProxyType(
    {
        ErrorCode.NOT_CONNECTED: HTTPStatus.BAD_REQUEST,
        ErrorCode.ALREADY_CONNECTED: HTTPStatus.BAD_REQUEST,
        ErrorCode.ALREADY_PENDING: HTTPStatus.BAD_REQUEST,
        ErrorCode.REINVITE_BLOCKED: HTTPStatus.BAD_REQUEST,
        ErrorCode.FOLLOW_ONLY: HTTPStatus.BAD_REQUEST,
        ErrorCode.EMAIL_REQUIRED: HTTPStatus.BAD_REQUEST,
        ErrorCode.NOTE_LIMIT_REACHED: HTTPStatus.BAD_REQUEST,
        ErrorCode.NOTE_TOO_LONG: HTTPStatus.BAD_REQUEST,
        ErrorCode.INVITATION_NOT_FOUND: HTTPStatus.BAD_REQUEST,
        ErrorCode.INMAIL_CREDITS_EXHAUSTED: HTTPStatus.BAD_REQUEST,
        ErrorCode.INMAIL_NOT_ALLOWED: HTTPStatus.BAD_REQUEST,
        ErrorCode.COMPOSER_UNAVAILABLE: HTTPStatus.BAD_REQUEST,
        ErrorCode.ATTACHMENT_REFUSED: HTTPStatus.BAD_REQUEST,
        ErrorCode.REFUSED: HTTPStatus.BAD_REQUEST,
        ErrorCode.DELETION_NOT_OFFERED: HTTPStatus.BAD_REQUEST,
        ErrorCode.REACTION_NOT_OFFERED: HTTPStatus.BAD_REQUEST,
        ErrorCode.NOT_GROUP_MEMBER: HTTPStatus.FORBIDDEN,
        ErrorCode.PROFILE_NOT_FOUND: HTTPStatus.NOT_FOUND,
        ErrorCode.COMPANY_NOT_FOUND: HTTPStatus.NOT_FOUND,
        ErrorCode.POST_NOT_FOUND: HTTPStatus.NOT_FOUND,
        ErrorCode.MEDIA_NOT_FOUND: HTTPStatus.NOT_FOUND,
        ErrorCode.CONVERSATION_NOT_FOUND: HTTPStatus.NOT_FOUND,
        ErrorCode.MESSAGE_NOT_FOUND: HTTPStatus.NOT_FOUND,
        # It may have happened, or somebody has withdrawn it: nothing that a repetition would mend.
        ErrorCode.UNCONFIRMED: HTTPStatus.CONFLICT,
        ErrorCode.CANCELLED: HTTPStatus.CONFLICT,
        ErrorCode.INVITATION_LIMIT_REACHED: HTTPStatus.TOO_MANY_REQUESTS,
        ErrorCode.COMMERCIAL_USE_LIMIT: HTTPStatus.TOO_MANY_REQUESTS,
        ErrorCode.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    }
)
"""What is missing here is answered with 500: nothing has happened, and it may be tried again."""

_WHY: Mapping[WaitReason, str] = MappingProxyType(
    {
        WaitReason.SIGN_IN: "the account is not signed in to LinkedIn",
        WaitReason.PACING: "the account keeps its pace",
        WaitReason.LIMIT: "the account has reached a limit, or rests",
        WaitReason.SCHEDULE: "it is not the time for it yet",
        WaitReason.PAUSED: "somebody has paused the account",
    }
)
_NO_REASON = TaskError(code=ErrorCode.INTERNAL, message="No reason was recorded.", retry_safe=False)


def ended(task: Task, *, endpoint: Endpoint, body: CallBody, account: Account) -> JSONResponse:
    """Answer with what became of *task*, which has ended."""
    if task.status is TaskStatus.SUCCEEDED:
        outcome = _outcome(body, task.output or {}, account)
        if task.started_at is not None and task.finished_at is not None:
            # The clock may have been set back meanwhile.
            took = max(task.finished_at - task.started_at, timedelta(0))
            outcome = replace(outcome, took=took)
        return _json(endpoint.answer(outcome), HTTPStatus.OK, _names(task))
    error = task.error or _NO_REASON
    if error.code is ErrorCode.PROFILE_NOT_FOUND and endpoint.nobody is not None:
        return _json(endpoint.nobody(account.shown_id), HTTPStatus.OK, _names(task))
    status = STATUS_OF.get(error.code, HTTPStatus.INTERNAL_SERVER_ERROR)
    refusal = _refusal(task, error, body)
    if endpoint.echoes_conversation and status is HTTPStatus.INTERNAL_SERVER_ERROR:
        refusal = ConversationErrorAnswer(
            error=refusal.error,
            account_id=account.shown_id,
            conversation_urn=cast("TypingBody | MarkSeenBody", body).conversation_urn,
        )
    return _json(
        refusal,
        status,
        {**_names(task), ERROR_CODE: error.code.value, RETRY_SAFE: _flag(error.retry_safe)},
        apart_from={"success"} if endpoint.has_bare_errors else frozenset(),
    )


def looked_at(
    look: Task,
    output: JsonObject,
    *,
    endpoint: Endpoint,
    body: CallBody,
    account: Account,
    age: int,
) -> JSONResponse:
    """Answer with what a look of the watcher has found, so many seconds ago."""
    answer = endpoint.answer(_outcome(body, output, account))
    return _json(answer, HTTPStatus.OK, {TASK_ID: look.id, AGE: str(age)})


def unfinished(task: Task, waiting: Waiting | None, *, retry_safe: bool) -> JSONResponse:
    """Answer while *task* has not ended."""
    earliest = waiting.earliest_start if waiting is not None else None
    return _json(
        UnfinishedAnswer(
            message=_not_yet(waiting),
            task_id=task.id,
            task_status=task.status.value,
            status_url=status_path(task),
            retry_safe=retry_safe,
            earliest_start=iso(earliest) if earliest is not None else None,
        ),
        HTTPStatus.ACCEPTED,
        {**_names(task), "Location": status_path(task)},
    )


def status_path(task: Task) -> str:
    return f"/tasks/{task.id}"


def _outcome(body: CallBody, output: JsonObject, account: Account) -> Outcome:
    return Outcome(
        body=body,
        output=output,
        account_id=account.shown_id,
        account_name=account.name,
        account_profile_id=account.profile_id,
    )


def _refusal(task: Task, error: TaskError, body: CallBody) -> ErrorAnswer:
    match error.code:
        case ErrorCode.UNCONFIRMED:
            return UnprovenAnswer(
                error=error.message, task_id=task.id, status_url=status_path(task)
            )
        case ErrorCode.PROFILE_NOT_FOUND:
            return ErrorAnswer(error=f"LinkedIn profile not found: {body.given_person}")
        case ErrorCode.CONVERSATION_NOT_FOUND:
            return ErrorAnswer(error="Conversation not found")
        case ErrorCode.MESSAGE_NOT_FOUND:
            return ErrorAnswer(error="Message not found")
        case _:
            return ErrorAnswer(error=error.message)


def _not_yet(waiting: Waiting | None) -> str:
    why = _WHY.get(waiting.waits_for) if waiting is not None and waiting.waits_for else None
    because = f", because {why}" if why else ""
    return f"Accepted, not done yet{because}. Look at statusUrl; there is no need to ask again."


def _names(task: Task) -> dict[str, str]:
    """Return ids that the documented bodies have no room for."""
    output = task.output or {}
    found = {
        TASK_ID: task.id,
        MESSAGE_URN: output.get("message_urn"),
        CONVERSATION_URN: output.get("conversation_urn"),
    }
    return {name: value for name, value in found.items() if value}


def _flag(value: bool) -> str:  # noqa: FBT001 - it is all that it takes
    return "true" if value else "false"


def _json(
    answer: Answer,
    status: HTTPStatus,
    headers: Mapping[str, str],
    *,
    apart_from: AbstractSet[str] = frozenset(),
) -> JSONResponse:
    content = answer.model_dump(by_alias=True, exclude=set(apart_from))
    return JSONResponse(content, status_code=status, headers=dict(headers))
