"""What is found out at the point of no return: that another task has said this to this person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage.acceptance import ContentGuard, IdempotencyKey, Undoing
from storage.errors import SentBefore
from storage.tasks import TaskStatus
from storage.teams import Role
from tests.storage.world import REFUSED, TTL, UNPROVEN, World

if TYPE_CHECKING:
    from storage.sessions import Lease
    from storage.tasks import Task

WINDOW, WINDOW_WHILE_OWED = timedelta(minutes=2), timedelta(days=1)
GUARD = ContentGuard(
    digests=frozenset({"nobody asks by this name"}),
    window=WINDOW,
    window_while_owed=WINDOW_WHILE_OWED,
)
RECALL = Undoing(task_type="recall_message", names="message_urn")
KEY = IdempotencyKey(key="k", fingerprint="f", kept_for=WINDOW_WHILE_OWED)
NOW = timedelta(0)


async def accept(world: World, *, words: str = "hello", keyed: bool = False, **more: object) -> str:
    """Accept a task whose name for its recipient no other task has."""
    new = world.new(words_digest=words, **more)
    accepted = await world.store.intake.add(
        new, key=KEY if keyed else None, guard=None if keyed else GUARD
    )
    return accepted.task.id


async def submit(world: World, lease: Lease, recipient: str | None = "ACoA1") -> Task:
    """Lead the oldest task to the click that sends."""
    task = await world.claim(lease)
    await world.store.queue.submitting(lease, task.id, baseline={}, recipient_id=recipient)
    return task


async def end(world: World, lease: Lease, task: Task, status: TaskStatus) -> None:
    queue = world.store.queue
    match status:
        case TaskStatus.SUCCEEDED:
            await queue.succeed(lease, task.id, output={}, evidence={})
        case TaskStatus.UNCONFIRMED:
            await queue.leave_unconfirmed(lease, task.id, error=UNPROVEN)
        case TaskStatus.FAILED:
            await queue.fail(lease, task.id, error=REFUSED)
        case _:
            assert status is TaskStatus.SUBMITTING


async def send(world: World, lease: Lease, status: TaskStatus = TaskStatus.SUCCEEDED) -> Task:
    task = await submit(world, lease)
    await end(world, lease, task, status)
    return await world.task(task.id)


async def is_refused_for(world: World, lease: Lease, earlier: Task) -> bool:
    """Tell whether the oldest task is kept from being sent, and is left as it was."""
    task = await world.claim(lease)
    refusal = await refused(world, lease, task)
    if refusal is None:
        return False
    assert refusal.earlier == earlier
    assert await world.task(task.id) == task
    assert (await world.events(task.id))[-1] == "claimed"
    since = world.clock() - timedelta(days=9)
    assert len(await world.store.limits.charges(world.member_id, since=since)) == 1
    return True


async def refused(world: World, lease: Lease, task: Task) -> SentBefore | None:
    try:
        await world.store.queue.submitting(lease, task.id, baseline={}, recipient_id="ACoA1")
    except SentBefore as error:
        return error
    return None


@pytest.mark.parametrize(
    "status", [TaskStatus.SUBMITTING, TaskStatus.UNCONFIRMED, TaskStatus.SUCCEEDED]
)
async def test_what_may_have_reached_a_person_is_not_sent_again(
    world: World, status: TaskStatus
) -> None:
    """By whatever name they were called in the two requests."""
    lease = await world.lease()
    await accept(world)
    await accept(world)

    assert await is_refused_for(world, lease, await send(world, lease, status))


async def test_what_has_failed_stands_for_nothing(world: World) -> None:
    """It is proven that nothing was sent."""
    lease = await world.lease()
    await accept(world)
    await accept(world)

    assert not await is_refused_for(world, lease, await send(world, lease, TaskStatus.FAILED))


@pytest.mark.parametrize("changes", [{"words": "bye"}, {"task_type": "send_inmail"}])
async def test_other_words_and_another_deed_are_sent(world: World, changes: dict[str, str]) -> None:
    """Nothing is taken for a repetition that need not be one."""
    lease = await world.lease()
    await accept(world)
    first = await send(world, lease)
    await accept(world, **changes)  # type: ignore[arg-type]

    assert not await is_refused_for(world, lease, first)


async def test_another_way_of_the_same_effect_is_not_gone(world: World) -> None:
    """Where the task's type is said to share it with others."""
    lease = await world.lease()
    await accept(world)
    first = await send(world, lease)
    await accept(world, task_type="send_inmail")
    task = await world.claim(lease)

    with pytest.raises(SentBefore) as refusal:
        await world.store.queue.submitting(
            lease,
            task.id,
            baseline={},
            recipient_id="ACoA1",
            task_types={"send_message", "send_inmail"},
        )

    assert refusal.value.earlier == first


@pytest.mark.parametrize("recipient", ["ACoA2", None])
async def test_somebody_else_gets_the_same_words(world: World, recipient: str | None) -> None:
    """A page that proves nobody leaves it to those who accepted the request."""
    lease = await world.lease()
    await accept(world)
    await send(world, lease)
    await accept(world)

    task = await submit(world, lease, recipient)

    assert (await world.task(task.id)).status is TaskStatus.SUBMITTING


async def test_another_account_says_it_by_itself(world: World) -> None:
    """Words belong to the account that acts."""
    lease = await world.lease()
    await accept(world)
    await send(world, lease)
    other = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)
    await world.sign_in(other.id)
    theirs = World(store=world.store, clock=world.clock, team_id=world.team_id, member_id=other.id)
    await accept(theirs, member_id=other.id)

    task = await submit(theirs, await theirs.lease())

    assert (await world.task(task.id)).status is TaskStatus.SUBMITTING


@pytest.mark.parametrize(
    ("age", "owed", "refused"),
    [
        (NOW, False, True),
        (WINDOW - timedelta(seconds=1), False, True),
        (WINDOW, False, False),
        (WINDOW, True, True),
        (WINDOW_WHILE_OWED, True, False),
    ],
)
async def test_a_success_counts_by_its_age_when_the_next_one_was_accepted(
    world: World, age: timedelta, *, owed: bool, refused: bool
) -> None:
    """However long pacing keeps that one back afterwards."""
    lease = await world.lease()
    await accept(world, answer_owed=owed)
    first = await send(world, lease)
    await world.store.leases.release(lease)
    world.clock.advance(age)
    await accept(world)
    world.clock.advance(timedelta(days=5))

    assert await is_refused_for(world, await world.lease(), first) is refused


async def test_a_success_that_came_later_counts_whatever_its_age(world: World) -> None:
    """Both were waiting at one time."""
    lease = await world.lease()
    late = await accept(world)
    await world.claim(lease)
    await accept(world)
    await world.store.queue.put_back(
        lease, late, why="busy", not_before=world.clock() + timedelta(days=3)
    )
    first = await send(world, lease)
    await world.store.leases.release(lease)
    world.clock.advance(timedelta(days=3))

    assert await is_refused_for(world, await world.lease(), first)


async def test_a_task_with_a_key_is_sent_all_the_same(world: World) -> None:
    """Its client has said that it is meant; who comes without one later is still caught."""
    lease = await world.lease()
    await accept(world)
    await send(world, lease)
    await accept(world, keyed=True)
    second = await send(world, lease)
    await accept(world)

    assert second.status is TaskStatus.SUCCEEDED
    assert await refused(world, lease, await world.claim(lease)) is not None


async def test_what_was_asked_for_later_with_a_key_takes_nothing_from_the_first(
    world: World,
) -> None:
    """The key has it sent besides, also when it happens to come first."""
    lease = await world.lease(ttl=TTL)
    first = await accept(world)
    await world.claim(lease)
    await world.store.queue.put_back(lease, first, why="busy", not_before=world.clock() + TTL / 2)
    await accept(world, keyed=True)
    keyed = await send(world, lease)
    world.clock.advance(TTL / 2)

    assert not await is_refused_for(world, lease, keyed)


@pytest.mark.parametrize(
    ("order", "names", "status", "is_sent"),
    [
        ("sent, recalled, asked", "m1", TaskStatus.SUCCEEDED, True),
        ("sent, asked, recalled", "m1", TaskStatus.SUCCEEDED, False),
        ("recalled, sent, asked", "m1", TaskStatus.SUCCEEDED, False),
        ("sent, recalled, asked", "m2", TaskStatus.SUCCEEDED, False),
        ("sent, recalled, asked", "m1", TaskStatus.UNCONFIRMED, False),
        ("sent, recalled, asked", "m1", TaskStatus.FAILED, False),
        ("sent, recalled, asked", "m1", TaskStatus.SUBMITTING, False),
    ],
)
async def test_what_was_proven_to_be_undone_in_between_is_sent_again(
    world: World, order: str, names: str, status: TaskStatus, *, is_sent: bool
) -> None:
    """As the order of acceptance has it; what is undone last stays so."""
    lease = await world.lease()
    ids = {}
    for each in order.split(", "):
        ids[each] = (
            (await world.add(task_type="recall_message")).id
            if each == "recalled"
            else await accept(world)
        )
    queue = world.store.queue
    tasks = {task.id: task for task in [await world.claim(lease) for _ in ids]}
    sent, recalled, asked = (tasks[ids[each]] for each in ("sent", "recalled", "asked"))
    await queue.submitting(lease, sent.id, baseline={}, recipient_id="ACoA1")
    await queue.succeed(lease, sent.id, output={"message_urn": "m1"}, evidence={})
    await queue.submitting(lease, recalled.id, baseline={})
    if status is TaskStatus.SUCCEEDED:
        await queue.succeed(lease, recalled.id, output={"message_urn": names}, evidence={})
    else:
        await end(world, lease, recalled, status)
    again = queue.submitting(lease, asked.id, baseline={}, recipient_id="ACoA1", undone_by=RECALL)

    if is_sent:
        await again
        return
    with pytest.raises(SentBefore) as refusal:
        await again
    assert refusal.value.earlier.id == sent.id
