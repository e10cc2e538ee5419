"""How ConnectSafely's endpoints appear in the API's description: answers, errors, parameters."""

from __future__ import annotations

import re
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from api.connectsafely import outcomes
from api.connectsafely.answers import (
    BareErrorAnswer,
    ConversationErrorAnswer,
    ErrorAnswer,
    HeldAnswer,
    Unauthorized,
    UnfinishedAnswer,
    UnprovenAnswer,
)
from api.connectsafely.preferences import LONGEST_WAIT
from api.connectsafely.words import (
    CALLBACK,
    CONNECTSAFELY,
    INVALID_CREDENTIALS,
    TEXTS,
    UNAUTHORIZED,
)
from api.described import CREATION_HEADERS, IDEMPOTENCY_KEY, content, inlined
from api.errors import STATUS
from api.refusals import (
    AccountNotFound,
    BodyTooLarge,
    IdempotencyKeyInFlight,
    IdempotencyKeyInvalid,
    IdempotencyKeyReused,
    InvalidField,
    MalformedJson,
    NoAdmin,
    NotAJsonObject,
    NotJsonContent,
    ReadOnlyKey,
    TemporarilyUnavailable,
    TooManyUploads,
    Unexpected,
)
from api.webhooks.callbacks import with_callback
from storage.tasks import ErrorCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import BaseModel

    from api.connectsafely.endpoint import Endpoint
    from api.refusals import Refusal

_TASK = "550e8400-e29b-41d4-a716-446655440000"
_PREFER: Mapping[str, Any] = MappingProxyType(
    {
        "name": "Prefer",
        "in": "header",
        "required": False,
        "schema": {"type": "string"},
        "description": (
            "`respond-async` is answered with 202 at once; "
            f"`wait=seconds` is waited for, {LONGEST_WAIT} at most."
        ),
    }
)
_TASK_HEADERS: Mapping[str, Any] = MappingProxyType(
    {
        outcomes.TASK_ID: {
            "description": "The task, for `GET /tasks/{id}`.",
            "schema": {"type": "string", "format": "uuid"},
        },
        **CREATION_HEADERS,
    }
)
_QUOTA_HEADERS: Mapping[str, Any] = MappingProxyType(
    {
        "X-RateLimit-Action": {
            "description": "What is counted.",
            "schema": {"type": "string"},
        },
        **{
            f"X-RateLimit-{name}": {"description": text, "schema": {"type": "integer"}}
            for name, text in (
                ("Limit", "How many the account may do in the tightest window."),
                ("Used", "How many it has done, and has accepted."),
                ("Remaining", "How many are left."),
            )
        },
        "X-RateLimit-Reset": {
            "description": "When there is room for more; windows roll.",
            "schema": {"type": "string", "format": "date-time"},
        },
    }
)
_ALWAYS: tuple[type[Refusal], ...] = (
    ReadOnlyKey,
    NoAdmin,
    AccountNotFound,
    IdempotencyKeyInvalid,
    IdempotencyKeyInFlight,
    IdempotencyKeyReused,
    TemporarilyUnavailable,
)
_READING: tuple[type[Refusal], ...] = (NoAdmin, AccountNotFound, TemporarilyUnavailable)
_WITH_BODY: tuple[type[Refusal], ...] = (
    BodyTooLarge,
    NotJsonContent,
    MalformedJson,
    NotAJsonObject,
)


def call(endpoint: Endpoint) -> dict[str, Any]:
    """Describe an endpoint, as keyword arguments of a route."""
    has_body = endpoint.method == "POST"
    parameters = [dict(_PREFER), dict(IDEMPOTENCY_KEY)]
    extra: dict[str, Any] = {"parameters": parameters}
    if has_body:
        in_path = [each for each in _fields(endpoint) if each["in"] == "path"]
        parameters += in_path
        whole = endpoint.body.model_json_schema()
        # References into a body's own definitions would lead nowhere in the whole description.
        schema = _without(
            inlined(whole, whole.pop("$defs", {})), {each["name"] for each in in_path}
        )
        extra["requestBody"] = {
            "required": not endpoint.takes_empty_body,
            "content": {
                "application/json": {
                    "schema": with_callback(schema, CALLBACK),
                    **content(endpoint.examples)["application/json"],
                }
            },
        }
    else:
        parameters += _fields(endpoint)
    return {
        "summary": endpoint.summary,
        "description": endpoint.description,
        "response_model": None if endpoint.answers_file else endpoint.answer_model,
        "response_description": "It was done.",
        "responses": _responses(endpoint, has_body=has_body),
        "openapi_extra": extra,
    }


def reading(answer: Any, *, is_bare: bool = False) -> dict[str, Any]:
    """Describe an endpoint that is answered from the store, as keyword arguments of a route.

    Args:
        is_bare: whether its errors have no `success`.
    """
    return _refused(answer, _READING, BareErrorAnswer if is_bare else ErrorAnswer)


def _refused(
    answer: Any,
    refusals: Iterable[type[Refusal]],
    model: type[ErrorAnswer | BareErrorAnswer],
) -> dict[str, Any]:
    found: dict[int, dict[str, Any]] = {}
    success = {} if model is BareErrorAnswer else {"success": False}
    every: tuple[type[Refusal], ...] = (*refusals, Unexpected)
    for refusal in every:
        text = CONNECTSAFELY.word(refusal(), "0123abcd")["error"]
        _add(found, STATUS[refusal], refusal.code, {"error": text, **success})
    return {
        "response_model": answer,
        "responses": {
            401: _answer(Unauthorized, 401, {"unauthorized": {"error": UNAUTHORIZED}}),
            **{status: _answer(model, status, each) for status, each in found.items()},
        },
    }


def upload(answer: Any, media_types: Iterable[str]) -> dict[str, Any]:
    """Describe an endpoint that takes a file as it is, as keyword arguments of a route."""
    refusals: tuple[type[Refusal], ...] = (
        *_READING,
        InvalidField,
        ReadOnlyKey,
        BodyTooLarge,
        TooManyUploads,
    )
    described = _refused(answer, refusals, BareErrorAnswer)
    file = {"schema": {"type": "string", "format": "binary"}}
    body = {"required": True, "content": dict.fromkeys(media_types, file)}
    return {**described, "openapi_extra": {"requestBody": body}}


def _without(schema: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """Leave fields out of a body's description."""
    properties = {name: each for name, each in schema["properties"].items() if name not in names}
    required = [name for name in schema.get("required", ()) if name not in names]
    rest = {key: value for key, value in schema.items() if key != "required"}
    return {**rest, "properties": properties, **({"required": required} if required else {})}


def _fields(endpoint: Endpoint) -> list[dict[str, Any]]:
    """Describe the fields of a call that stand in its address."""
    schema = endpoint.body.model_json_schema()
    in_path = set(re.findall(r"{(\w+)[:}]", endpoint.path))
    return [
        {
            "name": name,
            "in": "path" if name in in_path else "query",
            "required": name in in_path or name in schema.get("required", ()),
            "schema": {key: value for key, value in about.items() if key != "description"},
            **({"description": about["description"]} if "description" in about else {}),
        }
        for name, about in schema["properties"].items()
    ]


def _responses(endpoint: Endpoint, *, has_body: bool) -> dict[int | str, dict[str, Any]]:
    headers = {**_TASK_HEADERS, **(_QUOTA_HEADERS if endpoint.quota else {})}
    found: dict[int, dict[str, Any]] = {}
    for refusal in (*_ALWAYS, *(_WITH_BODY if has_body else ())):
        _add(found, STATUS[refusal], refusal.code, {"error": TEXTS[refusal], "success": False})
    _add(
        found,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        Unexpected.code,
        CONNECTSAFELY.word(Unexpected(), "0123abcd"),
    )
    for code, status in (
        (ErrorCode.NOT_CONNECTED, HTTPStatus.BAD_REQUEST),
        (ErrorCode.UI_CHANGED, HTTPStatus.INTERNAL_SERVER_ERROR),
        (ErrorCode.RATE_LIMITED, HTTPStatus.TOO_MANY_REQUESTS),
    ):
        _add(
            found,
            status,
            code.value,
            {"error": "What went wrong, in a sentence.", "success": False},
        )
    _add(
        found,
        HTTPStatus.NOT_FOUND,
        ErrorCode.PROFILE_NOT_FOUND.value,
        {"error": "LinkedIn profile not found: invalid-profile-id", "success": False},
    )
    if endpoint.quota is not None:
        text = (
            f"Rate limit exceeded for {endpoint.quota.action}: 100/100 used. "
            "Resets at 2024-01-16T00:00:00.000Z"
        )
        _add(
            found, HTTPStatus.TOO_MANY_REQUESTS, "quota_reached", {"error": text, "success": False}
        )
    if endpoint.has_bare_errors:
        found = {
            status: {name: {"error": body["error"]} for name, body in bodies.items()}
            for status, bodies in found.items()
        }
    if endpoint.echoes_conversation:
        found[500] |= {
            ErrorCode.UI_CHANGED.value: {
                "success": False,
                "accountId": endpoint.done["accountId"],
                "conversationUrn": endpoint.done["conversationUrn"],
                "error": "What went wrong, in a sentence.",
            }
        }
    model = BareErrorAnswer if endpoint.has_bare_errors else ErrorAnswer
    described: dict[int | str, dict[str, Any]] = {
        status: _answer(model, status, bodies) for status, bodies in sorted(found.items())
    }
    if not endpoint.has_bare_errors:
        described[429]["model"] = HeldAnswer
        described[409]["model"] = UnprovenAnswer | ErrorAnswer
    if endpoint.echoes_conversation:
        described[500]["model"] = ConversationErrorAnswer | ErrorAnswer
    return {
        200: {"content": _done(endpoint), "headers": headers},
        202: {
            **_answer(UnfinishedAnswer, 202, {"it waits": _unfinished()}),
            "headers": headers,
        },
        401: _answer(Unauthorized, 401, {"unauthorized": {"error": _unauthorized(endpoint)}}),
        **described,
    }


def _done(endpoint: Endpoint) -> dict[str, Any]:
    if endpoint.answers_file:
        return {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    return content({"done": dict(endpoint.done)})


def _unauthorized(endpoint: Endpoint) -> str:
    return INVALID_CREDENTIALS if endpoint.has_longer_401 else UNAUTHORIZED


def _add(found: dict[int, dict[str, Any]], status: int, name: str, body: Any) -> None:
    found.setdefault(int(status), {})[name] = body


def _answer(model: type[BaseModel], status: int, bodies: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "model": model,
        "description": HTTPStatus(status).phrase,
        "content": content(bodies),
    }


def _unfinished() -> dict[str, Any]:
    return UnfinishedAnswer(
        message="Accepted, not done yet, because the account keeps its pace. …",
        task_id=_TASK,
        task_status="queued",
        status_url=f"/tasks/{_TASK}",
        retry_safe=True,
        earliest_start="2026-10-01T12:01:10.000Z",
    ).model_dump(by_alias=True)
