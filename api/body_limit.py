"""An upper bound on request bodies, declared or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.refusals import BodyTooLarge

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


_SCOPE_KEY = "linkedin_executor.max_body_bytes"


def allow_body(scope: Scope, max_bytes: int) -> None:
    """Let this request's body be larger or smaller than others, before it is read."""
    scope[_SCOPE_KEY] = max_bytes


class BodyLimit:
    """Raise `BodyTooLarge` when a route reads more than it should.

    Nothing is checked before a route reads, so that a missing key is answered first, as the
    contracts want it. Starlette's own limiter answers a too large `Content-Length` in plain
    text, whatever the route has decided, hence this one (starlette 1.10, 2026-10).
    """

    def __init__(self, app: ASGIApp, *, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        seen = 0

        async def receive_bounded() -> Message:
            nonlocal seen
            max_bytes = scope.get(_SCOPE_KEY, self._max_bytes)
            if seen == 0 and _declared(scope) > max_bytes:
                raise BodyTooLarge
            message = await receive()
            # A chunked body declares no length, and a declared one may be a lie.
            seen += len(message.get("body", b""))
            if seen > max_bytes:
                raise BodyTooLarge
            return message

        await self._app(scope, receive_bounded, send)


def _declared(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0
