"""Showing that somebody types: seen by LinkedIn, and gone without a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from executor.sandbox import Fault
from executor.sandbox.casting import NewThread, SeededMessage
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE

if TYPE_CHECKING:
    from executor.sandbox.casting import SeededThread
    from tests.executor.office import Office

TYPING = "/voyager/api/voyagerMessagingDashMessengerConversations?action=typing"
MARKS = "/voyager/api/voyagerMessagingDashMessengerConversations?ids="


async def seed(office: Office, *, draft: str = "") -> SeededThread:
    line = SeededMessage(sender="them", text="Hello")
    thread = NewThread(person=JANE, messages=(line,), unread=1, draft=draft)
    return await office.sandbox.client.seed_thread(thread)


async def unread(office: Office, thread: SeededThread) -> int:
    return next(
        each.unread for each in await office.sandbox.client.threads() if each.id == thread.id
    )


async def test_linkedin_is_told_and_nothing_stays(office: Office) -> None:
    """The box is empty again, nothing was sent, and nothing was marked read."""
    thread = await seed(office)

    task = await office.read("show_typing", conversation_urn=thread.conversation_urn)

    client = office.sandbox.client
    assert (task.status, task.output) == (
        TaskStatus.SUCCEEDED,
        {"conversation_urn": thread.conversation_urn},
    )
    assert len(await client.visits(TYPING)) == 1
    assert await client.visits(MARKS) == []
    assert await unread(office, thread) == 1
    assert await office.delivered() == []
    message = await office.message("Hi Jane")
    assert message.status is TaskStatus.SUCCEEDED, "a draft would stand in its way"


async def test_a_draft_is_left_alone(office: Office) -> None:
    """Somebody has begun to write there."""
    thread = await seed(office, draft="Dear Jane, as I")

    task = await office.read("show_typing", conversation_urn=thread.conversation_urn)

    assert task.error is not None
    assert task.error.code is ErrorCode.COMPOSER_OCCUPIED
    assert await office.sandbox.client.visits(TYPING) == []


async def test_what_linkedin_does_not_take_is_not_shown(office: Office) -> None:
    """The page's request failed, so nobody can have seen anything."""
    thread = await seed(office)
    await office.sandbox.client.arm(Fault(on="mark_conversation", do="status"))

    task = await office.read("show_typing", conversation_urn=thread.conversation_urn)

    assert task.error is not None
    assert task.error.code is ErrorCode.UI_CHANGED


@pytest.mark.parametrize("thread_id", ["2-bm9uZQ=="])
async def test_a_conversation_that_is_not_there_is_said_to_be_missing(
    office: Office, thread_id: str
) -> None:
    """It is nobody's."""
    me = (await office.sandbox.client.accounts())[0].profile
    urn = f"urn:li:msg_conversation:(urn:li:fsd_profile:{me},{thread_id})"

    task = await office.read("show_typing", conversation_urn=urn)

    assert task.error is not None
    assert task.error.code is ErrorCode.CONVERSATION_NOT_FOUND
