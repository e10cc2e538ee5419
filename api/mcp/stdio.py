"""The protocol over standard input and output, for a client that starts the program itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcp.server.stdio import stdio_server

from api.auth import caller_of
from api.mcp.server import make_server

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext

    from api.services import Services
    from storage.teams import Caller


async def serve_stdio(own: Services, *, key: str | None, version: str) -> None:
    """Answer for whom *key* belongs to until the client closes its end.

    The key is looked at with every message, so that a revoked one opens nothing any more. Nothing
    but the protocol is written to standard output.

    Raises:
        MissingKey, UnknownKey: there is no such caller from the beginning.
    """
    await caller_of(own.store, key)

    async def caller(_: ServerRequestContext[Any, Any]) -> Caller:
        return await caller_of(own.store, key)

    server = make_server(own, caller, version=version)
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())
