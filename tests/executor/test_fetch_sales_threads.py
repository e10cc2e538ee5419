"""The list of Sales Navigator's inbox, from LinkedIn's answers to what clients get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox import ids
from executor.sandbox.faults import Fault
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.sales import fill, marks, moment, seed, unread, with_seat

if TYPE_CHECKING:
    from executor.sandbox.faults import FaultDeed
    from tests.executor.office import Office


async def listed(office: Office, **asked: Any) -> dict[str, Any]:
    task = await office.read("fetch_sales_threads", **asked)
    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output is not None
    return dict(task.output)


def texts(output: dict[str, Any]) -> list[str]:
    return [each["latest_message"]["text"] for each in output["threads"]]


@pytest.mark.parametrize("answers", ["plain", "normalized"])
async def test_a_conversation_has_everything_that_linkedin_tells(
    office: Office, answers: str
) -> None:
    """In both shapes of the answers; it stays unread, and nobody is told that it was looked at."""
    await with_seat(office)
    await office.sandbox.client.toggle(sales_answers=answers)
    thread = await seed(office, 2)

    output = await listed(office)

    john = await office.sandbox.client.person("john-doe-123")
    (found,) = output["threads"]
    assert output["next"] is None
    assert found["thread_id"] == thread
    assert found["conversation_urn"] == f"urn:li:salesNav_thread:{thread}"
    assert (found["unread_count"], found["message_count"]) == (1, 2)
    assert (found["last_activity_at"], found["is_archived"]) == (moment(1), False)
    latest = found["latest_message"]
    assert (latest["text"], latest["is_own"], latest["kind"]) == ("message 1", False, "MESSAGE")
    me, other = sorted(found["participants"], key=lambda each: each["distance"] != "SELF")
    assert me["distance"] == "SELF"
    assert (other["name"], other["distance"]) == (john.name, "DISTANCE_1")
    assert other["profile_id"] == ids.sales_profile_id(john.id)
    assert other["participant_urn"] == ids.sales_profile_urn(john.id)
    assert other["backend_urn"] == f"urn:li:member:{john.member}"
    assert other["profile_urn"] is None
    assert other["picture_url"].endswith("100_100")
    assert await unread(office) == {thread}
    assert await marks(office) == []


async def test_the_list_is_scrolled_as_far_as_needed_and_paged_through(office: Office) -> None:
    """Every conversation once, the newest first, in parts."""
    await with_seat(office)
    await fill(office, 47)
    before = await unread(office)
    found: list[str] = []
    place = None
    while True:
        output = await listed(office, count=30, starts_at=place)
        found += texts(output)
        place = output["next"]
        if place is None:
            break

    assert found == [f"{number}" for number in range(46, -1, -1)]
    assert await unread(office) == before
    assert await marks(office) == []


async def test_only_unread_ones_are_picked_out(office: Office) -> None:
    """Also from further down the list."""
    await with_seat(office)
    await fill(office, 30)

    output = await listed(office, count=12, only_unread=True)

    assert texts(output) == [f"{number}" for number in range(29, 5, -2)]
    assert output["next"] is not None


async def test_an_empty_inbox_is_empty(office: Office) -> None:
    """That is no error."""
    await with_seat(office)

    assert await listed(office) == {"threads": [], "next": None}


async def test_without_a_seat_it_is_refused(office: Office) -> None:
    """LinkedIn leads such accounts to where Sales Navigator is sold."""
    task = await office.read("fetch_sales_threads")

    assert task.error is not None
    assert (task.error.code, "no seat" in task.error.message) == (ErrorCode.REFUSED, True)


async def test_a_choice_of_contract_is_left_to_the_person(office: Office) -> None:
    """Nothing is chosen for them."""
    await with_seat(office)
    await office.sandbox.client.toggle(sales_contracts=True)

    task = await office.read("fetch_sales_threads")

    assert task.error is not None
    assert (task.error.code, "contract" in task.error.message) == (ErrorCode.REFUSED, True)


@pytest.mark.parametrize("do", ["status", "errors_in_200"])
async def test_a_list_that_does_not_go_on_is_not_called_whole(
    office: Office, do: FaultDeed
) -> None:
    """The page asks for more, and LinkedIn does not answer."""
    await with_seat(office)
    await fill(office, 25)
    fault = Fault(
        on="voyager_read",
        do=do,
        after=1,
        times=None,
        match="/sales-api/salesApiMessagingThreads?",
    )
    await office.sandbox.client.arm(fault)

    task = await office.read("fetch_sales_threads", count=25)

    assert task.error is not None
    assert task.error.code is ErrorCode.UI_CHANGED
