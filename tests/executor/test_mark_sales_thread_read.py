"""Marking conversations of Sales Navigator read: what LinkedIn has counted, nothing less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.sandbox import Fault
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.sales import fill, marks, seed, unread, with_seat

if TYPE_CHECKING:
    from tests.executor.office import Office


async def test_the_conversation_counts_as_read(office: Office) -> None:
    """It alone, and LinkedIn's own answer says so."""
    await with_seat(office)
    await fill(office, 4)
    before = await unread(office)
    thread = await seed(office)

    task = await office.read("mark_sales_thread_read", thread_id=thread)

    assert (task.status, task.output) == (
        TaskStatus.SUCCEEDED,
        {"thread_id": thread, "already_read": False},
    )
    assert task.evidence == {"method": "network"}
    assert await unread(office) == before
    assert len(await marks(office)) == 1


async def test_what_was_read_already_is_done_without_a_request(office: Office) -> None:
    """LinkedIn's answer to the page has told that nothing is unread."""
    await with_seat(office)
    thread = await seed(office, unread=0)

    task = await office.read("mark_sales_thread_read", thread_id=thread)

    assert task.status is TaskStatus.SUCCEEDED
    assert task.output == {"thread_id": thread, "already_read": True}
    assert await marks(office) == []


async def test_a_mark_that_linkedin_does_not_take_is_no_success(office: Office) -> None:
    """The conversation is still unread, and nobody says otherwise."""
    await with_seat(office)
    thread = await seed(office)
    await office.sandbox.client.arm(Fault(on="mark_conversation", do="status", times=None))

    task = await office.read("mark_sales_thread_read", thread_id=thread)

    assert task.error is not None
    assert task.error.code is ErrorCode.UI_CHANGED
    assert await unread(office) == {thread}


async def test_a_conversation_that_is_not_there_is_said_to_be_missing(office: Office) -> None:
    """Nothing else is marked in its place."""
    await with_seat(office)
    thread = await seed(office)

    task = await office.read("mark_sales_thread_read", thread_id="2-bm9uZQ==")

    assert task.error is not None
    assert task.error.code is ErrorCode.CONVERSATION_NOT_FOUND
    assert await unread(office) == {thread}


async def test_only_the_mark_of_the_conversation_itself_leaves_the_browser(office: Office) -> None:
    """Where Sales Navigator opens another one instead, that one stays unread."""
    await with_seat(office)
    other = await seed(office)
    await office.sandbox.client.toggle(sales_thread_missing="inbox", sales_opens="first")

    task = await office.read("mark_sales_thread_read", thread_id="2-bm9uZQ==")

    assert task.error is not None
    assert task.error.code is ErrorCode.CONVERSATION_NOT_FOUND
    assert await unread(office) == {other}
    assert await marks(office) == []
