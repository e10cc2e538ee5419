"""When a look of the watcher answers `recent-messages`, and when LinkedIn is visited for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from storage.tasks import RUNNER, NewTask
from tests.api.test_connectsafely_inbox import CONVERSATION, HELLO, OWNER, PLACE, URN

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafely, ConnectSafelyClient, World

RECENT = "/messaging/recent-messages"
EVERY = timedelta(minutes=15)
OLDER: dict[str, Any] = {
    **CONVERSATION,
    "conversation_urn": URN.replace("ODFk", "ODFl"),
    "last_activity_at": CONVERSATION["last_activity_at"] - 1000,
    "is_read": False,
    "unread_count": 1,
    "latest_message": {**HELLO, "text": "The older one"},
}
LIVE: dict[str, Any] = {"conversations": [], "next": None}


@pytest.fixture
def client(world: World, call_connectsafely: ConnectSafely) -> ConnectSafelyClient:
    """Call an app beside which inboxes are watched."""
    world.watched_every = EVERY
    return call_connectsafely()


async def add(world: World, task_type: str, **output: Any) -> str:
    await world.store.intake.add(
        NewTask(
            id=str(uuid4()),
            team_id=world.team.id,
            member_id=world.admin.id,
            dialect=RUNNER,
            task_type=task_type,
            is_write=task_type == "send_message",
            request={},
            input={},
        )
    )
    return await world.succeed(**output)


async def look(world: World, *, following: dict[str, Any] | None = None) -> str:
    """Let the watcher have looked, and found two conversations."""
    return await add(
        world, "watch_inbox", conversations=[CONVERSATION, OLDER], next=following, messages=[]
    )


async def visits(client: ConnectSafelyClient, world: World, **query: Any) -> None:
    """See that the call is answered by a task of its own."""
    call = client.get(RECENT, **query)
    async with client.calling(call) as calling:
        task_id = await world.succeed(**LIVE)
    answer = await calling
    assert (answer.headers["X-Task-Id"], "Age" in answer.headers) == (task_id, False)
    assert answer.json()["conversations"] == []


async def test_a_fresh_look_answers_in_the_documented_shape(
    client: ConnectSafelyClient, world: World
) -> None:
    """Key by key as a visit would, with its age in a header and no task of its own."""
    task_id = await look(world)
    world.clock.advance(timedelta(minutes=29, seconds=30))

    answer = await client.get(RECENT)

    told = answer.json()
    assert (answer.status_code, told["success"], told["profileUrn"]) == (200, True, OWNER)
    assert [each["latestMessage"]["text"] for each in told["conversations"]] == [
        "Hello, how are you?",
        "The older one",
    ]
    assert (told["total"], told["nextCursor"]) == (2, None)
    assert (answer.headers["Age"], answer.headers["X-Task-Id"]) == ("1770", task_id)
    assert len(await world.tasks()) == 1


async def test_a_look_is_old_after_two_intervals(client: ConnectSafelyClient, world: World) -> None:
    """Then LinkedIn is asked, as without a watcher."""
    await look(world)
    world.clock.advance(2 * EVERY)

    await visits(client, world)


async def test_a_clock_that_was_set_back_makes_no_look_fresh(
    client: ConnectSafelyClient, world: World
) -> None:
    """What was seen in the future says nothing of its age."""
    await look(world)
    world.clock.advance(timedelta(hours=-1))

    await visits(client, world)


async def test_without_a_watcher_every_call_visits(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Also when a client has had a look taken, which nobody repeats."""
    await look(world)

    await visits(connectsafely, world)


async def test_parts_of_the_list_are_told_from_a_look(
    client: ConnectSafelyClient, world: World
) -> None:
    """From cursor to cursor, by words, and read or unread alone."""
    await look(world)

    first = (await client.get(RECENT, count=1)).json()
    second = (await client.get(RECENT, count=1, nextCursor=first["nextCursor"])).json()
    found = (await client.get(RECENT, keywords="OLDER")).json()
    unread = (await client.get(RECENT, read="false")).json()

    parts = (first, second, found, unread)
    texts = [[each["latestMessage"]["text"] for each in it["conversations"]] for it in parts]
    assert texts == [["Hello, how are you?"], *([["The older one"]] * 3)]
    assert [it["nextCursor"] is None for it in parts] == [False, True, True, True]
    assert len(await world.tasks()) == 1


@pytest.mark.parametrize("query", [{"count": 3}, {"keywords": "older"}, {"read": "true"}])
async def test_what_a_look_does_not_tell_wholly_is_visited(
    client: ConnectSafelyClient, world: World, query: dict[str, Any]
) -> None:
    """There is more behind the list's beginning that may be wanted."""
    await look(world, following=PLACE)

    await visits(client, world, **query)


async def test_the_beginning_of_a_longer_list_can_be_told(
    client: ConnectSafelyClient, world: World
) -> None:
    """With the place where it goes on."""
    await look(world, following=PLACE)

    answer = (await client.get(RECENT, count=2)).json()

    assert (answer["total"], answer["nextCursor"] is None) == (2, False)


@pytest.mark.parametrize("task_type", ["send_message", "mark_read", "mark_all_read", "mark_unread"])
async def test_what_the_account_has_done_since_is_not_hidden(
    client: ConnectSafelyClient, world: World, task_type: str
) -> None:
    """A client that has sent or marked something finds it; the next look serves again."""
    await look(world)
    world.clock.advance(timedelta(seconds=5))
    await add(world, task_type)
    world.clock.advance(timedelta(seconds=5))

    await visits(client, world)

    task_id = await look(world)
    assert (await client.get(RECENT)).headers["X-Task-Id"] == task_id


async def test_another_accounts_look_answers_nothing(
    client: ConnectSafelyClient, world: World
) -> None:
    """Each account has an inbox of its own."""
    await look(world)
    other = await world.store.teams.add_member(world.team.id, name="Bob", role=world.admin.role)

    answer = await client.get(RECENT, accountId=other.id)

    assert (answer.status_code, "Age" in answer.headers) == (202, False)


async def test_only_recent_messages_are_told_so(client: ConnectSafelyClient, world: World) -> None:
    """The newer list says `fromCache: false`, and keeps that promise."""
    await look(world)

    async with client.calling(client.get("/conversations")) as calling:
        await world.succeed(**LIVE)

    assert (await calling).json()["conversations"] == []
