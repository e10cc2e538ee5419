"""The protocol over streamable HTTP, as an application that knows each request's caller."""

from __future__ import annotations

import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

from api.mcp.server import make_server
from api.mcp.words import CALLER
from api.refusals import MissingKey

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mcp.server.context import ServerRequestContext
    from starlette.types import ASGIApp

    from api.services import Services
    from storage.teams import Caller


@asynccontextmanager
async def exchanging(own: Services, *, version: str) -> AsyncIterator[ASGIApp]:
    """Answer requests whose scope holds their `CALLER`, until the block is left."""
    exchanges = StreamableHTTPSessionManager(
        make_server(own, _caller, version=version),
        stateless=True,
        # `api.body_limit` has looked at it already.
        max_request_body_size=sys.maxsize,
    )
    async with exchanges.run():
        yield exchanges.handle_request


async def _caller(context: ServerRequestContext[Any, Any]) -> Caller:
    if context.request is None:
        raise MissingKey
    found: Caller = context.request.scope[CALLER]
    return found
