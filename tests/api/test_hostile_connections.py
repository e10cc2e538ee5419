"""The same over real connections, where bytes are sent as they are."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.api.conftest import served
from tests.api.test_hostile_input import CREATING, POLL, TASKS, is_in_shape

if TYPE_CHECKING:
    from tests.api.conftest import World


async def raw(url: str, request: bytes) -> bytes:
    """Send bytes as they are, and return everything that comes back."""
    reader, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(url).port)
    writer.write(request)
    await writer.drain()
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


@pytest.mark.parametrize(
    "target",
    [f"{POLL}?api_agent_task_id={'x' * 100_000}", f"{TASKS}?{'limit=1&' * 12_500}"],
    ids=["one value", "many values"],
)
async def test_a_query_beyond_all_measure_is_survived(world: World, target: str) -> None:
    """Over a real connection, the server refuses it, and goes on serving."""
    async with served(world.app()) as url:
        answer = await raw(
            url, f"GET {target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".encode()
        )
        async with httpx.AsyncClient(base_url=url, headers={"x-api-key": world.key}) as http:
            after = await http.get(TASKS)

    assert answer.startswith(b"HTTP/1.1 4")
    assert after.status_code == 200


@pytest.mark.parametrize("path", CREATING)
async def test_ten_megabytes_are_refused_and_the_server_lives_on(world: World, path: str) -> None:
    """Over a real connection, before they are read as JSON."""
    async with (
        served(world.app()) as url,
        httpx.AsyncClient(base_url=url, headers={"x-api-key": world.key}) as http,
    ):
        answer = await http.post(path, content=b'{"a": "' + b"x" * 10_000_000 + b'"}')
        after = await http.get(TASKS)

    assert (answer.status_code, after.status_code) == (413, 200)
    assert is_in_shape(answer, path)


async def test_lines_in_a_raw_header_cannot_split_the_answer(world: World) -> None:
    """Over a real connection, where bytes are sent as they are."""
    request = (
        b"GET /tasks HTTP/1.1\r\nhost: x\r\nx-request-id: a\rX-Owned: 1\r\n"
        b"x-api-key: b\x0bc\r\nconnection: close\r\n\r\n"
    )
    async with served(world.app()) as url:
        answer = await raw(url, request)

    assert answer.startswith(b"HTTP/1.1 4")
    assert b"owned" not in answer.lower()
