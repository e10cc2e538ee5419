"""`/mcp` as HTTP: who gets in, what else it answers, and what the log says."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from mcp.shared.exceptions import MCPError
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from storage.errors import StoreUnavailable
from tests.api.conftest import served
from tests.api.test_logs import SECRET_TEXT
from tests.api.tool_client import calling, speaking, told, tools_of

if TYPE_CHECKING:
    from tests.api.conftest import World

CALL: dict[str, Any] = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/list",
    "params": {},
}
ACCEPT = {"Accept": "application/json, text/event-stream"}


@pytest.mark.parametrize(
    ("headers", "code", "challenge"),
    [
        ({}, "missing_key", "Bearer"),
        ({"Authorization": "Basic abc"}, "missing_key", "Bearer"),
        ({"Authorization": "Bearer nobodys"}, "invalid_key", 'Bearer error="invalid_token"'),
        ({"x-api-key": "nobodys"}, "invalid_key", 'Bearer error="invalid_token"'),
    ],
)
async def test_who_has_no_key_is_turned_away(
    world: World, headers: dict[str, str], code: str, challenge: str
) -> None:
    """401 with a challenge, in JSON-RPC's shape, before the message is read."""
    app = httpx.ASGITransport(app=world.app())
    async with httpx.AsyncClient(transport=app, base_url="http://test") as http:
        answer = await http.post("/mcp", content=b"no JSON", headers={**ACCEPT, **headers})

    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, challenge)
    assert answer.json() == {
        "jsonrpc": "2.0",
        "id": None,
        "error": {
            "code": -32600,
            "message": answer.json()["error"]["message"],
            "data": {
                "code": code,
                "retry_safe": True,
                "request_id": answer.headers["x-request-id"],
            },
        },
    }


async def test_the_client_says_why_a_key_was_refused(world: World) -> None:
    """The SDK's client shows the server's own sentence."""
    async with served(world.app()) as url:
        with pytest.raises(ExceptionGroup) as raised:
            async with speaking(url, mode="legacy", Authorization="Bearer nobodys"):
                pass

    assert raised.group_contains(MCPError, match="unknown or has been revoked")


@pytest.mark.parametrize("header", ["Authorization", "x-api-key"])
async def test_the_key_goes_where_it_goes_elsewhere(world: World, header: str) -> None:
    """A bearer token, or `x-api-key`."""
    value = f"Bearer {world.key}" if header == "Authorization" else world.key
    async with served(world.app()) as url, speaking(url, **{header: value}) as client:
        assert (await client.list_tools()).tools


async def test_a_web_page_gets_nowhere(world: World) -> None:
    """Whatever name it made the browser resolve to this machine: browsers send `Origin`."""
    headers = {**ACCEPT, "Authorization": f"Bearer {world.key}", "Host": "evil.example"}
    async with served(world.app()) as url, httpx.AsyncClient(headers=headers, timeout=60) as http:
        for origin in ("http://evil.example", "null", url):
            answer = await http.post(f"{url}/mcp", json=CALL, headers={"Origin": origin})
            assert answer.status_code == 403
            assert answer.json()["error"]["data"]["code"] == "foreign_origin"
        without = await http.post(f"{url}/mcp", json=CALL)

    assert without.status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/mcp", 405),
        ("DELETE", "/mcp", 405),
        ("POST", "/mcp/", 404),
        ("POST", "/mcp/sse", 404),
    ],
)
async def test_everything_else_is_refused_without_a_redirect(
    world: World, method: str, path: str, status: int
) -> None:
    """There are no sessions to listen to or to end, and no second path."""
    app = httpx.ASGITransport(app=world.app())
    headers = {**ACCEPT, "Authorization": f"Bearer {world.key}"}
    async with httpx.AsyncClient(transport=app, base_url="http://test", headers=headers) as http:
        answer = await http.request(method, path, json=CALL)

    assert answer.status_code == status
    assert answer.json()["jsonrpc"] == "2.0"
    assert answer.headers.get("allow") == ("POST" if status == 405 else None)


async def test_a_body_that_is_too_large_is_refused_in_this_contracts_shape(world: World) -> None:
    """The one limit for all paths, declared or not."""
    headers = {**ACCEPT, "Authorization": f"Bearer {world.key}"}

    async def chunks() -> Any:
        for _ in range(3):
            yield b" " * 1_000

    async with (
        served(world.app(max_body_bytes=2_000)) as url,
        httpx.AsyncClient(headers=headers, base_url=url, timeout=60) as http,
    ):
        answers = [
            await http.post("/mcp", content=content, headers={"Content-Type": "application/json"})
            for content in (b" " * 3_000, chunks())
        ]

    assert [answer.status_code for answer in answers] == [413, 413]
    assert answers[0].json()["error"]["data"]["code"] == "body_too_large"


async def test_a_store_that_cannot_be_asked_for_the_key_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503, as on every path."""

    async def gone(*_: object, **__: object) -> None:
        raise StoreUnavailable("disk full")

    monkeypatch.setattr(world.store.keys, "caller", gone)
    app = httpx.ASGITransport(app=world.app())
    async with httpx.AsyncClient(transport=app, base_url="http://test") as http:
        answer = await http.post("/mcp", json=CALL, headers={"x-api-key": world.key})

    assert answer.status_code == 503
    assert answer.json()["error"]["data"] == {
        "code": "unavailable",
        "retry_safe": False,
        "request_id": answer.headers["x-request-id"],
    }


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_neither_keys_nor_texts_reach_the_log(
    world: World,
    mode: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Not on success, not on refusal, not on a crash; the SDK's own lines included."""

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    message = {"recipient": "jane-doe", "message": SECRET_TEXT}
    caplog.set_level(logging.INFO)
    with capture_logs(processors=[merge_contextvars]) as lines:
        async with tools_of(world, mode=mode) as client:
            async with calling(client, world, "send_message", **message) as call:
                await world.succeed(text=SECRET_TEXT)
            await client.call_tool("send_message", {**message, "recipient": "!"})
            await client.call_tool("get_profile", {"person": SECRET_TEXT, SECRET_TEXT: world.key})
            with pytest.raises(MCPError):
                await client.call_tool(SECRET_TEXT, {})
            monkeypatch.setattr(world.store.intake, "add", broken)
            crashed = told(await client.call_tool("send_message", {**message, "message": "Other"}))

    assert SECRET_TEXT in str(told(await call))
    [failed] = [line for line in lines if line["event"] == "tool_failed"]
    assert failed["request_id"] == crashed["error"]["request_id"]
    assert {"tool_called", "task_accepted"} <= {line["event"] for line in lines}
    # The SDK's client runs in this process as well, and speaks through httpx2's logger.
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("http")]
    for shown in (repr(lines), repr(ours)):
        assert SECRET_TEXT not in shown
        assert world.key not in shown


async def test_a_call_is_logged_under_its_requests_id(world: World) -> None:
    """With the tool's name, since all of them have one path."""
    with capture_logs(processors=[merge_contextvars]) as lines:
        async with tools_of(world, mode="legacy") as client:
            await client.call_tool("list_tasks", {})

    [called] = [line for line in lines if line["event"] == "tool_called"]
    assert (called["tool"], called["error"]) == ("list_tasks", None)
    assert called["request_id"] in {
        line["request_id"] for line in lines if line["event"] == "request_answered"
    }
