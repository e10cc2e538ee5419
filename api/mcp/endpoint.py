"""`/mcp`: the protocol over streamable HTTP, for clients with a team's key.

Without sessions: whatever a client has to know is in the store under a task's id, so that a restart
of the service ends no conversation, and any process over the store can answer. An answer is a
stream of events where the protocol wants one, since progress could not be told in plain JSON.
"""

from __future__ import annotations

import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.requests import Request
from starlette.routing import Route

from api.auth import BEARER, X_API_KEY, caller_of
from api.mcp.server import make_server
from api.mcp.words import MCP
from api.refusals import ForeignOrigin, MissingKey, TemporarilyUnavailable, UnknownKey

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mcp.server.context import ServerRequestContext
    from starlette.types import ASGIApp, Receive, Scope, Send

    from api.services import Services
    from storage.teams import Caller

_CALLER = "linkedin_executor.mcp_caller"


class Endpoint:
    """The application behind the path."""

    def __init__(self, own: Services, *, version: str) -> None:
        self._own = own
        self._server = make_server(own, _caller, version=version)
        self._exchanges: StreamableHTTPSessionManager | None = None

    def route(self) -> Route:
        # Without sessions there is nothing to listen to with GET, or to end with DELETE.
        return Route(MCP.prefix, endpoint=self, methods=["POST"], include_in_schema=False)

    @asynccontextmanager
    async def serving(self, _app: ASGIApp) -> AsyncIterator[None]:
        """Answer requests until the block is left: the application's lifespan."""
        exchanges = StreamableHTTPSessionManager(
            self._server,
            stateless=True,
            # `api.body_limit` has looked at it already.
            max_request_body_size=sys.maxsize,
        )
        async with exchanges.run():
            self._exchanges = exchanges
            try:
                yield
            finally:
                self._exchanges = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        # Browsers send it with every POST of a page, and other clients do not: so no page gets
        # here, whatever name it has had its own address resolved to.
        if "origin" in request.headers:
            raise ForeignOrigin
        scope[_CALLER] = await self._admitted(request)
        if self._exchanges is None:
            raise TemporarilyUnavailable
        await self._exchanges.handle_request(scope, receive, send)

    async def _admitted(self, request: Request) -> Caller:
        key = await X_API_KEY(request) or await BEARER(request)
        try:
            return await caller_of(self._own.store, key)
        except MissingKey as refusal:
            refusal.headers["WWW-Authenticate"] = "Bearer"
            raise
        except UnknownKey as refusal:
            refusal.headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
            raise


async def _caller(context: ServerRequestContext[Any, Any]) -> Caller:
    if context.request is None:
        raise MissingKey
    found: Caller = context.request.scope[_CALLER]
    return found
