"""Answers in Sales Navigator, from the conversation to the ledger: once, or a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from executor.locators import sales as locators
from executor.sandbox.casting import NewThread, SeededMessage
from executor.sandbox.faults import Fault
from executor.sandbox.threads import SALES_NAVIGATOR
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE, STRANGER
from tests.executor.sales import JOHN, fill, marks, seed, unread, with_seat

if TYPE_CHECKING:
    from storage.tasks import Task
    from tests.executor.office import Office

TEXT = "Thank you, John.\nTuesday suits me 🏮"


async def answer(office: Office, thread: str, text: str = TEXT) -> Task:
    return await office.perform("send_sales_message", thread_id=thread, message=text)


async def test_an_answer_arrives_once_in_its_conversation(office: Office) -> None:
    """The ledger shows thread and text, and LinkedIn's answer proves it; nothing is marked read."""
    await with_seat(office)
    await fill(office, 3)
    thread = await seed(office)
    before = await unread(office)

    task = await answer(office, thread)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    (entry,) = await office.delivered()
    john = await office.sandbox.client.person(JOHN)
    assert (entry.kind, entry.recipient, entry.text) == ("message", john.id, TEXT)
    assert (entry.sales_thread, entry.conversation_urn) == (thread, None)
    assert task.output == {"thread_id": thread, "message_id": entry.message_urn}
    assert task.evidence is not None
    assert task.evidence["method"] == "network"
    assert await unread(office) == before
    assert await marks(office) == []


async def test_an_answer_below_data_proves_it_as_well(office: Office) -> None:
    """Clients have seen both shapes."""
    await with_seat(office)
    await office.sandbox.client.toggle(sales_value="data")
    thread = await seed(office)

    task = await answer(office, thread)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert len(await office.delivered()) == 1


async def test_an_answer_that_names_no_message_is_looked_up(office: Office) -> None:
    """A bare text does not say what it is; the conversation itself is then read."""
    await with_seat(office)
    await office.sandbox.client.toggle(sales_value="text")
    thread = await seed(office)

    task = await answer(office, thread)

    (entry,) = await office.delivered()
    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output == {"thread_id": thread, "message_id": entry.message_urn}
    assert task.evidence is not None
    assert task.evidence["method"] == "read_back"


@pytest.mark.parametrize("do", ["drop_answer_after_delivery", "deliver_then_status"])
async def test_a_message_whose_answer_is_lost_is_found(office: Office, do: str) -> None:
    """It is never sent a second time; an older message with the same words is no evidence."""
    await with_seat(office)
    thread = await seed(office, 15)
    fault = Fault.model_validate({"on": "create_message", "do": do, "status": 500})
    await office.sandbox.client.arm(fault)

    task = await answer(office, thread, "message 14")

    (entry,) = await office.delivered()
    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output == {"thread_id": thread, "message_id": entry.message_urn}


async def test_a_message_that_was_never_delivered_is_not_reported_sent(office: Office) -> None:
    """The same words from before do not count, so it says that it does not know."""
    await with_seat(office)
    thread = await seed(office, 15)
    await office.sandbox.client.arm(Fault(on="create_message", do="drop_before_delivery"))

    task = await answer(office, thread, "message 14")

    assert await office.delivered() == []
    assert task.status is TaskStatus.UNCONFIRMED


async def test_a_refusal_of_linkedins_is_one(office: Office) -> None:
    """Nothing was sent, so asking again is safe."""
    await with_seat(office)
    thread = await seed(office)
    fault = Fault(
        on="create_message", do="status", status=400, code="MESSAGE_VALIDATION_PLUGIN_ERROR"
    )
    await office.sandbox.client.arm(fault)

    task = await answer(office, thread)

    assert await office.delivered() == []
    assert task.error is not None
    assert (task.error.code, task.error.retry_safe) == (ErrorCode.REFUSED, True)
    assert "MESSAGE_VALIDATION_PLUGIN_ERROR" in task.error.message


async def test_a_page_that_sends_twice_sends_once(office: Office) -> None:
    """The second request stays in the browser."""
    await with_seat(office)
    await office.sandbox.client.toggle(sales_sends="twice")
    thread = await seed(office)

    task = await answer(office, thread)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert len(await office.delivered()) == 1


async def test_somebodys_draft_is_left_alone(office: Office) -> None:
    """Nothing is typed behind it, and nothing is sent."""
    await with_seat(office)
    await office.sandbox.client.toggle(sales_draft="Dear John, about")
    thread = await seed(office)

    task = await answer(office, thread)

    assert task.error is not None
    assert task.error.code is ErrorCode.COMPOSER_OCCUPIED
    assert await office.delivered() == []


async def test_the_same_words_as_a_draft_are_sent_as_they_stand(office: Office) -> None:
    """An earlier try at this very message has left them."""
    await with_seat(office)
    await office.sandbox.client.toggle(sales_draft=TEXT)
    thread = await seed(office)

    task = await answer(office, thread)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert [entry.text for entry in await office.delivered()] == [TEXT]


async def test_who_has_not_answered_cannot_be_written_to_again(office: Office) -> None:
    """There is no message box below an InMail that waits."""
    await with_seat(office)
    line = SeededMessage(sender="me", text="Hello", subject="Lanterns", at=datetime.now(UTC))
    waiting = NewThread(person=STRANGER, messages=(line,), category=SALES_NAVIGATOR)
    seeded = await office.sandbox.client.seed_thread(waiting)
    assert seeded.id is not None

    task = await answer(office, seeded.id)

    assert task.error is not None
    assert task.error.code is ErrorCode.COMPOSER_UNAVAILABLE


@pytest.mark.parametrize("shown", ["empty", "inbox"])
async def test_nothing_goes_into_another_conversation(office: Office, shown: str) -> None:
    """Where the one that is meant is not there, whatever else is shown."""
    await with_seat(office)
    await seed(office)
    await office.sandbox.client.toggle(sales_thread_missing=shown)

    task = await answer(office, "2-bm9uZQ==")

    assert task.error is not None
    assert task.error.code is ErrorCode.CONVERSATION_NOT_FOUND
    assert await office.delivered() == []


async def test_without_a_seat_it_is_refused(office: Office) -> None:
    """LinkedIn leads such accounts to where Sales Navigator is sold."""
    task = await answer(office, "2-bm9uZQ==")

    assert task.error is not None
    assert task.error.code is ErrorCode.REFUSED
    assert await office.delivered() == []


async def test_a_request_for_another_conversation_stays_in_the_browser(office: Office) -> None:
    """As when the box is not the one that is shown: nothing leaves, and that is proven."""
    await with_seat(office)
    await seed(office, person=JANE)
    thread = await seed(office)
    await office.sandbox.client.toggle(sales_sends="elsewhere")

    task = await answer(office, thread)

    assert await office.delivered() == []
    assert task.error is not None
    assert (task.error.code, task.error.retry_safe) == (ErrorCode.RECIPIENT_MISMATCH, True)


async def test_what_the_page_sends_by_itself_stays_in_the_browser(office: Office) -> None:
    """No task expects it at that moment; what was asked for arrives alone."""
    await with_seat(office)
    thread = await seed(office)
    await office.sandbox.client.toggle(sales_sends="by_itself")

    task = await answer(office, thread)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert [entry.text for entry in await office.delivered()] == [TEXT]


async def test_two_controls_that_may_send_are_none(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Send cannot be told from something else, nothing is clicked."""
    await with_seat(office)
    thread = await seed(office)
    loose = replace(locators.SEND.candidates[0], css="button, textarea")
    monkeypatch.setattr(locators, "SEND", replace(locators.SEND, candidates=(loose,)))

    task = await answer(office, thread)

    assert await office.delivered() == []
    assert task.error is not None
    assert task.error.code is ErrorCode.UI_CHANGED
