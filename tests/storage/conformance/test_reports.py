"""Looking at tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from storage.limits import Hold, HoldReason
from storage.sessions import SessionHealth
from storage.tasks import QueuedAccount, TaskFilter, TaskStatus, WaitReason
from storage.teams import Role
from tests.storage.world import REFUSED, START, World

HOUR = timedelta(hours=1)


async def waiting_for(world: World, task_id: str) -> WaitReason | None:
    view = await world.store.reports.view(task_id)
    assert view is not None
    return view.waiting_for


async def listed(world: World, wanted: TaskFilter) -> list[str]:
    return [view.task.id for view in await world.store.reports.list(wanted)]


async def test_a_view_is_limited_to_a_team_when_one_is_named(world: World) -> None:
    """An operator sees any task, a team only its own."""
    stranger = await world.store.teams.create("Other")
    task = await world.add()

    assert await world.store.reports.view(task.id, team_id=stranger.id) is None
    assert await world.store.reports.view(task.id, team_id=world.team_id) is not None
    assert await world.store.reports.view(task.id) is not None
    assert await world.store.reports.view(str(uuid4())) is None


async def test_a_due_task_waits_for_nothing(world: World) -> None:
    """A task that could be claimed now says so."""
    task = await world.add()

    assert await waiting_for(world, task.id) is None


@pytest.mark.parametrize("health", sorted(set(SessionHealth) - {SessionHealth.SIGNED_IN}))
async def test_a_task_waits_for_a_sign_in(world: World, health: SessionHealth) -> None:
    """Whatever keeps the session from being used, its person has to come."""
    task = await world.add(not_before=START + HOUR, wait_reason=WaitReason.PACING)

    await world.store.sessions.mark(world.member_id, health)

    assert await waiting_for(world, task.id) is WaitReason.SIGN_IN


async def test_a_task_of_a_member_without_a_session_waits_for_a_sign_in(world: World) -> None:
    """Somebody who has never signed in is asked to."""
    member = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)

    task = await world.add(member_id=member.id)

    assert await waiting_for(world, task.id) is WaitReason.SIGN_IN


async def test_a_stored_reason_counts_until_its_time_has_come(world: World) -> None:
    """Afterwards the task is simply due."""
    task = await world.add(not_before=START + HOUR, wait_reason=WaitReason.PACING)

    assert await waiting_for(world, task.id) is WaitReason.PACING
    world.clock.advance(HOUR)
    assert await waiting_for(world, task.id) is None


async def test_a_later_start_without_a_reason_is_a_schedule(world: World) -> None:
    """No waiting task is left without an answer."""
    task = await world.add(not_before=START + HOUR)

    assert await waiting_for(world, task.id) is WaitReason.SCHEDULE


async def test_a_hold_on_its_type_makes_a_task_wait_for_a_limit(world: World) -> None:
    """Only while the hold is in force, and only for its own type."""
    task = await world.add()
    other = await world.add(task_type="view_profile", is_write=False)
    await world.store.limits.hold(
        world.member_id, "send_message", reason=HoldReason.RATE_LIMITED, until=START + HOUR
    )

    assert await waiting_for(world, task.id) is WaitReason.LIMIT
    assert await waiting_for(world, other.id) is None
    world.clock.advance(HOUR)
    assert await waiting_for(world, task.id) is None


async def test_a_task_waits_for_whatever_ends_last(world: World) -> None:
    """Its own time, or the longest of the holds on its type and its account."""
    task = await world.add(not_before=START + 2 * HOUR, wait_reason=WaitReason.SCHEDULE)
    for task_type, reason, hours in (
        ("send_message", HoldReason.GAP, 1),
        (None, HoldReason.RATE_LIMITED, 3),
        ("send_message", HoldReason.DAY_CAP, 5),
        ("invite", HoldReason.WEEK_CAP, 9),
    ):
        await world.store.limits.hold(
            world.member_id, task_type, reason=reason, until=START + hours * HOUR
        )
    seen = []

    for _ in range(6):
        view = await world.store.reports.view(task.id)
        assert view is not None
        (listed,) = await world.store.reports.list(TaskFilter())
        assert (listed.holds, listed.waiting_for) == (view.holds, view.waiting_for)
        seen.append((view.waiting_for, [hold.reason for hold in view.holds]))
        reason = HoldReason.DAY_CAP
        if not await world.store.limits.lift(world.member_id, "send_message", reason=reason):
            world.clock.advance(HOUR)

    assert seen == [
        (WaitReason.LIMIT, [HoldReason.DAY_CAP, HoldReason.RATE_LIMITED, HoldReason.GAP]),
        (WaitReason.LIMIT, [HoldReason.RATE_LIMITED, HoldReason.GAP]),
        (WaitReason.LIMIT, [HoldReason.RATE_LIMITED]),
        (WaitReason.LIMIT, [HoldReason.RATE_LIMITED]),
        (None, []),
        (None, []),
    ]


async def test_a_schedule_beyond_every_hold_is_what_a_task_waits_for(world: World) -> None:
    """The earliest start is the end of whatever lasts longest."""
    task = await world.add(not_before=START + 2 * HOUR)
    await world.store.limits.hold(
        world.member_id, None, reason=HoldReason.GAP, until=START + HOUR, strikes=3
    )

    view = await world.store.reports.view(task.id)

    assert view is not None
    assert view.waiting_for is WaitReason.SCHEDULE
    assert view.earliest_start == START + 2 * HOUR
    assert view.holds == (
        Hold(
            member_id=world.member_id,
            task_type=None,
            reason=HoldReason.GAP,
            until=START + HOUR,
            strikes=3,
        ),
    )


@pytest.mark.parametrize("status", sorted(set(TaskStatus) - {TaskStatus.QUEUED}))
async def test_what_is_not_queued_is_kept_back_by_nothing(world: World, status: TaskStatus) -> None:
    """It has no place in the queue either."""
    task = await world.bring_to(status, await world.lease())
    await world.store.limits.hold(world.member_id, None, reason=HoldReason.GAP, until=START + HOUR)

    view = await world.store.reports.view(task.id)

    assert view is not None
    assert (view.holds, view.position, view.earliest_start) == ((), None, None)


async def test_a_queued_task_has_its_place(world: World) -> None:
    """Among its account's queued tasks of its type, as they were accepted and come due."""
    stranger = await World.create(world.store, world.clock)
    lease = await world.lease()
    await stranger.add()
    await world.bring_to(TaskStatus.RUNNING, lease)
    await world.add(task_type="invite")
    tasks = [await world.add(not_before=START + hours * HOUR) for hours in (1, 2, 3)]

    async def places() -> list[int | None]:
        views = [await world.store.reports.view(task.id) for task in tasks]
        return [None if view is None else view.position for view in views]

    assert await places() == [1, 2, 3]
    await world.store.intake.cancel(tasks[1].id, team_id=world.team_id)
    assert await places() == [1, None, 2]
    assert {view.position for view in await world.store.reports.list(TaskFilter())} == {None}


async def test_a_queued_task_tells_what_its_accounts_pace_depends_on(world: World) -> None:
    """Since when the account is signed in, and when it was charged last, for whatever."""
    waiting = await world.add(task_type="invite", not_before=START + HOUR)
    before = await world.store.reports.view(waiting.id)
    world.clock.advance(timedelta(seconds=5))
    await world.bring_to(TaskStatus.UNCONFIRMED, await world.lease())
    after = await world.store.reports.view(waiting.id)

    assert before is not None
    assert before.account == QueuedAccount(signed_in_since=START, last_charged=None)
    assert after is not None
    assert after.account == QueuedAccount(
        signed_in_since=START, last_charged=START + timedelta(seconds=5)
    )
    assert {view.account for view in await world.store.reports.list(TaskFilter())} == {None}


async def test_a_task_that_is_no_longer_queued_waits_for_nothing(world: World) -> None:
    """Not even when its member has been signed out meanwhile."""
    task = await world.bring_to(TaskStatus.RUNNING, await world.lease())

    await world.store.sessions.mark(world.member_id, SessionHealth.SIGNED_OUT)

    assert await waiting_for(world, task.id) is None


async def test_the_timeline_tells_the_whole_story_in_order(world: World) -> None:
    """Each change leaves an event with its time and what matters about it."""
    task = await world.add()
    lease = await world.lease(owner="host:7:1")
    world.clock.advance(timedelta(seconds=1))
    await world.claim(lease)
    await world.store.queue.note(lease, task.id, "opened", {"url": "/in/ada"})
    world.clock.advance(timedelta(seconds=1))
    await world.store.queue.submitting(lease, task.id, baseline={"own_items": 2})
    await world.store.queue.fail(lease, task.id, error=REFUSED)

    view = await world.store.reports.view(task.id)

    assert view is not None
    assert [(event.name, (event.at - START).seconds) for event in view.events] == [
        ("accepted", 0),
        ("claimed", 1),
        ("opened", 1),
        ("submitting", 2),
        ("failed", 2),
    ]
    assert {event.task_id for event in view.events} == {task.id}
    assert view.events[1].detail == {"attempt": 1, "lease_token": 1, "owner": "host:7:1"}
    assert view.events[2].detail == {"url": "/in/ada"}
    assert view.events[4].detail == {
        "code": "not_connected",
        "message": "Not connected.",
        "retry_safe": True,
    }


async def test_lists_are_newest_first_and_without_timelines(world: World) -> None:
    """The order is that of acceptance, also within one moment of the clock."""
    tasks = [await world.add() for _ in range(3)]

    views = await world.store.reports.list(TaskFilter())

    assert [view.task for view in views] == tasks[::-1]
    assert {view.events for view in views} == {()}


async def test_lists_are_filtered_by_team_status_and_type(world: World) -> None:
    """Filters combine; an empty one lets everything through."""
    lease = await world.lease()
    failed = await world.bring_to(TaskStatus.FAILED, lease)
    cancelled = await world.bring_to(TaskStatus.CANCELLED, lease)
    read = await world.add(task_type="view_profile", is_write=False)
    stranger = await World.create(world.store, world.clock)
    theirs = await stranger.add()
    ended = frozenset({TaskStatus.FAILED, TaskStatus.CANCELLED})

    everything = TaskFilter()
    by_team = TaskFilter(team_id=world.team_id)
    by_status = TaskFilter(statuses=ended)
    by_type = TaskFilter(task_type="send_message")
    by_all = TaskFilter(team_id=world.team_id, task_type="send_message", statuses=ended)

    assert await listed(world, everything) == [theirs.id, read.id, cancelled.id, failed.id]
    assert await listed(world, by_team) == [read.id, cancelled.id, failed.id]
    assert await listed(world, by_status) == [cancelled.id, failed.id]
    assert await listed(world, by_type) == [theirs.id, cancelled.id, failed.id]
    assert await listed(world, by_all) == [cancelled.id, failed.id]
    assert await listed(world, TaskFilter(team_id=str(uuid4()))) == []


async def test_lists_are_filtered_by_acting_member(world: World) -> None:
    """Alone or together with the other filters, and page by page."""
    lease = await world.lease()
    failed = await world.bring_to(TaskStatus.FAILED, lease)
    other = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)
    await world.add(member_id=other.id)
    read = await world.add(task_type="view_profile", is_write=False)
    queued = await world.add()
    stranger = await World.create(world.store, world.clock)
    await stranger.add()
    mine = TaskFilter(member_id=world.member_id)
    ended = frozenset({TaskStatus.FAILED})

    assert await listed(world, mine) == [queued.id, read.id, failed.id]
    assert await listed(world, replace(mine, limit=2)) == [queued.id, read.id]
    assert await listed(world, replace(mine, before=read.id)) == [failed.id]
    assert await listed(world, replace(mine, task_type="send_message")) == [queued.id, failed.id]
    assert await listed(world, replace(mine, task_type="invite")) == []
    assert await listed(world, replace(mine, statuses=ended)) == [failed.id]
    assert await listed(world, replace(mine, team_id=world.team_id, limit=1)) == [queued.id]
    assert await listed(world, replace(mine, team_id=stranger.team_id)) == []
    assert await listed(world, TaskFilter(member_id="nobody")) == []


async def test_lists_say_what_each_task_waits_for(world: World) -> None:
    """The reason is the same as in the single view."""
    task = await world.add(not_before=START + HOUR, wait_reason=WaitReason.SCHEDULE)

    (view,) = await world.store.reports.list(TaskFilter())

    assert (view.task, view.waiting_for) == (task, WaitReason.SCHEDULE)


async def test_pages_follow_each_other_without_gap_or_overlap(world: World) -> None:
    """The last id of a page leads to the next, whatever is accepted in between."""
    lease = await world.lease()
    statuses = [TaskStatus.QUEUED, TaskStatus.CANCELLED, TaskStatus.CANCELLED]
    ids = [(await world.bring_to(statuses[n % 3], lease)).id for n in range(7)]
    found: list[str] = []

    for _ in range(5):
        found += await listed(world, TaskFilter(limit=2, before=found[-1] if found else None))
        await world.add(task_type="view_profile", is_write=False)

    assert found == ids[::-1]


async def test_there_is_nothing_before_an_unknown_task(world: World) -> None:
    """A cursor that means nothing never starts again from the top."""
    await world.add()

    assert await listed(world, TaskFilter(before=str(uuid4()))) == []


@pytest.mark.parametrize("limit", [0, 501, -1])
async def test_a_limit_out_of_range_is_refused(world: World, limit: int) -> None:
    """The bounds are part of the contract."""
    with pytest.raises(ValueError, match="1 to 500"):
        await world.store.reports.list(TaskFilter(limit=limit))


async def test_what_waits_is_counted_until_the_limits_count_it(world: World) -> None:
    """Queued or running, of these types, of this account; what is for later is left out."""
    other = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)
    later = world.clock() + timedelta(days=3)
    await world.add(not_before=later, wait_reason=WaitReason.SCHEDULE)
    await world.add(task_type="invite")
    await world.add(member_id=other.id)
    count = partial(world.store.reports.count_waiting, world.member_id)
    lease = await world.lease()
    task = await world.add()
    await world.add(not_before=later, wait_reason=WaitReason.PACING)
    queued = await count(["send_message"])

    while (await world.claim(lease)).id != task.id:
        pass
    running = await count(["send_message"])
    await world.store.queue.submitting(lease, task.id, baseline={})

    assert (queued, running) == (2, 2)
    assert await count(["send_message"]) == 1
    assert await count(["like_post"]) == 0
    assert await count([]) == 0
