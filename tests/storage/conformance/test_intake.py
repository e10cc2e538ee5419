"""Accepting, reading back and withdrawing tasks."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from storage.acceptance import Acceptance
from storage.errors import Duplicate, StoreError, TransitionRefused
from storage.tasks import ErrorCode, Task, TaskStatus, WaitReason
from tests.storage.world import START, World

ODD_TEXTS = {
    "emoji": "👋 café — 你好",
    "half a surrogate pair": "cut here \ud83d",
    "zero byte": "a\x00b",
    "nested": {"list": [1, 2.5, None, True, {"deep": "\u2028"}]},
    "large number": 2**80,
}


async def test_an_accepted_task_is_queued_and_holds_what_was_asked(world: World) -> None:
    """Adding returns the whole task, as it will be read back."""
    new = world.new()

    accepted = await world.store.intake.add(new)

    added = accepted.task
    assert accepted.how is Acceptance.NEW
    assert added == Task(
        id=new.id,
        team_id=world.team_id,
        member_id=world.member_id,
        dialect="outx",
        task_type="send_message",
        is_write=True,
        status=TaskStatus.QUEUED,
        request={"message": "Hello"},
        input={"message": "Hello"},
        created_at=START,
    )
    assert added == await world.task(new.id)


async def test_any_json_comes_back_as_it_went_in(world: World) -> None:
    """Clients and pages send text that databases stumble over."""
    task = await world.add(request=ODD_TEXTS, input=ODD_TEXTS)

    found = await world.task(task.id)

    assert found.request == ODD_TEXTS
    assert found.input == ODD_TEXTS


async def test_what_is_not_json_is_refused_before_it_is_stored(world: World) -> None:
    """A value that could not be read back never becomes a task."""
    new = world.new(input={"number": float("nan")})

    with pytest.raises(ValueError, match="JSON"):
        await world.store.intake.add(new)

    assert await world.store.intake.get(new.id, team_id=world.team_id) is None


async def test_a_later_start_is_kept_with_its_reason(world: World) -> None:
    """Times keep their microseconds."""
    later = START + timedelta(hours=1, microseconds=1)

    task = await world.add(not_before=later, wait_reason=WaitReason.SCHEDULE)

    assert (task.not_before, task.wait_reason) == (later, WaitReason.SCHEDULE)


async def test_a_time_without_a_zone_is_refused(world: World) -> None:
    """A guess at the zone could be hours off."""
    with pytest.raises(ValueError, match="time zone"):
        await world.add(not_before=START.replace(tzinfo=None))


async def test_accepting_writes_the_first_event_and_then_the_notes(world: World) -> None:
    """The timeline starts with `accepted`, followed by what the caller had to add."""
    task = await world.add(
        not_before=START + timedelta(hours=1),
        wait_reason=WaitReason.PACING,
        notes=(("deduplicated", {"of": "x"}), ("delayed", {})),
    )

    view = await world.store.reports.view(task.id)

    assert view is not None
    assert [event.name for event in view.events] == ["accepted", "deduplicated", "delayed"]
    assert view.events[0].at == START
    assert view.events[0].detail == {
        "dialect": "outx",
        "task_type": "send_message",
        "member_id": world.member_id,
        "not_before": "2026-03-01T13:00:00+00:00",
        "wait_reason": "pacing",
    }
    assert view.events[1].detail == {"of": "x"}


async def test_the_same_id_is_accepted_once(world: World) -> None:
    """A second task with an id that is taken is refused, and the first stays as it was."""
    task = await world.add()

    with pytest.raises(Duplicate):
        await world.add(id=task.id, request={"other": True})

    assert await world.task(task.id) == task
    assert await world.events(task.id) == ["accepted"]


async def test_a_task_for_another_teams_member_is_refused(world: World) -> None:
    """No team can act with the account of another."""
    stranger = await world.store.teams.create("Other")

    with pytest.raises(StoreError):
        await world.add(team_id=stranger.id)


async def test_a_task_of_another_team_cannot_be_seen(world: World) -> None:
    """To other teams a task does not exist."""
    stranger = await world.store.teams.create("Other")
    task = await world.add()

    assert await world.store.intake.get(task.id, team_id=stranger.id) is None
    assert await world.store.intake.cancel(task.id, team_id=stranger.id) is None
    assert (await world.task(task.id)).status is TaskStatus.QUEUED


async def test_an_unknown_task_is_none(world: World) -> None:
    """Reading or withdrawing what is not there is no error."""
    assert await world.store.intake.get(str(uuid4()), team_id=world.team_id) is None
    assert await world.store.intake.cancel(str(uuid4()), team_id=world.team_id) is None


async def test_a_queued_task_can_be_withdrawn(world: World) -> None:
    """A cancelled task is final, says so, and waits for nothing."""
    task = await world.add(not_before=START + timedelta(hours=1), wait_reason=WaitReason.SCHEDULE)
    world.clock.advance(timedelta(minutes=5))

    cancelled = await world.store.intake.cancel(task.id, team_id=world.team_id)

    assert cancelled is not None
    assert cancelled == await world.task(task.id)
    assert cancelled.status is TaskStatus.CANCELLED
    assert cancelled.finished_at == START + timedelta(minutes=5)
    assert (cancelled.not_before, cancelled.wait_reason) == (None, None)
    assert cancelled.error is not None
    assert cancelled.error.code is ErrorCode.CANCELLED
    assert cancelled.error.retry_safe
    assert await world.events(task.id) == ["accepted", "cancelled"]


async def test_a_claimed_task_cannot_be_withdrawn(world: World) -> None:
    """From the claim on the runner decides how the task ends."""
    lease = await world.lease()
    task = await world.bring_to(TaskStatus.RUNNING, lease)

    with pytest.raises(TransitionRefused):
        await world.store.intake.cancel(task.id, team_id=world.team_id)

    assert await world.task(task.id) == task
