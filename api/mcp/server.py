"""The protocol's server: which tools a key sees, and what a call of one is answered with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from traceback import format_exception
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import structlog
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp_types import INVALID_PARAMS, INVALID_REQUEST, ListToolsResult
from structlog.contextvars import bound_contextvars

from api.mcp.tool import Asked
from api.mcp.tools import BY_NAME, described
from api.mcp.words import INSTRUCTIONS, MCP, NAME, TITLE
from api.refusals import Refusal, TemporarilyUnavailable, Unexpected
from api.request_log import request_id
from storage.errors import StoreUnavailable
from storage.teams import Scope

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext
    from mcp_types import CallToolRequestParams, CallToolResult, PaginatedRequestParams

    from api.mcp.answers import ToolAnswer
    from api.mcp.tool import Tool
    from api.services import Services
    from storage.tasks import JsonObject
    from storage.teams import Caller

    Context = ServerRequestContext[Any, Any]

Who = Callable[["Context"], Awaitable["Caller"]]
"""Tells who has sent a message, or raises a `Refusal`."""

_log = structlog.get_logger(__name__)


def make_server(own: Services, who: Who, *, version: str) -> Server[Any]:
    """Make the server over *own*; it keeps nothing between two messages."""
    calls = _Calls(own, who)
    return Server(
        NAME,
        version=version,
        title=TITLE,
        instructions=INSTRUCTIONS,
        # No argument of ours is repeated in a header, so there is none to compare.
        get_tool_input_schema=lambda _: None,
        on_list_tools=calls.list_tools,
        on_call_tool=calls.call_tool,
    )


class _Calls:
    def __init__(self, own: Services, who: Who) -> None:
        self._own = own
        self._who = who

    async def list_tools(
        self, context: Context, _: PaginatedRequestParams | None
    ) -> ListToolsResult:
        try:
            caller = await self._who(context)
        except Refusal as refusal:
            raise MCPError(INVALID_REQUEST, str(refusal)) from refusal
        return ListToolsResult(
            tools=[told for name, told in described().items() if BY_NAME[name].is_for(caller.scope)]
        )

    async def call_tool(self, context: Context, params: CallToolRequestParams) -> CallToolResult:
        tool = BY_NAME.get(params.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, "There is no tool of this name.")
        named = request_id(context.request.scope) if context.request is not None else uuid4().hex
        with bound_contextvars(request_id=named):
            try:
                answer = await self._answer(context, tool, params.arguments or {})
            except Refusal as refusal:
                answer = tool.refused(refusal, named)
            _log.info(
                "tool_called",
                tool=tool.name,
                error=None if answer.error is None else answer.error.code,
            )
        return answer.result()

    async def _answer(self, context: Context, tool: Tool, arguments: JsonObject) -> ToolAnswer:
        try:
            caller = await self._who(context)
            self._own.intake.admit(caller, MCP, creates=tool.needs is Scope.FULL)
            tell = context.session.report_progress
            asked = Asked(own=self._own, caller=caller, arguments=arguments, tell=tell)
            return await tool.call(asked)
        except Refusal:
            raise
        except StoreUnavailable as error:
            _log.warning("store_unavailable", reason=str(error))
            raise TemporarilyUnavailable from error
        except Exception as error:
            # The SDK would tell the client what it says.
            _log.error(
                "tool_failed",
                tool=tool.name,
                error=type(error).__name__,
                exception="".join(format_exception(error)),
            )
            raise Unexpected from error
