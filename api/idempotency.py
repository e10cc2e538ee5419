"""`Idempotency-Key`: a client's own name for one request, so that it may be sent again."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

from api.refusals import IdempotencyKeyInFlight, IdempotencyKeyInvalid, MalformedJson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from storage.tasks import JsonObject

HEADER = "Idempotency-Key"
LONGEST_KEY = 255

PATTERN = rf"^[!-~]{{1,{LONGEST_KEY}}}$"
"""What a key has to match, whichever way it comes."""


def carries_key(request: Request) -> bool:
    return HEADER in request.headers


def presented_key(request: Request) -> str | None:
    """Return the request's key, if it has one.

    Raises:
        IdempotencyKeyInvalid: it is no key, or there are several.
    """
    match request.headers.getlist(HEADER):
        case []:
            return None
        case [key] if is_well_formed(key):
            return key
        case _:
            raise IdempotencyKeyInvalid


def is_well_formed(key: str) -> bool:
    return re.fullmatch(PATTERN, key) is not None


def fingerprint(*, dialect: str, task_type: str, sent: JsonObject) -> str:
    """Return a digest that is the same for requests that ask for the same in the same way.

    Args:
        sent: the body as it was sent and parsed, before anything was made of it.

    Raises:
        MalformedJson: it is nested as deeply as could just be read, but not be written again.
    """
    try:
        canonical = json.dumps([dialect, task_type, sent], sort_keys=True, separators=(",", ":"))
    except RecursionError as error:
        raise MalformedJson from error
    return sha256(canonical.encode("ascii")).hexdigest()


class InFlight:
    """The keys whose first requests are being processed in this process."""

    def __init__(self) -> None:
        self._keys: set[tuple[str, str]] = set()

    @contextmanager
    def alone(self, team_id: str, key: str | None) -> Iterator[None]:
        """Keep other requests with this key out until the block is left.

        Raises:
            IdempotencyKeyInFlight: another request with it is inside.
        """
        if key is None:
            yield
            return
        if (team_id, key) in self._keys:
            raise IdempotencyKeyInFlight
        self._keys.add((team_id, key))
        try:
            yield
        finally:
            self._keys.discard((team_id, key))
