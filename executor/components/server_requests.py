"""Reading what a React page asks of LinkedIn's server, as far as its form is known.

Some send a JSON body whose *payload* tells everything (measured 2026); others a form that nobody
has described, from which words can only be picked out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from executor.browser.guard import RequestBody
    from storage.tasks import JsonObject


def payloads(body: RequestBody) -> Iterator[JsonObject]:
    """Return the payloads of a JSON body; it says the same twice."""
    request: Any = body.get("serverRequest")
    for holder in (body, request):
        arguments = holder.get("requestedArguments") if isinstance(holder, dict) else None
        payload = arguments.get("payload") if isinstance(arguments, dict) else None
        if isinstance(payload, dict):
            yield payload


def last_of(urn: object) -> str | None:
    """Return the end of a URN, which may stand alone; `None` for nothing."""
    return str(urn).rpartition(":")[2] if urn else None


def holds(raw: bytes, mark: str) -> bool:
    """Tell whether the bytes hold a mark that does not go on behind it."""
    before = b"" if mark.startswith("_") else rb"(?<![A-Za-z0-9_-])"
    return re.search(before + re.escape(mark.encode()) + rb"(?![A-Za-z0-9_-])", raw) is not None
