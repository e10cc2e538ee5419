"""Waiting for a task's end in one request."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from api.app import stop_waiting
from storage.errors import StoreUnavailable
from tests.api.conftest import NativeClient, served, until, waited_for

if TYPE_CHECKING:
    from fastapi import FastAPI

    from tests.api.conftest import World


def client_of(app: FastAPI, key: str) -> NativeClient:
    transport = httpx.ASGITransport(app=app)
    return NativeClient(
        httpx.AsyncClient(transport=transport, base_url="http://test", headers={"x-api-key": key})
    )


@pytest.fixture
def app(world: World) -> FastAPI:
    return world.app()


@pytest.fixture
def native(app: FastAPI, world: World) -> NativeClient:
    return client_of(app, world.key)


async def test_a_waiting_client_is_answered_when_the_task_ends(
    native: NativeClient, app: FastAPI, world: World
) -> None:
    """Not before, and not later than the end's commit."""
    task_id = await native.create_message()
    waiting = asyncio.ensure_future(native.task(task_id, wait=60))
    await until(lambda: bool(waited_for(app)))
    lease, _ = await world.claim()
    await world.store.queue.submitting(lease, task_id, baseline={})
    assert not waiting.done()

    await world.store.queue.succeed(lease, task_id, output={}, evidence={})

    async with asyncio.timeout(30):
        answer = await waiting
    assert answer.json()["status"] == "succeeded"
    assert waited_for(app) == {}


async def test_a_task_that_has_ended_is_answered_at_once(
    native: NativeClient, world: World
) -> None:
    """There is nothing to wait for."""
    task_id = await native.create_message()
    await world.succeed()

    async with asyncio.timeout(30):
        assert (await native.task(task_id, wait=60)).json()["status"] == "succeeded"


async def test_when_the_time_is_over_the_task_is_shown_as_it_is(native: NativeClient) -> None:
    """200 with the present state; the client may ask again."""
    task_id = await native.create_message()

    answer = await native.task(task_id, wait="0.05")

    assert (answer.status_code, answer.json()["status"]) == (200, "queued")


async def test_a_withdrawn_task_ends_the_waiting(native: NativeClient, app: FastAPI) -> None:
    """Every end is an end."""
    task_id = await native.create_message()
    waiting = asyncio.ensure_future(native.task(task_id, wait=60))
    await until(lambda: bool(waited_for(app)))

    await native.cancel(task_id)

    async with asyncio.timeout(30):
        assert (await waiting).json()["status"] == "cancelled"


@pytest.mark.parametrize("wait", ["-1", "61", "60.1", "x", "", "inf", "nan", "1e1", "9" * 5_000])
async def test_a_senseless_time_is_refused(native: NativeClient, wait: str) -> None:
    """From 0 to 60 seconds."""
    answer = await native.task(await native.create_message(), wait=wait)

    assert answer.status_code == 400
    assert "'wait'" in answer.json()["error"]["message"]


async def test_a_stopping_server_answers_its_waiting_clients(
    native: NativeClient, app: FastAPI
) -> None:
    """At once, with the state as it is; and whoever comes later does not wait."""
    task_id = await native.create_message()
    waiting = asyncio.ensure_future(native.task(task_id, wait=60))
    await until(lambda: bool(waited_for(app)))

    stop_waiting(app)

    async with asyncio.timeout(30):
        assert (await waiting).json()["status"] == "queued"
        assert (await native.task(task_id, wait=60)).json()["status"] == "queued"


async def test_a_client_that_leaves_is_not_waited_for(world: World, app: FastAPI) -> None:
    """Its broken connection ends the waiting on the server too."""
    async with served(app) as url, httpx.AsyncClient(base_url=url) as http:
        native = NativeClient(http)
        http.headers["x-api-key"] = world.key
        task_id = await native.create_message()
        _, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(url).port)
        head = f"GET /tasks/{task_id}?wait=60 HTTP/1.1\r\nhost: x\r\nx-api-key: {world.key}\r\n"
        writer.write(f"{head}\r\n".encode())
        await writer.drain()
        await until(lambda: bool(waited_for(app)))

        writer.close()
        await writer.wait_closed()

        await until(lambda: not waited_for(app))


async def test_a_thousand_waiting_clients_take_nothing_from_others(
    native: NativeClient, app: FastAPI, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They cost one look at a time, whatever is committed, and each gets its own answer."""
    tasks = [await native.create_message(f"text {number}") for number in range(20)]
    get = world.store.intake.get
    looks, looking, most = 0, 0, 0

    async def counted(task_id: str, *, team_id: str) -> Any:
        nonlocal looks, looking, most
        looks, looking = looks + 1, looking + 1
        most = max(most, looking)
        try:
            return await get(task_id, team_id=team_id)
        finally:
            looking -= 1

    waiting = [asyncio.ensure_future(native.task(tasks[n % 20], wait=60)) for n in range(1000)]
    await until(lambda: sum(each.waiters for each in waited_for(app).values()) == 1000)
    monkeypatch.setattr(world.store.intake, "get", counted)
    for number in range(20):
        await native.create_message(f"meanwhile {number}")
    assert looks <= 20 * 20
    assert most == 1

    for task_id in tasks:
        await native.cancel(task_id)
    async with asyncio.timeout(60):
        answers = await asyncio.gather(*waiting)

    assert {answer.json()["status"] for answer in answers} == {"cancelled"}
    assert [answer.json()["id"] for answer in answers[:20]] == tasks


async def test_a_store_that_fails_ends_the_waiting(
    native: NativeClient, app: FastAPI, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for what can never be seen; the next look says what is wrong."""
    task_id = await native.create_message()
    waiting = asyncio.ensure_future(native.task(task_id, wait=60))
    await until(lambda: bool(waited_for(app)))

    async def gone(*_: object, **__: object) -> None:
        raise StoreUnavailable("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(world.store.intake, "get", gone)
        patched.setattr(world.store.reports, "view", gone)
        await world.store.teams.create("A change that wakes")
        async with asyncio.timeout(30):
            answer = await waiting

    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "unavailable"
