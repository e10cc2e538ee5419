"""Every pair of states, tried against `TRANSITIONS`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.errors import TransitionRefused
from storage.tasks import TRANSITIONS, TaskStatus
from tests.storage.world import REFUSED, UNPROVEN, World

if TYPE_CHECKING:
    from storage.sessions import Lease

PAIRS = [(start, end) for start in TaskStatus for end in TaskStatus]


async def change_to(end: TaskStatus, world: World, lease: Lease, task_id: str) -> None:
    """Ask for the change that leads to *end*."""
    queue = world.store.queue
    match end:
        case TaskStatus.QUEUED:
            await queue.put_back(lease, task_id, why="retry")
        case TaskStatus.RUNNING:
            claimed = await queue.claim(lease)
            if claimed is None or claimed.id != task_id:
                # A claim picks its task itself; not picking this one is its way to refuse.
                raise TransitionRefused
        case TaskStatus.SUBMITTING:
            await queue.submitting(lease, task_id, baseline={})
        case TaskStatus.SUCCEEDED:
            await queue.succeed(lease, task_id, output={}, evidence={})
        case TaskStatus.FAILED:
            await queue.fail(lease, task_id, error=REFUSED)
        case TaskStatus.UNCONFIRMED:
            await queue.leave_unconfirmed(lease, task_id, error=UNPROVEN)
        case TaskStatus.CANCELLED:
            await world.store.intake.cancel(task_id, team_id=world.team_id)


@pytest.mark.parametrize(("start", "end"), PAIRS)
async def test_a_task_goes_only_where_the_table_lets_it(
    world: World, start: TaskStatus, end: TaskStatus
) -> None:
    """An allowed change is made; any other is refused and leaves no trace."""
    lease = await world.lease()
    task = await world.bring_to(start, lease)
    events = await world.events(task.id)

    if end in TRANSITIONS[start]:
        await change_to(end, world, lease, task.id)
        assert (await world.task(task.id)).status is end
        assert len(await world.events(task.id)) == len(events) + 1
    else:
        with pytest.raises(TransitionRefused):
            await change_to(end, world, lease, task.id)
        assert await world.task(task.id) == task
        assert await world.events(task.id) == events
