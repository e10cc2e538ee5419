"""A group's members, as its list shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from executor.pages import group_members
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import STRANGER

if TYPE_CHECKING:
    from tests.executor.office import Office

GROUP = "12345678"


@pytest.mark.parametrize("cards", ["sdui", "ember"])
async def test_members_are_listed_in_order(office: Office, cards: str) -> None:
    """Name, headline, degree and vanity are what the sandbox was given."""
    await office.sandbox.client.toggle(group_cards=cards)
    stranger = await office.sandbox.client.person(STRANGER)

    task = await office.read("fetch_group_members", group_id=GROUP)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output is not None
    members = task.output["members"]
    assert len(members) == 50
    assert task.output["has_more"] is True
    (found,) = [each for each in members if each["vanity"] == stranger.vanity]
    assert found["full_name"] == stranger.name
    assert found["headline"] == stranger.headline
    assert found["degree"] == stranger.distance
    assert [each["degree"] for each in members[:3]] == [None, 1, 1]


async def test_pages_of_members_join(office: Office) -> None:
    """Two pages hold everybody exactly once, and the last one says that it is the last."""
    first = (await office.read("fetch_group_members", group_id=GROUP, count=40)).output
    second = (await office.read("fetch_group_members", group_id=GROUP, start=40, count=40)).output
    assert first is not None
    assert second is not None

    names = [each["vanity"] for part in (first, second) for each in part["members"]]

    assert sorted(names) == sorted(set(names))
    assert len(names) == 61
    assert (first["has_more"], second["has_more"]) == (True, False)


async def test_a_slow_answer_is_not_the_end_of_the_list(office: Office) -> None:
    """However quiet the page is meanwhile: as long as it waits, more may come."""
    await office.sandbox.client.toggle(section_delay_ms=1500)

    output = (await office.read("fetch_group_members", group_id=GROUP, count=50)).output

    assert output is not None
    assert (len(output["members"]), output["has_more"]) == (50, True)


async def test_a_list_that_was_not_followed_to_its_end_may_go_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Being too slow is not its end; where nobody came who is wanted, the task is tried again."""
    monkeypatch.setattr(group_members, "_MOST_BOUTS", 1)
    monkeypatch.setattr(group_members, "_BOUT_SECONDS", 0.3)
    await office.sandbox.client.toggle(section_delay_ms=5000)

    near = await office.read("fetch_group_members", group_id=GROUP, count=50)
    far = await office.read("fetch_group_members", group_id=GROUP, start=50, count=50)

    assert near.output is not None
    assert 0 < len(near.output["members"]) < 50
    assert near.output["has_more"] is True
    assert (far.status, far.output) == (TaskStatus.QUEUED, None)


async def test_a_group_that_is_not_shown_is_refused(office: Office) -> None:
    """LinkedIn shows its members to members only."""
    task = await office.read("fetch_group_members", group_id="87654321")

    assert task.error is not None
    assert task.error.code == ErrorCode.NOT_GROUP_MEMBER
    assert await office.delivered() == []
