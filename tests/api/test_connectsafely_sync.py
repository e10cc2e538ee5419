"""Synchronising an inbox: its newest conversations are read anew, and what came of it is told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from storage.tasks import ErrorCode
from storage.teams import Role
from tests.api.test_connectsafely_channels import OWN
from tests.api.test_connectsafely_sales import FOUND

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, World

SYNC, STATUS = "/conversations/sync", "/conversations/sync/status"
PLACE = {"last_activity_at": 1, "conversation_urn": OWN["conversation_urn"]}


async def state(client: ConnectSafelyClient, **query: Any) -> dict[str, Any]:
    """Return how things stand with the only account."""
    answer = await client.get(STATUS, **query)
    assert answer.status_code == 200, answer.text
    (account,) = answer.json()["accounts"]
    return dict(account["syncState"])


async def read_anew(client: ConnectSafelyClient, world: World, **output: Any) -> dict[str, Any]:
    async with client.calling(client.post(SYNC, {"force": True})) as calling:
        await world.succeed(**{"conversations": [OWN], "next": None, **output})
        answer = await calling
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_the_newest_conversations_are_read_and_counted(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Those of both inboxes; a message is counted for each that has a latest one."""
    answer = await read_anew(connectsafely, world, sales_threads=[FOUND])
    task = next(each for each in await world.tasks() if each.task_type == "fetch_conversations")

    assert task.input["count"] == 100
    assert answer.pop("accountId") == world.admin.id
    assert answer.pop("durationMs") == 0
    assert answer == {
        "success": True,
        "conversationsProcessed": 2,
        "messagesProcessed": 1,
        "durationSeconds": "0.00",
        "error": None,
    }


async def test_the_status_tells_the_newest_read(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Nobody has counted the conversations of a list that goes on."""
    before = await state(connectsafely)
    await read_anew(connectsafely, world)
    whole = await state(connectsafely, accountId=world.admin.id)
    world.clock.advance(timedelta(minutes=2))
    await read_anew(connectsafely, world, next=PLACE)
    part = await state(connectsafely)

    assert before == {
        "lastSyncAt": None,
        "syncInProgress": False,
        "totalConversations": None,
        "totalMessages": None,
        "consecutiveFailures": 0,
        "lastError": None,
        "initialSyncCompleted": False,
    }
    assert (whole["totalConversations"], whole["initialSyncCompleted"]) == (1, True)
    assert part["totalConversations"] is None
    assert before["lastSyncAt"] is None
    assert whole["lastSyncAt"] < part["lastSyncAt"]


async def test_the_status_tells_what_waits_and_what_has_failed_since(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Failures from before the newest success are over."""
    seen = []
    for ends in ("fail", "fail", "succeed", "fail"):
        world.clock.advance(timedelta(minutes=2))
        await connectsafely.post(SYNC, {}, Prefer="respond-async")
        under_way = await state(connectsafely)
        if ends == "fail":
            await world.fail(ErrorCode.TIMEOUT, "It took too long.")
        else:
            await world.succeed(conversations=[], next=None)
        after = await state(connectsafely)
        seen.append((under_way["syncInProgress"], after["consecutiveFailures"], after["lastError"]))

    assert seen == [
        (True, 1, "It took too long."),
        (True, 2, "It took too long."),
        (True, 0, None),
        (True, 1, "It took too long."),
    ]


async def test_every_account_of_the_team_has_a_status(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Unless one is named; nobody else's is told."""
    world.clock.advance(timedelta(minutes=1))
    ben = await world.store.teams.add_member(world.team.id, name="Ben", role=Role.MEMBER)
    await world.store.teams.add_alias(ben.id, "acc_2")
    other, _ = await world.another_team()

    everybody = (await connectsafely.get(STATUS)).json()["accounts"]
    one = (await connectsafely.get(STATUS, accountId="acc_2")).json()["accounts"]
    nobody = await connectsafely.get(STATUS, accountId=other.id)

    assert [each["accountName"] for each in everybody] == ["Ada", "Ben"]
    assert [each["accountId"] for each in one] == ["acc_2"]
    assert (nobody.status_code, nobody.json()) == (404, {"error": "Account not found"})


async def test_an_empty_body_is_enough(connectsafely: ConnectSafelyClient) -> None:
    """As for the other calls that need nothing."""
    answer = await connectsafely.http.post(f"/linkedin{SYNC}", headers={"Prefer": "respond-async"})

    assert answer.status_code == 202, answer.text
