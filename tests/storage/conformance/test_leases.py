"""Who may act for which account."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from storage.errors import LeaseLost, StoreError
from storage.limits import HoldReason
from storage.sessions import Lease, SessionHealth
from storage.tasks import TaskStatus, WaitReason
from storage.teams import Role
from tests.storage.world import START, TTL, World

HOUR = timedelta(hours=1)


async def test_a_lease_names_its_owner_its_token_and_its_end(world: World) -> None:
    """The first lease on an account has token 1."""
    lease = await world.lease(owner="host:1:0", ttl=TTL)

    assert lease == Lease(
        member_id=world.member_id, owner="host:1:0", token=1, expires_at=START + TTL
    )
    assert list(await world.store.leases.held()) == [lease]


async def test_an_account_has_one_holder_at_a_time(world: World) -> None:
    """Nobody gets a lease that is in force, its own holder included."""
    lease = await world.lease(owner="a")

    for owner in ("a", "b"):
        assert await world.store.leases.acquire(world.member_id, owner=owner, ttl=TTL) is None

    assert list(await world.store.leases.held()) == [lease]


async def test_of_many_who_try_at_once_one_gets_the_account(world: World) -> None:
    """A race has exactly one winner."""
    attempts = (
        world.store.leases.acquire(world.member_id, owner=f"host:{n}:0", ttl=TTL) for n in range(20)
    )

    won = [lease for lease in await asyncio.gather(*attempts) if lease is not None]

    assert len(won) == 1


async def test_a_lease_from_a_clock_that_was_wrong_counts_as_expired(world: World) -> None:
    """None lasts twice as long as it was taken for; its holder loses it to the next one."""
    await world.add()
    old = await world.lease(ttl=TTL)
    world.clock.advance(-TTL)
    assert list(await world.store.leases.due()) == []
    assert await world.store.leases.acquire(world.member_id, owner="b", ttl=TTL) is None

    world.clock.advance(-timedelta(microseconds=1))

    assert list(await world.store.leases.due()) == [world.member_id]
    new = await world.lease()
    assert (new.token, new.expires_at) == (old.token + 1, world.clock() + TTL)
    with pytest.raises(LeaseLost):
        await world.store.leases.renew(old, ttl=TTL)


async def test_who_wants_it_for_a_shorter_time_takes_it_from_nobody(world: World) -> None:
    """Two programs on one directory may have different settings."""
    await world.add()
    await world.lease(ttl=TTL)

    assert await world.store.leases.acquire(world.member_id, owner="b", ttl=TTL / 4) is None


async def test_the_token_grows_with_every_change_of_hands(world: World) -> None:
    """After expiry, after release and after being ended by somebody else."""
    first = await world.lease()
    world.clock.advance(TTL)
    second = await world.lease()
    await world.store.leases.release(second)
    third = await world.lease()
    await world.store.leases.expire(third)
    fourth = await world.lease()

    assert [first.token, second.token, third.token, fourth.token] == [1, 2, 3, 4]


async def test_a_lease_ends_at_its_time_exactly(world: World) -> None:
    """At *expires_at* it is over; a microsecond earlier it is not."""
    await world.lease()
    world.clock.advance(TTL - timedelta(microseconds=1))

    assert await world.store.leases.acquire(world.member_id, owner="b", ttl=TTL) is None
    assert len(await world.store.leases.held()) == 1
    world.clock.advance(timedelta(microseconds=1))
    assert list(await world.store.leases.held()) == []
    assert await world.store.leases.acquire(world.member_id, owner="b", ttl=TTL) is not None


async def test_renewing_moves_the_end_and_keeps_the_token(world: World) -> None:
    """A heartbeat counts from now."""
    lease = await world.lease()
    world.clock.advance(TTL / 2)

    renewed = await world.store.leases.renew(lease, ttl=TTL)

    assert renewed.token == lease.token
    assert renewed.expires_at == START + TTL * 1.5
    assert list(await world.store.leases.held()) == [renewed]


async def test_an_expired_lease_is_never_revived(world: World) -> None:
    """Nobody knows what happened meanwhile, even when nobody took the account."""
    lease = await world.lease()
    world.clock.advance(TTL)

    with pytest.raises(LeaseLost):
        await world.store.leases.renew(lease, ttl=TTL)

    assert list(await world.store.leases.held()) == []


async def test_a_lease_that_changed_hands_cannot_be_renewed(world: World) -> None:
    """The old holder learns it at the next heartbeat."""
    old = await world.lease()
    world.clock.advance(TTL)
    new = await world.lease()

    with pytest.raises(LeaseLost):
        await world.store.leases.renew(old, ttl=TTL)

    assert list(await world.store.leases.held()) == [new]


async def test_ending_a_lost_lease_leaves_the_new_holder_alone(world: World) -> None:
    """Releasing and expiring are for the lease that is named, not for the account."""
    old = await world.lease()
    world.clock.advance(TTL)
    new = await world.lease()

    await world.store.leases.release(old)
    await world.store.leases.expire(old)

    assert list(await world.store.leases.held()) == [new]


async def test_releasing_twice_does_nothing(world: World) -> None:
    """A second release is as good as the first."""
    lease = await world.lease()

    await world.store.leases.release(lease)
    await world.store.leases.release(lease)

    assert (await world.lease()).token == 2


async def test_an_unknown_member_has_no_account_to_lease(world: World) -> None:
    """A mistake in an id is told, not stored."""
    with pytest.raises(StoreError):
        await world.store.leases.acquire("nobody", owner="a", ttl=TTL)


async def test_an_account_with_a_due_task_is_due(world: World) -> None:
    """Without tasks it is not."""
    assert list(await world.store.leases.due()) == []

    await world.add()
    await world.add(task_type="view_profile", is_write=False)

    assert list(await world.store.leases.due()) == [world.member_id]


async def test_an_account_that_somebody_holds_is_not_due(world: World) -> None:
    """Its holder does the work; once the lease is over the account is due again."""
    await world.add()
    await world.lease()

    assert list(await world.store.leases.due()) == []
    world.clock.advance(TTL)
    assert list(await world.store.leases.due()) == [world.member_id]


async def test_an_account_becomes_due_when_a_tasks_time_comes(world: World) -> None:
    """A later start keeps the account from being leased for nothing."""
    await world.add(not_before=START + HOUR, wait_reason=WaitReason.PACING)

    assert list(await world.store.leases.due()) == []
    world.clock.advance(HOUR)
    assert list(await world.store.leases.due()) == [world.member_id]


async def test_an_account_that_is_not_signed_in_is_not_due(world: World) -> None:
    """There is nothing that a runner could do for it."""
    await world.add()

    for health in set(SessionHealth) - {SessionHealth.SIGNED_IN}:
        await world.store.sessions.mark(world.member_id, health)
        assert list(await world.store.leases.due()) == []

    await world.store.sessions.mark(world.member_id, SessionHealth.SIGNED_IN)
    assert list(await world.store.leases.due()) == [world.member_id]


async def test_a_hold_takes_its_type_out_of_what_is_due(world: World) -> None:
    """Work of another type still counts."""
    await world.add(task_type="invite")
    await world.store.limits.hold(
        world.member_id, "invite", reason=HoldReason.GAP, until=START + HOUR
    )

    assert list(await world.store.leases.due()) == []
    await world.add(task_type="view_profile", is_write=False)
    assert list(await world.store.leases.due()) == [world.member_id]


@pytest.mark.parametrize("status", [TaskStatus.RUNNING, TaskStatus.SUBMITTING])
async def test_work_left_in_hand_is_due_even_when_signed_out(
    world: World, status: TaskStatus
) -> None:
    """A task that a lost runner left behind has to be settled, come what may."""
    await world.bring_to(status, await world.lease())
    await world.store.sessions.mark(world.member_id, SessionHealth.SIGNED_OUT)

    assert list(await world.store.leases.due()) == []
    world.clock.advance(TTL)
    assert list(await world.store.leases.due()) == [world.member_id]


async def test_finished_work_makes_nobody_due(world: World) -> None:
    """Only queued work and work left in hand counts."""
    lease = await world.lease()
    for status in (s for s in TaskStatus if s.is_final):
        await world.bring_to(status, lease)
    await world.store.leases.release(lease)

    assert list(await world.store.leases.due()) == []


async def test_each_account_is_due_for_itself(world: World) -> None:
    """Leases, holds and sessions of one member say nothing about another."""
    members = [
        await world.store.teams.add_member(world.team_id, name=f"M{n}", role=Role.MEMBER)
        for n in range(4)
    ]
    ids = sorted(member.id for member in members)
    for member_id in ids:
        await world.sign_in(member_id)
        for task_type in ("invite", "send_message"):
            await world.add(member_id=member_id, task_type=task_type)
    await world.store.leases.acquire(ids[0], owner="a", ttl=TTL)
    await world.store.sessions.mark(ids[1], SessionHealth.CHALLENGE)
    await world.store.limits.hold(ids[2], "invite", reason=HoldReason.GAP, until=START + HOUR)

    assert list(await world.store.leases.due()) == ids[2:]


async def test_who_asks_for_an_account_gets_it_next(world: World) -> None:
    """Its holder keeps it, begins no further task, and gives it back to nobody else."""
    await world.add()
    held = await world.lease(owner="a")
    leases, member_id = world.store.leases, world.member_id

    await leases.request(member_id, owner="b", patience=HOUR)
    await leases.request(member_id, owner="c", patience=HOUR)

    assert await leases.is_requested(member_id)
    assert await world.store.queue.claim(held) is None
    await leases.release(held)
    for owner in ("a", "c"):
        assert await leases.acquire(member_id, owner=owner, ttl=TTL) is None
    assert await leases.acquire(member_id, owner="b", ttl=TTL) is not None


async def test_a_request_for_an_account_ends_by_itself(world: World) -> None:
    """Whoever asked may have died; only who has asked can withdraw it before."""
    leases, member_id = world.store.leases, world.member_id
    await leases.request(member_id, owner="b", patience=HOUR)
    await leases.withdraw_request(member_id, owner="a")
    assert await leases.acquire(member_id, owner="a", ttl=TTL) is None

    world.clock.advance(HOUR)

    assert not await leases.is_requested(member_id)
    assert await leases.acquire(member_id, owner="a", ttl=TTL) is not None
