"""Limits that LinkedIn has announced."""

from __future__ import annotations

from datetime import timedelta

from storage.limits import Hold
from tests.storage.world import START, World

DAY = timedelta(days=1)


async def test_a_hold_is_in_force_until_its_time(world: World) -> None:
    """At that time it is over."""
    await world.store.limits.hold(
        world.member_id, "invite", until=START + DAY, reason="invitation_limit_reached"
    )

    assert await world.store.limits.current(world.member_id, "invite") == Hold(
        member_id=world.member_id,
        task_type="invite",
        until=START + DAY,
        reason="invitation_limit_reached",
    )
    assert await world.store.limits.current(world.member_id, "send_message") is None
    world.clock.advance(DAY)
    assert await world.store.limits.current(world.member_id, "invite") is None


async def test_a_later_end_wins(world: World) -> None:
    """An earlier one never shortens a hold."""
    for days, reason in ((2, "first"), (3, "later"), (1, "earlier")):
        await world.store.limits.hold(
            world.member_id, "invite", until=START + days * DAY, reason=reason
        )

    hold = await world.store.limits.current(world.member_id, "invite")

    assert hold is not None
    assert (hold.until, hold.reason) == (START + 3 * DAY, "later")


async def test_a_hold_can_be_lifted(world: World) -> None:
    """A second time there is nothing to lift."""
    await world.store.limits.hold(world.member_id, "invite", until=START + DAY, reason="x")
    task = await world.add(task_type="invite")

    assert await world.store.limits.lift(world.member_id, "invite") is True
    assert await world.store.limits.lift(world.member_id, "invite") is False
    assert await world.store.limits.current(world.member_id, "invite") is None
    assert (await world.claim(await world.lease())).id == task.id


async def test_a_hold_that_is_over_cannot_be_lifted(world: World) -> None:
    """The answer tells whether anything was in force."""
    await world.store.limits.hold(world.member_id, "invite", until=START + DAY, reason="x")
    world.clock.advance(DAY)

    assert await world.store.limits.lift(world.member_id, "invite") is False
