"""Deliveries: each with one sender at a time, none forgotten, and an end to all of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage.secrets import StateCipher, new_key
from storage.tasks import TaskStatus
from storage.webhooks import (
    Attempted,
    Callback,
    DeliveryError,
    DeliveryState,
    DisabledReason,
)
from tests.storage.outbox import LEASE, hook, pending

if TYPE_CHECKING:
    from storage.sqlite import SqliteStore
    from tests.storage.world import World

MINUTE = timedelta(minutes=1)
DELIVERED = Attempted(state=DeliveryState.DELIVERED, status=200)
DEAD = Attempted(state=DeliveryState.DEAD, status=500, error=DeliveryError.BAD_STATUS)
CALLBACK = Callback(url="https://there.example/done", target="https://there.example:443")


async def fail_tasks(world: World, count: int = 1) -> list[str]:
    lease = await world.lease()
    ids = [(await world.bring_to(TaskStatus.FAILED, lease)).id for _ in range(count)]
    await world.store.leases.release(lease)
    return ids


async def test_a_delivery_is_with_one_sender_at_a_time(world: World) -> None:
    """Nobody else gets it before the sender's time is over, and then somebody does."""
    await hook(world)
    await fail_tasks(world)
    outbox = world.store.outbox

    [first] = await outbox.claim(ttl=LEASE, limit=5)
    at_once = await outbox.claim(ttl=LEASE, limit=5)
    due = await outbox.next_due()
    world.clock.advance(LEASE)
    [second] = await outbox.claim(ttl=LEASE, limit=5)

    assert at_once == []
    assert due == first.until == world.clock()
    assert (second.id, second.event, second.attempts) == (first.id, first.event, 0)
    assert not await outbox.settle(first, DELIVERED)
    assert await outbox.settle(second, DELIVERED)
    assert await outbox.next_due() is None


async def test_one_for_each_target_is_taken_those_that_wait_longest_first(world: World) -> None:
    """A target with much to be told, or one that is busy, holds up no other."""
    hooks = [await hook(world) for _ in range(3)]
    ids = await fail_tasks(world, 2)
    outbox = world.store.outbox

    two = await outbox.claim(ttl=LEASE, limit=2, busy=[hooks[0].id])
    rest = await outbox.claim(ttl=LEASE, limit=5)

    assert {each.target for each in two} == {hooks[1].id, hooks[2].id}
    assert {each.event.task_id for each in two} == {ids[0]}
    assert {(each.target, each.event.task_id) for each in rest} == {
        (hooks[0].id, ids[0]),
        (hooks[1].id, ids[1]),
        (hooks[2].id, ids[1]),
    }


async def test_the_words_of_an_event_are_kept(world: World) -> None:
    """Every later attempt, and whoever puts it into words at the same time, gets the first's."""
    await hook(world)
    await fail_tasks(world)
    [claimed] = await pending(world)
    assert claimed.event.body is None

    kept = [await world.store.outbox.keep_body(claimed.event.id, each) for each in (b"1", b"2")]

    [again] = await pending(world)
    assert kept == [b"1", b"1"]
    assert again.event.body == b"1"


async def test_an_attempt_is_recorded(world: World) -> None:
    """When, with which answer, and when the next one follows."""
    made = await hook(world)
    await fail_tasks(world)
    outbox = world.store.outbox
    later = world.clock() + MINUTE
    [claimed] = await outbox.claim(ttl=LEASE, limit=1)
    world.clock.advance(timedelta(seconds=1))
    await outbox.settle(
        claimed,
        Attempted(
            state=DeliveryState.PENDING,
            status=500,
            error=DeliveryError.BAD_STATUS,
            next_at=later,
        ),
    )

    [shown] = await world.store.webhooks.deliveries(made.id, team_id=world.team_id, limit=1)

    assert (shown.state, shown.attempts, shown.next_at) == (DeliveryState.PENDING, 1, later)
    assert (shown.last_at, shown.last_status) == (world.clock(), 500)
    assert shown.last_error is DeliveryError.BAD_STATUS
    assert await pending(world) == []
    assert await outbox.next_due() == later


async def test_what_is_replayed_begins_anew(world: World) -> None:
    """With the same event; what somebody is sending stays with them."""
    made = await hook(world)
    await fail_tasks(world)
    outbox, webhooks = world.store.outbox, world.store.webhooks
    [claimed] = await outbox.claim(ttl=LEASE, limit=1)
    replayed = await webhooks.replay(claimed.id, team_id=made.team_id)
    assert replayed is not None
    assert await outbox.claim(ttl=LEASE, limit=1) == []
    assert await outbox.settle(claimed, DEAD)

    replayed = await webhooks.replay(claimed.id, team_id=made.team_id)

    [again] = await pending(world)
    assert replayed is not None
    assert (replayed.state, replayed.attempts) == (DeliveryState.PENDING, 0)
    assert (again.id, again.event.id) == (claimed.id, claimed.event.id)


async def test_an_endpoint_that_is_gone_is_switched_off(world: World) -> None:
    """With all that is on its way there; the others go on."""
    gone, other = await hook(world), await hook(world)
    await fail_tasks(world, 2)
    outbox, webhooks = world.store.outbox, world.store.webhooks
    claimed = {each.target: each for each in await outbox.claim(ttl=LEASE, limit=5)}
    ending = Attempted(state=DeliveryState.DEAD, status=410, error=DeliveryError.GONE)
    await outbox.settle(claimed[gone.id], ending)

    found = await webhooks.get(gone.id, team_id=world.team_id)
    states = [
        each.state for each in await webhooks.deliveries(gone.id, team_id=world.team_id, limit=5)
    ]

    assert found is not None
    assert (found.disabled_at, found.disabled_reason) == (world.clock(), DisabledReason.GONE)
    assert states == [DeliveryState.DEAD] * 2
    assert {each.target for each in await pending(world)} == {other.id}


async def test_a_callback_that_is_gone_ends_no_other(world: World) -> None:
    """It is an address of one task; the team's other callbacks go on."""
    for path in ("one", "two"):
        await world.add(callback=Callback(url=f"https://x.example/{path}", target=path))
    lease = await world.lease()
    for _ in range(2):
        task = await world.claim(lease)
        await world.store.queue.succeed(lease, task.id, output={}, evidence={})
    outbox = world.store.outbox
    first, _ = await outbox.claim(ttl=LEASE, limit=5)
    await outbox.settle(
        first, Attempted(state=DeliveryState.DEAD, status=410, error=DeliveryError.GONE)
    )

    world.clock.advance(LEASE)

    assert len(await pending(world)) == 1
    assert len(await outbox.claim(ttl=LEASE, limit=5)) == 1


async def test_old_events_are_removed_once_nobody_waits_for_them(world: World) -> None:
    """Delivered and dead ones; what is still on its way stays, however old it is."""
    made = await hook(world)
    await fail_tasks(world, 3)
    outbox = world.store.outbox
    for outcome in (DELIVERED, DEAD):
        [claimed] = await outbox.claim(ttl=LEASE, limit=1)
        await outbox.settle(claimed, outcome)

    assert await outbox.drop_old(kept_for=MINUTE) == 0
    world.clock.advance(MINUTE)
    assert await outbox.drop_old(kept_for=MINUTE) == 2

    [left] = await world.store.webhooks.deliveries(made.id, team_id=made.team_id, limit=5)
    assert left.state is DeliveryState.PENDING


async def test_outcomes_are_counted_for_good(world: World) -> None:
    """Also of what was removed; a hand-back is no attempt."""
    await hook(world)
    await fail_tasks(world, 2)
    outbox = world.store.outbox
    retry = Attempted(
        state=DeliveryState.PENDING, error=DeliveryError.TIMED_OUT, next_at=world.clock()
    )
    for outcome in (retry, retry, DELIVERED, DEAD):
        [claimed] = await outbox.claim(ttl=LEASE, limit=1)
        await outbox.give_back(claimed)
        [claimed] = await outbox.claim(ttl=LEASE, limit=1)
        await outbox.settle(claimed, outcome)
    await outbox.drop_old(kept_for=timedelta(0))

    assert [(each.outcome, each.deliveries) for each in await outbox.tallies()] == [
        ("dead", 1),
        ("delivered", 1),
        ("retried", 2),
    ]


async def test_a_secret_that_cannot_be_read_holds_up_nobody_else(
    world: World, sqlite_store: SqliteStore
) -> None:
    """After the key was changed, what is claimed just has no secret to sign with."""
    await hook(world)
    await fail_tasks(world)
    sqlite_store.outbox._cipher = StateCipher(new_key())

    [claimed] = await pending(world)

    assert claimed.secrets == ()


async def test_the_backlog_tells_since_when(world: World) -> None:
    """How much is pending, and how old the oldest of it is."""
    assert (await world.store.outbox.backlog()).since is None
    await hook(world)
    await fail_tasks(world)
    since = world.clock()
    world.clock.advance(MINUTE)
    await fail_tasks(world)

    backlog = await world.store.outbox.backlog()

    assert (backlog.deliveries, backlog.since) == (2, since)


@pytest.mark.parametrize(
    ("state", "to_callback", "is_told"),
    [
        (DeliveryState.DELIVERED, True, True),
        (DeliveryState.DEAD, True, False),
        (DeliveryState.DELIVERED, False, False),
    ],
)
async def test_who_was_called_back_is_owed_no_answer_any_more(
    world: World, state: DeliveryState, *, to_callback: bool, is_told: bool
) -> None:
    """A callback tells the client that asked; an endpoint tells the team."""
    await hook(world)
    task = await world.add(answer_owed=True, callback=CALLBACK)
    other = await world.add(answer_owed=True)
    lease = await world.lease()
    for each in (task, other):
        await world.claim(lease)
        await world.store.queue.succeed(lease, each.id, output={}, evidence={})
    outbox = world.store.outbox

    for claimed in await outbox.claim(ttl=LEASE, limit=9):
        if (claimed.url == CALLBACK.url) is to_callback:
            error = None if state is DeliveryState.DELIVERED else DeliveryError.BAD_STATUS
            await outbox.settle(claimed, Attempted(state=state, status=200, error=error))

    assert (await world.task(task.id)).answer_owed is not is_told
    assert (await world.task(other.id)).answer_owed
