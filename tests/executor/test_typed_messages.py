"""Messages that are typed visibly, and messages into one of several conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from executor.sandbox import Fault
from executor.sandbox.casting import NewThread, SeededMessage
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE, STRANGER

if TYPE_CHECKING:
    from storage.tasks import Task
    from tests.executor.office import Office

TYPING = "/voyager/api/voyagerMessagingDashMessengerConversations?action=typing"
TEXTS = [
    "Hello John",
    "Zwei Zeilen,\n\neine davon leer, und 👩‍👩‍👧 mittendrin",
    "x" * 300,
    "مرحبا جون",
]


async def send(office: Office, text: str, to: str, **more: object) -> Task:
    person = await office.sandbox.client.person(to)
    return await office.perform(
        "send_message", recipient={"profile_id": person.id}, message=text, show_typing=True, **more
    )


@pytest.mark.parametrize("text", TEXTS)
async def test_what_is_typed_is_shown_and_arrives_as_it_stands(office: Office, text: str) -> None:
    """In a conversation that exists; LinkedIn's answer to the page proves that it was shown."""
    task = await send(office, text, "john-doe-123")

    assert task.status is TaskStatus.SUCCEEDED, task.error
    assert task.output is not None
    assert task.output["typing_shown"] is True
    # The page tells it again where typing takes some seconds, as it does on a busy machine.
    assert await office.sandbox.client.visits(TYPING)
    assert [entry.text for entry in await office.delivered()] == [text]


async def test_a_new_conversation_shows_nothing_yet(office: Office) -> None:
    """There is nobody on the other side of it, and the message is sent all the same."""
    task = await send(office, "Hi Jane", JANE)

    assert task.output is not None
    assert task.output["typing_shown"] is False
    assert [entry.text for entry in await office.delivered()] == ["Hi Jane"]


async def test_typing_that_linkedin_does_not_take_keeps_no_message_back(office: Office) -> None:
    """It is told as not shown."""
    await office.sandbox.client.arm(Fault(on="mark_conversation", do="status", times=None))

    task = await send(office, "Hello John", "john-doe-123")

    assert task.output is not None
    assert task.output["typing_shown"] is False
    assert [entry.text for entry in await office.delivered()] == ["Hello John"]


async def test_of_two_conversations_with_a_person_the_named_one_gets_the_message(
    office: Office,
) -> None:
    """LinkedIn would open the newer one by itself."""
    client = office.sandbox.client
    john = await client.person("john-doe-123")
    older = next(each for each in await client.threads() if each.person == john.id)
    line = SeededMessage(sender="me", text="In a newer one")
    newer = await client.seed_thread(NewThread(person=john.id, messages=(line,)))
    me = (await client.accounts())[0].profile
    urn = f"urn:li:msg_conversation:(urn:li:fsd_profile:{me},{older.id})"

    task = await send(office, "Back to the older one", "john-doe-123", conversation_urn=urn)

    assert task.status is TaskStatus.SUCCEEDED, task.error
    (entry,) = await office.delivered()
    assert entry.conversation_urn == urn != newer.conversation_urn


async def test_somebody_elses_conversation_gets_nothing(office: Office) -> None:
    """The recipient's id and the conversation's have to agree."""
    client = office.sandbox.client
    line = SeededMessage(sender="them", text="Hello")
    janes = await client.seed_thread(NewThread(person=JANE, messages=(line,)))

    task = await send(office, "Hello John", "john-doe-123", conversation_urn=janes.conversation_urn)

    assert task.error is not None
    assert task.error.code is ErrorCode.RECIPIENT_MISMATCH
    assert await office.delivered() == []


async def test_a_conversation_that_is_not_there_gets_nothing(office: Office) -> None:
    """And no other one gets it in its place."""
    me = (await office.sandbox.client.accounts())[0].profile
    urn = f"urn:li:msg_conversation:(urn:li:fsd_profile:{me},2-bm9uZQ==)"

    task = await send(office, "Hello John", "john-doe-123", conversation_urn=urn)

    assert task.error is not None
    assert task.error.code is ErrorCode.CONVERSATION_NOT_FOUND
    assert await office.delivered() == []


@pytest.mark.scenario(18)
async def test_a_reply_goes_to_whoever_is_in_the_conversation(office: Office) -> None:
    """Without naming them, and although they are no connection: they have answered an InMail."""
    seeded = await office.sandbox.client.seed_thread(
        NewThread(
            person=STRANGER,
            category="INMAIL",
            messages=(
                SeededMessage(sender="me", text="May I ask you something?"),
                SeededMessage(sender="them", text="Of course."),
            ),
        )
    )

    task = await office.perform(
        "send_message", conversation_urn=seeded.conversation_urn, message="Thank you!"
    )

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    (entry,) = await office.delivered()
    assert (entry.recipient, entry.text) == (STRANGER, "Thank you!")
    assert entry.conversation_urn == seeded.conversation_urn
    assert task.output is not None
    assert task.output["recipient_profile_id"] == STRANGER


async def test_a_reply_into_no_conversation_is_refused(office: Office) -> None:
    """Nobody is guessed."""
    owner = (await office.sandbox.client.accounts())[0].profile
    urn = f"urn:li:msg_conversation:(urn:li:fsd_profile:{owner},2-bm9uZQ==)"

    task = await office.perform("send_message", conversation_urn=urn, message="Hello?")

    assert task.error is not None
    assert task.error.code == ErrorCode.CONVERSATION_NOT_FOUND
    assert await office.delivered() == []


async def test_an_inmail_that_waits_for_its_answer_takes_no_reply(office: Office) -> None:
    """LinkedIn shows no box there."""
    seeded = await office.sandbox.client.seed_thread(
        NewThread(
            person=STRANGER,
            category="INMAIL",
            messages=(SeededMessage(sender="me", text="May I ask you something?"),),
        )
    )

    task = await office.perform(
        "send_message", conversation_urn=seeded.conversation_urn, message="Are you there?"
    )

    assert task.error is not None
    assert task.error.code == ErrorCode.COMPOSER_UNAVAILABLE
    assert await office.delivered() == []
