"""Pauses that accounts keep: our own pace, LinkedIn's throttling, pages that are not understood."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from executor.pace import Pace
from executor.sandbox.faults import Fault
from executor.working_hours import WorkingHours
from storage.limits import HoldReason
from storage.tasks import ErrorCode, TaskStatus, WaitReason
from tests.executor.office import JANE, STRANGER

if TYPE_CHECKING:
    from datetime import datetime

    from storage.tasks import TaskView
    from tests.executor.office import Office

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def paced(**pace: Any) -> dict[str, Any]:
    """Settings that pace messages like this, and invitations not at all."""
    free = {"gap": 0, "jitter": 0, "per_day": None, "per_week": None}
    return {
        "pacing": True,
        "limits": {
            "send_message": Pace.model_validate({**free, **pace}),
            "send_connection_request": Pace.model_validate(free),
        },
    }


async def ask_jane(office: Office, *texts: str) -> list[str]:
    return [
        await office.ask("send_message", recipient={"profile_id": JANE}, message=text)
        for text in texts
    ]


async def texts(office: Office) -> list[str | None]:
    return [entry.text for entry in await office.delivered()]


async def view(office: Office, task_id: str) -> TaskView:
    found = await office.store.reports.view(task_id)
    assert found is not None
    return found


async def until(office: Office, reason: HoldReason, task_type: str | None = None) -> datetime:
    """Return when the hold for this reason ends."""
    holds = await office.store.limits.holds(office.admin.id)
    (hold,) = [each for each in holds if (each.reason, each.task_type) == (reason, task_type)]
    return hold.until


async def test_a_message_waits_for_its_gap(office: Office) -> None:
    """The second message goes out a minute after the first one, by whichever runner."""
    _, second = await ask_jane(office, "one", "two")
    rules = paced(gap=60)

    await office.runner(**rules).run_once()
    waiting = await view(office, second)

    assert await texts(office) == ["one"]
    assert (waiting.task.status, waiting.waiting_for) == (TaskStatus.QUEUED, WaitReason.PACING)
    assert waiting.earliest_start == office.clock.now + MINUTE
    office.clock.pass_(MINUTE)
    await office.runner(**rules).run_once()
    assert await texts(office) == ["one", "two"]


async def test_a_task_beyond_the_days_cap_waits_for_the_next_day(office: Office) -> None:
    """Nothing fails; the task says why it waits, and restarts forget nothing."""
    *_, third = await ask_jane(office, "one", "two", "three")
    rules = paced(per_day=2)

    await office.runner(**rules).run_once()
    office.clock.pass_(DAY - MINUTE)
    await office.runner(**rules).run_once()
    waiting = await view(office, third)

    assert await texts(office) == ["one", "two"]
    assert (waiting.waiting_for, waiting.position) == (WaitReason.LIMIT, 1)
    office.clock.pass_(MINUTE)
    await office.runner(**rules).run_once()
    assert await texts(office) == ["one", "two", "three"]


async def test_a_raised_cap_frees_what_waits(office: Office) -> None:
    """An operator who raises a cap and restarts does not wait for the old one to run out."""
    await ask_jane(office, "one", "two")
    await office.runner(**paced(per_day=1)).run_once()

    raised = office.runner(**paced(per_day=2))
    await raised.apply_settings()
    await raised.run_once()

    assert await texts(office) == ["one", "two"]


async def test_one_task_types_cap_leaves_the_others_alone(office: Office) -> None:
    """An account that has used its messages up still invites."""
    await ask_jane(office, "one", "two")
    await office.ask("send_connection_request", invitee={"profile_id": STRANGER}, note=None)

    await office.runner(**paced(per_day=1)).run_once()

    assert [entry.kind for entry in await office.delivered()] == ["message", "invitation"]


async def test_outside_working_hours_nothing_is_sent(office: Office) -> None:
    """The task waits for the opening, and says so."""
    (task_id,) = await ask_jane(office, "one")
    office.clock.now = (office.clock.now + DAY).replace(hour=12, minute=0)
    hours = WorkingHours.parse("13:00-14:00")
    rules = {**paced(), "working_hours": hours, "timezone": "UTC"}

    await office.runner(**rules).run_once()

    assert await texts(office) == []
    assert (await view(office, task_id)).waiting_for is WaitReason.SCHEDULE
    office.clock.pass_(timedelta(hours=1))
    await office.runner(**rules).run_once()
    assert await texts(office) == ["one"]


@pytest.mark.parametrize("status", [429, 999])
async def test_throttling_rests_the_whole_account_for_longer_each_time(
    office: Office, status: int
) -> None:
    """The queue is kept and no attempt used up; a success ends the series."""
    first, second = await ask_jane(office, "one", "two")
    await office.sandbox.client.arm(
        Fault(on="page", do="status", status=status, times=2, match="/in/")
    )
    pauses = []
    for _ in range(2):
        before = office.clock.now
        await office.runner().run_once()
        pauses.append(await until(office, HoldReason.RATE_LIMITED) - before)
        assert await office.runner().run_once() == 0
        office.clock.pass_(pauses[-1])

    assert pauses == [15 * MINUTE, 30 * MINUTE]
    assert (await office.task(first)).attempts == 0
    assert (await view(office, second)).waiting_for is None
    await office.runner().run_once()
    assert await texts(office) == ["one", "two"]
    assert await office.store.limits.holds(office.admin.id) == []


async def test_a_throttled_account_says_so_in_its_tasks(office: Office) -> None:
    """Whoever asks after a waiting task learns what it waits for, and until when."""
    first, second = await ask_jane(office, "one", "two")
    await office.sandbox.client.arm(Fault(on="page", do="status", status=429, match="/in/"))

    await office.runner().run_once()

    for task_id in (first, second):
        waiting = await view(office, task_id)
        assert waiting.waiting_for is WaitReason.LIMIT
        assert [hold.reason for hold in waiting.holds] == [HoldReason.RATE_LIMITED]
        assert waiting.earliest_start == office.clock.now + 15 * MINUTE
    assert "put_back" in [event.name for event in await office.timeline(first)]


async def test_throttling_at_the_send_itself_rests_the_account_too(office: Office) -> None:
    """LinkedIn's 429 to the message itself is proof that it was not sent, and a reason to rest."""
    first, second = await ask_jane(office, "one", "two")
    await office.sandbox.client.arm(Fault(on="create_message", do="status", status=429))

    await office.runner().run_once()

    failed = await office.task(first)
    assert failed.error is not None
    assert (failed.status, failed.error.code) == (TaskStatus.FAILED, ErrorCode.RATE_LIMITED)
    assert (await office.task(second)).status is TaskStatus.QUEUED
    assert await texts(office) == []


async def test_pages_that_are_not_understood_rest_their_task_type_only(office: Office) -> None:
    """Three strikes in a row, and messages wait while invitations go on; one success mends it."""
    tasks = await ask_jane(office, "one", "two", "three", "four")
    await office.ask("send_connection_request", invitee={"profile_id": STRANGER}, note=None)
    broken = Fault(on="page", do="errors_in_200", times=3, match=f"/in/{JANE}")
    await office.sandbox.client.arm(broken)
    quick = {"step_timeout": timedelta(seconds=1)}

    await office.runner(**quick).run_once()

    ended = [(await office.task(task_id)).status for task_id in tasks]
    assert ended == [TaskStatus.FAILED] * 3 + [TaskStatus.QUEUED]
    assert [entry.kind for entry in await office.delivered()] == ["invitation"]
    hold = await until(office, HoldReason.UI_CHANGED, "send_message")
    assert hold == office.clock.now + timedelta(hours=1)
    office.clock.pass_(timedelta(hours=1))
    await office.runner().run_once()
    assert "four" in await texts(office)
    assert await office.store.limits.holds(office.admin.id) == []
