"""Timelines of many tasks, as somebody follows them who has been away for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.tasks import TaskStatus

if TYPE_CHECKING:
    from storage.tasks import TimelinePart
    from tests.storage.world import World


def told(part: TimelinePart) -> list[tuple[str, int, str]]:
    return [(line.event.task_id, line.number, line.event.name) for line in part.lines]


async def test_what_is_added_is_told_in_its_order(world: World) -> None:
    """From wherever somebody begins, and once."""
    reports = world.store.reports
    lease = await world.lease()
    first = await world.bring_to(TaskStatus.FAILED, lease)
    beginning = await reports.timeline_end()
    second = await world.bring_to(TaskStatus.FAILED, lease)

    everything = await reports.timeline(team_id=world.team_id, after=0)
    later = await reports.timeline(team_id=world.team_id, after=beginning)
    nothing = await reports.timeline(team_id=world.team_id, after=later.up_to)

    lines = [
        [(task.id, number, name) for number, name in enumerate(("accepted", "claimed", "failed"))]
        for task in (first, second)
    ]
    assert told(everything) == [*lines[0], *lines[1]]
    assert told(later) == lines[1]
    assert told(nothing) == []
    assert (everything.more, nothing.more, nothing.up_to) == (False, False, later.up_to)


async def test_one_task_can_be_followed_alone(world: World) -> None:
    """And each line of it can be gone on from."""
    reports = world.store.reports
    task = await world.bring_to(TaskStatus.FAILED, await world.lease())
    await world.add()

    place = await reports.timeline_place(task.id, 1, team_id=world.team_id)
    assert place is not None
    rest = await reports.timeline(team_id=world.team_id, after=place, task_id=task.id)

    assert told(rest) == [(task.id, 2, "failed")]
    assert await reports.timeline_place(task.id, 3, team_id=world.team_id) is None


async def test_another_teams_timelines_are_not_there(world: World) -> None:
    """Neither their lines nor their places."""
    task = await world.add()
    reports = world.store.reports

    part = await reports.timeline(team_id="another", after=0)
    alone = await reports.timeline(team_id="another", after=0, task_id=task.id)

    assert told(part) == told(alone) == []
    assert await reports.timeline_place(task.id, 0, team_id="another") is None


async def test_a_look_back_comes_in_parts(world: World) -> None:
    """However much has happened meanwhile, no look takes long."""
    reports = world.store.reports
    task = await world.add()
    lease = await world.lease()
    await world.claim(lease)
    for number in range(1100):
        await world.store.queue.note(lease, task.id, "noted", {"number": number})

    first = await reports.timeline(team_id=world.team_id, after=0)
    second = await reports.timeline(team_id=world.team_id, after=first.up_to)

    assert (first.more, second.more) == (True, False)
    assert [number for _, number, _ in [*told(first), *told(second)]] == [*range(1102)]
