"""`/mcp`: the protocol over streamable HTTP, for clients with a team's key.

Without sessions: whatever a client has to know is in the store under a task's id, so that a restart
of the service ends no conversation, and any process over the store can answer. An answer is a
stream of events where the protocol wants one, since progress could not be told in plain JSON.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.routing import Route

from api.auth import BEARER, X_API_KEY, caller_of
from api.mcp.words import CALLER, MCP
from api.refusals import ForeignOrigin, MissingKey, TemporarilyUnavailable, UnknownKey

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from starlette.types import ASGIApp, Receive, Scope, Send

    from api.services import Services
    from storage.teams import Caller


class Endpoint:
    """The application behind the path; it loads the protocol with its first request."""

    def __init__(self, own: Services, *, version: str) -> None:
        self._own = own
        self._version = version
        self._is_open = False
        self._exchanges: _Exchanges | None = None

    def route(self) -> Route:
        # Without sessions there is nothing to listen to with GET, or to end with DELETE.
        return Route(MCP.prefix, endpoint=self, methods=["POST"], include_in_schema=False)

    @asynccontextmanager
    async def serving(self, _app: ASGIApp) -> AsyncIterator[None]:
        """Answer requests until the block is left: the application's lifespan."""
        self._is_open = True
        try:
            yield
        finally:
            self._is_open = False
            if self._exchanges is not None:
                await self._exchanges.close()
                self._exchanges = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        # Browsers send it with every POST of a page, and other clients do not: so no page gets
        # here, whatever name it has had its own address resolved to.
        if "origin" in request.headers:
            raise ForeignOrigin
        scope[CALLER] = await self._admitted(request)
        if not self._is_open:
            raise TemporarilyUnavailable
        if self._exchanges is None:
            self._exchanges = _Exchanges(self._own, self._version)
        await (await self._exchanges.application())(scope, receive, send)

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


class _Exchanges:
    """What answers requests, in a task of its own: it has to be ended by whom it was begun."""

    def __init__(self, own: Services, version: str) -> None:
        self._ready: asyncio.Future[ASGIApp] = asyncio.get_running_loop().create_future()
        self._over = asyncio.Event()
        self._running = asyncio.ensure_future(self._run(own, version))

    async def application(self) -> ASGIApp:
        """Wait until it can answer, whoever else has given up waiting."""
        either: set[asyncio.Future[Any]] = {self._ready, self._running}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not self._ready.done():
            self._running.result()  # It failed, and tells how.
            raise TemporarilyUnavailable
        return self._ready.result()

    async def close(self) -> None:
        """End whatever is still being answered."""
        self._over.set()
        await asyncio.wait({self._running})

    async def _run(self, own: Services, version: str) -> None:
        exchanging = await asyncio.to_thread(_loaded)
        async with exchanging(own, version=version) as application:
            self._ready.set_result(application)
            await self._over.wait()


def _loaded() -> Callable[..., AbstractAsyncContextManager[ASGIApp]]:
    from api.mcp.exchanges import exchanging  # noqa: PLC0415 - see the package

    return exchanging
