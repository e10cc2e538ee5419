"""One conversation of Sales Navigator, from LinkedIn's answers to what clients get, left unread."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.casting import NewThread, SeededMessage
from executor.sandbox.faults import Fault
from executor.sandbox.threads import SALES_NAVIGATOR
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.sales import BEGAN, JOHN, marks, moment, seed, unread, with_seat

if TYPE_CHECKING:
    from executor.sandbox.faults import FaultDeed
    from tests.executor.office import Office


async def read(office: Office, thread: str, **asked: Any) -> dict[str, Any]:
    task = await office.read("fetch_sales_thread", thread_id=thread, **asked)
    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output is not None
    return dict(task.output)


def texts(output: dict[str, Any]) -> list[str]:
    return [each["text"] for each in output["messages"]]


@pytest.mark.parametrize("answers", ["plain", "normalized"])
async def test_messages_come_newest_first_with_all_that_is_known(
    office: Office, answers: str
) -> None:
    """In both shapes of the answers; the conversation stays unread."""
    await with_seat(office)
    await office.sandbox.client.toggle(sales_answers=answers)
    thread = await seed(office, 3)
    stored = (await office.sandbox.client.threads(sales=True))[0].messages

    output = await read(office, thread)

    john = await office.sandbox.client.person(JOHN)
    assert texts(output) == ["message 2", "message 1", "message 0"]
    assert [each["message_urn"] for each in output["messages"]] == [
        each.id for each in reversed(stored)
    ]
    assert [each["sent_at"] for each in output["messages"]] == [moment(2), moment(1), moment(0)]
    assert [each["is_own"] for each in output["messages"]] == [True, False, True]
    assert [each["kind"] for each in output["messages"]] == ["MESSAGE", "MESSAGE", "INMAIL"]
    assert output["messages"][2]["subject"] == "Lanterns"
    assert output["messages"][1]["sender"]["name"] == john.name
    assert (output["thread"]["thread_id"], output["has_more"]) == (thread, False)
    assert await unread(office) == {thread}
    assert await marks(office) == []


async def test_older_messages_are_scrolled_to(office: Office) -> None:
    """As many as are asked for, from the newest on; what is older is told to be there."""
    await with_seat(office)
    thread = await seed(office, 34)

    output = await read(office, thread, count=25)

    assert texts(output) == [f"message {number}" for number in range(33, 8, -1)]
    assert output["has_more"] is True


@pytest.mark.parametrize("do", ["delay", "status", "errors_in_200"])
async def test_older_messages_that_do_not_come_are_not_taken_for_the_beginning(
    office: Office, do: FaultDeed
) -> None:
    """LinkedIn's answer proves where a conversation begins, and nothing else does."""
    await with_seat(office)
    thread = await seed(office, 34)
    older = f"/sales-api/salesApiMessagingThreads/{thread}/messages"
    await office.sandbox.client.arm(
        Fault(on="voyager_read", do=do, seconds=12, times=None, match=older)
    )

    task = await office.read("fetch_sales_thread", thread_id=thread, count=25)

    assert task.error is not None
    assert task.error.code is ErrorCode.UI_CHANGED


async def test_the_whole_conversation_is_read_where_that_is_asked_for(office: Office) -> None:
    """Down to its first message, after which nothing is waited for."""
    await with_seat(office)
    thread = await seed(office, 23)

    output = await read(office, thread, count=200)

    assert texts(output) == [f"message {number}" for number in range(22, -1, -1)]
    assert output["has_more"] is False


@pytest.mark.parametrize("shown", ["empty", "inbox"])
async def test_a_conversation_that_is_not_there_is_said_to_be_missing(
    office: Office, shown: str
) -> None:
    """Whatever Sales Navigator shows in its place, another conversation included."""
    await with_seat(office)
    await seed(office)
    await office.sandbox.client.toggle(sales_thread_missing=shown)

    task = await office.read("fetch_sales_thread", thread_id="2-bm9uZQ==")

    assert task.error is not None
    assert task.error.code is ErrorCode.CONVERSATION_NOT_FOUND
    assert await marks(office) == []


async def test_without_a_seat_it_is_refused(office: Office) -> None:
    """LinkedIn leads such accounts to where Sales Navigator is sold."""
    task = await office.read("fetch_sales_thread", thread_id="2-bm9uZQ==")

    assert task.error is not None
    assert task.error.code is ErrorCode.REFUSED


async def test_a_conversation_is_paged_through_by_moments(office: Office) -> None:
    """Each message once, although two came in the same moment; none that is too old."""
    await with_seat(office)
    at = [BEGAN + timedelta(minutes=number // 2) for number in range(32)]
    lines = tuple(SeededMessage(sender="them", text=f"{n}", at=each) for n, each in enumerate(at))
    new = NewThread(person=JOHN, messages=lines, category=SALES_NAVIGATOR)
    thread = (await office.sandbox.client.seed_thread(new)).id
    assert thread is not None
    since = moment(1)

    found: list[str] = []
    before = None
    while True:
        page = await read(office, thread, count=5, before=before, since=since)
        found += texts(page)
        if not page["has_more"]:
            break
        before = page["messages"][-1]["sent_at"]

    assert sorted(found, key=int) == [f"{number}" for number in range(4, 32)]
    assert len(found) == 28
