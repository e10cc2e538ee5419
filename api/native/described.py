"""How our own endpoints appear in the API's description."""

from __future__ import annotations

from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from api.described import (
    CREATION_HEADERS,
    IDEMPOTENCY_KEY,
    WAITING_HEADERS,
    content,
    inlined,
    refused,
)
from api.dialect import plainly
from api.native.answers import AcceptedTask, ErrorAnswer, TaskAnswer, TaskPage
from api.native.queries import LONGEST_PAGE, LONGEST_WAIT, USUAL_PAGE
from api.refusals import (
    AskedForElsewhere,
    BodyTooLarge,
    IdempotencyKeyInFlight,
    IdempotencyKeyInvalid,
    IdempotencyKeyReused,
    InvalidField,
    MalformedJson,
    MissingKey,
    NoAdmin,
    NotAJsonObject,
    NotJsonContent,
    ReadOnlyKey,
    TaskEnded,
    TaskNotFound,
    TaskStarted,
    TemporarilyUnavailable,
    Unexpected,
    UnknownKey,
)
from api.webhooks.callbacks import callback_schema
from executor.actions import (
    BY_TASK_TYPE,
    CATALOGUE,
    AnswerInvitation,
    SendMessage,
    WithdrawInvitation,
)
from storage.tasks import TaskStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from api.refusals import Refusal
    from executor.actions import Action

_ALWAYS: tuple[type[Refusal], ...] = (MissingKey, UnknownKey, Unexpected, TemporarilyUnavailable)
_PERSON: Mapping[str, Any] = MappingProxyType(
    {
        "description": "A person: as a URN, a bare `ACoA…` id, a vanity name or a profile's "
        "address; or by profile id, vanity, or both.",
        "anyOf": [
            {"type": "string", "minLength": 3, "maxLength": 500},
            {
                "type": "object",
                "properties": {
                    "profile_id": {"type": ["string", "null"]},
                    "vanity": {"type": ["string", "null"]},
                },
                "additionalProperties": False,
                "minProperties": 1,
            },
        ],
    }
)
_LEAD: Mapping[str, Any] = MappingProxyType(
    {
        "type": "string",
        "description": "A member as Sales Navigator names them.",
        "pattern": r"^urn:li:fs_salesProfile:\([A-Za-z0-9_-]+,[A-Za-z0-9_-]+,[A-Za-z0-9_-]+\)$",
    }
)
_EXAMPLES: Mapping[str, Any] = MappingProxyType(
    {
        "a message": {
            "task_type": SendMessage.task_type,
            "input": {"recipient": "https://www.linkedin.com/in/jane-doe/", "message": "Hi Jane"},
        },
        "a message for later": {
            "task_type": SendMessage.task_type,
            "input": {"recipient": {"profile_id": "ACoAABCDEFG"}, "message": "Good morning"},
            "not_before": "2026-12-01T08:30:00+01:00",
        },
        "a withdrawn invitation": {
            "task_type": WithdrawInvitation.task_type,
            "input": {"invitee": "jane-doe"},
        },
        "an accepted invitation": {
            "task_type": AnswerInvitation.task_type,
            "input": {"inviter": "urn:li:person:ACoAABCDEFG", "answer": "accept"},
        },
    }
)


def _body(action: Action[Any, Any]) -> dict[str, Any]:
    schema = action.input_model.model_json_schema()
    definitions = {**schema.pop("$defs", {}), "Person": dict(_PERSON), "SalesLead": dict(_LEAD)}
    return {
        "type": "object",
        "title": action.task_type,
        "properties": {
            "task_type": {"type": "string", "enum": [action.task_type]},
            "input": inlined(schema, definitions),
            "not_before": {
                "type": ["string", "null"],
                "format": "date-time",
                "description": "Earliest start, with a time zone, at most 90 days ahead.",
            },
            "callback_url": callback_schema(),
        },
        "required": ["task_type", "input"],
        "additionalProperties": False,
    }


def query(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "schema": schema,
        "description": description,
    }


def refusals(*own: type[Refusal]) -> dict[int | str, dict[str, Any]]:
    found = [
        (refusal, refusal.code, plainly(refusal(), "0123abcd")) for refusal in (*own, *_ALWAYS)
    ]
    return refused(found, ErrorAnswer)


def _answer(model: type[BaseModel], description: str, headers: Mapping[str, Any]) -> dict[str, Any]:
    return {"model": model, "description": description, "headers": dict(headers)}


_LOCATION = {"description": "The task's path.", "schema": {"type": "string"}}


def creation() -> dict[str, Any]:
    return {
        "status_code": HTTPStatus.CREATED,
        "response_model": AcceptedTask,
        "response_description": "The task has been accepted and stored.",
        "responses": {
            HTTPStatus.OK.value: _answer(
                AcceptedTask,
                "The same was asked for before; this is the first task.",
                {"Location": _LOCATION, **CREATION_HEADERS},
            ),
            HTTPStatus.CREATED.value: {"headers": {"Location": _LOCATION, **CREATION_HEADERS}},
            **refusals(
                ReadOnlyKey,
                IdempotencyKeyInvalid,
                BodyTooLarge,
                NotJsonContent,
                MalformedJson,
                NotAJsonObject,
                InvalidField,
                AskedForElsewhere,
                IdempotencyKeyInFlight,
                IdempotencyKeyReused,
                NoAdmin,
            ),
        },
        "openapi_extra": {
            "parameters": [dict(IDEMPOTENCY_KEY)],
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": {"oneOf": [_body(action) for action in CATALOGUE]},
                        **content(_EXAMPLES)["application/json"],
                    }
                },
            },
        },
    }


def listing() -> dict[str, Any]:
    return {
        "response_model": TaskPage,
        "response_description": "Tasks, the newest first.",
        "responses": refusals(InvalidField),
        "openapi_extra": {
            "parameters": [
                query(
                    "status",
                    {
                        "type": "array",
                        "items": {"type": "string", "enum": [each.value for each in TaskStatus]},
                    },
                    "Only these; may be given several times.",
                ),
                query("task_type", {"type": "string", "enum": list(BY_TASK_TYPE)}, "Only this."),
                query(
                    "limit",
                    {
                        "type": "integer",
                        "minimum": 1,
                        "maximum": LONGEST_PAGE,
                        "default": USUAL_PAGE,
                    },
                    "At most so many.",
                ),
                query(
                    "cursor",
                    {"type": "string", "format": "uuid"},
                    "The `next_cursor` of an earlier answer.",
                ),
            ]
        },
    }


def reading() -> dict[str, Any]:
    return {
        "response_model": TaskAnswer,
        "response_description": "Where the task stands.",
        "responses": {
            HTTPStatus.OK.value: {"headers": dict(WAITING_HEADERS)},
            **refusals(InvalidField, TaskNotFound),
        },
        "openapi_extra": {
            "parameters": [
                query(
                    "wait",
                    {"type": "number", "minimum": 0, "maximum": LONGEST_WAIT, "default": 0},
                    "Seconds to wait for the task's end before answering.",
                ),
            ]
        },
    }


def cancelling() -> dict[str, Any]:
    return {
        "response_model": TaskAnswer,
        "response_description": "The task has been withdrawn.",
        "responses": refusals(ReadOnlyKey, TaskNotFound, TaskStarted, TaskEnded),
    }
