"""Who may use OutX's endpoints, and in which order that is checked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage.limits import HoldReason
from storage.sessions import SessionHealth
from storage.tasks import TaskFilter
from storage.teams import Role, Scope

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

    from tests.api.conftest import Connect, OutxClient, World

MESSAGE = {"recipient_urn": "ACoAABCDEFG", "message": "Hi"}
INVITATION = {"profile_urn": "ACoAABCDEFG"}
PLUGIN = (
    "Plugin installation required: Please install the OutX browser extension on at least one "
    "team member's account to use the API. The plugin must have been active within the last "
    "48 hours."
)
UNKNOWN_ID = "550e8400-e29b-41d4-a716-446655440000"


async def every_endpoint(outx: OutxClient) -> AsyncIterator[httpx.Response]:
    yield await outx.send_message(MESSAGE)
    yield await outx.send_connection_request(INVITATION)
    yield await outx.status(UNKNOWN_ID)


def is_refused(answer: httpx.Response, status: int, text: str) -> bool:
    return (answer.status_code, answer.json()) == (status, {"error": text})


@pytest.mark.parametrize("key", [None, ""])
async def test_a_missing_key_is_refused_everywhere(connect: Connect, key: str | None) -> None:
    """No key, or an empty one, answers the documented 401."""
    async for answer in every_endpoint(connect(key=key)):
        assert is_refused(answer, 401, "Missing API Key")


@pytest.mark.parametrize("key", ["nobody's", "lx_", "' OR 1=1 --", "k" * 10_000])
async def test_an_unknown_key_is_refused_everywhere(connect: Connect, key: str) -> None:
    """A key that does not exist answers the documented 401."""
    async for answer in every_endpoint(connect(key=key)):
        assert is_refused(answer, 401, "Invalid API Key")


async def test_a_key_of_bytes_beyond_ascii_is_refused(connect: Connect) -> None:
    """Whatever bytes stand in the header, the answer is the documented 401."""
    answer = await connect(key=None).http.get(
        "/linkedin-agent/get-task-status", headers=[(b"x-api-key", b"\xff\x80\xc3")]
    )

    assert is_refused(answer, 401, "Invalid API Key")


async def test_a_revoked_key_is_refused_everywhere(connect: Connect, world: World) -> None:
    """From its revocation on a key is unknown."""
    [key] = await world.store.keys.list(world.team.id)
    assert await world.store.keys.revoke(key.id)

    async for answer in every_endpoint(connect()):
        assert is_refused(answer, 401, "Invalid API Key")


async def test_a_key_for_reading_reads_but_does_not_create(
    connect: Connect, outx: OutxClient, world: World
) -> None:
    """A read-only key sees the team's tasks; writes are refused whatever their body is."""
    task_id = await outx.create_message()
    reader = connect(key=await world.new_key(scope=Scope.READ))

    assert (await reader.status(task_id)).status_code == 200
    for body in (MESSAGE, {}):
        answer = await reader.send_message(body)
        assert is_refused(answer, 403, "This API key may only read tasks")
    answer = await reader.send_connection_request(INVITATION)
    assert is_refused(answer, 403, "This API key may only read tasks")
    assert len(await world.store.reports.list(TaskFilter())) == 1


async def test_a_sign_in_counts_until_just_before_48_hours(outx: OutxClient, world: World) -> None:
    """A microsecond under 48 hours is active, also when somebody signed out since."""
    await world.store.sessions.mark(world.admin.id, SessionHealth.SIGNED_OUT)
    world.clock.advance(timedelta(hours=48) - timedelta(microseconds=1))

    statuses = [answer.status_code async for answer in every_endpoint(outx)]

    assert statuses == [200, 200, 404]


async def test_a_sign_in_no_longer_counts_at_48_hours(outx: OutxClient, world: World) -> None:
    """At 48 hours every endpoint answers the documented 403, polling included."""
    world.clock.advance(timedelta(hours=48))

    async for answer in every_endpoint(outx):
        assert is_refused(answer, 403, PLUGIN)


async def test_the_hours_are_a_setting(connect: Connect, world: World) -> None:
    """An operator may shorten the time."""
    world.clock.advance(timedelta(hours=1))

    answer = await connect(session_active_for=timedelta(hours=1)).send_message(MESSAGE)

    assert is_refused(answer, 403, PLUGIN)


async def test_a_team_that_never_signed_in_is_refused_everywhere(
    connect: Connect, world: World
) -> None:
    """Without any session the documented 403 answers everything."""
    team = await world.store.teams.create("New")
    await world.store.teams.add_member(team.id, name="Nia", role=Role.ADMIN)

    async for answer in every_endpoint(connect(key=await world.new_key(team=team))):
        assert is_refused(answer, 403, PLUGIN)


async def test_a_team_without_an_admin_can_read_but_not_write(
    connect: Connect, world: World
) -> None:
    """The documented 404 stands on writes only."""
    team = await world.store.teams.create("Flat")
    member = await world.store.teams.add_member(team.id, name="Moe", role=Role.MEMBER)
    await world.sign_in(member)
    outx = connect(key=await world.new_key(team=team))

    text = "No admin user found in the team"
    assert is_refused(await outx.send_message(MESSAGE), 404, text)
    assert is_refused(await outx.send_connection_request(INVITATION), 404, text)
    assert is_refused(await outx.status(UNKNOWN_ID), 404, "Agent task not found")


async def test_an_invitation_limit_is_answered_until_it_is_over(
    outx: OutxClient, world: World
) -> None:
    """While LinkedIn's limit lasts, invitations answer the documented 429 with its end."""
    await world.hold(
        HoldReason.INVITATION_LIMIT, "send_connection_request", minutes=2, microseconds=1
    )

    answer = await outx.send_connection_request(INVITATION)
    assert is_refused(answer, 429, "LinkedIn invitation limit reached")
    assert answer.headers["retry-after"] == "121"
    assert (await outx.send_message(MESSAGE)).status_code == 200

    world.clock.advance(timedelta(minutes=3))
    assert (await outx.send_connection_request(INVITATION)).status_code == 200


async def test_a_lifted_limit_is_over_at_once(outx: OutxClient, world: World) -> None:
    """An operator's lift is seen by the next request."""
    await world.hold(HoldReason.INVITATION_LIMIT, "send_connection_request", hours=24)
    assert (await outx.send_connection_request(INVITATION)).status_code == 429

    assert await world.store.limits.lift(
        world.admin.id, "send_connection_request", reason=HoldReason.INVITATION_LIMIT
    )

    assert (await outx.send_connection_request(INVITATION)).status_code == 200


@pytest.mark.parametrize(
    "reason", [each for each in HoldReason if each is not HoldReason.INVITATION_LIMIT]
)
@pytest.mark.parametrize("task_type", [None, "send_connection_request"])
async def test_every_other_hold_makes_a_task_wait(
    outx: OutxClient, world: World, reason: HoldReason, task_type: str | None
) -> None:
    """Our own caps and rests are no business of the client's: its task is accepted."""
    await world.hold(reason, task_type, hours=1)

    assert (await outx.send_connection_request(INVITATION)).status_code == 200


async def test_another_members_session_lets_a_task_wait_for_the_admins(
    outx: OutxClient, world: World
) -> None:
    """Any active session opens the API; the task says whose sign-in it waits for."""
    other = await world.store.teams.add_member(world.team.id, name="Max", role=Role.MEMBER)
    await world.sign_in(other)
    await world.store.sessions.mark(world.admin.id, SessionHealth.SIGNED_OUT)

    view = await world.view(await outx.create_message())

    assert view.task.member_id == world.admin.id
    [note] = [event for event in view.events if event.name == "waiting"]
    assert note.detail == {
        "for": "sign_in",
        "member": "Ada",
        "detail": "The task starts once Ada, whose account acts, is signed in to LinkedIn.",
    }


async def test_a_signed_in_admins_task_has_no_waiting_note(outx: OutxClient, world: World) -> None:
    """Nothing is said about waiting when there is nothing to wait for."""
    view = await world.view(await outx.create_message())

    assert [event.name for event in view.events] == ["accepted"]


async def test_the_oldest_admin_acts_not_the_oldest_member(outx: OutxClient, world: World) -> None:
    """Who joined earlier as a plain member or later as an admin does not act."""
    day = timedelta(days=1)
    await world.store.teams.add_member(
        world.team.id, name="Old", role=Role.MEMBER, joined_at=world.clock() - day
    )
    oldest = await world.store.teams.add_member(
        world.team.id, name="Eve", role=Role.ADMIN, joined_at=world.clock() - day
    )

    task = await world.task(await outx.create_message())

    assert task.member_id == oldest.id


async def test_checks_stand_in_the_documented_order(connect: Connect, world: World) -> None:
    """Method, key, 48 hours, size, type, syntax, body, admin, limit: the first one answers."""
    flat = await world.store.teams.create("Flat")
    member = await world.store.teams.add_member(flat.id, name="Moe", role=Role.MEMBER)
    key = await world.new_key(team=flat)
    path = "/linkedin-agent/send-message"
    huge, broken = b"x" * 2_000_000, b"{"
    keyless, outx = connect(key=None).http, connect(key=key).http
    text = {"content-type": "text/plain"}

    assert (await keyless.get(path)).status_code == 405
    assert (await keyless.post(path, content=huge, headers=text)).status_code == 401
    assert (await outx.post(path, content=huge, headers=text)).status_code == 403
    await world.sign_in(member)
    assert (await outx.post(path, content=broken, headers=text)).status_code == 415
    assert (await outx.post(path, content=huge)).status_code == 413
    assert (await outx.post(path, content=broken)).status_code == 400
    assert (await outx.post(path, json={})).status_code == 400
    assert (await outx.post(path, json=MESSAGE)).status_code == 404
