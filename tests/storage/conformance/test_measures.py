"""What a store counts, and that it counts each task once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage.measures import TIME_BOUNDS, Found
from storage.sessions import SessionHealth
from storage.tasks import TaskStatus, WaitReason
from storage.teams import Role
from tests.storage.world import START

if TYPE_CHECKING:
    from tests.storage.world import World


async def test_each_end_is_counted_once_by_type_outcome_and_code(world: World) -> None:
    """Whatever way a task ends; what has not ended counts nowhere."""
    lease = await world.lease()
    for status in TaskStatus:
        if status is not TaskStatus.QUEUED:
            await world.bring_to(status, lease)
    await world.bring_to(TaskStatus.FAILED, lease, task_type="fetch_profile", is_write=False)

    ended = await world.store.measures.ended()

    assert [(each.task_type, each.outcome, each.code, each.tasks) for each in ended] == [
        ("fetch_profile", TaskStatus.FAILED, "not_connected", 1),
        ("send_message", TaskStatus.CANCELLED, "cancelled", 1),
        ("send_message", TaskStatus.FAILED, "not_connected", 1),
        ("send_message", TaskStatus.SUCCEEDED, None, 1),
        ("send_message", TaskStatus.UNCONFIRMED, "unconfirmed", 1),
    ]


async def test_the_steps_of_a_life_are_measured(world: World) -> None:
    """From acceptance to pick-up, from there to the submit, from there to the end."""
    task = await world.add()
    world.clock.advance(timedelta(seconds=10))
    lease = await world.lease()
    await world.claim(lease)
    world.clock.advance(timedelta(seconds=5))
    await world.store.queue.submitting(lease, task.id, baseline={})
    world.clock.advance(timedelta(milliseconds=500))
    await world.store.queue.succeed(lease, task.id, output={}, evidence={})

    took = {each.step: each for each in await world.store.measures.took()}

    seconds = {
        step: (each.up_to, each.total.total_seconds(), each.tasks) for step, each in took.items()
    }
    assert seconds == {
        "pick_up": (timedelta(seconds=15), 10.0, 1),
        "submit": (timedelta(seconds=5), 5.0, 1),
        "end": (timedelta(seconds=1), 0.5, 1),
    }


async def test_a_second_pick_up_is_no_second_wait(world: World) -> None:
    """A retry is not what a client waits for first; equal steps of several tasks are added up."""
    first = await world.add()
    await world.add()
    lease = await world.lease()
    world.clock.advance(timedelta(seconds=2))
    await world.claim(lease)
    await world.store.queue.put_back(lease, first.id, why="The page did not load.")
    world.clock.advance(timedelta(seconds=1))
    await world.claim(lease)
    await world.claim(lease)

    [took] = await world.store.measures.took()

    assert (took.step, took.tasks, took.total) == ("pick_up", 2, timedelta(seconds=5))


async def test_what_was_asked_for_at_a_later_time_waits_from_then(world: World) -> None:
    """The time before it is the client's own wish."""
    wanted = world.clock() + timedelta(hours=2)
    await world.add(not_before=wanted, wait_reason=WaitReason.SCHEDULE)
    world.clock.advance(timedelta(hours=2, seconds=4))
    await world.claim(await world.lease())

    [took] = await world.store.measures.took()

    assert (took.step, took.total, took.up_to) == (
        "pick_up",
        timedelta(seconds=4),
        timedelta(seconds=5),
    )


async def test_a_clock_that_was_set_back_makes_no_time_negative(world: World) -> None:
    """What cannot be known counts as nothing."""
    await world.add()
    world.clock.advance(timedelta(seconds=-30))
    await world.claim(await world.lease())

    [took] = await world.store.measures.took()

    assert (took.total, took.up_to) == (timedelta(0), timedelta(seconds=1))


@pytest.mark.parametrize("bound", TIME_BOUNDS)
async def test_every_bound_is_inclusive(world: World, bound: timedelta) -> None:
    """A task at a bound is below it; a moment later it is not."""
    await world.add()
    world.clock.advance(bound)
    lease = await world.lease()
    await world.claim(lease)
    await world.store.leases.expire(lease)
    await world.add()
    world.clock.advance(bound + timedelta(microseconds=1))
    lease = await world.lease(owner="host:2:0")
    await world.claim(lease)

    bounds = [each.up_to for each in await world.store.measures.took()]

    longer = [*TIME_BOUNDS, None][TIME_BOUNDS.index(bound) + 1]
    assert bounds == [bound, longer]


async def test_the_queue_is_counted_by_what_is_due(world: World) -> None:
    """With the time since when the oldest waits; what runs is in the queue no more."""
    start = world.clock()
    due = start + timedelta(minutes=1)
    later = start + timedelta(hours=1)
    await world.add(not_before=due, wait_reason=WaitReason.SCHEDULE)
    await world.add(not_before=later, wait_reason=WaitReason.SCHEDULE)
    world.clock.advance(timedelta(minutes=2))
    await world.add()
    await world.add(task_type="fetch_profile", is_write=False)

    queued = await world.store.measures.queued()

    assert [(each.task_type, each.is_due, each.tasks, each.since) for each in queued] == [
        ("fetch_profile", True, 1, world.clock()),
        ("send_message", False, 1, later),
        ("send_message", True, 2, due),
    ]


async def test_accounts_are_counted_by_state(world: World) -> None:
    """Also who was never signed in."""
    for name in ("Bea", "Cal"):
        await world.store.teams.add_member(world.team_id, name=name, role=Role.MEMBER)

    accounts = await world.store.measures.accounts()

    assert {each.health: each.accounts for each in accounts} == {
        None: 2,
        SessionHealth.SIGNED_IN: 1,
    }


async def test_what_finds_elements_is_counted(world: World) -> None:
    """By candidate, with when it was last; the place is that of the last time."""
    measures = world.store.measures
    found = Found(element="profile.more", rank=1, candidate="button.old", times=2)
    await measures.count_locators([found, replace(found, rank=None, candidate="", times=1)])
    world.clock.advance(timedelta(hours=1))
    await measures.count_locators([replace(found, rank=0)])

    missing, again = await measures.locators()

    assert (missing.rank, missing.times, missing.last_at) == (None, 1, START)
    assert (again.rank, again.times, again.last_at) == (0, 4, START + timedelta(hours=1))
