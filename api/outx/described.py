"""How OutX's endpoints appear in the API's description: answers, errors, parameters.

Whatever is said elsewhere in the code (texts, statuses, body rules) is taken from there.
"""

from __future__ import annotations

from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from api.described import CREATION_HEADERS, IDEMPOTENCY_KEY, WAITING_HEADERS, content, refused
from api.outx.answers import CreatedAnswer, ErrorAnswer, StatusAnswer
from api.outx.words import CALLBACK, OUTX, TEXTS
from api.refusals import (
    BodyTooLarge,
    IdempotencyKeyInFlight,
    IdempotencyKeyInvalid,
    IdempotencyKeyReused,
    InvalidField,
    MalformedJson,
    MissingKey,
    NoActiveSession,
    NoAdmin,
    NotAJsonObject,
    NotJsonContent,
    ReadOnlyKey,
    TaskNotFound,
    TaskTypeOnHold,
    TemporarilyUnavailable,
    Unexpected,
    UnknownKey,
)
from api.webhooks.callbacks import with_callback
from executor.actions import SendConnectionRequest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from api.outx.endpoints import Endpoint
    from api.refusals import Refusal

TASK_ID = "550e8400-e29b-41d4-a716-446655440000"
TASK_ID_PARAMETER = "api_agent_task_id"
INVALID_TASK_ID = f"Missing or invalid '{TASK_ID_PARAMETER}'"

_STATUS_EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        "success": True,
        "data": {
            "id": TASK_ID,
            "status": "completed",
            "task_input": {
                "task_type": "agent_send_message",
                "recipient_urn": "urn:li:person:ACoAABCDEFG",
                "message": "Hi Jane, great connecting with you! I'd love to chat about...",
            },
            "task_output": {"sent": True},
        },
    }
)
_FAILURE_EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        "success": True,
        "data": {
            **_STATUS_EXAMPLE["data"],
            "status": "failed",
            "task_output": {
                "sent": False,
                "error": {
                    "code": "not_connected",
                    "message": "The recipient is not a 1st-degree connection.",
                    "retry_safe": True,
                },
            },
        },
    }
)

_READING: tuple[type[Refusal], ...] = (MissingKey, UnknownKey, NoActiveSession)
_CREATING: tuple[type[Refusal], ...] = (
    *_READING,
    ReadOnlyKey,
    IdempotencyKeyInvalid,
    BodyTooLarge,
    NotJsonContent,
    MalformedJson,
    NotAJsonObject,
    IdempotencyKeyInFlight,
    IdempotencyKeyReused,
    NoAdmin,
)


def creation(endpoint: Endpoint) -> dict[str, Any]:
    """Describe an endpoint that creates a task, as keyword arguments of a route."""
    is_limited = endpoint.action.task_type == SendConnectionRequest.task_type
    limited = (TaskTypeOnHold,) if is_limited else ()
    errors: list[tuple[type[Refusal], str]] = [
        *((InvalidField, text) for text in endpoint.body.REFUSALS.values()),
        *((refusal, TEXTS[refusal]) for refusal in (*_CREATING, *limited)),
    ]
    answer = {"success": True, "api_agent_task_id": TASK_ID, "message": endpoint.message}
    return {
        "summary": endpoint.summary,
        "description": endpoint.description,
        "response_model": CreatedAnswer,
        "response_description": "The task has been accepted and stored.",
        "responses": _responses({"created": answer}, CREATION_HEADERS, errors),
        "openapi_extra": {
            "parameters": [dict(IDEMPOTENCY_KEY)],
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": with_callback(endpoint.body.model_json_schema(), CALLBACK),
                        **content(endpoint.examples)["application/json"],
                    }
                },
            },
        },
    }


def status() -> dict[str, Any]:
    """Describe the endpoint that clients poll, as keyword arguments of a route."""
    errors: list[tuple[type[Refusal], str]] = [
        (InvalidField, INVALID_TASK_ID),
        *((refusal, TEXTS[refusal]) for refusal in _READING),
        (TaskNotFound, TEXTS[TaskNotFound]),
    ]
    answers = {"completed": _STATUS_EXAMPLE, "failed": _FAILURE_EXAMPLE}
    return {
        "response_model": StatusAnswer,
        "response_description": "Where the task stands.",
        "responses": _responses(answers, WAITING_HEADERS, errors),
        "openapi_extra": {
            "parameters": [
                {
                    "name": TASK_ID_PARAMETER,
                    "in": "query",
                    "required": True,
                    "schema": {"type": "string", "format": "uuid"},
                    "example": TASK_ID,
                    "description": "The id that creating the task returned.",
                }
            ]
        },
    }


def _responses(
    answers: Mapping[str, Any],
    headers: Mapping[str, Any],
    errors: Iterable[tuple[type[Refusal], str]],
) -> dict[int | str, dict[str, Any]]:
    always: list[tuple[type[Refusal], str]] = [
        (Unexpected, OUTX.word(Unexpected(), "0123abcd")["error"]),
        (TemporarilyUnavailable, TEXTS[TemporarilyUnavailable]),
    ]
    found = [(refusal, text, {"error": text}) for refusal, text in [*errors, *always]]
    return {
        HTTPStatus.OK.value: {"content": content(answers), "headers": dict(headers)},
        **refused(found, ErrorAnswer),
    }
