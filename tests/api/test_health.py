"""Whether the program says how it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from api.app import create_app
from api.health import Check
from storage.errors import StoreUnavailable
from storage.limits import HoldReason
from storage.runners import MemoryTaken
from storage.sessions import SessionHealth
from storage.teams import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.health import Readiness
    from tests.api.conftest import OutxClient, World


RUNNER = "host:1:0.00"


async def ready(
    world: World, readiness: Readiness | None = None, *, key: str | None = None
) -> tuple[int, dict[str, Any]]:
    """Ask beside a runner, with the team's key or with *key*, of which an empty one is not sent."""
    await world.store.runners.show(RUNNER, MemoryTaken(own=1, browser=1))
    return await asked(world, readiness, key=key)


async def asked(
    world: World, readiness: Readiness | None = None, *, key: str | None = None
) -> tuple[int, dict[str, Any]]:
    app = create_app(world.store, world.settings, clock=world.clock, readiness=readiness)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        sent = world.key if key is None else key
        answer = await http.get("/readyz", headers={"x-api-key": sent} if sent else {})
    return answer.status_code, answer.json()


async def test_a_living_process_says_so(outx: OutxClient) -> None:
    """/livez asks nothing of the store."""
    answer = await outx.http.get("/livez")

    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


async def test_a_credential_is_tested_where_the_vendor_has_it_tested(
    outx: OutxClient, world: World
) -> None:
    """Outside `/linkedin`: a valid key passes, a wrong one does not, and none is asked for."""
    del outx.http.headers["x-api-key"]
    sent = (f"Bearer {world.key}", "Bearer nobody's", "")
    answers = [
        await outx.http.get("/health", headers={"Authorization": each} if each else {})
        for each in sent
    ]

    assert [each.status_code for each in answers] == [200, 401, 200]
    assert answers[0].json() == {"status": "ok"}


async def test_everything_in_order_is_ready(world: World) -> None:
    """The whole answer, with the acting member's session."""
    assert await ready(world) == (
        200,
        {
            "status": "ready",
            "checks": {
                "store": {"ok": True, "reason": None},
                "runner": {"ok": True, "reason": None},
            },
            "accounts": [
                {
                    "team_id": world.team.id,
                    "member_id": world.admin.id,
                    "session": "signed_in",
                    "holds": [],
                    "ok": True,
                    "reason": None,
                }
            ],
        },
    )


@pytest.mark.parametrize(
    ("health", "reason"),
    [
        (SessionHealth.SIGNED_OUT, "signed out"),
        (SessionHealth.CHALLENGE, "prove who they are"),
        (SessionHealth.RESTRICTED, "restricted"),
    ],
)
async def test_an_account_that_cannot_act_degrades(
    world: World, health: SessionHealth, reason: str
) -> None:
    """The program stays reachable, and says what is wrong with the account."""
    await world.store.sessions.mark(world.admin.id, health)

    status, body = await ready(world)

    assert (status, body["status"]) == (200, "degraded")
    assert body["accounts"][0]["session"] == health.value
    assert reason in body["accounts"][0]["reason"]


async def test_a_sign_in_of_long_ago_degrades(world: World) -> None:
    """The 48-hour rule is shown before a client meets it."""
    world.clock.advance(timedelta(hours=48))

    _, body = await ready(world)

    assert body["status"] == "degraded"
    assert "not been verified recently" in body["accounts"][0]["reason"]


@pytest.mark.parametrize(
    ("reason", "task_type", "told"),
    [
        (HoldReason.RATE_LIMITED, None, "throttles"),
        (HoldReason.UI_CHANGED, "send_message", "not understood"),
    ],
)
async def test_an_account_that_rests_after_trouble_degrades(
    world: World, reason: HoldReason, task_type: str | None, told: str
) -> None:
    """The hold is shown with its end, and what it says about the account."""
    until = await world.hold(reason, task_type, hours=1)

    _, body = await ready(world)

    [account] = body["accounts"]
    assert body["status"] == "degraded"
    assert account["holds"] == [
        {"reason": reason.value, "task_type": task_type, "until": until.isoformat()}
    ]
    assert told in account["reason"]

    world.clock.advance(timedelta(hours=1))
    assert (await ready(world))[1]["status"] == "ready"


async def test_our_own_pace_is_no_trouble(world: World) -> None:
    """Gaps and caps are shown, and everything is in order."""
    await world.hold(HoldReason.GAP, None, seconds=60)
    await world.hold(HoldReason.DAY_CAP, "send_message", hours=5)

    _, body = await ready(world)

    assert body["status"] == "ready"
    assert {hold["reason"] for hold in body["accounts"][0]["holds"]} == {"gap", "day_cap"}


async def test_teams_without_admin_or_session_degrade(world: World) -> None:
    """Each team is told what is wrong with its own account."""
    flat = await world.store.teams.create("Flat")
    new = await world.store.teams.create("New")
    await world.store.teams.add_member(new.id, name="Nia", role=Role.ADMIN)

    reasons = {}
    for team in (world.team, flat, new):
        _, body = await ready(world, key=await world.new_key(team=team))
        assert body["status"] == "degraded"
        [account] = body["accounts"]
        assert account["team_id"] == team.id
        reasons[team.id] = account["reason"]

    assert reasons[world.team.id] is None
    assert "no admin" in reasons[flat.id]
    assert "never been signed in" in reasons[new.id]


async def test_a_store_that_cannot_be_used_is_unavailable(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its store the program can do nothing."""

    async def gone() -> None:
        raise StoreUnavailable("disk full")

    monkeypatch.setattr(world.store, "check", gone)

    assert await ready(world) == (
        503,
        {
            "status": "unavailable",
            "checks": {"store": {"ok": False, "reason": "disk full"}},
            "accounts": [],
        },
    )


async def test_without_a_runner_it_is_unavailable(world: World) -> None:
    """Where the API is alone, it knows from the store that nobody performs tasks."""
    status, body = await asked(world)

    assert (status, body["status"]) == (503, "unavailable")
    assert body["checks"] == {
        "store": {"ok": True, "reason": None},
        "runner": {
            "ok": False,
            "reason": "No runner is there: none was ever started, or the last one was stopped.",
        },
    }


async def test_a_runner_that_is_seen_no_more_makes_it_unavailable(world: World) -> None:
    """One that was killed cannot say goodbye; another one, or its return, makes it ready again."""
    await world.store.runners.show(RUNNER, MemoryTaken(own=1, browser=1))
    world.clock.advance(timedelta(seconds=149))
    still = await asked(world)
    world.clock.advance(timedelta(seconds=30))
    status, body = await asked(world)
    again = await ready(world)

    assert (still[0], status, again[0]) == (200, 503, 200)
    assert body["checks"]["runner"] == {
        "ok": False,
        "reason": "No runner has been seen for 179 s.",
    }


async def test_a_runner_in_the_same_process_is_asked_itself(world: World) -> None:
    """It knows better than the store, which others may have written to."""

    async def looks() -> Mapping[str, Check]:
        return {"runner": Check(ok=True)}

    status, body = await asked(world, looks)

    assert (status, body["checks"]["runner"]["ok"]) == (200, True)


async def test_a_further_part_is_asked_too(world: World) -> None:
    """The runner's heartbeat decides as the store does."""

    async def silent() -> Mapping[str, Check]:
        return {"runner": Check(ok=False, reason="No heartbeat for 40 seconds.")}

    status, body = await ready(world, silent)

    assert (status, body["status"]) == (503, "unavailable")
    assert body["checks"]["runner"] == {"ok": False, "reason": "No heartbeat for 40 seconds."}


async def test_a_part_whose_check_breaks_is_unavailable(world: World) -> None:
    """A broken check is no proof of health, and its details stay in the log."""

    async def broken() -> Mapping[str, Check]:
        raise RuntimeError("secret detail")

    status, body = await ready(world, broken)

    assert status == 503
    assert "secret detail" not in str(body)


async def test_nobody_is_shown_an_account_without_its_teams_key(world: World) -> None:
    """A watcher without a key learns that something is wrong, and not with whom."""
    await world.store.sessions.mark(world.admin.id, SessionHealth.CHALLENGE)
    _, others = await world.another_team()

    status, watched = await ready(world, key="")
    _, seen = await ready(world, key=others)

    assert (status, watched["status"], watched["accounts"]) == (200, "degraded", [])
    assert world.admin.id not in str(seen)
    assert world.team.id not in str(seen)


async def test_a_key_that_is_no_key_is_refused(world: World) -> None:
    """Who sends one expects to be known by it."""
    status, body = await ready(world, key="nobody's")

    assert (status, body["error"]["code"]) == (401, "invalid_key")


async def test_health_shows_no_names(world: World) -> None:
    """Accounts are shown by their ids."""
    _, body = await ready(world)

    assert "Ada" not in str(body)
    assert "Acme" not in str(body)
