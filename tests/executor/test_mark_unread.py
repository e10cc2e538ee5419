"""Marking conversations unread by their rows, which have no ids."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from executor.sandbox import Fault
from executor.sandbox.casting import NewThread, SeededMessage
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE
from tests.executor.test_mark_read import unread

if TYPE_CHECKING:
    from executor.sandbox.casting import SeededThread
    from storage.tasks import Task
    from tests.executor.office import Office


async def seed(office: Office, *, person: str = JANE, unread: int = 0) -> SeededThread:
    line = SeededMessage(sender="them", text="Hello")
    thread = NewThread(person=person, messages=(line,), unread=unread)
    return await office.sandbox.client.seed_thread(thread)


async def mark(office: Office, thread: SeededThread) -> Task:
    return await office.read("mark_unread", conversation_urn=thread.conversation_urn)


@pytest.mark.parametrize("language", ["en", "de", "ja", "ar"])
@pytest.mark.parametrize("answers", ["graphql", "normalized"])
async def test_the_conversation_counts_as_unread(
    office: Office, language: str, answers: str
) -> None:
    """It alone, and no conversation was opened."""
    await office.sandbox.client.toggle(language=language, messaging_answers=answers)
    thread = await seed(office)
    before = await unread(office)
    await office.sandbox.client.forget_visits()

    task = await mark(office, thread)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output == {"conversation_urn": thread.conversation_urn, "already_unread": False}
    assert task.evidence == {"method": "network"}
    assert await unread(office) == before | {str(thread.id): 1}
    assert await office.sandbox.client.visits("/messaging/thread/") == []


async def test_of_several_conversations_with_one_person_the_right_one_is_marked(
    office: Office,
) -> None:
    """Their rows say the same; their places tell them apart, far down in the list too."""
    client = office.sandbox.client
    began = datetime.now(UTC) - timedelta(days=400)
    lines = [
        (SeededMessage(sender="them", text="Hello", at=began + timedelta(minutes=number)),)
        for number in range(30)
    ]
    threads = [await client.seed_thread(NewThread(person=JANE, messages=each)) for each in lines]
    wanted = threads[4]
    before = await unread(office)

    task = await mark(office, wanted)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert await unread(office) == before | {str(wanted.id): 1}


async def test_what_is_unread_already_is_done(office: Office) -> None:
    """There is nothing to change, and that is told."""
    thread = await seed(office, unread=3)

    task = await mark(office, thread)

    assert task.output == {"conversation_urn": thread.conversation_urn, "already_unread": True}
    assert (await unread(office))[str(thread.id)] == 3


async def test_a_mark_that_linkedin_does_not_take_is_no_success(office: Office) -> None:
    """The conversation is as read as before, and it is tried again later."""
    thread = await seed(office)
    await office.sandbox.client.arm(Fault(on="mark_conversation", do="errors_in_200", times=None))

    task = await mark(office, thread)

    assert (task.status, task.attempts) == (TaskStatus.QUEUED, 1)
    assert thread.id not in await unread(office)


async def test_a_conversation_that_the_list_does_not_have_is_said_to_be_missing(
    office: Office,
) -> None:
    """The archive is no part of the focused inbox."""
    line = SeededMessage(sender="them", text="Hello")
    thread = await office.sandbox.client.seed_thread(
        NewThread(person=JANE, messages=(line,), category="ARCHIVE")
    )

    task = await mark(office, thread)

    assert task.error is not None
    assert task.error.code is ErrorCode.CONVERSATION_NOT_FOUND
