"""What a new holder of an account finds in hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.errors import LeaseLost
from storage.tasks import TaskStatus
from storage.teams import Role
from tests.storage.world import TTL, UNPROVEN, World


async def test_a_new_holder_puts_running_tasks_back(world: World) -> None:
    """Nothing irreversible has happened; the lost try counts."""
    old = await world.lease(owner="old")
    task = await world.bring_to(TaskStatus.RUNNING, old)
    world.clock.advance(TTL)
    new = await world.lease(owner="new")

    assert list(await world.store.queue.recover(new)) == []

    assert await world.task(task.id) == replace(task, status=TaskStatus.QUEUED, lease_token=None)
    view = await world.store.reports.view(task.id)
    assert view is not None
    assert view.events[-1].name == "recovered"
    assert view.events[-1].detail == {"attempt": 1, "owner": "new"}
    assert (await world.claim(new)).attempts == 2


async def test_a_new_holder_takes_over_what_was_being_submitted(world: World) -> None:
    """It stays submitting, for the new holder to settle."""
    old = await world.lease()
    tasks = [await world.bring_to(TaskStatus.SUBMITTING, old) for _ in range(3)]
    world.clock.advance(TTL)
    new = await world.lease()

    adopted = list(await world.store.queue.recover(new))

    assert adopted == [replace(task, lease_token=new.token) for task in tasks]
    assert (await world.events(tasks[0].id))[-1] == "adopted"
    assert list(await world.store.queue.recover(new)) == []
    await world.store.queue.leave_unconfirmed(new, tasks[0].id, error=UNPROVEN)
    with pytest.raises(LeaseLost):
        await world.store.queue.succeed(old, tasks[1].id, output={}, evidence={})


async def test_recovering_leaves_the_holders_own_task_alone(world: World) -> None:
    """What is in hand under this lease is not left behind."""
    lease = await world.lease()
    task = await world.bring_to(TaskStatus.RUNNING, lease)

    assert list(await world.store.queue.recover(lease)) == []

    assert await world.task(task.id) == task


async def test_recovering_is_limited_to_the_account(world: World) -> None:
    """Another member's runner may be alive and well."""
    other = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)
    await world.sign_in(other.id)
    lease = await world.lease()
    task = await world.bring_to(TaskStatus.SUBMITTING, lease)
    for _ in range(2):
        theirs = await world.store.leases.acquire(other.id, owner="b", ttl=TTL)
        assert theirs is not None
        assert list(await world.store.queue.recover(theirs)) == []
        await world.store.leases.release(theirs)

    assert await world.task(task.id) == task
