"""OutX's own words for refusals and states.

The texts are those of its documentation, character by character; the ones that it leaves open
are marked as ours.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from api.dialect import UNDOCUMENTED, Dialect
from api.refusals import (
    IdempotencyKeyInvalid,
    MissingKey,
    NoActiveSession,
    NoAdmin,
    Refusal,
    TaskNotFound,
    TaskTypeOnHold,
    Unexpected,
    UnknownKey,
)
from storage.tasks import TaskStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.tasks import JsonObject

CALLBACK = "callback_url"
"""A field of ours in every body that creates a task."""

TEXTS: Mapping[type[Refusal], str] = MappingProxyType(
    {
        **UNDOCUMENTED,
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
        IdempotencyKeyInvalid: (
            "Invalid 'Idempotency-Key': must be 1 to 255 visible ASCII characters"
        ),
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
