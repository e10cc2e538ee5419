"""When the runner asks for a look at an inbox by itself, and what it asks for."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from executor.actions import WatchInboxInput
from executor.pacing import Pacing
from executor.settings import ExecutorSettings
from executor.watching import Watcher
from storage.acceptance import IdempotencyKey
from storage.limits import HoldReason
from storage.secrets import StateCipher, new_key
from storage.sessions import SessionHealth
from storage.sqlite import SqliteStore
from storage.tasks import RUNNER, TaskFilter, TaskStatus
from storage.teams import Role
from tests.storage.world import REFUSED, START, UNPROVEN, MovableClock, World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from storage.tasks import Task

EVERY = timedelta(minutes=15)
SURELY_DUE = EVERY * 1.2
URN = "urn:li:msg_conversation:(urn:li:fsd_profile:ACoAAAme,2-abc==)"
LEFT = {"conversation_urn": URN, "since": 5, "tries": 1}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    clock = MovableClock()
    store = await SqliteStore.open(
        tmp_path / "store.sqlite3", cipher=StateCipher(new_key()), clock=clock
    )
    try:
        yield await World.create(store, clock)
    finally:
        await store.close()


def watcher(world: World, **told: Any) -> Watcher:
    """Return what a runner with these settings asks with."""
    values = {"watch_every": EVERY, "pacing": True, **told}
    settings = ExecutorSettings.model_validate(values)
    return Watcher(world.store, settings, Pacing(settings), clock=world.clock)


async def looks(world: World) -> list[Task]:
    """Return the looks that were asked for, the oldest first."""
    views = await world.store.reports.list(TaskFilter(task_type="watch_inbox", limit=500))
    return [view.task for view in reversed(views)]


async def asked(world: World) -> WatchInboxInput:
    """Return what the newest look was asked for."""
    return WatchInboxInput.model_validate((await looks(world))[-1].input)


async def perform(world: World, task_type: str = "watch_inbox", **output: Any) -> None:
    """Perform the account's next task, which is of this type."""
    lease = await world.lease()
    task = await world.claim(lease)
    assert task.task_type == task_type
    if task.is_write:
        await world.store.queue.submitting(lease, task.id, baseline={})
    kept: dict[str, Any] = {"complete_until": 7, "old_until": 5, "left": [], "seen": {}}
    told = {**kept, "accepted": [], **output}
    await world.store.queue.succeed(lease, task.id, output=told, evidence={"method": "answer"})
    await world.store.leases.release(lease)


async def look(world: World, **output: Any) -> WatchInboxInput:
    """Let a look be asked for that is due, and perform it; return what was asked."""
    before = len(await looks(world))
    await watcher(world).ask()
    assert len(await looks(world)) == before + 1
    order = await asked(world)
    await perform(world, **output)
    world.clock.advance(SURELY_DUE)
    return order


async def invite(world: World, whom: str) -> None:
    await world.add(task_type="send_connection_request")
    await perform(world, "send_connection_request", invitee_profile_id=whom)


def test_nothing_is_watched_unless_somebody_says_so() -> None:
    """The interval has no default, and none that would be a burden is taken."""
    assert ExecutorSettings.model_validate({}).watch_every is None
    with pytest.raises(ValueError, match="greater than or equal"):
        ExecutorSettings.model_validate({"watch_every": timedelta(minutes=4)})


async def test_without_an_interval_nothing_is_asked_for(world: World) -> None:
    """Whoever asks such a watcher all the same gets no task either."""
    off = watcher(world, watch_every=None)

    await off.ask()

    assert (off.is_on, await looks(world)) == (False, [])


async def test_the_first_look_is_asked_for_at_once(world: World) -> None:
    """As an ordinary read of the account's, behind all clients; nothing is news yet."""
    await watcher(world).ask()

    (task,) = await looks(world)
    assert (task.dialect, task.is_write, task.status) == (RUNNER, False, TaskStatus.QUEUED)
    assert (task.team_id, task.member_id) == (world.team_id, world.member_id)
    assert await asked(world) == WatchInboxInput(newest=100)


async def test_the_next_look_comes_after_the_interval_and_no_sooner(world: World) -> None:
    """With a jitter of a fifth at most, which differs from look to look."""
    for _ in range(6):
        await watcher(world).ask()
        await perform(world)
        before = len(await looks(world))
        while len(await looks(world)) == before:
            world.clock.advance(timedelta(seconds=20))
            await watcher(world).ask()

    made = [task.created_at for task in await looks(world)]
    pauses = [later - earlier for earlier, later in pairwise(made)]
    assert all(EVERY <= pause <= SURELY_DUE + timedelta(seconds=20) for pause in pauses)
    assert len(set(pauses)) > 1


async def test_an_open_look_is_waited_for(world: World) -> None:
    """However long it takes, and also when a client has asked for it."""
    await watcher(world).ask()
    world.clock.advance(timedelta(days=3))
    await watcher(world).ask()
    assert len(await looks(world)) == 1

    await perform(world)
    await world.add(task_type="watch_inbox", is_write=False, dialect="native")
    world.clock.advance(timedelta(days=3))
    await watcher(world).ask()
    assert [task.dialect for task in await looks(world)] == [RUNNER, "native"]


async def test_many_runners_ask_once(world: World) -> None:
    """For the first look, and for each that follows."""
    for number in (1, 2, 3):
        await asyncio.gather(*(watcher(world).ask() for _ in range(8)))
        assert len(await looks(world)) == number
        await perform(world)
        world.clock.advance(SURELY_DUE)


async def test_a_look_goes_on_where_the_last_has_ended(world: World) -> None:
    """One that failed is passed over, and so is one that a client has asked for."""
    await look(world, complete_until=1234, left=[LEFT], seen={"urn:li:x": 1230})
    await watcher(world).ask()
    lease = await world.lease()
    failed = await world.claim(lease)
    await world.store.queue.fail(lease, failed.id, error=REFUSED)
    await world.store.leases.release(lease)
    world.clock.advance(SURELY_DUE)
    await world.add(task_type="watch_inbox", is_write=False, dialect="native")
    await perform(world, complete_until=9999)

    await watcher(world).ask()

    order = await asked(world)
    assert (order.since, order.old_until, order.seen) == (1234, 5, {"urn:li:x": 1230})
    assert [each.model_dump() for each in order.left] == [LEFT]


async def test_a_look_is_found_behind_many_that_clients_have_asked_for(world: World) -> None:
    """However many they are."""
    await look(world, complete_until=1234)
    for _ in range(45):
        await world.add(task_type="watch_inbox", is_write=False, dialect="native")
        await perform(world, complete_until=9999)

    await watcher(world).ask()

    assert (await asked(world)).since == 1234


async def test_who_was_invited_is_looked_for_until_told(world: World) -> None:
    """Also when the outcome of the invitation is not known; nobody twice after an acceptance."""
    await invite(world, "ACoAAda")
    lease = await world.lease()
    doubtful = await world.add(task_type="send_connection_request")
    await world.claim(lease)
    baseline = {"member": {"profile_id": "ACoABob"}}
    await world.store.queue.submitting(lease, doubtful.id, baseline=baseline)
    await world.store.queue.leave_unconfirmed(lease, doubtful.id, error=UNPROVEN)
    await world.store.leases.release(lease)

    first = await look(world)
    second = await look(world, accepted=[{"profile_id": "ACoABob"}])
    await invite(world, "ACoACleo")
    third = await look(world)
    fourth = await look(world)

    assert [sorted(each.invited) for each in (first, second, third, fourth)] == [
        ["ACoAAda", "ACoABob"],
        ["ACoAAda", "ACoABob"],
        ["ACoAAda", "ACoACleo"],
        ["ACoAAda", "ACoACleo"],
    ]


async def test_an_invitation_is_given_up_after_half_a_year(world: World) -> None:
    """LinkedIn lets it expire then."""
    await invite(world, "ACoAAda")
    assert (await look(world)).invited == ["ACoAAda"]

    world.clock.advance(timedelta(days=181))

    assert (await look(world)).invited == []


@pytest.mark.parametrize("health", sorted(set(SessionHealth) - {SessionHealth.SIGNED_IN}))
async def test_an_account_that_needs_its_person_is_not_asked(
    world: World, health: SessionHealth
) -> None:
    """Nothing piles up until the person has come."""
    await world.store.sessions.mark(world.member_id, health)

    await watcher(world).ask()

    assert await looks(world) == []


@pytest.mark.parametrize(
    ("task_type", "reason"),
    [(None, HoldReason.RATE_LIMITED), ("watch_inbox", HoldReason.UI_CHANGED)],
)
async def test_an_account_that_rests_is_not_asked(
    world: World, task_type: str | None, reason: HoldReason
) -> None:
    """Until the rest is over; other types' rests are nothing to it."""
    until = START + timedelta(hours=1)
    await world.store.limits.hold(world.member_id, task_type, reason=reason, until=until)
    await watcher(world).ask()
    assert await looks(world) == []

    world.clock.advance(timedelta(hours=1))
    await world.store.limits.hold(
        world.member_id, "send_message", reason=HoldReason.GAP, until=START + timedelta(days=1)
    )
    await watcher(world).ask()
    assert len(await looks(world)) == 1


async def test_outside_the_working_hours_nobody_looks(world: World) -> None:
    """As nobody writes then."""
    hours = {"working_hours": "Mon-Fri 09:00-18:00", "timezone": "UTC"}
    world.clock.now = datetime(2026, 3, 2, 8, 59, tzinfo=UTC)
    await watcher(world, **hours).ask()
    assert await looks(world) == []

    world.clock.advance(timedelta(minutes=1))
    await watcher(world, **hours).ask()
    assert len(await looks(world)) == 1


@pytest.mark.parametrize("by_alias", [True, False])
async def test_an_operator_may_choose_the_accounts(world: World, *, by_alias: bool) -> None:
    """By a member's id, or by any name that clients have for the account."""
    other = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)
    await world.sign_in(other.id)
    await world.store.teams.add_alias(other.id, "acc_bob")

    await watcher(world, watch_accounts=["acc_bob" if by_alias else other.id]).ask()

    assert [task.member_id for task in await looks(world)] == [other.id]


async def test_every_account_is_watched_by_itself(world: World) -> None:
    """One that waits for its look keeps no other from getting one."""
    await watcher(world).ask()
    other = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)
    await world.sign_in(other.id)

    await watcher(world).ask()

    assert [task.member_id for task in await looks(world)] == [world.member_id, other.id]


async def test_a_client_that_took_the_key_stops_nothing_else(world: World) -> None:
    """The account is left alone, and the others are asked for."""
    key = IdempotencyKey(
        key=f"watch_inbox:{world.member_id}:first", fingerprint="else", kept_for=EVERY
    )
    await world.store.intake.add(world.new(), key=key)
    other = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)
    await world.sign_in(other.id)

    await watcher(world).ask()

    assert [task.member_id for task in await looks(world)] == [other.id]


async def test_a_clock_that_was_ahead_does_not_end_the_watch(world: World) -> None:
    """A look of the future says nothing of when the next is due."""
    world.clock.advance(timedelta(days=365))
    await look(world)
    world.clock.now = START

    await watcher(world).ask()

    assert len(await looks(world)) == 2
