"""`Idempotency-Key`: a request may be sent again, and is done once."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from storage.limits import HoldReason
from storage.sessions import SessionHealth
from storage.teams import Role, Scope

if TYPE_CHECKING:
    import httpx

    from tests.api.conftest import Connect, NativeClient, OutxClient, World

MESSAGE = {"recipient_urn": "ACoAABCDEFG", "message": "Hi"}
INVITATION = {"profile_urn": "ACoAABCDEFG"}
TASK = {
    "task_type": "send_message",
    "input": {"recipient": "ACoAABCDEFG", "message": "Hi"},
}
PATH = "/linkedin-agent/send-message"


def is_replay(answer: httpx.Response, first: httpx.Response) -> bool:
    """Tell whether the answer is the first one to the letter, and says so."""
    return (
        answer.headers.get("idempotent-replayed") == "true"
        and "idempotent-replayed" not in first.headers
        and (answer.status_code, answer.content) == (first.status_code, first.content)
    )


async def test_a_request_that_is_sent_again_gets_the_first_answer(
    outx: OutxClient, world: World
) -> None:
    """The same bytes, a header that says so, and one task."""
    first = await outx.send_message(MESSAGE, Idempotency_Key="k1")
    again = await outx.send_message(MESSAGE, Idempotency_Key="k1")

    assert is_replay(again, first)
    assert len(await world.tasks()) == 1


async def test_our_own_contract_replays_as_well(native: NativeClient, world: World) -> None:
    """Also once the task has ended, since what was accepted has not changed."""
    first = await native.create(TASK, Idempotency_Key="k1")
    await world.succeed()
    again = await native.create(TASK, Idempotency_Key="k1")

    assert first.status_code == 201
    assert is_replay(again, first)
    assert again.headers["location"] == first.headers["location"]


async def test_the_order_of_a_bodys_keys_does_not_matter(outx: OutxClient) -> None:
    """Bodies are compared as JSON, not as bytes."""
    first = await outx.send_message(MESSAGE, Idempotency_Key="k1")
    again = await outx.http.post(
        PATH,
        content=b'{ "message" : "Hi", "recipient_urn":"ACoAABCDE\\u0046G" }',
        headers={"Idempotency-Key": "k1"},
    )

    assert is_replay(again, first)


@pytest.mark.parametrize(
    "other",
    [
        {**MESSAGE, "message": "Hi!"},
        {**MESSAGE, "recipient_urn": "urn:li:person:ACoAABCDEFG"},
        {**MESSAGE, "extra": None},
    ],
    ids=str,
)
async def test_another_body_with_the_same_key_is_refused(
    outx: OutxClient, world: World, other: dict[str, Any]
) -> None:
    """Whatever differs in the body as it was sent, it is another request."""
    await outx.send_message(MESSAGE, Idempotency_Key="k1")

    answer = await outx.send_message(other, Idempotency_Key="k1")

    assert answer.status_code == 422
    assert answer.json() == {"error": "This Idempotency-Key was used for another request"}
    assert len(await world.tasks()) == 1


async def test_a_key_belongs_to_one_endpoint_and_one_contract(
    outx: OutxClient, native: NativeClient
) -> None:
    """The same key elsewhere is another request, worded as that contract words refusals."""
    await outx.send_message(MESSAGE, Idempotency_Key="k1")

    invitation = await outx.send_connection_request(INVITATION, Idempotency_Key="k1")
    task = await native.create(TASK, Idempotency_Key="k1")

    assert (invitation.status_code, task.status_code) == (422, 422)
    assert task.json()["error"]["code"] == "idempotency_key_reused"


async def test_different_keys_ask_for_the_same_on_purpose(outx: OutxClient, world: World) -> None:
    """A key of its own says that the same text is meant once more."""
    await outx.send_message(MESSAGE, Idempotency_Key="k1")
    await outx.send_message(MESSAGE, Idempotency_Key="k2")

    assert len(await world.tasks()) == 2


async def test_keys_of_different_teams_do_not_meet(
    outx: OutxClient, connect: Connect, world: World
) -> None:
    """A team can neither see nor block another team's requests."""
    _, other_key = await world.another_team()
    first = await outx.send_message(MESSAGE, Idempotency_Key="k1")
    theirs = await connect(key=other_key).send_message(
        {**MESSAGE, "message": "Other"}, Idempotency_Key="k1"
    )

    assert theirs.status_code == 200
    assert theirs.json()["api_agent_task_id"] != first.json()["api_agent_task_id"]


async def test_all_keys_of_a_team_share_its_requests(
    outx: OutxClient, connect: Connect, world: World
) -> None:
    """A rotated API key does not make a repeated request a new one."""
    first = await outx.send_message(MESSAGE, Idempotency_Key="k1")

    again = await connect(key=await world.new_key()).send_message(MESSAGE, Idempotency_Key="k1")

    assert is_replay(again, first)


async def test_a_key_is_kept_for_a_day(outx: OutxClient, world: World) -> None:
    """Up to 24 hours it is known; afterwards it makes a new task."""
    first = await outx.send_message(MESSAGE, Idempotency_Key="k1")
    world.clock.advance(timedelta(hours=24) - timedelta(seconds=1))
    known = await outx.send_message(MESSAGE, Idempotency_Key="k1")
    world.clock.advance(timedelta(seconds=2))
    forgotten = await outx.send_message(MESSAGE, Idempotency_Key="k1")

    assert is_replay(known, first)
    assert forgotten.json() != first.json()


async def test_how_long_a_key_is_kept_is_a_setting(connect: Connect, world: World) -> None:
    """An operator may keep them for longer, or for less long."""
    outx = connect(idempotency_key_kept_for=timedelta(minutes=1))
    first = await outx.send_message(MESSAGE, Idempotency_Key="k1")
    world.clock.advance(timedelta(minutes=2))

    assert (await outx.send_message(MESSAGE, Idempotency_Key="k1")).json() != first.json()


async def test_a_refused_body_may_be_corrected_under_its_key(outx: OutxClient) -> None:
    """Only what was accepted is remembered."""
    refused = await outx.send_message({**MESSAGE, "message": " "}, Idempotency_Key="k1")
    corrected = await outx.send_message(MESSAGE, Idempotency_Key="k1")

    assert (refused.status_code, corrected.status_code) == (400, 200)
    assert "idempotent-replayed" not in corrected.headers


async def test_a_replay_does_not_depend_on_what_has_happened_since(
    outx: OutxClient, world: World
) -> None:
    """Limit reached, session gone, admin gone: whoever lost the answer gets it."""
    first = await outx.send_connection_request(INVITATION, Idempotency_Key="k1")
    await world.hold(HoldReason.INVITATION_LIMIT, "send_connection_request", hours=1000)
    limited = await outx.send_connection_request(INVITATION, Idempotency_Key="k1")
    new = await outx.send_connection_request(INVITATION, Idempotency_Key="k2")
    await world.store.sessions.mark(world.admin.id, SessionHealth.SIGNED_OUT)
    world.clock.advance(timedelta(hours=23))
    signed_out = await outx.send_connection_request(INVITATION, Idempotency_Key="k1")

    assert is_replay(limited, first)
    assert new.status_code == 429
    assert is_replay(signed_out, first)


async def test_a_replay_needs_no_active_session(connect: Connect, world: World) -> None:
    """The 48-hour rule refuses new tasks, not answers that were given already."""
    outx = connect(session_active_for=timedelta(hours=1))
    first = await outx.send_message(MESSAGE, Idempotency_Key="k1")
    world.clock.advance(timedelta(hours=2))

    assert is_replay(await outx.send_message(MESSAGE, Idempotency_Key="k1"), first)
    assert (await outx.send_message(MESSAGE, Idempotency_Key="k2")).status_code == 403
    assert (await outx.send_message(MESSAGE)).status_code == 403


async def test_another_acting_member_changes_nothing_for_a_known_key(
    outx: OutxClient, world: World
) -> None:
    """The task stays with the account that it was accepted for."""
    first = await outx.send_message(MESSAGE, Idempotency_Key="k1")
    await world.store.teams.add_member(
        world.team.id,
        name="Eve",
        role=Role.ADMIN,
        joined_at=world.clock() - timedelta(days=1),
    )

    assert is_replay(await outx.send_message(MESSAGE, Idempotency_Key="k1"), first)


@pytest.mark.parametrize("key", ["k", "x" * 255, "~!@#$%^&*()_+", '"quoted"', "a,b"])
async def test_any_visible_ascii_is_a_key(outx: OutxClient, key: str) -> None:
    """1 to 255 characters, whatever they are."""
    first = await outx.send_message(MESSAGE, Idempotency_Key=key)

    assert is_replay(await outx.send_message(MESSAGE, Idempotency_Key=key), first)


@pytest.mark.parametrize(
    "keys",
    [[b""], [b"x" * 256], [b"two words"], [b"tab\tbed"], [b"\xc3\xa4"], [b"\x7f"], [b"a", b"b"]],
    ids=repr,
)
async def test_what_is_no_key_is_refused(
    outx: OutxClient, native: NativeClient, world: World, keys: list[bytes]
) -> None:
    """Nothing is guessed about a key that cannot be meant."""
    headers = [(b"idempotency-key", key) for key in keys]
    vendor = await outx.http.post(PATH, content=json.dumps(MESSAGE), headers=headers)
    ours = await native.http.post("/tasks", content=json.dumps(TASK), headers=headers)

    assert vendor.status_code == 400
    assert vendor.json() == {
        "error": "Invalid 'Idempotency-Key': must be 1 to 255 visible ASCII characters"
    }
    assert (ours.status_code, ours.json()["error"]["code"]) == (400, "idempotency_key_invalid")
    assert await world.tasks() == []


async def test_a_key_for_reading_is_refused_before_its_idempotency_key(
    connect: Connect, world: World
) -> None:
    """What an API key may do comes first, also for a request that is known."""
    reader = connect(key=await world.new_key(scope=Scope.READ))

    assert (await reader.send_message(MESSAGE, Idempotency_Key="")).status_code == 403


async def test_fifty_equal_requests_at_once_make_one_task(outx: OutxClient, world: World) -> None:
    """Each is answered with the one task, or told that the first is still being processed."""
    answers = await asyncio.gather(
        *(outx.send_message(MESSAGE, Idempotency_Key="k1") for _ in range(50))
    )

    [task] = await world.tasks()
    assert {answer.status_code for answer in answers} <= {200, 409}
    accepted = [answer for answer in answers if answer.status_code == 200]
    assert {answer.json()["api_agent_task_id"] for answer in accepted} == {task.id}
    assert len([a for a in accepted if "idempotent-replayed" not in a.headers]) == 1


async def test_a_request_whose_first_is_not_answered_yet_is_told_so(
    outx: OutxClient, native: NativeClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the store still works on the first one, the second gets 409 and may come back."""
    arrived, go_on = asyncio.Event(), asyncio.Event()
    add = world.store.intake.add

    async def slow(*arguments: Any, **named: Any) -> Any:
        arrived.set()
        await go_on.wait()
        return await add(*arguments, **named)

    monkeypatch.setattr(world.store.intake, "add", slow)
    first = asyncio.ensure_future(outx.send_message(MESSAGE, Idempotency_Key="k1"))
    await arrived.wait()
    vendor = await outx.send_message(MESSAGE, Idempotency_Key="k1")
    ours = await native.create(TASK, Idempotency_Key="k1")
    go_on.set()

    assert vendor.status_code == 409
    assert vendor.json() == {
        "error": "A request with this Idempotency-Key is still being processed"
    }
    assert vendor.headers["retry-after"] == "1"
    assert (ours.status_code, ours.json()["error"]["code"]) == (409, "idempotency_key_in_flight")
    assert (await first).status_code == 200
    assert is_replay(await outx.send_message(MESSAGE, Idempotency_Key="k1"), await first)


async def test_a_crash_frees_the_key(
    outx: OutxClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What went wrong inside may be tried again under the same key."""

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    with monkeypatch.context() as patched:
        patched.setattr(world.store.intake, "add", broken)
        assert (await outx.send_message(MESSAGE, Idempotency_Key="k1")).status_code == 500

    assert (await outx.send_message(MESSAGE, Idempotency_Key="k1")).status_code == 200


async def test_a_lost_estimate_does_not_lose_the_answer(
    outx: OutxClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once accepted, a task is answered for, whatever else cannot be found out."""

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(world.store.reports, "view", broken)

    assert (await outx.send_message(MESSAGE)).status_code == 200
