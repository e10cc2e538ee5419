"""The recipes in `docs/recipes.md`, as they stand there."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.acceptance.service import PATIENCE_S, serving
from tests.architecture.source import ROOT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.acceptance.service import Service

RECIPES = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
SHELL = shutil.which("bash") or "bash"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", RECIPES, re.MULTILINE | re.DOTALL)


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with serving(tmp_path / "data") as service:
        yield service


async def played(service: Service, *command: str) -> str:
    """Run a recipe with the service's address and key, and return what it prints."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={
            **os.environ,
            "EXECUTOR_URL": service.ready["api_url"],
            "EXECUTOR_KEY": service.ready["api_key"],
        },
    )
    async with asyncio.timeout(PATIENCE_S):
        out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return out.decode()


async def delivered(service: Service) -> list[str | None]:
    return [entry.text for entry in await service.sandbox.ledger()]


async def test_the_shell_recipes_do_what_they_say(service: Service) -> None:
    """They send, wait and list."""
    _, send, call, lists = blocks("sh")

    sent = json.loads(await played(service, SHELL, "-euc", send))
    called = json.loads(await played(service, SHELL, "-euc", call))
    again = json.loads(await played(service, SHELL, "-euc", call))
    listed = await played(service, SHELL, "-euc", lists)

    assert sent["status"] == "succeeded"
    assert called["success"]
    assert again == called
    assert '"tasks":[]' in listed.replace(" ", "")
    assert await delivered(service) == ["Hi John", "Hi again, John"]


async def test_the_python_recipes_do_what_they_say(service: Service) -> None:
    """Both print the end of a message that was sent."""
    native, outx = blocks("python")

    printed = [await played(service, sys.executable, "-c", each) for each in (native, outx)]

    assert printed == ["succeeded None\n", "completed {'sent': True}\n"]
    assert await delivered(service) == ["Hello from Python", "Hello from OutX's loop"]


async def test_the_request_of_the_n8n_recipe_sends(service: Service) -> None:
    """What the node is told to send is accepted, with its headers."""
    [workflow] = blocks("json")
    nodes = {node["name"]: node["parameters"] for node in json.loads(workflow)["nodes"]}
    request = nodes["Send LinkedIn message"]
    headers = {
        each["name"]: each["value"].removeprefix("=")
        for each in request["headerParameters"]["parameters"]
    }
    headers["Idempotency-Key"] = re.sub(r"{{.*?}}", "1", headers["Idempotency-Key"])
    body = dict(re.findall(r"(\w+): '([^']*)'", request["jsonBody"]))

    answer = await service.api.request(
        request["method"],
        "/" + request["url"].partition("//")[2].partition("/")[2],
        json=body,
        headers={**headers, "Authorization": f"Bearer {service.ready['api_key']}"},
        timeout=request["options"]["timeout"] / 1000,
    )

    content: dict[str, Any] = answer.json()
    assert (answer.status_code, content["success"]) == (200, True)
    assert await delivered(service) == ["Hi from n8n"]
