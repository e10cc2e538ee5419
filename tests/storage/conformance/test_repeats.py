"""Requests that come more than once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage.acceptance import Acceptance, Accepted, ContentGuard, IdempotencyKey
from storage.errors import KeyReused, StoreError
from storage.tasks import TaskFilter, TaskStatus
from storage.teams import Role
from tests.storage.world import TTL, UNPROVEN, World

if TYPE_CHECKING:
    from storage.tasks import NewTask

DAY = timedelta(days=1)
GUARD = ContentGuard(
    digests=frozenset({"hello to ada", "hello to ada-1"}), window=DAY, window_while_owed=7 * DAY
)
STANDING = {
    TaskStatus.QUEUED,
    TaskStatus.RUNNING,
    TaskStatus.SUBMITTING,
    TaskStatus.SUCCEEDED,
    TaskStatus.UNCONFIRMED,
}


def keyed(name: str = "k", fingerprint: str = "f", *, kept_for: timedelta = DAY) -> IdempotencyKey:
    return IdempotencyKey(key=name, fingerprint=fingerprint, kept_for=kept_for)


async def accept(world: World, **changes: object) -> Accepted:
    """Ask with the content that `GUARD` knows, and with it."""
    new = world.new(**{"content_digest": "hello to ada", **changes})
    return await world.store.intake.add(new, guard=GUARD)


async def count(world: World) -> int:
    return len(await world.store.reports.list(TaskFilter(limit=500)))


async def test_a_known_key_is_answered_with_its_first_task(world: World) -> None:
    """As it is by now, and with a line in its timeline; nothing is stored beside that."""
    first = await world.store.intake.add(world.new(), key=keyed())
    await world.store.intake.cancel(first.task.id, team_id=world.team_id)

    again = await world.store.intake.add(world.new(), key=keyed())

    assert first.how is Acceptance.NEW
    assert again.how is Acceptance.REPLAYED
    assert again.task == await world.task(first.task.id)
    assert await count(world) == 1
    view = await world.store.reports.view(first.task.id)
    assert view is not None
    assert (view.events[-1].name, view.events[-1].detail) == ("repeated", {"how": "replayed"})


async def test_a_known_key_with_another_request_is_refused(world: World) -> None:
    """It is a mistake of the client; nothing is stored, and the first task stays as it was."""
    first = await world.store.intake.add(world.new(), key=keyed())
    new = world.new()

    with pytest.raises(KeyReused):
        await world.store.intake.add(new, key=keyed(fingerprint="other"))
    with pytest.raises(KeyReused):
        await world.store.intake.earlier(new, key=keyed(fingerprint="other"))

    assert await count(world) == 1
    assert await world.events(first.task.id) == ["accepted"]


async def test_each_team_has_its_own_keys(world: World) -> None:
    """Two clients who count from 1 never meet."""
    stranger = await World.create(world.store, world.clock)

    for each in (world, stranger):
        accepted = await each.store.intake.add(each.new(), key=keyed())
        assert accepted.how is Acceptance.NEW


async def test_a_key_is_kept_for_its_time_exactly(world: World) -> None:
    """Afterwards it may be used for anything, and is kept anew."""
    first = await world.store.intake.add(world.new(), key=keyed())
    world.clock.advance(DAY - timedelta(microseconds=1))
    assert (await world.store.intake.add(world.new(), key=keyed())).task.id == first.task.id

    world.clock.advance(timedelta(microseconds=1))
    second = await world.store.intake.add(world.new(), key=keyed(fingerprint="other"))
    third = await world.store.intake.add(world.new(), key=keyed(fingerprint="other"))

    assert second.how is Acceptance.NEW
    assert (third.how, third.task.id) == (Acceptance.REPLAYED, second.task.id)


async def test_a_request_that_was_refused_leaves_no_key(world: World) -> None:
    """The same key works once the request is right."""
    stranger = await world.store.teams.create("Other")
    with pytest.raises(StoreError):
        await world.store.intake.add(world.new(team_id=stranger.id), key=keyed())

    assert (await world.store.intake.add(world.new(), key=keyed())).how is Acceptance.NEW


@pytest.mark.parametrize("status", TaskStatus)
async def test_content_that_may_take_or_have_taken_effect_is_known(
    world: World, status: TaskStatus
) -> None:
    """What was cancelled or has failed stands for nothing."""
    lease = await world.lease()
    first = await world.bring_to(status, lease, content_digest="hello to ada-1")

    accepted = await accept(world)

    if status in STANDING:
        assert (accepted.how, accepted.task) == (Acceptance.DUPLICATE, first)
        assert (await world.events(first.id))[-1] == "repeated"
        assert await count(world) == 1
    else:
        assert accepted.how is Acceptance.NEW
        assert await count(world) == 2


@pytest.mark.parametrize(
    ("status", "known"), [(TaskStatus.SUCCEEDED, False), (TaskStatus.UNCONFIRMED, True)]
)
async def test_a_success_counts_within_the_window_and_doubt_for_ever(
    world: World, status: TaskStatus, *, known: bool
) -> None:
    """The window starts when the task ended, not when it was accepted."""
    lease = await world.lease()
    task = await world.add(content_digest="hello to ada")
    world.clock.advance(TTL / 2)
    await world.claim(lease)
    await world.store.queue.submitting(lease, task.id, baseline={})
    if status is TaskStatus.SUCCEEDED:
        await world.store.queue.succeed(lease, task.id, output={}, evidence={})
    else:
        await world.store.queue.leave_unconfirmed(lease, task.id, error=UNPROVEN)
    world.clock.advance(DAY - timedelta(microseconds=1))

    assert await world.store.intake.earlier(world.new(), guard=GUARD) is not None
    world.clock.advance(timedelta(microseconds=1))
    assert (await accept(world)).how is (Acceptance.DUPLICATE if known else Acceptance.NEW)


async def test_the_guard_looks_at_the_same_account_and_the_same_type(world: World) -> None:
    """Another member may say the same, and a note is no message."""
    other = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)
    await accept(world)

    assert (await accept(world, member_id=other.id)).how is Acceptance.NEW
    assert (await accept(world, task_type="invite")).how is Acceptance.NEW
    alike = replace(GUARD, task_types=frozenset({"send_message", "invite"}))
    new = world.new(content_digest="hello to ada", task_type="write")
    assert (await world.store.intake.add(new, guard=alike)).how is Acceptance.DUPLICATE
    assert (await accept(world)).how is Acceptance.DUPLICATE


async def test_without_a_guard_nobody_looks_at_the_content(world: World) -> None:
    """And what has no digest is never found by one."""
    await world.add(content_digest="hello to ada")
    await world.add(content_digest="hello to ada")
    await world.add()

    assert await count(world) == 3
    guard = replace(GUARD, digests=frozenset())
    assert (await world.store.intake.add(world.new(), guard=guard)).how is Acceptance.NEW


async def test_of_several_with_the_same_content_the_latest_answers(world: World) -> None:
    """Where one was asked for in spite of another, the news is with the later one."""
    await world.add(content_digest="hello to ada")
    second = await world.add(content_digest="hello to ada-1")

    assert (await accept(world)).task.id == second.id


async def test_the_key_is_asked_before_the_guard(world: World) -> None:
    """A new key with known content stands for the known task from then on."""
    first = await accept(world)
    new = world.new(content_digest="hello to ada")

    guarded = await world.store.intake.add(new, key=keyed(), guard=GUARD)
    await world.store.intake.cancel(first.task.id, team_id=world.team_id)
    replayed = await world.store.intake.add(world.new(), key=keyed(), guard=GUARD)

    assert (guarded.how, guarded.task.id) == (Acceptance.DUPLICATE, first.task.id)
    assert (replayed.how, replayed.task.id) == (Acceptance.REPLAYED, first.task.id)


async def test_looking_for_an_earlier_task_stores_nothing(world: World) -> None:
    """It answers as `add` would, without a line in anybody's timeline."""
    new = world.new(content_digest="hello to ada")
    assert await world.store.intake.earlier(new, key=keyed(), guard=GUARD) is None
    assert await count(world) == 0
    first = await world.store.intake.add(new, key=keyed())

    by_key = await world.store.intake.earlier(world.new(), key=keyed(), guard=GUARD)
    by_content = await world.store.intake.earlier(world.new(), key=keyed("other"), guard=GUARD)

    assert by_key == Accepted(task=first.task, how=Acceptance.REPLAYED)
    assert by_content == Accepted(task=first.task, how=Acceptance.DUPLICATE)
    assert await world.events(first.task.id) == ["accepted"]
    await world.store.intake.add(world.new(), key=keyed("other"))
    assert await count(world) == 2


@pytest.mark.parametrize("by_key", [True, False])
async def test_of_equal_requests_at_once_one_makes_a_task(world: World, *, by_key: bool) -> None:
    """All others are answered with it."""

    def new() -> NewTask:
        return world.new(content_digest="hello to ada")

    accepted = await asyncio.gather(
        *(
            world.store.intake.add(new(), key=keyed())
            if by_key
            else world.store.intake.add(new(), guard=GUARD)
            for _ in range(50)
        )
    )

    assert [each.how for each in accepted].count(Acceptance.NEW) == 1
    assert len({each.task.id for each in accepted}) == 1
    assert await count(world) == 1


@pytest.mark.parametrize("is_told", [False, True])
async def test_a_success_that_nobody_was_told_of_stands_for_longer(
    world: World, *, is_told: bool
) -> None:
    """Who waited for the answer and never got it asks again, and does not know that it was done."""
    task = await world.add(content_digest="hello to ada", answer_owed=True)
    lease = await world.lease()
    await world.claim(lease)
    await world.store.intake.answer_given(await world.task(task.id))
    assert (await world.task(task.id)).answer_owed, "there was no outcome to be told yet"
    await world.store.queue.submitting(lease, task.id, baseline={})
    await world.store.queue.succeed(lease, task.id, output={}, evidence={})
    if is_told:
        await world.store.intake.answer_given(await world.task(task.id))

    world.clock.advance(2 * DAY)

    assert (await world.task(task.id)).answer_owed is not is_told
    assert (await accept(world)).how is (Acceptance.NEW if is_told else Acceptance.DUPLICATE)


async def test_even_what_was_never_told_is_forgotten_one_day(world: World) -> None:
    """The same words a week later are meant."""
    task = await world.add(content_digest="hello to ada", answer_owed=True)
    lease = await world.lease()
    await world.claim(lease)
    await world.store.queue.succeed(lease, task.id, output={}, evidence={})

    world.clock.advance(7 * DAY)

    assert (await accept(world)).how is Acceptance.NEW


async def test_what_was_undone_stands_for_nothing(world: World) -> None:
    """By a later task of the same account; what came before it, or is another's, undoes nothing."""
    other = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)
    guard = replace(GUARD, opposites=frozenset({("undo", "no hello")}))
    undoing = {"task_type": "undo", "content_digest": "no hello"}
    await world.add(**undoing)
    first = await world.add(content_digest="hello to ada")
    await world.add(**undoing, member_id=other.id)
    await world.add(task_type="undo", content_digest="hello to ada")
    new = world.new(content_digest="hello to ada")
    before = await world.store.intake.earlier(new, guard=guard)

    undone = await world.add(**undoing)
    after = await world.store.intake.earlier(new, guard=guard)
    await world.store.intake.cancel(undone.id, team_id=world.team_id)
    again = await world.store.intake.earlier(new, guard=guard)

    assert before == Accepted(task=first, how=Acceptance.DUPLICATE)
    assert after is None
    assert again == before
