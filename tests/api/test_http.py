"""What holds for every path: shapes of refusals, request ids, real connections."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import httpx
import pytest

from api import refusals
from api.errors import STATUS
from storage.errors import StoreUnavailable
from tests.api.conftest import served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.api.conftest import Connect, OutxClient, World

SEND_MESSAGE = "/linkedin-agent/send-message"
STATUS_PATH = "/linkedin-agent/get-task-status"
BODY = b'{"recipient_urn": "ACoAABCDEFG", "message": "Hi"}'


@pytest.mark.parametrize(
    "path", ["/linkedin-agent", "/linkedin-agent/", "/linkedin-agent/nothing", SEND_MESSAGE + "/"]
)
async def test_an_unknown_outx_path_answers_in_outxs_shape(outx: OutxClient, path: str) -> None:
    """Below OutX's prefix even the unknown is worded as OutX words it, without redirects."""
    answer = await outx.http.post(path, json={})

    assert answer.status_code == 404
    assert answer.json() == {"error": "Not found"}


async def test_an_unknown_path_elsewhere_answers_in_our_own_shape(outx: OutxClient) -> None:
    """A path that only begins like OutX's is none of OutX's."""
    answer = await outx.http.get("/linkedin-agents/send-message")

    assert answer.status_code == 404
    assert answer.json() == {
        "error": {
            "code": "not_found",
            "message": "There is nothing at this path.",
            "retry_safe": True,
            "request_id": answer.headers["x-request-id"],
        }
    }


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", SEND_MESSAGE, "POST"),
        ("PUT", SEND_MESSAGE, "POST"),
        ("DELETE", "/linkedin-agent/send-connection-request", "POST"),
        ("OPTIONS", SEND_MESSAGE, "POST"),
        ("POST", STATUS_PATH, "GET"),
        ("BREW", STATUS_PATH, "GET"),
    ],
)
async def test_a_wrong_method_is_answered_with_the_right_ones(
    outx: OutxClient, method: str, path: str, allowed: str
) -> None:
    """405 comes in OutX's shape and names the method that works."""
    answer = await outx.http.request(method, path)

    assert answer.status_code == 405
    assert answer.json() == {"error": "Method not allowed"}
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize("given", ["abc", "A-b_c.9", "x" * 128])
async def test_a_well_formed_request_id_is_taken_over(outx: OutxClient, given: str) -> None:
    """A client's own id comes back, so that both logs can be joined."""
    answer = await outx.http.get("/livez", headers={"X-Request-Id": given})

    assert answer.headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "has space", "x" * 129, "a,b", "<b>", '"'])
async def test_any_other_request_id_is_replaced(outx: OutxClient, given: str) -> None:
    """What could confuse a log is not taken over."""
    answer = await outx.http.get("/livez", headers={"X-Request-Id": given})

    assert answer.headers["x-request-id"] != given
    assert len(answer.headers["x-request-id"]) == 32


async def test_every_answer_has_a_request_id_of_its_own(connect: Connect) -> None:
    """Refusals have one too."""
    keyless = connect(key=None).http
    answers = [await keyless.get(path) for path in (STATUS_PATH, "/nothing", "/livez")]

    assert len({answer.headers["x-request-id"] for answer in answers}) == 3


async def test_an_unforeseen_error_is_answered_without_its_details(
    outx: OutxClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client learns the request id and nothing else."""

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(world.store.intake, "add", broken)
    answer = await outx.http.post(SEND_MESSAGE, content=BODY, headers={"X-Request-Id": "r-1"})

    assert answer.status_code == 500
    assert answer.json() == {"error": "Internal server error (request id r-1)"}
    assert answer.headers["x-request-id"] == "r-1"


async def test_a_store_that_cannot_be_used_answers_503(
    outx: OutxClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client is told to come back, in OutX's shape."""

    async def gone(*_: object, **__: object) -> None:
        raise StoreUnavailable("disk full at /var/secret")

    monkeypatch.setattr(world.store.keys, "caller", gone)
    answer = await outx.http.post(SEND_MESSAGE, content=BODY)

    assert answer.status_code == 503
    assert answer.json() == {"error": "Service temporarily unavailable. Please try again later."}
    assert answer.headers["retry-after"] == "5"


def test_every_refusal_has_a_status_and_a_code() -> None:
    """A new refusal cannot be forgotten in the one table of status numbers."""
    known = set(refusals.Refusal.__subclasses__())

    assert set(STATUS) == known
    assert len({refusal.code for refusal in known}) == len(known)


def test_every_refusal_stands_in_the_drawn_tree() -> None:
    """The module's first page shows them all."""
    drawn = refusals.__doc__ or ""

    missing = [r.__name__ for r in STATUS if f"── {r.__name__} " not in drawn]
    assert missing == []


async def test_a_chunked_body_is_read(world: World) -> None:
    """Over a real connection, a body without a declared length is understood."""

    async def parts() -> AsyncIterator[bytes]:
        yield BODY[:20]
        yield BODY[20:]

    async with served(world.app()) as url, httpx.AsyncClient(base_url=url) as http:
        answer = await http.post(SEND_MESSAGE, content=parts(), headers={"x-api-key": world.key})

    assert answer.status_code == 200


async def test_a_chunked_body_beyond_the_limit_is_refused(world: World) -> None:
    """Nobody gets round the limit by declaring nothing."""

    async def parts() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 65_536

    async with served(world.app()) as url, httpx.AsyncClient(base_url=url) as http:
        answer = await http.post(SEND_MESSAGE, content=parts(), headers={"x-api-key": world.key})
        again = await http.get("/livez")

    assert answer.status_code == 413
    assert answer.json() == {"error": "Request body is too large"}
    assert again.status_code == 200


async def test_ten_megabytes_are_refused_over_a_real_connection(world: World) -> None:
    """A declared length beyond the limit is refused in OutX's shape, and the server lives on."""
    async with served(world.app()) as url, httpx.AsyncClient(base_url=url) as http:
        answer = await http.post(
            SEND_MESSAGE, content=b"x" * 10_000_000, headers={"x-api-key": world.key}
        )
        again = await http.get("/livez")

    assert answer.status_code == 413
    assert answer.json() == {"error": "Request body is too large"}
    assert again.status_code == 200


async def test_a_large_body_without_a_key_is_refused_for_the_key(world: World) -> None:
    """The body is not read for somebody who may not send it."""
    async with served(world.app()) as url, httpx.AsyncClient(base_url=url) as http:
        answer = await http.post(SEND_MESSAGE, content=b"x" * 2_000_000)

    assert answer.status_code == 401


async def test_a_client_that_leaves_in_the_middle_disturbs_nobody(world: World) -> None:
    """A broken-off body stores nothing, and the next request is served."""
    async with served(world.app()) as url, httpx.AsyncClient(base_url=url) as http:
        reader, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(url).port)
        head = f"POST {SEND_MESSAGE} HTTP/1.1\r\nhost: x\r\nx-api-key: {world.key}\r\n"
        writer.write(f"{head}content-length: 100\r\n\r\n{{".encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        del reader
        answer = await http.post(SEND_MESSAGE, content=BODY, headers={"x-api-key": world.key})

    assert answer.status_code == 200


async def test_fifty_clients_at_once_each_get_their_own_task(world: World) -> None:
    """Concurrent requests over real connections neither fail nor mix."""
    limits = httpx.Limits(max_connections=50)
    async with (
        served(world.app()) as url,
        httpx.AsyncClient(base_url=url, headers={"x-api-key": world.key}, limits=limits) as http,
    ):

        async def one(number: int) -> tuple[str, str]:
            body = {"recipient_urn": "ACoAABCDEFG", "message": f"text {number}"}
            created = await http.post(SEND_MESSAGE, content=json.dumps(body))
            task_id = created.json()["api_agent_task_id"]
            polled = await http.get(STATUS_PATH, params={"api_agent_task_id": task_id})
            return task_id, polled.json()["data"]["task_input"]["message"]

        results = await asyncio.gather(*(one(number) for number in range(50)))

    assert len({task_id for task_id, _ in results}) == 50
    assert [text for _, text in results] == [f"text {number}" for number in range(50)]
