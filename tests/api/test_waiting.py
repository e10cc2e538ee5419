"""A waiting task says what for, how far ahead others are, and when it may start."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from storage.limits import HoldReason
from storage.sessions import SessionHealth

if TYPE_CHECKING:
    import httpx

    from storage.tasks import TaskView
    from tests.api.conftest import Connect, NativeClient, OutxClient, World

HEADERS = ("x-waiting-for", "x-queue-position", "x-earliest-start")


class Spaced:
    """Expects every task a minute after the one before it."""

    async def earliest_start(self, view: TaskView) -> datetime | None:
        return view.task.created_at + timedelta(minutes=view.position or 0)


def told(answer: httpx.Response) -> tuple[str | None, ...]:
    return tuple(answer.headers.get(name) for name in HEADERS)


async def test_outx_answers_say_what_a_task_waits_for(outx: OutxClient, world: World) -> None:
    """On creating and on asking, in headers; the bodies stay OutX's."""
    until = await world.hold(HoldReason.DAY_CAP, "send_message", hours=3)
    created = await outx.send_message({"recipient_urn": "ACoAABCDEFG", "message": "Hi"})
    polled = await outx.status(created.json()["api_agent_task_id"])

    expected = ("limit", "1", "2026-10-01T15:00:00.000Z")
    assert until == datetime(2026, 10, 1, 15, tzinfo=UTC)
    assert told(created) == told(polled) == expected
    assert set(created.json()) == {"success", "api_agent_task_id", "message"}
    assert set(polled.json()["data"]) == {"id", "status", "task_input", "task_output"}


@pytest.mark.parametrize(
    ("reason", "waits_for"),
    [
        (HoldReason.GAP, "pacing"),
        (HoldReason.WORKING_HOURS, "schedule"),
        (HoldReason.WEEK_CAP, "limit"),
        (HoldReason.RATE_LIMITED, "limit"),
        (HoldReason.UI_CHANGED, "limit"),
    ],
)
async def test_each_hold_has_its_word(
    outx: OutxClient, native: NativeClient, world: World, reason: HoldReason, waits_for: str
) -> None:
    """Our own contract names the hold as well."""
    until = await world.hold(reason, None, hours=1)
    task_id = await outx.create_message()

    assert (await outx.status(task_id)).headers["x-waiting-for"] == waits_for
    waiting = (await native.task(task_id)).json()["waiting"]
    assert waiting == {
        "for": waits_for,
        "reason": reason.value,
        "until": until.isoformat().replace("+00:00", "Z"),
        "position": 1,
        "earliest_start": until.isoformat().replace("+00:00", "Z"),
    }


async def test_the_last_hold_to_end_is_the_one_that_is_told(
    native: NativeClient, world: World
) -> None:
    """It is what keeps the task longest."""
    await world.hold(HoldReason.GAP, None, seconds=60)
    await world.hold(HoldReason.DAY_CAP, "send_message", hours=2)

    waiting = (await native.task(await native.create_message())).json()["waiting"]

    assert (waiting["reason"], waiting["until"]) == ("day_cap", "2026-10-01T14:00:00Z")


async def test_a_schedule_beyond_all_holds_is_no_hold(native: NativeClient, world: World) -> None:
    """The task's own time is what it waits for."""
    await world.hold(HoldReason.DAY_CAP, "send_message", hours=2)
    task_id = await native.create_message(not_before="2026-10-02T12:00:00Z")

    waiting = (await native.task(task_id)).json()["waiting"]

    assert (waiting["reason"], waiting["until"]) == (None, "2026-10-02T12:00:00Z")


async def test_a_task_that_is_due_tells_its_place_only(outx: OutxClient) -> None:
    """Nothing is said about a start that may be at any moment."""
    await outx.create_message("first")
    second = await outx.send_message({"recipient_urn": "ACoAABCDEFG", "message": "second"})

    assert told(second) == (None, "2", None)


async def test_a_sign_in_has_no_date(outx: OutxClient, world: World) -> None:
    """A person decides when, whatever else may hold the task back."""
    await world.store.sessions.mark(world.admin.id, SessionHealth.CHALLENGE)
    await world.hold(HoldReason.GAP, None, seconds=60)

    answer = await outx.status(await outx.create_message())

    assert told(answer) == ("sign_in", "1", None)


async def test_nothing_is_said_once_a_task_has_started(outx: OutxClient, world: World) -> None:
    """Running and ended tasks do not wait."""
    task_id = await outx.create_message()
    lease, _ = await world.claim()
    assert told(await outx.status(task_id)) == (None, None, None)

    await world.store.queue.submitting(lease, task_id, baseline={})
    await world.store.queue.succeed(lease, task_id, output={}, evidence={})
    assert told(await outx.status(task_id)) == (None, None, None)


async def test_a_hold_that_is_over_is_not_told(outx: OutxClient, world: World) -> None:
    """Only what lies ahead."""
    await world.hold(HoldReason.GAP, None, seconds=60)
    task_id = await outx.create_message()
    world.clock.advance(timedelta(seconds=60))

    assert told(await outx.status(task_id)) == (None, "1", None)


async def test_a_forecast_knows_better_than_the_holds(
    world: World, connect: Connect, outx: OutxClient
) -> None:
    """Who has others in front starts later than the hold ends."""
    await world.hold(HoldReason.GAP, None, seconds=10)
    await outx.create_message("first")
    await outx.create_message("second")
    world.forecast = Spaced()

    third = await connect().send_message({"recipient_urn": "ACoAABCDEFG", "message": "third"})

    assert told(third) == ("pacing", "3", "2026-10-01T12:03:00.000Z")


async def test_a_list_is_not_estimated(world: World, connect: Connect) -> None:
    """For many tasks the end of the holds has to do."""
    world.forecast = Spaced()
    outx = connect()
    await outx.create_message()
    await world.hold(HoldReason.GAP, None, seconds=10)

    [listed] = (await outx.http.get("/tasks")).json()["tasks"]

    assert listed["waiting"]["earliest_start"] == "2026-10-01T12:00:10Z"


async def test_an_account_is_paused_over_the_api(
    native: NativeClient, outx: OutxClient, world: World
) -> None:
    """Its tasks say so, scheduled ones too; a name that clients know names it as well."""
    await world.store.teams.add_alias(world.admin.id, "main")
    paused = await native.http.post("/accounts/main/pause")
    later = (world.clock() + timedelta(hours=1)).isoformat()
    task_id = await native.create_message(not_before=later)
    waiting = (await native.task(task_id)).json()["waiting"]
    asked = await outx.status(await outx.create_message())
    resumed = await native.http.post(f"/accounts/{world.admin.id}/resume")
    [listed] = (await native.http.get("/accounts")).json()["accounts"]

    assert (paused.status_code, paused.json()["paused_at"]) == (200, "2026-10-01T12:00:00Z")
    assert (waiting["for"], waiting["until"], waiting["earliest_start"]) == ("paused", None, None)
    assert told(asked) == ("paused", "1", None)
    assert resumed.json() == listed
    assert (listed["acts"], listed["session"], listed["paused_at"]) == (True, "signed_in", None)
