"""What makes one HTTP contract differ from another when a request is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.refusals import Refusal
    from storage.tasks import JsonObject

Wording = Callable[["Refusal", str], "JsonObject"]
"""Makes the answer's body from a refusal and the request id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One HTTP contract: where its paths are, and how it words a refusal."""

    name: str
    """Stored with each task: `outx`, `connectsafely` or `native`."""
    prefix: str
    """What its paths begin with, without a slash at the end."""
    word: Wording


def _plainly(refusal: Refusal, request_id: str) -> JsonObject:
    return {"error": {"code": refusal.code, "message": str(refusal), "request_id": request_id}}


PLAIN = Dialect(name="plain", prefix="", word=_plainly)
"""For paths that belong to no vendor's contract."""
