"""What the holder of a lease does with the account's tasks."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from storage.errors import LeaseLost, TransitionRefused
from storage.limits import HoldReason
from storage.sessions import SessionHealth
from storage.tasks import TaskStatus, WaitReason
from storage.teams import Role
from tests.storage.world import REFUSED, START, TTL, UNPROVEN, World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from storage.ports import TaskQueue
    from storage.sessions import Lease

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)

CHANGES: dict[str, Callable[[TaskQueue, Lease, str], Awaitable[Any]]] = {
    "recover": lambda queue, lease, _: queue.recover(lease),
    "claim": lambda queue, lease, _: queue.claim(lease),
    "submitting": lambda queue, lease, task: queue.submitting(lease, task, baseline={}),
    "leaving": lambda queue, lease, task: queue.leaving(lease, task, marks={}),
    "succeed": lambda queue, lease, task: queue.succeed(lease, task, output={}, evidence={}),
    "fail": lambda queue, lease, task: queue.fail(lease, task, error=REFUSED),
    "leave_unconfirmed": lambda queue, lease, task: queue.leave_unconfirmed(
        lease, task, error=UNPROVEN
    ),
    "put_back": lambda queue, lease, task: queue.put_back(lease, task, why="because"),
    "note": lambda queue, lease, task: queue.note(lease, task, "seen", {}),
}


async def test_claiming_makes_the_task_run_under_the_lease(world: World) -> None:
    """The claim counts as an attempt and clears what the task was waiting for."""
    task = await world.add(not_before=START + SECOND, wait_reason=WaitReason.PACING)
    lease = await world.lease()
    world.clock.advance(SECOND)

    claimed = await world.claim(lease)

    assert claimed == replace(
        task,
        status=TaskStatus.RUNNING,
        attempts=1,
        lease_token=lease.token,
        started_at=START + SECOND,
        not_before=None,
        wait_reason=None,
    )
    assert claimed == await world.task(task.id)


async def test_tasks_are_claimed_in_the_order_of_acceptance(world: World) -> None:
    """Among those that are due, of whatever type, the one accepted first comes first."""
    lease = await world.lease()
    held = await world.add(task_type="invite")
    later = await world.add(not_before=START + HOUR)
    ripe = await world.add(not_before=START - SECOND)
    plain = await world.add(task_type="view_profile", is_write=False)
    last = await world.add()
    await world.store.limits.hold(
        world.member_id, "invite", reason=HoldReason.GAP, until=START + TTL / 2
    )

    claimed = [(await world.claim(lease)).id for _ in range(3)]
    assert await world.store.queue.claim(lease) is None
    world.clock.advance(TTL / 2)
    claimed.append((await world.claim(lease)).id)
    assert await world.store.queue.claim(lease) is None
    lease = await world.store.leases.renew(lease, ttl=HOUR)
    world.clock.advance(HOUR - SECOND)
    claimed.append((await world.claim(lease)).id)

    assert claimed == [ripe.id, plain.id, last.id, held.id, later.id]


async def test_a_read_whose_client_waits_goes_first(world: World) -> None:
    """Before older reads and writes, whose clients ask again later; among them the oldest first."""
    await world.add()
    await world.add(task_type="fetch_profile", is_write=False)
    await world.add(task_type="send_message", answer_owed=True)
    later = world.clock() + timedelta(hours=1)
    await world.add(task_type="look", is_write=False, answer_owed=True, not_before=later)
    await world.add(task_type="held", is_write=False, answer_owed=True)
    await world.store.limits.hold(
        world.member_id, "held", reason=HoldReason.UI_CHANGED, until=later
    )
    awaited = [
        (await world.add(task_type=task_type, is_write=False, answer_owed=True)).id
        for task_type in ("look", "fetch_profile")
    ]
    lease = await world.lease()

    claimed = [(await world.claim(lease)).id for _ in range(3)]

    assert claimed[:2] == awaited
    assert claimed[2] not in awaited


async def test_a_task_put_back_keeps_its_place(world: World) -> None:
    """Once its time has come it is claimed before what was accepted after it."""
    lease = await world.lease()
    first = await world.add()
    await world.claim(lease)
    await world.store.queue.put_back(lease, first.id, why="slow page", not_before=START + SECOND)
    second = await world.add()
    world.clock.advance(SECOND)

    assert [(await world.claim(lease)).id for _ in range(2)] == [first.id, second.id]


async def test_only_the_leased_accounts_tasks_are_claimed(world: World) -> None:
    """Other members' tasks stay where they are."""
    other = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)
    await world.sign_in(other.id)
    await world.add(member_id=other.id)

    assert await world.store.queue.claim(await world.lease()) is None


async def test_nothing_is_claimed_while_signed_out(world: World) -> None:
    """Without a session an attempt would be wasted."""
    await world.add()
    lease = await world.lease()
    await world.store.sessions.mark(world.member_id, SessionHealth.CHALLENGE)

    assert await world.store.queue.claim(lease) is None


async def test_no_task_is_claimed_twice(world: World) -> None:
    """However many ask at once, each task has one claim."""
    ids = {(await world.add()).id for _ in range(10)}
    lease = await world.lease()

    claimed = await asyncio.gather(*(world.store.queue.claim(lease) for _ in range(20)))

    found = [task.id for task in claimed if task is not None]
    assert len(found) == 10
    assert set(found) == ids


async def test_submitting_stores_the_baseline_before_the_click(world: World) -> None:
    """When it returns, the point of no return is on record."""
    lease = await world.lease()
    task = await world.bring_to(TaskStatus.RUNNING, lease)
    world.clock.advance(SECOND)

    await world.store.queue.submitting(lease, task.id, baseline={"own_items": 3})

    assert await world.task(task.id) == replace(
        task,
        status=TaskStatus.SUBMITTING,
        submitted_at=START + SECOND,
        baseline={"own_items": 3},
    )


async def test_leaving_adds_marks_to_the_baseline(world: World) -> None:
    """What was there stays, what is named again is replaced, and the timeline keeps no marks."""
    lease = await world.lease()
    task = await world.bring_to(TaskStatus.RUNNING, lease)
    await world.store.queue.submitting(lease, task.id, baseline={"own_items": 3, "last": {"id": 1}})

    await world.store.queue.leaving(lease, task.id, marks={"last": None, "token": "a\ud83d"})
    await world.store.queue.leaving(lease, task.id, marks={})

    found = await world.task(task.id)
    assert found.status is TaskStatus.SUBMITTING
    assert found.baseline == {"own_items": 3, "last": None, "token": "a\ud83d"}
    view = await world.store.reports.view(task.id)
    assert view is not None
    assert [(event.name, event.detail) for event in view.events[-3:]] == [
        ("submitting", {}),
        ("leaving", {}),
        ("leaving", {}),
    ]


@pytest.mark.parametrize("status", sorted(set(TaskStatus) - {TaskStatus.SUBMITTING}))
async def test_only_what_is_submitting_leaves(world: World, status: TaskStatus) -> None:
    """In any other state no request may go out."""
    lease = await world.lease()
    task = await world.bring_to(status, lease)

    with pytest.raises(TransitionRefused):
        await world.store.queue.leaving(lease, task.id, marks={"token": "x"})

    assert await world.task(task.id) == task


async def test_a_read_never_submits(world: World) -> None:
    """Only writes have a point of no return."""
    lease = await world.lease()
    task = await world.bring_to(TaskStatus.RUNNING, lease, is_write=False)

    with pytest.raises(TransitionRefused):
        await world.store.queue.submitting(lease, task.id, baseline={})

    assert await world.task(task.id) == task


@pytest.mark.parametrize("status", [TaskStatus.RUNNING, TaskStatus.SUBMITTING])
async def test_a_task_succeeds_with_output_and_evidence(world: World, status: TaskStatus) -> None:
    """What it submitted stays on record; the lease lets go of it."""
    lease = await world.lease()
    task = await world.bring_to(status, lease)
    world.clock.advance(SECOND)

    await world.store.queue.succeed(
        lease, task.id, output={"sent": True}, evidence={"method": "response", "id": "urn:1"}
    )

    assert await world.task(task.id) == replace(
        task,
        status=TaskStatus.SUCCEEDED,
        finished_at=START + SECOND,
        lease_token=None,
        output={"sent": True},
        evidence={"method": "response", "id": "urn:1"},
    )
    view = await world.store.reports.view(task.id)
    assert view is not None
    assert view.events[-1].detail == {"method": "response"}


@pytest.mark.parametrize("status", [TaskStatus.RUNNING, TaskStatus.SUBMITTING])
@pytest.mark.parametrize("evidence", [None, {"method": "toast"}])
async def test_a_task_fails_with_its_error(
    world: World, status: TaskStatus, evidence: dict[str, Any] | None
) -> None:
    """The error comes back as it was given, with the evidence if there is any."""
    lease = await world.lease()
    task = await world.bring_to(status, lease)

    await world.store.queue.fail(lease, task.id, error=REFUSED, evidence=evidence)

    assert await world.task(task.id) == replace(
        task,
        status=TaskStatus.FAILED,
        finished_at=START,
        lease_token=None,
        error=REFUSED,
        evidence=evidence,
    )


async def test_what_nobody_could_prove_stays_unconfirmed(world: World) -> None:
    """The task is final; baseline and time of submission stay for a person to look at."""
    lease = await world.lease()
    task = await world.bring_to(TaskStatus.SUBMITTING, lease)

    await world.store.queue.leave_unconfirmed(
        lease, task.id, error=UNPROVEN, evidence={"method": "read_back"}
    )

    assert await world.task(task.id) == replace(
        task,
        status=TaskStatus.UNCONFIRMED,
        finished_at=START,
        lease_token=None,
        error=UNPROVEN,
        evidence={"method": "read_back"},
    )


async def test_putting_back_says_when_and_why(world: World) -> None:
    """The task is queued again with its attempts, and the timeline knows the reason."""
    lease = await world.lease()
    task = await world.bring_to(TaskStatus.RUNNING, lease)

    await world.store.queue.put_back(
        lease,
        task.id,
        why="The page did not load.",
        not_before=START + HOUR,
        wait_reason=WaitReason.PACING,
    )

    assert await world.task(task.id) == replace(
        task,
        status=TaskStatus.QUEUED,
        lease_token=None,
        not_before=START + HOUR,
        wait_reason=WaitReason.PACING,
    )
    view = await world.store.reports.view(task.id)
    assert view is not None
    assert view.waiting_for is WaitReason.PACING
    assert view.events[-1].name == "put_back"
    assert view.events[-1].detail == {
        "why": "The page did not load.",
        "counted": True,
        "not_before": "2026-03-01T13:00:00+00:00",
        "wait_reason": "pacing",
    }


async def test_a_hand_back_does_not_count_as_an_attempt(world: World) -> None:
    """Restarting the program must not use up a task's tries."""
    lease = await world.lease()
    task = await world.bring_to(TaskStatus.RUNNING, lease)

    await world.store.queue.put_back(lease, task.id, why="shutdown", counted=False)
    assert (await world.task(task.id)).attempts == 0
    assert (await world.claim(lease)).attempts == 1
    await world.store.queue.put_back(lease, task.id, why="retry")
    assert (await world.claim(lease)).attempts == 2


async def test_notes_are_for_tasks_in_hand(world: World) -> None:
    """A queued or finished task has nobody who could add to its story."""
    lease = await world.lease()
    task = await world.add()
    with pytest.raises(TransitionRefused):
        await world.store.queue.note(lease, task.id, "seen", {})

    await world.claim(lease)
    await world.store.queue.note(lease, task.id, "seen", {"n": 1})
    await world.store.queue.submitting(lease, task.id, baseline={})
    await world.store.queue.note(lease, task.id, "seen", {"n": 2})
    await world.store.queue.fail(lease, task.id, error=REFUSED)
    with pytest.raises(TransitionRefused):
        await world.store.queue.note(lease, task.id, "seen", {})

    assert await world.events(task.id) == [
        "accepted",
        "claimed",
        "seen",
        "submitting",
        "seen",
        "failed",
    ]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("loss", ["expired", "released", "taken over"])
@pytest.mark.parametrize("status", [TaskStatus.RUNNING, TaskStatus.SUBMITTING])
async def test_nothing_changes_without_a_lease_in_force(
    world: World, change: str, loss: str, status: TaskStatus
) -> None:
    """Whoever has lost the lease can do no harm, whatever it tries."""
    lease = await world.lease()
    task = await world.bring_to(status, lease)
    waiting = await world.add()
    if loss == "released":
        await world.store.leases.release(lease)
    else:
        world.clock.advance(TTL)
    if loss == "taken over":
        await world.lease(owner="other")

    with pytest.raises(LeaseLost):
        await CHANGES[change](world.store.queue, lease, task.id)

    assert await world.task(task.id) == task
    assert await world.task(waiting.id) == waiting


@pytest.mark.parametrize("change", sorted(CHANGES.keys() - {"claim", "recover"}))
async def test_a_lease_gives_no_right_to_another_accounts_task(world: World, change: str) -> None:
    """Even when both leases happen to have the same token."""
    other = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)
    theirs = await world.store.leases.acquire(other.id, owner="b", ttl=TTL)
    mine = await world.lease()
    task = await world.bring_to(TaskStatus.RUNNING, mine)
    assert theirs is not None
    assert theirs.token == mine.token

    with pytest.raises(TransitionRefused):
        await CHANGES[change](world.store.queue, theirs, task.id)

    assert await world.task(task.id) == task


@pytest.mark.parametrize("change", sorted(CHANGES.keys() - {"claim", "recover"}))
async def test_an_unknown_task_cannot_be_changed(world: World, change: str) -> None:
    """A mistake in an id is told."""
    lease = await world.lease()

    with pytest.raises(TransitionRefused):
        await CHANGES[change](world.store.queue, lease, "nothing")
