"""The tools as clients reach them: a service, or a program that they start themselves."""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from api.cli.wiring import found_team, open_store
from api.keys import create_key
from storage.settings import StorageSettings
from storage.teams import Scope
from tests.acceptance.service import PATIENCE_S, PROGRAM, run, serving
from tests.api.tool_client import READING, speaking, told
from tests.architecture.source import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs" / "mcp.md").read_text(encoding="utf-8")


def configured(kind: str) -> dict[str, Any]:
    """Return what the page tells clients to write, of those with *kind* in it."""
    blocks = re.findall(r"^```json\n(\{\"mcpServers\".*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    [found] = [each for each in map(json.loads, blocks) if kind in each["mcpServers"]["linkedin"]]
    server: dict[str, Any] = found["mcpServers"]["linkedin"]
    return server


def started(data_dir: Path, key: str, *more: str) -> StdioServerParameters:
    """Return the page's way to start it, for this program, key and directory."""
    config = configured("command")
    assert config["command"].endswith("/.venv/bin/linkedin-executor")
    values = {"LINKEDIN_EXECUTOR_MCP_KEY": key, "LINKEDIN_EXECUTOR_DATA_DIR": str(data_dir)}
    assert config["env"].keys() == values.keys()
    return StdioServerParameters(command=PROGRAM, args=[*config["args"], *more], env=values)


async def test_a_stopping_service_answers_the_calls_that_wait(tmp_path: Path) -> None:
    """With the task as it is; it is kept, and performed once there is a runner."""
    config = configured("url")
    assert (config["type"], config["url"]) == ("http", "http://127.0.0.1:8000/mcp")
    async with serving(tmp_path, "--no-runner") as service, AsyncExitStack() as stack:
        key, url = service.ready["api_key"], service.ready["api_url"]
        headers = {
            name: value.replace("YOUR_API_KEY", key) for name, value in config["headers"].items()
        }
        calls = []
        for mode in ("auto", "legacy"):
            client = await stack.enter_async_context(speaking(url, mode=mode, **headers))
            # Once it knows the tools it needs no further answer to check this one.
            await client.list_tools()
            message = {"recipient": "john-doe-123", "message": mode}
            calls.append(asyncio.ensure_future(client.call_tool("send_message", message)))
        async with asyncio.timeout(PATIENCE_S):
            while len(tasks := (await service.api.get("/tasks")).json()["tasks"]) < len(calls):
                pass
        assert await service.stop() == 0
        answers = [told(await call) for call in calls]

    assert [each["status"] for each in answers] == ["queued", "queued"]
    assert {each["task_id"] for each in answers} == {each["id"] for each in tasks}


async def test_a_task_is_performed_by_the_service_beside_it(tmp_path: Path) -> None:
    """In both generations of the protocol; nothing but that is on standard output."""
    log = tmp_path / "stderr.log"
    texts = {"auto": "Hi over a pipe", "legacy": "Hi once more"}
    async with serving(tmp_path / "data") as service:
        key = service.ready["api_key"]
        for mode, text in texts.items():
            with log.open("a") as errors:
                server = started(tmp_path / "data", key, "--log-level", "info")
                pipes = stdio_client(server, errlog=errors)
                async with Client(pipes, mode=mode) as client:
                    message = {"recipient": "john-doe-123", "message": text}
                    sent = told(await client.call_tool("send_message", message))
            shown = (await service.api.get(f"/tasks/{sent['task_id']}")).json()
            assert sent["status"] == "succeeded", sent
            assert (shown["status"], shown["dialect"]) == ("succeeded", "mcp")
        entries = await service.sandbox.ledger()

    assert [entry.text for entry in entries] == list(texts.values())
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    calls = [line["request_id"] for line in lines if line["event"] == "tool_called"]
    assert calls == [line["request_id"] for line in lines if line["event"] == "task_accepted"]
    assert len(set(calls)) == 2
    assert not any(text in log.read_text() for text in (*texts.values(), key))


async def test_a_key_is_looked_at_with_every_call(tmp_path: Path) -> None:
    """One that may only look sees two tools, and once it is revoked it opens nothing."""
    settings = StorageSettings(data_dir=tmp_path)
    async with open_store(settings) as store:
        first = await found_team(store)
        assert first is not None
        key = await create_key(store, first.team.id, name="looks", scope=Scope.READ)
        async with Client(stdio_client(started(tmp_path, key))) as client:
            names = {tool.name for tool in (await client.list_tools()).tools}
            before = await client.call_tool("list_tasks", {})
            refused = await client.call_tool("get_profile", {"person": "jane-doe"})
            [made] = [each for each in await store.keys.list() if each.name == "looks"]
            await store.keys.revoke(made.id)
            after = await client.call_tool("list_tasks", {})

    assert names == READING
    assert (before.is_error, told(before)["tasks"]) == (False, [])
    assert told(refused)["error"]["code"] == "read_only_key"
    assert (after.is_error, told(after)["error"]["code"]) == (True, "invalid_key")


@pytest.mark.parametrize(
    ("key", "reason"), [(None, "LINKEDIN_EXECUTOR_MCP_KEY is not set"), ("wrong", "unknown")]
)
async def test_it_says_why_it_cannot_start(tmp_path: Path, key: str | None, reason: str) -> None:
    """A sentence on standard error, and exit code 1."""
    environment = {} if key is None else {"LINKEDIN_EXECUTOR_MCP_KEY": key}
    ran = await run("mcp", "--data-dir", str(tmp_path), **environment)

    assert (ran.code, ran.out) == (1, "")
    assert reason in ran.err
    assert "Traceback" not in ran.err
