"""What is claimed before what, and the places that say so."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from storage.limits import HoldReason
from storage.tasks import RUNNER
from tests.storage.world import START

if TYPE_CHECKING:
    from storage.tasks import Task
    from tests.storage.world import World

HOUR = timedelta(hours=1)


async def test_what_the_runner_asked_for_itself_goes_last(world: World) -> None:
    """Whatever clients ask for later is claimed before it."""
    own = await world.add(task_type="look", is_write=False, dialect=RUNNER)
    message = await world.add()
    read = await world.add(task_type="fetch_profile", is_write=False)
    awaited = await world.add(task_type="fetch_profile", is_write=False, answer_owed=True)
    lease = await world.lease()

    claimed = [(await world.claim(lease)).id for _ in range(4)]

    assert claimed == [awaited.id, message.id, read.id, own.id]


async def test_what_must_wait_does_not_keep_it_back(world: World) -> None:
    """Work that is on hold, or for later, is nothing that could be done instead."""
    later = world.clock() + timedelta(hours=1)
    await world.add()
    await world.add(task_type="fetch_profile", is_write=False, not_before=later)
    await world.store.limits.hold(
        world.member_id, "send_message", reason=HoldReason.GAP, until=later
    )
    own = await world.add(task_type="look", is_write=False, dialect=RUNNER)

    assert (await world.claim(await world.lease())).id == own.id


async def place(world: World, task: Task) -> int | None:
    view = await world.store.reports.view(task.id)
    assert view is not None
    return view.position


async def test_what_is_for_later_is_ahead_of_nothing_that_is_due(world: World) -> None:
    """Accepted first or not: it is claimed afterwards, and counts once its time has come."""
    later = await world.add(not_before=START + 2 * HOUR)
    sooner = await world.add(not_before=START + HOUR)
    due = await world.add()

    before = [await place(world, each) for each in (due, sooner, later)]
    world.clock.advance(HOUR)
    after = [await place(world, each) for each in (due, sooner, later)]

    assert before == [1, 1, 1]
    assert after == [2, 1, 1]


async def test_places_are_those_in_which_tasks_are_claimed(world: World) -> None:
    """Also of reads whose clients wait, which go before all others, and of what came due."""
    read = {"task_type": "fetch_profile", "is_write": False}
    for_later = await world.add(**read, not_before=START + HOUR)
    came_due = await world.add(**read, not_before=START + HOUR / 4)
    plain = [await world.add(**read) for _ in range(2)]
    awaited = [await world.add(**read, answer_owed=True) for _ in range(2)]
    await world.add(**read, answer_owed=True, not_before=START + HOUR)
    world.clock.advance(HOUR / 2)
    lease = await world.lease()

    due = [came_due, *plain, *awaited]
    places = {each.id: await place(world, each) for each in due}
    claimed = [(await world.claim(lease)).id for _ in due]

    assert sorted(places, key=lambda task_id: places[task_id] or 0) == claimed
    assert sorted(places.values(), key=str) == [1, 2, 3, 4, 5]
    assert await place(world, for_later) == 2


async def test_a_long_queue_has_the_same_places(world: World) -> None:
    """Whatever leaves it, however far in front."""
    tasks = await asyncio.gather(*(world.add() for _ in range(600)))
    lease = await world.lease()

    gone = [(await world.claim(lease)).id for _ in range(3)]
    await world.store.queue.put_back(lease, gone[1], why="retry")
    await world.store.intake.cancel(tasks[300].id, team_id=world.team_id)

    left = [tasks[1], *tasks[3:300], *tasks[301:]]
    assert [await place(world, each) for each in left] == [*range(1, len(left) + 1)]
