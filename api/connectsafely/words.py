"""ConnectSafely's own words for refusals.

Its documentation knows two shapes: `{"error": …}` for a missing or wrong key and for everything
below `/conversations` and `/sales-nav`, and the same with `"success": false` for the rest
(2026-11). The texts that it leaves open are marked as ours.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from api.clock import iso
from api.dialect import UNDOCUMENTED, Dialect
from api.refusals import (
    AccountNotFound,
    IdempotencyKeyInvalid,
    MissingKey,
    NoAdmin,
    QuotaReached,
    Refusal,
    Unexpected,
    UnknownKey,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.tasks import JsonObject

CALLBACK = "callbackUrl"
"""A field of ours in every call."""

TEXTS: Mapping[type[Refusal], str] = MappingProxyType(
    {
        **UNDOCUMENTED,
        AccountNotFound: "Account not found",
        NoAdmin: "No LinkedIn account found for this user",
        # From here on ours.
        IdempotencyKeyInvalid: "Idempotency-Key must be 1 to 255 visible ASCII characters",
    }
)
BARE_PATHS = ("/conversations", "/sales-nav")
"""Below `/linkedin`, the paths whose pages have errors without `success` (2026-11)."""
UNAUTHORIZED = "Unauthorized"
INVALID_CREDENTIALS = "Unauthorized - Invalid credentials"
"""What some endpoints' pages say instead."""


def _word(refusal: Refusal, request_id: str) -> JsonObject:
    if isinstance(refusal, MissingKey | UnknownKey):
        return {"error": str(refusal)}
    told = {"error": _text(refusal, request_id), "success": False}
    if isinstance(refusal, QuotaReached) and refusal.held_until is not None:
        return {**told, "holdUntil": iso(refusal.held_until)}
    return told


def _word_barely(refusal: Refusal, request_id: str) -> JsonObject:
    told = _word(refusal, request_id)
    return {name: each for name, each in told.items() if name != "success"}


def _text(refusal: Refusal, request_id: str) -> str:
    if text := TEXTS.get(type(refusal)):
        return text
    if isinstance(refusal, Unexpected):
        return f"Internal server error (request id {request_id})"
    return str(refusal)


CONNECTSAFELY = Dialect(
    name="connectsafely", prefix="/linkedin", word=_word, refuses_what_must_wait=False
)
BARE = tuple(
    replace(CONNECTSAFELY, prefix=f"{CONNECTSAFELY.prefix}{path}", word=_word_barely)
    for path in BARE_PATHS
)
"""The same for those paths."""
OVERVIEW = replace(CONNECTSAFELY, prefix="/v1")
"""The other paths, which nothing but the vendor's overview page shows."""
