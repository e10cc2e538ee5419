"""OutX's own words for refusals and states.

The texts are those of its documentation, character by character; the ones that it leaves open
are marked as ours.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from api.dialect import Dialect
from api.refusals import (
    BodyTooLarge,
    IdempotencyKeyInFlight,
    IdempotencyKeyInvalid,
    IdempotencyKeyReused,
    MalformedJson,
    MethodNotAllowed,
    MissingKey,
    NoActiveSession,
    NoAdmin,
    NotAJsonObject,
    NotJsonContent,
    ReadOnlyKey,
    Refusal,
    TaskNotFound,
    TaskTypeOnHold,
    TemporarilyUnavailable,
    Unexpected,
    UnknownKey,
    UnknownPath,
)
from storage.tasks import TaskStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.tasks import JsonObject

TEXTS: Mapping[type[Refusal], str] = MappingProxyType(
    {
        MissingKey: "Missing API Key",
        UnknownKey: "Invalid API Key",
        NoActiveSession: (
            "Plugin installation required: Please install the OutX browser extension on at "
            "least one team member's account to use the API. The plugin must have been active "
            "within the last 48 hours."
        ),
        NoAdmin: "No admin user found in the team",
        TaskTypeOnHold: "LinkedIn invitation limit reached",
        TaskNotFound: "Agent task not found",
        # From here on ours.
        ReadOnlyKey: "This API key may only read tasks",
        IdempotencyKeyInvalid: (
            "Invalid 'Idempotency-Key': must be 1 to 255 visible ASCII characters"
        ),
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

STATUSES: Mapping[TaskStatus, str] = MappingProxyType(
    {
        TaskStatus.QUEUED: "pending",
        TaskStatus.RUNNING: "processing",
        TaskStatus.SUBMITTING: "processing",
        TaskStatus.SUCCEEDED: "completed",
        TaskStatus.FAILED: "failed",
        TaskStatus.UNCONFIRMED: "failed",
        TaskStatus.CANCELLED: "failed",
    }
)


def _word(refusal: Refusal, request_id: str) -> JsonObject:
    return {"error": _text(refusal, request_id)}


def _text(refusal: Refusal, request_id: str) -> str:
    if text := TEXTS.get(type(refusal)):
        return text
    if isinstance(refusal, Unexpected):
        return f"Internal server error (request id {request_id})"
    return str(refusal)


OUTX = Dialect(name="outx", prefix="/linkedin-agent", word=_word, refuses_what_must_wait=True)
