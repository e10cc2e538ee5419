"""An account whose work somebody has stopped takes up none until it is resumed."""

from __future__ import annotations

from datetime import timedelta

from storage.sessions import SessionHealth
from storage.tasks import TaskStatus, WaitReason
from tests.storage.world import START, World

DAY = timedelta(days=1)


async def test_a_paused_account_takes_up_nothing_until_it_is_resumed(world: World) -> None:
    """Of no type, however long; the queue is kept, and its order."""
    first = await world.add(task_type="invite")
    second = await world.add(
        task_type="send_message", not_before=START + DAY, wait_reason=WaitReason.SCHEDULE
    )
    lease = await world.lease(ttl=30 * DAY)

    paused = await world.store.teams.pause(world.member_id)
    world.clock.advance(7 * DAY)
    again = await world.store.teams.pause(world.member_id)
    refused = await world.store.queue.claim(lease)
    views = [await world.store.reports.view(each.id) for each in (first, second)]
    resumed = await world.store.teams.resume(world.member_id)

    assert paused is not None
    assert paused.paused_at == START
    assert again == paused
    assert refused is None
    assert [view.waiting_for for view in views if view] == [WaitReason.PAUSED] * 2
    assert resumed is not None
    assert resumed.paused_at is None
    assert (await world.claim(lease)).id == first.id


async def test_no_runner_is_sent_to_a_paused_account(world: World) -> None:
    """Unless it has left something in hand, which is always looked into."""
    await world.add()
    await world.store.teams.pause(world.member_id)
    before = list(await world.store.leases.due())
    await world.store.teams.resume(world.member_id)
    lease = await world.lease()
    await world.claim(lease)
    await world.store.teams.pause(world.member_id)
    await world.store.leases.release(lease)

    assert before == []
    assert list(await world.store.leases.due()) == [world.member_id]


async def test_what_a_paused_account_has_in_hand_goes_on_to_its_end(world: World) -> None:
    """A pause in the middle of a task takes nothing away from whoever performs it."""
    await world.add()
    lease = await world.lease()
    task = await world.claim(lease)

    await world.store.teams.pause(world.member_id)
    await world.store.queue.submitting(lease, task.id, baseline={})
    await world.store.queue.succeed(lease, task.id, output={}, evidence={})

    view = await world.store.reports.view(task.id)
    assert view is not None
    assert (view.task.status, view.waiting_for) == (TaskStatus.SUCCEEDED, None)


async def test_a_pause_outlives_a_sign_in(world: World) -> None:
    """Only whoever resumes it ends it; nobody else's account is meant."""
    stranger = await World.create(world.store, world.clock)
    await world.store.teams.pause(world.member_id)

    await world.store.sessions.save(
        world.member_id, {}, health=SessionHealth.SIGNED_IN, verified=True
    )

    member = await world.store.teams.member(world.member_id)
    other = await world.store.teams.member(stranger.member_id)
    assert member is not None
    assert member.paused_at == START
    assert other is not None
    assert other.paused_at is None


async def test_nobody_is_paused_by_a_wrong_id(world: World) -> None:
    """There is no such member."""
    assert await world.store.teams.pause("nobody") is None
    assert await world.store.teams.resume("nobody") is None
