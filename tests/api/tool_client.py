"""The SDK's own MCP client, for apps that are served over HTTP."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from tests.api.conftest import served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mcp_types import CallToolResult

    from tests.api.conftest import World

AN_EXAMPLE: dict[str, dict[str, Any]] = {
    "send_message": {"recipient": "jane-doe", "message": "Hi Jane"},
    "send_connection_request": {"invitee": "jane-doe", "note": "Hello"},
    "send_inmail": {"recipient": "jane-doe", "subject": "A question", "message": "May I ask?"},
    "list_conversations": {"count": 5, "words": "Jane"},
    "read_conversation": {
        "conversation_urn": "urn:li:msg_conversation:(urn:li:fsd_profile:ACoAABCDEFG,2-abc==)"
    },
    "get_profile": {"person": "https://www.linkedin.com/in/jane-doe/"},
    "search_people": {"keywords": "plumber", "geo_urn": ["103644278"], "degrees": [2]},
    "list_received_invitations": {"count": 5},
    "answer_invitation": {"inviter": "urn:li:person:ACoAABCDEFG", "answer": "accept"},
    "withdraw_invitation": {"invitee": "jane-doe"},
    "get_task": {"task_id": ""},
    "list_tasks": {},
    "cancel_task": {"task_id": ""},
}
"""Arguments for every tool; the task's id is for the test to say."""
READING = {"get_task", "list_tasks"}
WRITING = {
    "answer_invitation",
    "cancel_task",
    "send_connection_request",
    "send_inmail",
    "send_message",
    "withdraw_invitation",
}


@asynccontextmanager
async def speaking(url: str, *, mode: str = "auto", **headers: str) -> AsyncIterator[Client]:
    """Connect to a server; *mode* is `auto` for the newest protocol, or `legacy` for handshakes."""
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60) as http,
        Client(streamable_http_client(f"{url}/mcp", http_client=http), mode=mode) as client,
    ):
        yield client


@asynccontextmanager
async def tools_of(
    world: World, *, key: str | None = None, mode: str = "auto", **changed: Any
) -> AsyncIterator[Client]:
    """Serve the world's app, and connect to it with a key of the team."""
    bearer = f"Bearer {key or world.key}"
    async with (
        served(world.app(**changed)) as url,
        speaking(url, mode=mode, Authorization=bearer) as client,
    ):
        yield client


@asynccontextmanager
async def calling(
    client: Client, world: World, tool: str, **arguments: Any
) -> AsyncIterator[asyncio.Task[CallToolResult]]:
    """Let a call go on until its task has been accepted, and end it with the block."""
    known = len(await world.tasks())
    call = asyncio.ensure_future(client.call_tool(tool, arguments or AN_EXAMPLE[tool]))
    accepted = asyncio.ensure_future(world.has_accepted(known + 1))
    await asyncio.wait({call, accepted}, return_when=asyncio.FIRST_COMPLETED, timeout=20)
    accepted.cancel()
    yield call
    await call


def told(result: CallToolResult) -> dict[str, Any]:
    """Return the answer for programs."""
    assert isinstance(result.structured_content, dict)
    return result.structured_content


def text_of(result: CallToolResult) -> str:
    """Return the answer for models."""
    [content] = result.content
    assert content.type == "text"
    return content.text
