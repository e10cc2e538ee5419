"""Whatever is sent to `/mcp`, it is answered, and not with an error of ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from structlog.testing import capture_logs

from tests.api.conftest import served

if TYPE_CHECKING:
    from tests.api.conftest import World

HALF = "\ud800"
"""Half of a surrogate pair: JSON can say it, and it is no text."""
NESTED: list[Any] = []
for _ in range(700):
    NESTED = [NESTED]
META = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
}
BODIES = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"jsonrpc":"2.0","id":NaN,"method":"tools/list"}',
    b'{"jsonrpc":"2.0","id":' + b"9" * 5_000 + b',"method":"tools/list"}',
    json.dumps([{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}]).encode(),
    json.dumps({"jsonrpc": "2.0", "method": "notifications/cancelled"}).encode(),
    json.dumps({"jsonrpc": "2.0", "id": 1, "result": {}}).encode(),
]
CALLS: list[tuple[str, Any]] = [
    (HALF, {}),
    ("send_message", None),
    ("send_message", []),
    ("send_message", "text"),
    ("send_message", {"recipient": "jane-doe", "message": HALF}),
    ("send_message", {"recipient": HALF * 3, "message": "Hi"}),
    ("send_message", {"recipient": {"vanity": {}}, "message": "Hi"}),
    ("send_message", {"recipient": ["jane-doe"], "message": "Hi"}),
    ("send_message", {"recipient": "jane-doe", "message": "Hi", "idempotency_key": HALF}),
    ("send_message", {HALF: 1}),
    ("list_conversations", {"words": HALF}),
    ("list_conversations", {"behind": {"last_activity_at": 1, "conversation_urn": HALF}}),
    ("list_conversations", {"count": 10**30}),
    ("list_conversations", {"behind": NESTED}),
    ("search_people", {"geo_urn": [HALF]}),
    ("search_people", {"degrees": [[1]]}),
    ("read_conversation", {"conversation_urn": HALF, "before": -1}),
    ("get_task", {"task_id": HALF}),
    ("get_task", {"task_id": 7, "wait_seconds": "inf"}),
    ("list_tasks", {"cursor": HALF, "status": HALF, "task_type": HALF}),
]


def call(tool: str, arguments: Any) -> bytes:
    params = {"name": tool, "arguments": arguments, "_meta": META}
    return json.dumps(
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    ).encode()


@pytest.mark.parametrize("version", ["2026-07-28", "2025-11-25", "1999-01-01"])
async def test_nothing_that_is_sent_breaks_it(world: World, version: str) -> None:
    """Each body gets an answer of its own kind, no task comes of it, and nothing is a crash."""
    headers = {
        "Accept": "application/json, text/event-stream",
        "Content-Type": "application/json",
        "x-api-key": world.key,
        "MCP-Protocol-Version": version,
        "Mcp-Method": "tools/call",
    }
    answers = []
    with capture_logs() as lines:
        async with (
            served(world.app()) as url,
            httpx.AsyncClient(headers=headers, timeout=60) as http,
        ):
            answers += [await http.post(f"{url}/mcp", content=body) for body in BODIES]
            for tool, arguments in CALLS:
                named = {"Mcp-Name": tool if tool.isascii() else "x"}
                answers.append(
                    await http.post(f"{url}/mcp", content=call(tool, arguments), headers=named)
                )

    statuses = {answer.status_code for answer in answers}
    assert statuses <= {200, 202, 400, 404}, [answer.text for answer in answers]
    assert "internal" not in str([answer.text for answer in answers])
    assert [line for line in lines if line["event"] in {"tool_failed", "request_failed"}] == []
    assert await world.tasks() == []
