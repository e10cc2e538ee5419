"""What makes one HTTP contract differ from another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from api.refusals import (
    BodyTooLarge,
    IdempotencyKeyInFlight,
    IdempotencyKeyReused,
    MalformedJson,
    MethodNotAllowed,
    NotAJsonObject,
    NotJsonContent,
    ReadOnlyKey,
    TemporarilyUnavailable,
    UnknownPath,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response
    from starlette.types import Scope

    from api.refusals import Refusal
    from storage.tasks import JsonObject

Wording = Callable[["Refusal", str], "JsonObject"]
"""Makes the answer's body from a refusal and the request id."""
Showing = Callable[["Refusal", "Scope", int, "Mapping[str, str]"], "Response"]
"""Makes the whole answer from a refusal, the request, a status number and headers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One HTTP contract: where its paths are, and how it words a refusal."""

    name: str
    """Stored with each task: `outx`, `connectsafely`, `native` or `mcp`."""
    prefix: str
    """What its paths begin with, without a slash at the end."""
    word: Wording
    refuses_what_must_wait: bool
    """Whether a team without an active session, and an account at LinkedIn's own limit, are told
    so with a refusal, as the vendors document; else the task is accepted and waits."""
    show: Showing | None = None
    """How a person is shown a refusal, where a JSON body is nothing to look at."""


def plainly(refusal: Refusal, request_id: str) -> JsonObject:
    """Word a refusal for paths of our own."""
    return {
        "error": {
            "code": refusal.code,
            "message": str(refusal),
            "retry_safe": refusal.retry_safe,
            "request_id": request_id,
        }
    }


UNDOCUMENTED: Mapping[type[Refusal], str] = MappingProxyType(
    {
        ReadOnlyKey: "This API key may only read tasks",
        IdempotencyKeyInFlight: "A request with this Idempotency-Key is still being processed",
        IdempotencyKeyReused: "This Idempotency-Key was used for another request",
        BodyTooLarge: "Request body is too large",
        NotJsonContent: "Content-Type must be application/json",
        MalformedJson: "Request body is not valid JSON",
        NotAJsonObject: "Request body must be a JSON object",
        UnknownPath: "Not found",
        MethodNotAllowed: "Method not allowed",
        TemporarilyUnavailable: "Service temporarily unavailable. Please try again later.",
    }
)
"""Our texts for what the vendors' documentation says nothing about."""

PLAIN = Dialect(name="plain", prefix="", word=plainly, refuses_what_must_wait=False)
"""For paths that belong to no contract."""
