"""Parts of the API's description that all dialects share."""

from __future__ import annotations

from collections import defaultdict
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from api.errors import STATUS
from api.idempotency import HEADER, PATTERN
from api.submission import DUPLICATE_OF, REPLAYED
from storage.tasks import WaitReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import BaseModel

    from api.refusals import Refusal
    from storage.tasks import JsonObject

IDEMPOTENCY_KEY: Mapping[str, Any] = MappingProxyType(
    {
        "name": HEADER,
        "in": "header",
        "required": False,
        "schema": {"type": "string", "pattern": PATTERN},
        "description": (
            "Your own name for this request. Sent again with the same body within 24 hours, it is "
            "answered with the first answer and makes no second task."
        ),
    }
)
WAITING_HEADERS: Mapping[str, Any] = MappingProxyType(
    {
        "X-Waiting-For": {
            "description": "Why the task has not been started.",
            "schema": {"type": "string", "enum": [reason.value for reason in WaitReason]},
        },
        "X-Queue-Position": {
            "description": (
                "Its place among the account's queued tasks of its type that are due, or will be "
                "when it is."
            ),
            "schema": {"type": "integer", "minimum": 1},
        },
        "X-Earliest-Start": {
            "description": "An estimate.",
            "schema": {"type": "string", "format": "date-time"},
        },
    }
)
CREATION_HEADERS: Mapping[str, Any] = MappingProxyType(
    {
        REPLAYED: {
            "description": "Present when the Idempotency-Key was known.",
            "schema": {"type": "string", "enum": ["true"]},
        },
        DUPLICATE_OF: {
            "description": "Present when the same was asked for before: the first task's id.",
            "schema": {"type": "string", "format": "uuid"},
        },
        **WAITING_HEADERS,
    }
)


def refused(
    found: Iterable[tuple[type[Refusal], str, JsonObject]], model: type[BaseModel]
) -> dict[int | str, dict[str, Any]]:
    """Describe refusals under their statuses, each with its name and the body of its answer."""
    bodies: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    for refusal, name, body in found:
        bodies[STATUS[refusal]][name] = body
    return {
        status: {
            "model": model,
            "description": HTTPStatus(status).phrase,
            "content": content(each),
        }
        for status, each in sorted(bodies.items())
    }


def content(examples: Mapping[str, Any]) -> dict[str, Any]:
    shown = {name: {"value": dict(value)} for name, value in examples.items()}
    return {"application/json": {"examples": shown}}


def inlined(schema: Any, definitions: Mapping[str, Any]) -> Any:
    """Put definitions where they are referred to, for schemas that have no place for them."""
    if isinstance(schema, dict):
        beside = {name: inlined(each, definitions) for name, each in schema.items()}
        if (reference := beside.pop("$ref", None)) is None:
            return beside
        return {**inlined(definitions[reference.rpartition("/")[2]], definitions), **beside}
    if isinstance(schema, list):
        return [inlined(each, definitions) for each in schema]
    return schema
