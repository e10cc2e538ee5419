"""Server-sent events: what happens to tasks, while somebody listens and after they come back."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from api.app import stop_waiting
from api.native import streams
from api.native.streams import Followed, Streams
from tests.api.conftest import served

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi import FastAPI

    from tests.api.conftest import NativeClient, World

ENDED = ["accepted", "claimed", "submitting", "succeeded"]


@dataclass
class Told:
    """An event as its client sees it."""

    id: str
    name: str
    data: dict[str, Any] = field(default_factory=dict)


def parsed(text: str) -> list[Told]:
    """Read a stream as the HTML standard says; comments are left out."""
    found = []
    for block in text.split("\n\n"):
        lines = [line for line in block.split("\n") if line and not line.startswith(":")]
        if lines:
            fields = dict(line.split(": ", 1) for line in lines)
            found.append(Told(fields["id"], fields["event"], json.loads(fields["data"])))
    return found


async def what_is_there(native: NativeClient, path: str, last_id: str | None = None) -> list[Told]:
    """Return what a stream tells that ends as soon as it has told what there is."""
    headers = {} if last_id is None else {"Last-Event-ID": last_id}
    answer = await native.http.get(path, params={"for": 0}, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/event-stream")
    return parsed(answer.text)


class Listener:
    """A client that reads one event after the other."""

    def __init__(self, answer: httpx.Response) -> None:
        self._pieces = answer.aiter_text()
        self._text = ""

    async def next(self) -> Told:
        async with asyncio.timeout(20):
            while "\n\n" not in self._text:
                self._text += await anext(self._pieces)
        block, self._text = self._text.split("\n\n", 1)
        [told] = parsed(block)
        return told

    async def rest(self) -> str:
        async with asyncio.timeout(20):
            return self._text + "".join([each async for each in self._pieces])


@asynccontextmanager
async def listening(app: FastAPI, world: World, path: str) -> AsyncIterator[Listener]:
    async with (
        served(app) as url,
        httpx.AsyncClient(base_url=url, headers={"x-api-key": world.key}, timeout=30) as http,
        http.stream("GET", path) as answer,
    ):
        assert answer.status_code == 200
        yield Listener(answer)


async def test_a_task_is_told_until_it_has_ended(world: World, native: NativeClient) -> None:
    """From its acceptance, live; the stream ends with the task."""
    task_id = await native.create_message()
    async with listening(world.app(), world, f"/tasks/{task_id}/events") as listener:
        first = await listener.next()
        await native.create_message("another task's")
        await world.succeed()
        rest = parsed(await listener.rest())

    assert [each.name for each in [first, *rest]] == ENDED
    assert [each.id for each in rest] == [f"{task_id}.{number}" for number in (1, 2, 3)]
    assert first.data == {
        "task_id": task_id,
        "task_type": "send_message",
        "at": "2026-10-01T12:00:00.000Z",
        "name": "accepted",
        "detail": {
            "dialect": "native",
            "task_type": "send_message",
            "member_id": world.admin.id,
        },
    }


async def test_a_teams_tasks_are_told_from_now_on(world: World, native: NativeClient) -> None:
    """What happened before is past; another team's tasks are not there."""
    before = await native.create_message("before")
    other, _ = await world.another_team()
    member = await world.store.teams.acting_member(other.id)
    assert member is not None
    async with listening(world.app(), world, "/tasks/events") as listener:
        theirs = await world.waiting_task(member)
        await native.cancel(before)
        told = [await listener.next()]
        after = await native.create_message("after")
        told.append(await listener.next())

    assert [(each.data["task_id"], each.name) for each in told] == [
        (before, "cancelled"),
        (after, "accepted"),
    ]
    assert theirs not in str(told)


async def test_whoever_comes_back_misses_nothing(native: NativeClient, world: World) -> None:
    """Behind the last event that was seen, whichever task it was of."""
    first, second = await native.create_message("one"), await native.create_message("two")
    await world.succeed()
    await native.cancel(second)

    everything = await what_is_there(native, "/tasks/events", f"{first}.0")
    rest = await what_is_there(native, "/tasks/events", everything[2].id)
    of_task = await what_is_there(native, f"/tasks/{first}/events", f"{first}.2")

    assert [(each.data["task_id"], each.name) for each in everything] == [
        (second, "accepted"),
        *((first, name) for name in ENDED[1:]),
        (second, "cancelled"),
    ]
    assert rest == everything[3:]
    assert [each.name for each in of_task] == ["succeeded"]
    assert await what_is_there(native, "/tasks/events") == []


async def test_who_knows_the_end_is_told_not_to_come_back(
    native: NativeClient, world: World
) -> None:
    """Browsers connect again by themselves whenever a stream ends; 204 stops them."""
    task_id = await native.create_message()
    await world.succeed()
    path = f"/tasks/{task_id}/events"
    told = await what_is_there(native, path)

    again = await native.http.get(path, headers={"Last-Event-ID": told[-1].id})

    assert [each.name for each in told] == ENDED
    assert (again.status_code, again.content) == (204, b"")


@pytest.mark.parametrize("last_id", ["", "5", "x.1", "{task}.9", "{task}", "{other}.0"])
async def test_an_unknown_place_is_refused(
    native: NativeClient, world: World, last_id: str
) -> None:
    """To begin somewhere else would pass over what was missed."""
    task_id = await native.create_message()
    other, _ = await world.another_team()
    member = await world.store.teams.acting_member(other.id)
    assert member is not None
    theirs = await world.waiting_task(member)
    header = {"Last-Event-ID": last_id.format(task=task_id, other=theirs)}

    for path in ("/tasks/events", f"/tasks/{task_id}/events"):
        answer = await native.http.get(path, headers=header, params={"for": 0})
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_field")


async def test_another_place_than_the_tasks_is_refused(native: NativeClient) -> None:
    """An event of one task says nothing about another one's stream."""
    first, second = await native.create_message("one"), await native.create_message("two")

    answer = await native.http.get(
        f"/tasks/{first}/events", headers={"Last-Event-ID": f"{second}.0"}
    )

    assert answer.status_code == 400


async def test_wrong_requests_are_refused(native: NativeClient) -> None:
    """Before anything is streamed."""
    assert (await native.http.get("/tasks/events", params={"for": "x"})).status_code == 400
    assert (await native.http.get("/tasks/events", params={"for": 3601})).status_code == 400
    assert (await native.http.get("/tasks/nonsense/events")).status_code == 404
    missing = "550e8400-e29b-41d4-a716-446655440000"
    assert (await native.http.get(f"/tasks/{missing}/events")).status_code == 404


async def test_the_end_of_the_server_ends_streams(world: World, native: NativeClient) -> None:
    """At once, and in good order."""
    app = world.app()
    async with listening(app, world, "/tasks/events") as listener:
        await native.create_message()
        await listener.next()
        stop_waiting(app)

        assert await listener.rest() == ""


async def test_silence_is_broken_now_and_then(world: World) -> None:
    """So that nobody between the two takes the connection for dead."""
    quiet = Streams(world.store, beat=0.01)
    events = quiet.events(Followed(team_id=world.team.id, after=0), seconds=30)
    async with asyncio.timeout(20):
        beats = [await anext(events) for _ in range(2)]
    quiet.close()

    assert beats == [b": ping\n\n"] * 2
    assert [each async for each in events] == []


async def test_there_are_only_so_many(
    world: World, native: NativeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One more is refused until one has ended."""
    monkeypatch.setattr(streams, "STREAMS_MAX", 1)
    app = world.app()
    async with (
        listening(app, world, "/tasks/events") as listener,
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app),
            base_url="http://test",
            headers={"x-api-key": world.key},
        ) as http,
    ):
        await native.create_message()
        await listener.next()
        refused = await http.get("/tasks/events", params={"for": 0})
        stop_waiting(app)
        await listener.rest()
        taken = await http.get("/tasks/events", params={"for": 0})

    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "too_many_streams")
    assert refused.headers["retry-after"]
    assert taken.status_code == 200
