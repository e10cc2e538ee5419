"""One id and one log line for each request, and an answer for what nobody foresaw."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import perf_counter
from traceback import format_exception
from typing import TYPE_CHECKING
from uuid import uuid4

import structlog
from starlette.requests import ClientDisconnect
from structlog.contextvars import bind_contextvars, unbind_contextvars

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

OnCrash = Callable[["Scope"], "ASGIApp"]
"""Makes the answer to a request that raised something unforeseen."""

_HEADER = b"x-request-id"
_WELL_FORMED = re.compile(rb"[A-Za-z0-9._-]{1,128}")
_LONGEST_PATH = 200
_SCOPE_KEY = "linkedin_executor.request_id"
# Asked every few seconds by whatever watches the service; they would drown the rest.
_QUIET = frozenset({"/health", "/livez", "/metrics", "/readyz"})

_QUIET_KEY = "linkedin_executor.quiet"

_log = structlog.get_logger(__name__)


def log_quietly(scope: Scope) -> None:
    """Let this request's line be for debugging only; its sender must be known by then."""
    scope[_QUIET_KEY] = True


def request_id(scope: Scope) -> str:
    """Return the id under which this request is logged."""
    found: str = scope.get(_SCOPE_KEY, "")
    return found


class RequestLog:
    """Give each request an id, log its end without its contents, and let no error escape.

    A well-formed `X-Request-Id` of the client is taken over. The log line holds no query,
    header or body, so that neither keys nor messages reach it.
    """

    def __init__(self, app: ASGIApp, *, on_crash: OnCrash) -> None:
        self._app = app
        self._on_crash = on_crash

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = perf_counter()
        status = 0
        chosen = _presented_id(scope) or uuid4().hex
        header = (_HEADER, chosen.encode("ascii"))
        scope[_SCOPE_KEY] = chosen

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                message["headers"] = [*message.get("headers", ()), header]
            await send(message)

        bind_contextvars(request_id=chosen)
        try:
            await self._app(scope, receive, send_with_id)
        except ClientDisconnect:
            _log.info("client_gone", request_id=chosen, **_named(scope))
        except Exception as error:
            # Made into text here: structlog's own renderings show local variables, and so keys
            # and messages, unless every configuration remembers to forbid it (26.1, 2026-10).
            _log.error(
                "request_failed",
                request_id=chosen,
                error=type(error).__name__,
                exception="".join(format_exception(error)),
                **_named(scope),
            )
            if status:
                # Half an answer is out: only the server can break the connection off.
                raise
            await self._on_crash(scope)(scope, receive, send_with_id)
        finally:
            is_quiet = scope["path"] in _QUIET or _QUIET_KEY in scope
            level = _log.debug if is_quiet else _log.info
            level(
                "request_answered",
                request_id=chosen,
                **_named(scope),
                status=status,
                ms=round((perf_counter() - started) * 1000, 1),
            )
            unbind_contextvars("request_id")


def _presented_id(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == _HEADER:
            return value.decode("ascii") if _WELL_FORMED.fullmatch(value) else None
    return None


def _named(scope: Scope) -> dict[str, str]:
    return {"method": scope["method"], "path": scope["path"][:_LONGEST_PATH]}
