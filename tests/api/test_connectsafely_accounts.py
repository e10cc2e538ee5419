"""Accounts in ConnectSafely's dialect: which one acts, how it is, and what it has used."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage.limits import HoldReason
from storage.sessions import SessionHealth
from storage.tasks import ErrorCode, TaskError
from storage.teams import Role, Scope

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import httpx

    from storage.teams import Member
    from tests.api.conftest import ConnectSafely, ConnectSafelyClient, World

MONGO_ID = "696ce9e780e0483585e4e553"
JANES_ID = "ACoAAA24A-MBVEvT49xpVF2gnWrhvmUIPDJshSM"
BODY = {"recipientProfileId": "jane-doe", "message": "Hi"}


@pytest.fixture
async def bob(world: World) -> Member:
    """Return a colleague whose account clients know by the vendor's id."""
    member = await world.store.teams.add_member(
        world.team.id,
        name="Bob Ray Low",
        role=Role.MEMBER,
        joined_at=world.clock() + timedelta(hours=1),
    )
    await world.store.teams.add_alias(member.id, MONGO_ID)
    return member


async def test_the_named_account_acts(
    connectsafely: ConnectSafelyClient, world: World, bob: Member
) -> None:
    """By the id that the client knows, or by ours; by default it is the oldest admin's."""
    for account_id in (MONGO_ID, bob.id, world.admin.id, None, ""):
        body = {**BODY, "message": f"Hi from {account_id!r}", "accountId": account_id}
        answer = await connectsafely.post("/message", body, Prefer="respond-async")
        assert answer.status_code == 202, answer.text

    acting = [task.member_id for task in reversed(await world.tasks())]

    assert acting == [bob.id, bob.id, world.admin.id, world.admin.id, world.admin.id]


async def test_an_account_of_nobody_or_of_another_team_is_not_found(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """A client that means another account must not write from this one."""
    team, _ = await world.another_team()
    stranger = (await world.store.teams.members(team.id))[0]
    await world.store.teams.add_alias(stranger.id, "theirs")

    answers = [
        await connectsafely.post("/message", {**BODY, "accountId": account_id})
        for account_id in ("acc_12345", stranger.id, "theirs")
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert answers[0].json() == {"error": "Account not found", "success": False}
    assert await world.tasks() == []


async def test_the_teams_accounts_are_listed_as_a_bare_array(
    connectsafely: ConnectSafelyClient, world: World, bob: Member
) -> None:
    """With the documented keys; what is not known is null."""
    await world.store.sessions.save(
        world.admin.id,
        {"cookies": []},
        health=SessionHealth.SIGNED_IN,
        verified=True,
        profile_id=JANES_ID,
    )
    await world.store.people.remember(
        world.admin.id, profile_id=JANES_ID, vanity="ada-l", name="Ada Lovelace"
    )

    answer = await connectsafely.get("/accounts")

    assert answer.json() == [
        {
            "id": world.admin.id,
            "firstName": "Ada",
            "lastName": "",
            "publicId": "ada-l",
            "picture": None,
            "status": "AVAILABLE",
            "enabled": True,
            "apiSeatAllocated": True,
        },
        {
            "id": MONGO_ID,
            "firstName": "Bob",
            "lastName": "Ray Low",
            "publicId": None,
            "picture": None,
            "status": "UNKNOWN",
            "enabled": True,
            "apiSeatAllocated": True,
        },
    ]
    for q, names in (
        ("LOW", ["Bob"]),
        (MONGO_ID, ["Bob"]),
        (bob.id, ["Bob"]),
        ("a", ["Ada", "Bob"]),
        ("https://www.linkedin.com/in/ada-l/", ["Ada"]),
        ("nobody", []),
    ):
        found = (await connectsafely.get("/accounts", q=q)).json()
        assert [each["firstName"] for each in found] == names, q


@pytest.mark.parametrize(
    ("signed_in_as", "told"), [(None, "ada-l"), (JANES_ID, "ada-l"), ("ACoAX", None)]
)
async def test_a_look_at_the_plan_tells_the_public_id(
    connectsafely: ConnectSafelyClient, world: World, signed_in_as: str | None, told: str | None
) -> None:
    """Unless somebody else is signed in by now."""
    call = connectsafely.get(f"/account/{world.admin.id}/premium")
    async with connectsafely.calling(call) as calling:
        await world.succeed(
            profile_urn=f"urn:li:fsd_profile:{JANES_ID}",
            vanity="ada-l",
            has_premium=False,
            has_sales_navigator=False,
            credits=0,
        )
        await calling
    await world.store.sessions.save(
        world.admin.id,
        {"cookies": []},
        health=SessionHealth.SIGNED_IN,
        verified=True,
        profile_id=signed_in_as,
    )

    (listed,) = (await connectsafely.get("/accounts")).json()
    status = (await connectsafely.get("/account/status")).json()

    assert listed["publicId"] == status["publicId"] == told


@pytest.mark.parametrize(
    ("health", "status"),
    [(SessionHealth.SIGNED_IN, "AVAILABLE"), (SessionHealth.CHALLENGE, "ERROR")],
)
async def test_an_account_tells_whether_it_can_be_used(
    connectsafely: ConnectSafelyClient, world: World, health: SessionHealth, status: str
) -> None:
    """By default, by query and by path the answer is the same, and needs no full key."""
    await world.store.sessions.mark(world.admin.id, health)
    key = await world.new_key(scope=Scope.READ)
    connectsafely.http.headers["Authorization"] = f"Bearer {key}"

    answers = [
        await connectsafely.get("/account/status"),
        await connectsafely.get("/account/status", accountId=world.admin.id),
        await connectsafely.get(f"/account/{world.admin.id}/status"),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert answers[0].json() == {
        "id": world.admin.id,
        "firstName": "Ada",
        "lastName": "",
        "publicId": None,
        "platform": "linkedin-executor",
        "status": status,
        "enabled": True,
        "lastUsed": "2026-10-01T12:00:00.000Z",
        "hasTokens": True,
        "linkedinPlan": None,
    }


async def test_what_is_unknown_about_accounts_is_told_in_the_documented_words(
    connectsafely: ConnectSafelyClient,
) -> None:
    """A wrong account is 404, and a wrong key has the longer text where the page has it."""
    missing = await connectsafely.get("/account/nobody/status")
    wrong_key = await connectsafely.http.get(
        "/linkedin/account/status", headers={"Authorization": "Bearer x"}
    )

    assert (missing.status_code, missing.json()["error"]) == (404, "Account not found")
    assert wrong_key.status_code == 401
    assert wrong_key.json() == {"error": "Unauthorized - Invalid credentials"}


class TightCaps:
    """An operator who allows two messages a day and seven a week."""

    async def of(
        self, member_id: str, task_types: Collection[str]
    ) -> Mapping[str, Sequence[tuple[int, timedelta]]]:
        assert member_id
        caps = ((2, timedelta(days=1)), (7, timedelta(days=7)))
        return {each: caps for each in task_types if each == "send_message"}


def limits(headers: httpx.Headers) -> dict[str, str]:
    return {
        name.lower().removeprefix("x-ratelimit-"): value
        for name, value in headers.items()
        if name.lower().startswith("x-ratelimit-")
    }


@pytest.mark.parametrize(("path", "limit"), [("/message", "100"), ("/messaging/send", "150")])
async def test_every_answer_tells_what_is_left(
    connectsafely: ConnectSafelyClient, world: World, path: str, limit: str
) -> None:
    """The five documented headers, on success, on waiting and on refusal."""
    done = (await connectsafely.post(path, BODY, Prefer="respond-async")).headers
    waiting = (await connectsafely.post(path, {**BODY, "message": "2"}, Prefer="wait=0")).headers
    refused = (await connectsafely.post(path, {"message": "nobody"})).headers

    assert limits(done) == {
        "action": "MESSAGE",
        "limit": limit,
        "used": "1",
        "remaining": str(int(limit) - 1),
        "reset": "2026-10-02T12:00:00.000Z",
    }
    assert limits(waiting)["used"] == limits(refused)["used"] == "2"
    await world.succeed(recipient_profile_id=JANES_ID)
    assert limits((await connectsafely.post(path, {})).headers)["used"] == "2"


async def test_the_operators_cap_lowers_the_documented_one(
    call_connectsafely: ConnectSafely, world: World
) -> None:
    """What was sent and what waits are counted; more is refused in the documented words."""
    world.caps = TightCaps()
    client = call_connectsafely(answer_within=timedelta(0))
    await client.message("1")
    await world.succeed(recipient_profile_id=JANES_ID)
    world.clock.advance(timedelta(hours=1))
    second = await client.message("2")

    third = await client.message("3")
    repeated = await client.message("2")

    assert limits(second.headers) == {
        "action": "MESSAGE",
        "limit": "2",
        "used": "2",
        "remaining": "0",
        "reset": "2026-10-02T12:00:00.000Z",
    }
    assert third.status_code == 429
    assert third.json() == {
        "error": "Rate limit exceeded for MESSAGE: 2/2 used. Resets at 2026-10-02T12:00:00.000Z",
        "success": False,
    }
    assert third.headers["Retry-After"] == str(23 * 3600)
    assert limits(third.headers) == limits(second.headers)
    assert repeated.status_code == 202, "what stands for the request already is found"
    world.clock.advance(timedelta(hours=24))
    assert (await client.message("3")).status_code == 202


async def test_of_many_requests_at_once_only_as_many_as_are_left_are_accepted(
    call_connectsafely: ConnectSafely, world: World
) -> None:
    """Each looks at what the one before it has taken."""
    world.caps = TightCaps()
    client = call_connectsafely(answer_within=timedelta(0))

    answers = await asyncio.gather(*(client.message(str(number)) for number in range(8)))

    assert sorted(answer.status_code for answer in answers) == [202, 202, *[429] * 6]
    assert len(await world.tasks()) == 2


async def test_linkedins_own_invitation_limit_is_told_with_its_end(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Until then nothing else is accepted, whatever our own count says."""
    await world.hold(HoldReason.INVITATION_LIMIT, "send_connection_request", hours=24)

    answer = await connectsafely.post("/connect", {"profileId": "jane-doe"})
    quota = (await connectsafely.get(f"/account/{world.admin.id}/quota")).json()

    assert answer.status_code == 429
    assert answer.json() == {
        "error": "Rate limit exceeded for CONNECT: 0/90 used. Resets at 2026-10-02T12:00:00.000Z",
        "success": False,
        "holdUntil": "2026-10-02T12:00:00.000Z",
    }
    assert answer.headers["Retry-After"] == str(24 * 3600)
    connect = next(each for each in quota["quotas"] if each["feature"] == "CONNECT")
    assert connect["limitReached"]
    assert connect["remaining"] == 0


async def test_a_call_that_meets_linkedins_limit_is_told_when_to_come_back(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """As everybody is who comes after it."""
    call = connectsafely.post("/connect", {"profileId": "jane-doe"})
    async with connectsafely.calling(call) as calling:
        lease, task = await world.claim()
        await world.hold(HoldReason.INVITATION_LIMIT, "send_connection_request", hours=24)
        error = TaskError(
            code=ErrorCode.INVITATION_LIMIT_REACHED, message="No more.", retry_safe=True
        )
        await world.store.queue.fail(lease, task.id, error=error)
        answer = await calling

    assert answer.status_code == 429
    assert answer.json()["holdUntil"] == "2026-10-02T12:00:00.000Z"
    assert answer.headers["Retry-After"] == str(24 * 3600)


async def test_an_accounts_quotas_are_listed(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Those that are documented, and those that the operator has set."""
    world.caps = TightCaps()
    await connectsafely.message(Prefer="respond-async")

    answer = await connectsafely.get(f"/account/{world.admin.id}/quota")

    assert answer.json()["accountId"] == world.admin.id
    assert [
        (each["feature"], each["window"], each["limit"]) for each in answer.json()["quotas"]
    ] == [
        ("MESSAGE", "daily", 100),
        ("CONNECT", "weekly", 90),
        ("COMMENT", "daily", 100),
        ("FOLLOW", "daily", 100),
    ]
    assert answer.json()["quotas"][0] == {
        "feature": "MESSAGE",
        "window": "daily",
        "used": 1,
        "limit": 100,
        "linkedinLimit": None,
        "remaining": 99,
        "limitReached": False,
        "limitReachedAt": None,
        "resetAt": "2026-10-02T12:00:00.000Z",
    }
