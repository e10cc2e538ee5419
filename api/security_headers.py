"""What browsers are told about every answer, whichever part of the program has made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_COMMON = (
    # An answer is what it says that it is, also where somebody's text in it looks like a page.
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # Addresses have ids in them, and the live view's a token.
    (b"referrer-policy", b"no-referrer"),
    # Most answers hold texts of people, and some a secret.
    (b"cache-control", b"no-store"),
)


class SecurityHeaders:
    """Add to every answer the common headers that it does not set itself.

    It has to be the outermost, so that refusals and crashes have them as well.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = message.get("headers", ())
                names = dict(own)
                message["headers"] = [*own, *[each for each in _COMMON if each[0] not in names]]
            await send(message)

        await self._app(scope, receive, send_guarded)
