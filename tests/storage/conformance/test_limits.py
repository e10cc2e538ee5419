"""What accounts have used, and what they must leave alone for a while."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.acceptance import ContentGuard
from storage.errors import OnHold, StoreError
from storage.limits import Charge, Hold, HoldReason
from storage.tasks import TaskFilter, TaskStatus, WaitReason
from tests.storage.world import REFUSED, START, TTL, World

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


async def test_a_hold_is_in_force_until_its_time(world: World) -> None:
    """At that time it is over; other types and other reasons are not meant."""
    limits = world.store.limits
    reason = HoldReason.INVITATION_LIMIT

    await limits.hold(world.member_id, "invite", reason=reason, until=START + DAY)

    assert await limits.current(world.member_id, "invite", reason) == Hold(
        member_id=world.member_id, task_type="invite", reason=reason, until=START + DAY
    )
    assert await limits.current(world.member_id, "send_message", reason) is None
    assert await limits.current(world.member_id, "invite", HoldReason.GAP) is None
    world.clock.advance(DAY)
    assert await limits.current(world.member_id, "invite", reason) is None


async def test_a_hold_keeps_new_tasks_out_where_that_is_asked_for(world: World) -> None:
    """For that reason and type; a task that stands already is found, and nothing else is kept."""
    reason = HoldReason.INVITATION_LIMIT
    guard = ContentGuard(digests=frozenset({"d"}), window=DAY, window_while_owed=DAY)
    first = await world.add(task_type="invite", content_digest="d")
    await world.store.limits.hold(world.member_id, "invite", reason=reason, until=START + DAY)
    intake = world.store.intake

    with pytest.raises(OnHold) as refused:
        await intake.add(world.new(task_type="invite"), unless_held=reason)
    again = world.new(task_type="invite", content_digest="d")
    found = await intake.add(again, guard=guard, unless_held=reason)
    await intake.add(world.new(task_type="invite"), unless_held=HoldReason.GAP)
    await intake.add(world.new(), unless_held=reason)
    world.clock.advance(DAY)
    await intake.add(world.new(task_type="invite"), unless_held=reason)

    assert refused.value.hold.until == START + DAY
    assert found.task.id == first.id
    assert len(await world.store.reports.list(TaskFilter())) == 4


async def test_a_hold_replaces_the_one_for_the_same_reason(world: World) -> None:
    """Whichever ends earlier: whoever holds knows best; the strikes are those of the last."""
    for days, strikes in ((3, 1), (2, 2)):
        await world.store.limits.hold(
            world.member_id,
            "invite",
            reason=HoldReason.RATE_LIMITED,
            until=START + days * DAY,
            strikes=strikes,
        )

    (hold,) = await world.store.limits.holds(world.member_id)

    assert (hold.until, hold.strikes) == (START + 2 * DAY, 2)


async def test_holds_for_different_reasons_stand_side_by_side(world: World) -> None:
    """The longest comes first, those that are over come last, and nobody else's are among them."""
    stranger = await World.create(world.store, world.clock)
    await stranger.store.limits.hold(
        stranger.member_id, None, reason=HoldReason.GAP, until=START + DAY
    )
    for task_type, reason, days in (
        ("invite", HoldReason.UI_CHANGED, -1),
        ("invite", HoldReason.WEEK_CAP, 3),
        (None, HoldReason.RATE_LIMITED, 2),
    ):
        await world.store.limits.hold(
            world.member_id, task_type, reason=reason, until=START + days * DAY
        )

    holds = await world.store.limits.holds(world.member_id)

    assert [(hold.task_type, hold.reason) for hold in holds] == [
        ("invite", HoldReason.WEEK_CAP),
        (None, HoldReason.RATE_LIMITED),
        ("invite", HoldReason.UI_CHANGED),
    ]


async def test_a_hold_on_the_account_is_in_force_for_every_type(world: World) -> None:
    """Of one on the account and one on the type, the longer is told."""
    limits = world.store.limits
    reason = HoldReason.RATE_LIMITED
    await limits.hold(world.member_id, None, reason=reason, until=START + 2 * DAY)
    await limits.hold(world.member_id, "invite", reason=reason, until=START + DAY)

    for task_type in ("invite", "send_message"):
        hold = await limits.current(world.member_id, task_type, reason)
        assert hold is not None
        assert (hold.task_type, hold.until) == (None, START + 2 * DAY)


async def test_work_rests_until_the_last_of_its_holds_is_over(world: World) -> None:
    """On its type or on its account, for whatever reason."""
    task = await world.add(task_type="invite")
    for task_type, reason, days in (
        ("invite", HoldReason.GAP, 1),
        (None, HoldReason.RATE_LIMITED, 2),
        ("invite", HoldReason.DAY_CAP, 3),
        ("send_message", HoldReason.WEEK_CAP, 4),
    ):
        await world.store.limits.hold(
            world.member_id, task_type, reason=reason, until=START + days * DAY
        )

    for _ in range(3):
        assert list(await world.store.leases.due()) == []
        lease = await world.lease()
        assert await world.store.queue.claim(lease) is None
        await world.store.leases.release(lease)
        world.clock.advance(DAY)

    assert list(await world.store.leases.due()) == [world.member_id]
    assert (await world.claim(await world.lease())).id == task.id


async def test_a_hold_can_be_lifted(world: World) -> None:
    """A second time there is nothing to lift; what is held for another reason stays held."""
    limits = world.store.limits
    for task_type in ("invite", None):
        for reason in (HoldReason.GAP, HoldReason.UI_CHANGED):
            await limits.hold(world.member_id, task_type, reason=reason, until=START + DAY)

    assert await limits.lift(world.member_id, "invite", reason=HoldReason.GAP) is True
    assert await limits.lift(world.member_id, "invite", reason=HoldReason.GAP) is False
    assert await limits.lift(world.member_id, None, reason=HoldReason.UI_CHANGED) is True

    left = {(hold.task_type, hold.reason) for hold in await limits.holds(world.member_id)}
    assert left == {("invite", HoldReason.UI_CHANGED), (None, HoldReason.GAP)}


async def test_a_hold_that_is_over_keeps_its_strikes_until_it_is_lifted(world: World) -> None:
    """That is what it stays for."""
    limits = world.store.limits
    reason = HoldReason.RATE_LIMITED
    await limits.hold(world.member_id, None, reason=reason, until=START + DAY, strikes=2)
    world.clock.advance(DAY)

    (hold,) = await limits.holds(world.member_id)

    assert hold.strikes == 2
    assert await limits.lift(world.member_id, None, reason=reason) is True
    assert list(await limits.holds(world.member_id)) == []


async def test_pacing_can_be_forgotten_as_a_whole(world: World) -> None:
    """What follows from settings goes, for every account; what LinkedIn has said stays."""
    stranger = await World.create(world.store, world.clock)
    for member_id in (world.member_id, stranger.member_id):
        for reason in HoldReason:
            await world.store.limits.hold(member_id, "invite", reason=reason, until=START + DAY)

    await world.store.limits.lift_pacing()

    for member_id in (world.member_id, stranger.member_id):
        left = {hold.reason for hold in await world.store.limits.holds(member_id)}
        assert left == {reason for reason in HoldReason if not reason.is_pacing}


async def test_every_hold_has_a_reason_to_wait_for(world: World) -> None:
    """A task that is kept back says why, whatever keeps it back."""
    task = await world.add()

    for reason in HoldReason:
        await world.store.limits.hold(world.member_id, None, reason=reason, until=START + DAY)
        view = await world.store.reports.view(task.id)
        assert view is not None
        assert view.waiting_for is reason.wait_reason
        assert view.waiting_for is not WaitReason.SIGN_IN
        await world.store.limits.lift(world.member_id, None, reason=reason)


async def test_a_hold_needs_a_member(world: World) -> None:
    """A mistake in an id is told, not stored."""
    with pytest.raises(StoreError):
        await world.store.limits.hold("nobody", None, reason=HoldReason.GAP, until=START + DAY)


async def test_submitting_is_charged_with_its_spread(world: World) -> None:
    """In the transaction that makes the task submitting: at the same moment."""
    lease = await world.lease()
    task = await world.bring_to(TaskStatus.RUNNING, lease)
    world.clock.advance(SECOND)

    await world.store.queue.submitting(lease, task.id, baseline={}, spread=0.25)

    assert list(await world.store.limits.charges(world.member_id, since=START)) == [
        Charge(task_type="send_message", at=START + SECOND, spread=0.25)
    ]


@pytest.mark.parametrize(
    "status", [TaskStatus.SUBMITTING, TaskStatus.UNCONFIRMED, TaskStatus.FAILED]
)
async def test_a_charge_is_never_refunded(world: World, status: TaskStatus) -> None:
    """However the task ends: the click may have counted."""
    lease = await world.lease()
    task = await world.bring_to(TaskStatus.SUBMITTING, lease)
    if status is TaskStatus.UNCONFIRMED:
        await world.store.queue.leave_unconfirmed(lease, task.id, error=REFUSED)
    if status is TaskStatus.FAILED:
        await world.store.queue.fail(lease, task.id, error=REFUSED)

    assert len(await world.store.limits.charges(world.member_id, since=START)) == 1


@pytest.mark.parametrize(
    "status", sorted(set(TaskStatus) - {TaskStatus.SUBMITTING, TaskStatus.UNCONFIRMED})
)
async def test_nothing_is_charged_before_the_click(world: World, status: TaskStatus) -> None:
    """What ends without having been submitted has used up nothing."""
    await world.bring_to(status, await world.lease())

    assert list(await world.store.limits.charges(world.member_id, since=START)) == []


async def test_charges_are_those_since_a_time_the_newest_first(world: World) -> None:
    """That time included; each account has its own."""
    stranger = await World.create(world.store, world.clock)
    lease = await world.lease(ttl=DAY)
    await stranger.bring_to(TaskStatus.SUBMITTING, await stranger.lease())
    for task_type in ("send_message", "invite", "invite"):
        await world.bring_to(TaskStatus.SUBMITTING, lease, task_type=task_type)
        world.clock.advance(SECOND)

    charges = await world.store.limits.charges(world.member_id, since=START + SECOND)

    assert [(charge.task_type, charge.at) for charge in charges] == [
        ("invite", START + 2 * SECOND),
        ("invite", START + SECOND),
    ]


async def test_a_clock_that_goes_back_hides_no_charge(world: World) -> None:
    """What seems to lie in the future counts as well."""
    await world.bring_to(TaskStatus.SUBMITTING, await world.lease(ttl=TTL))
    world.clock.advance(-30 * DAY)

    charges = await world.store.limits.charges(world.member_id, since=world.clock() - DAY)

    assert len(charges) == 1
