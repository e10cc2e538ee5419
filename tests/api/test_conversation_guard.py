"""A conversation is one more name of the person who is in it, and a place of its own."""

from __future__ import annotations

import json
from hashlib import sha256
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from storage.tasks import NewTask, TaskStatus
from tests.api.test_content_guard import ERROR, PROFILE_ID, VANITY

if TYPE_CHECKING:
    import httpx

    from tests.api.conftest import NativeClient, World

THREAD = "urn:li:msg_conversation:(urn:li:fsd_profile:ACoAAME,2-b25l)"
ANOTHER_THREAD = "urn:li:msg_conversation:(urn:li:fsd_profile:ACoAAME,2-dHdv)"
STANDING = [
    TaskStatus.QUEUED,
    TaskStatus.RUNNING,
    TaskStatus.SUBMITTING,
    TaskStatus.UNCONFIRMED,
    TaskStatus.SUCCEEDED,
]
NAMES: dict[str, dict[str, Any]] = {
    "conversation": {"conversation_urn": THREAD},
    "id": {"recipient": PROFILE_ID},
    "vanity": {"recipient": VANITY},
    "both": {"recipient": PROFILE_ID, "conversation_urn": THREAD},
}


async def send(native: NativeClient, **given: Any) -> httpx.Response:
    headers = given.pop("headers", {})
    more = given.pop("more", {})
    task = {"task_type": "send_message", "input": {"message": "Hi", **given}, **more}
    return await native.create(task, **headers)


async def remember_jane(world: World, *threads: str) -> None:
    await world.store.people.remember(
        world.admin.id, profile_id=PROFILE_ID, vanity=VANITY, name="Jane"
    )
    known = {each.rpartition(",")[2].removesuffix(")"): PROFILE_ID for each in threads}
    await world.store.people.remember_conversations(world.admin.id, known)


async def bring_to(world: World, status: TaskStatus) -> None:
    """Lead the only task there is to this status."""
    if status is TaskStatus.QUEUED:
        return
    lease, task = await world.claim()
    queue = world.store.queue
    if status is not TaskStatus.RUNNING:
        await queue.submitting(lease, task.id, baseline={})
    if status is TaskStatus.UNCONFIRMED:
        await queue.leave_unconfirmed(lease, task.id, error=ERROR)
    if status is TaskStatus.SUCCEEDED:
        await queue.succeed(lease, task.id, output={}, evidence={})


@pytest.mark.parametrize("status", STANDING)
@pytest.mark.parametrize(("first", "second"), list(permutations(NAMES, 2)))
async def test_a_known_conversation_is_a_name_of_the_one_who_is_in_it(
    native: NativeClient, world: World, first: str, second: str, status: TaskStatus
) -> None:
    """Whichever name came first, and however far the first message has got."""
    await remember_jane(world, THREAD)
    one = await send(native, **NAMES[first])
    await bring_to(world, status)

    two = await send(native, **NAMES[second])

    assert two.headers["duplicate-of"] == two.json()["id"] == one.json()["id"]
    assert len(await world.tasks()) == 1


@pytest.mark.parametrize(
    ("first", "second"), [("conversation", "id"), ("id", "conversation"), ("vanity", "both")]
)
async def test_a_conversation_that_became_known_in_between_is_one_person(
    native: NativeClient, world: World, first: str, second: str
) -> None:
    """The page that the first request led to has shown who is in it."""
    one = await send(native, **NAMES[first])
    await remember_jane(world, THREAD)

    two = await send(native, **NAMES[second])

    assert two.headers["duplicate-of"] == one.json()["id"]


async def test_a_conversation_with_somebody_else_is_another_message(
    native: NativeClient, world: World
) -> None:
    """What is known of one account's inbox says nothing of what is not known."""
    await remember_jane(world, THREAD)
    await send(native, recipient=PROFILE_ID)

    other = await send(native, conversation_urn=ANOTHER_THREAD)

    assert (other.status_code, "duplicate-of" in other.headers) == (201, False)


@pytest.mark.parametrize("status", STANDING)
@pytest.mark.parametrize("named", [{"recipient": PROFILE_ID}, {}], ids=["person", "nobody"])
async def test_the_same_words_for_another_conversation_with_the_person_are_refused(
    native: NativeClient, world: World, named: dict[str, Any], status: TaskStatus
) -> None:
    """Neither are they sent twice, nor is it said that they went where they did not."""
    await remember_jane(world, THREAD, ANOTHER_THREAD)
    one = await send(native, conversation_urn=THREAD, **named)
    await bring_to(world, status)
    before = (await world.view(one.json()["id"])).events

    more = {"callback_url": "https://example.org/told"}
    two = await send(native, conversation_urn=ANOTHER_THREAD, more=more, **named)

    assert (two.status_code, two.json()["error"]["code"]) == (409, "asked_for_elsewhere")
    assert one.json()["id"] in two.json()["error"]["message"]
    assert len(await world.tasks()) == 1
    assert (await world.view(one.json()["id"])).events == before
    assert (await send(native, conversation_urn=THREAD, **named)).json()["id"] == one.json()["id"]


async def test_a_key_has_the_same_words_sent_to_another_conversation(
    native: NativeClient, world: World
) -> None:
    """The client means both."""
    await remember_jane(world, THREAD, ANOTHER_THREAD)
    await send(native, conversation_urn=THREAD)

    two = await send(native, conversation_urn=ANOTHER_THREAD, headers={"Idempotency_Key": "k"})

    assert two.status_code == 201
    assert len(await world.tasks()) == 2


async def test_a_task_of_before_is_found_by_its_conversations_whole_urn(
    native: NativeClient, world: World
) -> None:
    """So was it stored while nobody remembered conversations."""
    said = [world.admin.id, "send_message", "urn", THREAD, "Hi", None]
    old = NewTask(
        id="550e8400-e29b-41d4-a716-446655440000",
        team_id=world.team.id,
        member_id=world.admin.id,
        dialect="native",
        task_type="send_message",
        is_write=True,
        request={},
        input={"message": "Hi", "conversation_urn": THREAD},
        content_digest=sha256(json.dumps(said).encode()).hexdigest(),
    )
    await world.store.intake.add(old)

    again = await send(native, conversation_urn=THREAD)

    assert again.headers["duplicate-of"] == old.id
