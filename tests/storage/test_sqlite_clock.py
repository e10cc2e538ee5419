"""A clock that is set while the program runs, or while it does not."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from storage.acceptance import Acceptance, ContentGuard, IdempotencyKey
from storage.errors import StoreUnavailable
from storage.limits import HoldReason
from storage.sqlite import SqliteStore
from storage.sqlite.times import system_clock, system_steady
from storage.tasks import TaskStatus, WaitReason
from storage.teams import Scope
from storage.webhooks import Attempted, DeliveryState
from tests.storage.outbox import hook
from tests.storage.world import START, TTL, Machine, MovableClock, World, ages, steps

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from storage.secrets import StateCipher
    from storage.sqlite.transaction import Transaction

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
STEPS = [400 * DAY, HOUR, -HOUR, -400 * DAY]


@pytest.fixture
def machine() -> Machine:
    return Machine()


async def open_on(machine: Machine, database: Path, cipher: StateCipher) -> SqliteStore:
    return await SqliteStore.open(
        database, cipher=cipher, clock=machine.clock, steady=machine.steady
    )


@pytest.fixture
async def store(
    machine: Machine, database: Path, cipher: StateCipher
) -> AsyncIterator[SqliteStore]:
    store = await open_on(machine, database, cipher)
    yield store
    await store.close()


@pytest.fixture
async def world(store: SqliteStore, machine: Machine) -> World:
    return await World.create(store, machine.clock)


@pytest.mark.parametrize("step", STEPS)
async def test_our_own_times_are_moved_along(
    world: World, machine: Machine, database: Path, step: timedelta
) -> None:
    """Charges, holds, leases, kept keys and the age of the account are as far away as before."""
    await world.bring_to(TaskStatus.SUBMITTING, await world.lease())
    await world.store.limits.hold(
        world.member_id, None, reason=HoldReason.RATE_LIMITED, until=START + HOUR
    )
    key = IdempotencyKey(key="k", fingerprint="f", kept_for=HOUR)
    first = await world.store.intake.add(world.new(), key=key)
    machine.wait(TTL / 2)

    machine.set_clock(step)

    assert await ages(world) == [TTL / 2]
    (hold,) = await world.store.limits.holds(world.member_id)
    assert hold.until - machine.clock() == HOUR - TTL / 2
    (lease,) = await world.store.leases.held()
    assert lease.expires_at - machine.clock() == TTL / 2
    session = await world.store.sessions.get(world.member_id)
    assert session is not None
    assert machine.clock() - session.first_saved_at == TTL / 2
    again = await world.store.intake.add(world.new(), key=key)
    assert again.task.id == first.task.id
    assert steps(database) == [step]
    machine.wait(HOUR - TTL / 2)
    assert (await world.store.intake.add(world.new(), key=key)).how is Acceptance.NEW


@pytest.mark.parametrize("step", STEPS)
async def test_a_sign_in_to_the_dashboard_moves_along(
    world: World, machine: Machine, step: timedelta
) -> None:
    """It lasts as long as was said, whatever the clock is set to meanwhile."""
    key = await world.store.keys.add(
        world.team_id, name="laptop", digest="d", hint="lx_", scope=Scope.FULL
    )
    sessions = world.store.dashboard_sessions
    await sessions.begin("token", key_id=key.id, lasts=HOUR)
    machine.wait(HOUR / 2)

    machine.set_clock(step)

    found = await sessions.find("token", idle_for=HOUR)
    assert found is not None
    assert machine.clock() - found.seen_at == HOUR / 2
    machine.wait(HOUR / 2)
    assert await sessions.find("token", idle_for=2 * HOUR) is None


@pytest.mark.parametrize("step", STEPS)
async def test_pauses_move_along_and_times_of_the_callers_stay(
    world: World, machine: Machine, step: timedelta
) -> None:
    """What a caller has asked for is a time of the calendar."""
    reasons = [WaitReason.PACING, WaitReason.LIMIT, WaitReason.SCHEDULE, None]
    tasks = [await world.add(not_before=START + HOUR, wait_reason=why) for why in reasons]
    machine.wait(SECOND)

    machine.set_clock(step)
    await world.sign_in()

    starts = [(await world.task(task.id)).not_before for task in tasks]
    assert starts == [START + HOUR + step] * 2 + [START + HOUR] * 2


async def test_a_holder_keeps_its_lease_over_a_step(world: World, machine: Machine) -> None:
    """The lease is moved in the transaction that asks for it, so its holder never notices."""
    await world.add()
    lease = await world.lease()

    for step in STEPS:
        machine.set_clock(step)
        assert list(await world.store.leases.due()) == []
        lease = await world.store.leases.renew(lease, ttl=TTL)

    assert await world.claim(lease)


async def test_a_clock_that_went_back_leaves_nobody_waiting(world: World, machine: Machine) -> None:
    """Looking for due work is enough to notice, though nothing is written for it."""
    await world.add(not_before=START + TTL, wait_reason=WaitReason.PACING)
    machine.wait(TTL - SECOND)
    machine.set_clock(-30 * DAY)
    assert list(await world.store.leases.due()) == []

    machine.wait(SECOND)

    assert list(await world.store.leases.due()) == [world.member_id]


@pytest.mark.parametrize("step", STEPS)
async def test_pauses_between_deliveries_move_along(
    world: World, machine: Machine, step: timedelta
) -> None:
    """A webhook that is tried again in an hour is tried then, whatever time it is."""
    made = await hook(world)
    await world.store.webhooks.send_test(made.id, team_id=world.team_id)
    [claimed] = await world.store.outbox.claim(ttl=TTL, limit=1)
    later = world.clock() + HOUR
    await world.store.outbox.settle(claimed, Attempted(state=DeliveryState.PENDING, next_at=later))

    machine.set_clock(step)

    due = await world.store.outbox.next_due()
    assert due == world.clock() + HOUR


async def test_a_hold_for_working_hours_is_worked_out_anew(world: World, machine: Machine) -> None:
    """It ends at a time of the day, and that was told by the wrong clock."""
    for reason in (HoldReason.WORKING_HOURS, HoldReason.GAP):
        await world.store.limits.hold(world.member_id, None, reason=reason, until=START + HOUR)

    machine.set_clock(-DAY)

    (hold,) = await world.store.limits.holds(world.member_id)
    assert hold.reason is HoldReason.GAP


async def test_the_window_of_the_content_guard_is_real_time(world: World, machine: Machine) -> None:
    """A message sent a minute ago is known also when the clock says that it was last year."""
    guard = ContentGuard(digests=frozenset({"hello"}), window=DAY, window_while_owed=DAY)
    lease = await world.lease()
    task = await world.bring_to(TaskStatus.SUBMITTING, lease, content_digest="hello")
    machine.wait(SECOND)
    await world.store.queue.succeed(lease, task.id, output={}, evidence={})

    machine.set_clock(400 * DAY)

    new = world.new(content_digest="hello")
    assert await world.store.intake.earlier(new, guard=guard) is not None
    machine.wait(DAY)
    assert await world.store.intake.earlier(new, guard=guard) is None


async def test_two_processes_move_everything_once(
    world: World, machine: Machine, database: Path, cipher: StateCipher
) -> None:
    """Both notice; the second finds it done."""
    await world.bring_to(TaskStatus.SUBMITTING, await world.lease())
    other = await open_on(machine, database, cipher)
    there = World(
        store=other, clock=machine.clock, team_id=world.team_id, member_id=world.member_id
    )
    machine.wait(SECOND)

    for step in STEPS:
        machine.set_clock(step)
        for each in (world, there, world):
            assert await ages(each) == [SECOND]
            await each.add()

    assert steps(database) == STEPS
    await other.close()


async def test_a_step_while_the_program_is_down_is_found_when_it_starts(
    world: World, machine: Machine, database: Path, cipher: StateCipher
) -> None:
    """In the same boot, a restart in between changes nothing."""
    await world.bring_to(TaskStatus.SUBMITTING, await world.lease())
    await world.store.close()
    machine.wait(HOUR)
    machine.set_clock(-DAY)

    store = await open_on(machine, database, cipher)

    there = World(
        store=store, clock=machine.clock, team_id=world.team_id, member_id=world.member_id
    )
    assert await ages(there) == [HOUR]
    assert steps(database) == [-DAY]
    await store.close()


async def test_slow_drift_never_adds_up_to_a_step(
    world: World, machine: Machine, database: Path
) -> None:
    """Half a second each hour for days is a clock that is being slewed, not one that was set."""
    await world.bring_to(TaskStatus.SUBMITTING, await world.lease())

    for _ in range(100):
        machine.wait(HOUR)
        machine.set_clock(SECOND / 2)
        await world.add()

    assert steps(database) == []
    assert await ages(world) == [100 * HOUR + 50 * SECOND]


async def test_in_the_common_case_no_statement_is_added(
    store: SqliteStore, world: World, machine: Machine
) -> None:
    """A reading that is as expected costs two looks at a clock, for every batch."""
    seen: list[str] = []

    def watch(tx: Transaction) -> None:
        tx._connection.set_trace_callback(seen.append)

    await store._writer.write(watch)
    seen.clear()
    machine.wait(DAY)
    await world.sign_in()

    assert [line for line in seen if "clock" in line] == []
    assert seen


async def test_time_that_was_slept_through_counts(
    world: World, machine: Machine, database: Path
) -> None:
    """Also when the machine falls asleep between the looks at the two clocks."""
    await world.bring_to(TaskStatus.SUBMITTING, await world.lease())
    machine.asleep_between_looks = 8 * HOUR

    await world.add()

    assert steps(database) == []
    assert await ages(world) == [8 * HOUR]


async def test_a_batch_that_fails_leaves_the_step_to_the_next(
    store: SqliteStore, world: World, machine: Machine, database: Path
) -> None:
    """The correction is part of the transaction, and only what is committed is known."""
    await world.bring_to(TaskStatus.SUBMITTING, await world.lease())
    machine.set_clock(DAY)

    def undo_everything(tx: Transaction) -> None:
        tx._connection.execute("ROLLBACK")
        raise sqlite3.OperationalError("disk I/O error")

    with pytest.raises(StoreUnavailable):
        await store._writer.write(undo_everything)
    assert steps(database) == []

    assert await ages(world) == [timedelta(0)]
    assert steps(database) == [DAY]


async def reopened(
    world: World, machine: Machine, database: Path, cipher: StateCipher
) -> tuple[SqliteStore, World]:
    await world.store.close()
    store = await open_on(machine, database, cipher)
    return store, World(
        store=store, clock=machine.clock, team_id=world.team_id, member_id=world.member_id
    )


async def test_a_boot_with_a_later_clock_moves_nothing(
    world: World, machine: Machine, database: Path, cipher: StateCipher
) -> None:
    """The machine may well have been off for that time."""
    await world.bring_to(TaskStatus.SUBMITTING, await world.lease())
    machine.boot_again()
    machine.set_clock(DAY)

    store, there = await reopened(world, machine, database, cipher)

    assert await ages(there) == [DAY]
    assert steps(database) == []
    await store.close()


async def test_a_boot_with_an_earlier_clock_counts_as_no_time(
    world: World, machine: Machine, database: Path, cipher: StateCipher
) -> None:
    """A machine without a clock of its own starts in the past, and is set right later."""
    machine.wait(DAY)
    await world.bring_to(TaskStatus.SUBMITTING, await world.lease())
    await world.store.limits.hold(
        world.member_id, None, reason=HoldReason.RATE_LIMITED, until=START + DAY + HOUR
    )
    machine.boot_again()
    machine.set_clock(datetime(1970, 1, 1, tzinfo=START.tzinfo) - machine.clock())
    store, there = await reopened(world, machine, database, cipher)
    assert await ages(there) == [timedelta(0)]
    machine.wait(SECOND)

    machine.set_clock(START + DAY + HOUR - machine.clock())

    assert await ages(there) == [SECOND]
    (hold,) = await store.limits.holds(world.member_id)
    assert hold.until - machine.clock() == HOUR - SECOND
    await store.close()


async def test_events_from_before_a_correction_are_no_measure_for_the_next_boot(
    world: World, machine: Machine, database: Path, cipher: StateCipher
) -> None:
    """The timeline keeps the wrong times, and is not what the clock is compared with."""
    machine.set_clock(400 * DAY)
    await world.bring_to(TaskStatus.SUBMITTING, await world.lease())
    machine.set_clock(-400 * DAY)
    assert await ages(world) == [timedelta(0)]
    machine.boot_again()
    machine.set_clock(HOUR)

    store, there = await reopened(world, machine, database, cipher)

    assert await ages(there) == [HOUR]
    assert steps(database) == [400 * DAY, -400 * DAY]
    await store.close()


async def test_a_machine_that_does_not_tell_its_boots_apart_is_left_alone(
    world: World, machine: Machine, database: Path, cipher: StateCipher
) -> None:
    """Nothing is corrected there, and nothing gets lost."""
    await world.bring_to(TaskStatus.SUBMITTING, await world.lease())
    machine.boot = None
    machine.set_clock(-DAY)

    store, there = await reopened(world, machine, database, cipher)

    assert await ages(there) == [-DAY]
    assert steps(database) == []
    await store.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells one boot from another")
async def test_the_machines_own_clock_is_watched_by_default(
    database: Path, cipher: StateCipher
) -> None:
    """And no other, because nothing is known about what that does."""
    for clock in (MovableClock(), system_clock):
        store = await SqliteStore.open(database, cipher=cipher, clock=clock)
        await store.close()
        with closing(sqlite3.connect(database)) as connection:
            rows = connection.execute("SELECT boot, wall_ahead FROM clock_anchor").fetchall()
        assert len(rows) == (clock is system_clock)

    boot, elapsed = system_steady()
    ahead = timedelta(microseconds=rows[0][1])
    assert rows[0][0] == boot
    assert abs(datetime.fromtimestamp(0, START.tzinfo) + ahead + elapsed - system_clock()) < SECOND
