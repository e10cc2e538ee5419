"""What the dashboard asks of a store."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from storage.measures import EndedOnDay
from storage.secrets import digest_key
from storage.tasks import TaskFilter, TaskStatus
from storage.teams import ApiKey, DashboardSession, Scope
from tests.storage.world import START, World

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TOKEN = digest_key("token")


async def add_key(world: World) -> ApiKey:
    return await world.store.keys.add(
        world.team_id, name="laptop", digest=digest_key("key"), hint="lx_", scope=Scope.FULL
    )


async def signed_in(world: World, *, lasts: timedelta = DAY) -> ApiKey:
    key = await add_key(world)
    await world.store.dashboard_sessions.begin(TOKEN, key_id=key.id, lasts=lasts)
    return key


async def found(world: World, token: str = TOKEN) -> DashboardSession | None:
    return await world.store.dashboard_sessions.find(token, idle_for=HOUR)


async def listed(world: World, **wanted: object) -> list[str]:
    views = await world.store.reports.list(TaskFilter(team_id=world.team_id, **wanted))  # type: ignore[arg-type]  # a filter's fields
    return [view.task.id for view in views]


async def test_a_session_goes_by_its_key(world: World) -> None:
    """Who has signed in is told by the digests of token and key."""
    await signed_in(world)

    assert await found(world) == DashboardSession(key_digest=digest_key("key"), seen_at=START)
    assert await found(world, digest_key("another")) is None


async def test_a_session_ends_when_nothing_is_done(world: World) -> None:
    """Each thing that is done counts from anew."""
    await signed_in(world)
    world.clock.advance(HOUR - timedelta(seconds=1))
    await world.store.dashboard_sessions.seen(TOKEN)
    world.clock.advance(HOUR - timedelta(seconds=1))
    busy = await found(world)
    world.clock.advance(timedelta(seconds=1))

    assert busy is not None
    assert await found(world) is None


async def test_a_session_ends_however_busy_it_is(world: World) -> None:
    """Nobody is signed in for longer than was said at the beginning."""
    await signed_in(world, lasts=3 * HOUR)
    for _ in range(5):
        world.clock.advance(HOUR / 2)
        await world.store.dashboard_sessions.seen(TOKEN)
    before = await found(world)
    world.clock.advance(HOUR / 2)

    assert before is not None
    assert await found(world) is None


async def test_a_session_ends_with_its_key(world: World) -> None:
    """Revoking the key is enough."""
    key = await signed_in(world)

    await world.store.keys.revoke(key.id)

    assert await found(world) is None


async def test_a_session_can_be_ended(world: World) -> None:
    """One token is forgotten, and others stay."""
    key = await signed_in(world)
    await world.store.dashboard_sessions.begin("another", key_id=key.id, lasts=DAY)

    await world.store.dashboard_sessions.end(TOKEN)

    assert await found(world) is None
    assert await found(world, "another") is not None


async def test_unconfirmed_tasks_wait_for_a_look(world: World) -> None:
    """Until somebody has looked into them; what has ended otherwise needs none."""
    lease = await world.lease()
    await world.bring_to(TaskStatus.SUCCEEDED, lease)
    first = await world.bring_to(TaskStatus.UNCONFIRMED, lease)
    second = await world.bring_to(TaskStatus.UNCONFIRMED, lease)
    reports = world.store.reports
    before = [view.task.id for view in await reports.unreviewed(world.team_id, limit=9)]

    for _ in range(2):
        await world.store.intake.review(first.id, team_id=world.team_id)

    assert before == [second.id, first.id]
    assert [view.task.id for view in await reports.unreviewed(world.team_id, limit=9)] == [
        second.id
    ]
    assert await reports.is_reviewed(first.id)
    assert not await reports.is_reviewed(second.id)


@pytest.mark.parametrize("status", sorted(set(TaskStatus) - {TaskStatus.UNCONFIRMED}))
async def test_only_unconfirmed_tasks_are_looked_into(world: World, status: TaskStatus) -> None:
    """Of others, and of another team's, nothing is recorded."""
    other = await world.store.teams.create("Other")
    lease = await world.lease()
    task = await world.bring_to(status, lease)
    await world.store.intake.review(task.id, team_id=world.team_id)
    mine = await world.bring_to(TaskStatus.UNCONFIRMED, lease) if status.is_final else task
    await world.store.intake.review(mine.id, team_id=other.id)

    assert not await world.store.reports.is_reviewed(task.id)
    assert not await world.store.reports.is_reviewed(mine.id)


async def test_unfinished_tasks_are_counted(world: World) -> None:
    """By status, those of which there are none included; another team's count for it."""
    other = await world.store.teams.create("Other")
    lease = await world.lease()
    await world.bring_to(TaskStatus.SUBMITTING, lease)
    await world.bring_to(TaskStatus.FAILED, lease)
    for _ in range(3):
        await world.add()

    assert await world.store.reports.unfinished(world.team_id) == {
        TaskStatus.QUEUED: 3,
        TaskStatus.RUNNING: 0,
        TaskStatus.SUBMITTING: 1,
    }
    assert set((await world.store.reports.unfinished(other.id)).values()) == {0}


async def test_the_first_to_wait_are_listed_with_their_places(world: World) -> None:
    """The oldest first, so many as are wanted."""
    first, second, _ = [await world.add() for _ in range(3)]

    waiting = await world.store.reports.waiting_longest(world.team_id, limit=2)

    assert [(view.task.id, view.position) for view in waiting] == [(first.id, 1), (second.id, 2)]


async def test_what_has_ended_is_counted_by_day(world: World) -> None:
    """By the day of its end in UTC, apart for writes and reads."""
    lease = await world.lease(ttl=10 * DAY)
    await world.bring_to(TaskStatus.FAILED, lease)
    world.clock.advance(DAY)
    for _ in range(2):
        await world.bring_to(TaskStatus.SUCCEEDED, lease)
    await world.bring_to(TaskStatus.SUCCEEDED, lease, task_type="fetch_profile", is_write=False)
    today = (START + DAY).date()

    everything = await world.store.reports.ended_by_day(world.team_id, since=START.date() - DAY)

    assert list(everything) == [
        _ended(START.date(), TaskStatus.FAILED, 1),
        _ended(today, TaskStatus.SUCCEEDED, 1, is_write=False),
        _ended(today, TaskStatus.SUCCEEDED, 2),
    ]
    assert list(await world.store.reports.ended_by_day("nobody", since=START.date())) == []
    since = await world.store.reports.ended_by_day(world.team_id, since=today)
    assert {each.day for each in since} == {today}


async def test_what_ends_at_midnight_belongs_to_the_day_that_begins(world: World) -> None:
    """And what was cancelled ends too; of what is put back, nothing has ended."""
    lease = await world.lease(ttl=DAY)
    midnight = START.replace(hour=0) + DAY
    await world.bring_to(TaskStatus.RUNNING, lease)
    world.clock.now = midnight - timedelta(microseconds=1)
    await world.bring_to(TaskStatus.CANCELLED, lease)
    world.clock.now = midnight
    await world.bring_to(TaskStatus.CANCELLED, lease)

    counted = await world.store.reports.ended_by_day(world.team_id, since=START.date())

    assert list(counted) == [
        _ended(START.date(), TaskStatus.CANCELLED, 1),
        _ended(midnight.date(), TaskStatus.CANCELLED, 1),
    ]


async def test_tasks_are_found_by_whom_they_are_about(world: World) -> None:
    """By a part of the name, whatever its letters' case and script; never by a message's words."""
    jane = await world.add(input={"recipient": {"vanity": "jane-doe"}, "message": "dieter"})
    dieter = await world.add(input={"person": {"vanity": "dieter-könig", "profile_id": "ACoAX"}})

    assert await listed(world, about="JANE") == [jane.id]
    assert await listed(world, about="dieter") == [dieter.id]
    assert await listed(world, about="KÖNIG") == [dieter.id]
    assert await listed(world, about="acoax") == [dieter.id]
    assert await listed(world, about="recipient") == []
    assert await listed(world, about="%") == []


async def test_a_search_goes_with_every_other_filter(world: World) -> None:
    """Status, type, member, place in the list and length."""
    tasks = [await world.add(input={"person": {"vanity": f"jane-{n}"}}) for n in range(3)]
    await world.store.intake.cancel(tasks[0].id, team_id=world.team_id)
    queued = frozenset({TaskStatus.QUEUED})

    assert await listed(world, about="jane", statuses=queued) == [tasks[2].id, tasks[1].id]
    assert await listed(world, about="jane", limit=1) == [tasks[2].id]
    assert await listed(world, about="jane", before=tasks[1].id) == [tasks[0].id]
    assert await listed(world, about="jane", member_id="nobody") == []
    assert await listed(world, about="jane", member_id=world.member_id, limit=1) == [tasks[2].id]
    assert await listed(world, about="jane", task_type="fetch_profile") == []
    elsewhere = TaskFilter(team_id="nobody", about="jane")
    assert await world.store.reports.list(elsewhere) == []


def _ended(day: date, outcome: TaskStatus, tasks: int, *, is_write: bool = True) -> EndedOnDay:
    return EndedOnDay(day=day, is_write=is_write, tasks={outcome: tasks})
