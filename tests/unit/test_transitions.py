"""The table of transitions, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from storage import tasks
from storage.tasks import TRANSITIONS, TaskStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

FINAL = {
    TaskStatus.SUCCEEDED,
    TaskStatus.FAILED,
    TaskStatus.UNCONFIRMED,
    TaskStatus.CANCELLED,
}


def test_every_state_is_in_the_table() -> None:
    """None is forgotten, and none leads to itself."""
    assert set(TRANSITIONS) == set(TaskStatus)
    assert all(start not in ends for start, ends in TRANSITIONS.items())


def test_the_table_cannot_be_changed() -> None:
    """It is the same for everybody, for as long as the program runs."""
    with pytest.raises(TypeError):
        cast("Any", TRANSITIONS)[TaskStatus.FAILED] = frozenset({TaskStatus.QUEUED})


@pytest.mark.parametrize("status", TaskStatus)
def test_final_states_lead_nowhere(status: TaskStatus) -> None:
    """And only they do."""
    assert status.is_final is (status in FINAL)
    assert status.is_final is (not TRANSITIONS[status])


def reachable(start: TaskStatus) -> set[TaskStatus]:
    found: set[TaskStatus] = set()
    ahead = [start]
    while ahead:
        for status in TRANSITIONS[ahead.pop()] - found:
            found.add(status)
            ahead.append(status)
    return found


def test_every_task_can_come_to_an_end() -> None:
    """From any state that is not final, and to any that is."""
    for status in set(TaskStatus) - FINAL:
        assert reachable(status) & FINAL
    assert reachable(TaskStatus.QUEUED) >= FINAL


def test_there_is_no_way_back_from_submitting() -> None:
    """Whatever happens after the click, the task is never queued or clicked again."""
    assert reachable(TaskStatus.SUBMITTING) == {
        TaskStatus.SUCCEEDED,
        TaskStatus.FAILED,
        TaskStatus.UNCONFIRMED,
    }


def test_only_what_was_submitted_can_stay_unconfirmed() -> None:
    """Before the click there is nothing to be in doubt about."""
    before = {start for start, ends in TRANSITIONS.items() if TaskStatus.UNCONFIRMED in ends}

    assert before == {TaskStatus.SUBMITTING}


def drawn() -> Iterator[tuple[str, str]]:
    for line in (tasks.__doc__ or "").splitlines():
        start, arrow, end = line.strip().partition(" --> ")
        if arrow and start != "[*]":
            yield start, end.split(":")[0]


def test_the_drawing_shows_the_table() -> None:
    """The diagram in the module's docstring is neither ahead nor behind."""
    pairs = {(start.value, end.value) for start, ends in TRANSITIONS.items() for end in ends}

    assert set(drawn()) == pairs
