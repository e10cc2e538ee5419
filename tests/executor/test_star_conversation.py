"""Starring conversations: one changes, none is marked read."""

from __future__ import annotations

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


async def seed(office: Office, *, starred: bool = False) -> SeededThread:
    line = SeededMessage(sender="them", text="Hello")
    thread = NewThread(person=JANE, messages=(line,), unread=2, starred=starred)
    return await office.sandbox.client.seed_thread(thread)


async def stars(office: Office) -> set[str]:
    return {each.id for each in await office.sandbox.client.threads() if each.starred}


async def star(office: Office, thread: SeededThread, *, starred: bool) -> Task:
    return await office.read(
        "star_conversation", conversation_urn=thread.conversation_urn, starred=starred
    )


@pytest.mark.parametrize("answers", ["graphql", "normalized"])
@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("starred", [True, False])
async def test_one_conversation_gets_or_loses_its_star(
    office: Office, answers: str, language: str, *, starred: bool
) -> None:
    """It alone, and it is as unread as before."""
    await office.sandbox.client.toggle(messaging_answers=answers, language=language)
    thread = await seed(office, starred=not starred)
    before = await unread(office)

    task = await star(office, thread, starred=starred)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output == {
        "conversation_urn": thread.conversation_urn,
        "starred": starred,
        "was_so": False,
    }
    assert task.evidence == {"method": "network"}
    assert await stars(office) == ({thread.id} if starred else set())
    assert await unread(office) == before
    assert await office.delivered() == []


@pytest.mark.parametrize("starred", [True, False])
async def test_what_is_so_already_is_left_alone(office: Office, *, starred: bool) -> None:
    """LinkedIn's list tells it, and the button, which would undo it, is not pressed."""
    thread = await seed(office, starred=starred)

    task = await star(office, thread, starred=starred)

    assert task.evidence == {"method": "list"}
    assert (
        await office.sandbox.client.visits("/voyager/api/voyagerMessagingDashMessengerConv") == []
    )
    assert await stars(office) == ({thread.id} if starred else set())


@pytest.mark.parametrize("starred", [True, False])
async def test_of_an_old_conversation_the_pages_own_request_tells(
    office: Office, *, starred: bool
) -> None:
    """It is not among those that the list begins with; the wrong request stays in the browser."""
    client = office.sandbox.client
    people = [each for each in await client.people() if each.id != JANE][:25]
    thread = await seed(office, starred=starred)
    for person in people:
        line = SeededMessage(sender="them", text="Later")
        await client.seed_thread(NewThread(person=person.id, messages=(line,)))

    task = await star(office, thread, starred=True)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.evidence == {"method": "page" if starred else "network"}
    assert await stars(office) == {thread.id}


async def test_a_star_that_linkedin_does_not_take_is_no_success(office: Office) -> None:
    """LinkedIn says no, and so does the task."""
    thread = await seed(office)
    await office.sandbox.client.arm(Fault(on="mark_conversation", do="status", status=400))

    task = await star(office, thread, starred=True)

    assert task.error is not None
    assert task.error.code is ErrorCode.REFUSED
    assert await stars(office) == set()


async def test_a_conversation_that_is_not_there_is_said_to_be_missing(office: Office) -> None:
    """It is nobody's."""
    me = (await office.sandbox.client.accounts())[0].profile
    urn = f"urn:li:msg_conversation:(urn:li:fsd_profile:{me},2-bm9uZQ==)"

    task = await office.read("star_conversation", conversation_urn=urn, starred=True)

    assert task.error is not None
    assert task.error.code is ErrorCode.CONVERSATION_NOT_FOUND


async def test_the_urn_of_another_mailbox_stars_nothing(office: Office) -> None:
    """The account has it under another one."""
    thread = await seed(office)
    assert thread.conversation_urn is not None
    me = (await office.sandbox.client.accounts())[0].profile
    urn = thread.conversation_urn.replace(me, "ACoAASomebodyElse")

    task = await office.read("star_conversation", conversation_urn=urn, starred=True)

    assert task.error is not None
    assert task.error.code is ErrorCode.CONVERSATION_NOT_FOUND
    assert await stars(office) == set()
