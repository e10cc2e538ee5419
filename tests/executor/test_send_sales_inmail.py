"""First messages from a lead's page, from the dialog to the ledger: once, or a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from executor.locators import sales as locators
from executor.sandbox import ids
from executor.sandbox.faults import Fault
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE, STRANGER
from tests.executor.sales import fill, marks, seed, unread, with_seat

if TYPE_CHECKING:
    from storage.tasks import Task
    from tests.executor.office import Office

SUBJECT = "Lanterns"
TEXT = "Hello Oskar,\nmay I show you ours? 🏮"


def lead(profile: str) -> dict[str, str]:
    """Return how Sales Navigator names somebody, as tasks hold it."""
    profile_id, found_by, token = ids.sales_lead(profile).split(",")
    return {"profile_id": profile_id, "found_by": found_by, "token": token}


async def write(office: Office, **changes: Any) -> Task:
    order = {
        "recipient": {"profile_id": STRANGER},
        "subject": SUBJECT,
        "message": TEXT,
        **changes,
    }
    return await office.perform("send_sales_inmail", **order)


async def prove_once(office: Office, task: Task, *, method: str = "network") -> None:
    """See one delivery to the stranger, and a task that tells of it."""
    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    (entry,) = await office.delivered()
    assert (entry.recipient, entry.subject, entry.text) == (STRANGER, SUBJECT, TEXT)
    assert task.output is not None
    assert task.output["thread_id"] == entry.sales_thread
    assert task.output["message_id"] == entry.message_urn
    assert task.evidence is not None
    assert task.evidence["method"] == method


async def refused(office: Office, task: Task, code: ErrorCode) -> str:
    """See that nothing was sent, and why; return the words."""
    assert await office.delivered() == []
    assert task.error is not None
    assert task.error.code is code
    return task.error.message


async def test_an_inmail_arrives_once_with_its_subject(office: Office) -> None:
    """By way of the profile and its link; the credit is counted, and nothing is marked read."""
    await with_seat(office)
    await fill(office, 3)
    before = await unread(office)

    task = await write(office)

    await prove_once(office, task)
    assert task.output is not None
    assert task.output["credits_left"] == 149
    assert await unread(office) == before
    assert await marks(office) == []


@pytest.mark.parametrize("generation", ["sdui", "ember"])
async def test_both_generations_of_the_profile_lead_there(office: Office, generation: str) -> None:
    """The link is in the More menu of each."""
    await with_seat(office)
    await office.sandbox.client.toggle(generation=generation)

    await prove_once(office, await write(office))


async def test_somebody_may_be_named_as_sales_navigator_does(office: Office) -> None:
    """Then their own profile is not opened at all."""
    await with_seat(office)

    task = await write(office, recipient=lead(STRANGER))

    await prove_once(office, task)
    assert await office.sandbox.client.visits("/in/") == []


@pytest.mark.parametrize(
    "toggles",
    [
        {"sales_form": "classic"},
        {"sales_dialog_names": False},
        {"sales_message_delay_ms": 3000, "composer_delay_ms": 1000},
        {"sales_value": "data"},
        {"sales_sends": "twice"},
        {"decoys": False},
        {"language": "ar"},
    ],
)
async def test_it_arrives_once_whatever_the_page_is_like(
    office: Office, toggles: dict[str, Any]
) -> None:
    """Older classes, no link to the lead, late controls, another answer, or everything twice."""
    await with_seat(office)
    await office.sandbox.client.toggle(**toggles)

    await prove_once(office, await write(office, recipient=lead(STRANGER)))


async def test_a_connection_is_written_to_without_a_subject(office: Office) -> None:
    """It costs nothing, and a subject would have no place."""
    await with_seat(office)

    with_subject = await write(office, recipient=lead(JANE))
    await refused(office, with_subject, ErrorCode.INMAIL_NOT_ALLOWED)
    task = await write(office, recipient=lead(JANE), subject=None)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    (entry,) = await office.delivered()
    assert (entry.recipient, entry.subject, entry.text) == (JANE, None, TEXT)
    assert task.output is not None
    assert task.output["credits_left"] is None


async def test_an_open_profile_costs_nothing(office: Office) -> None:
    """The dialog says so, in English."""
    await with_seat(office)
    await office.sandbox.client.change_person(STRANGER, open_profile=True)

    task = await write(office, recipient=lead(STRANGER))

    await prove_once(office, task)
    assert task.output is not None
    assert task.output["credits_left"] is None


async def test_an_inmail_without_a_subject_is_none(office: Office) -> None:
    """The client has to say what it is about."""
    await with_seat(office)

    task = await write(office, recipient=lead(STRANGER), subject=None)

    assert "subject" in await refused(office, task, ErrorCode.COMPOSER_UNAVAILABLE)


async def test_without_credits_nothing_is_sent(office: Office) -> None:
    """The dialog has no message box then."""
    await with_seat(office)
    await office.sandbox.client.change_limits(1, inmail_credits=0)

    task = await write(office, recipient=lead(STRANGER))

    await refused(office, task, ErrorCode.INMAIL_CREDITS_EXHAUSTED)


async def test_who_takes_no_inmail_gets_none(office: Office) -> None:
    """Their page offers no Message."""
    await with_seat(office)
    await office.sandbox.client.change_person(STRANGER, messaging="inmail_refused")

    task = await write(office, recipient=lead(STRANGER))

    await refused(office, task, ErrorCode.INMAIL_NOT_ALLOWED)


async def test_who_is_in_a_conversation_already_is_answered_there(office: Office) -> None:
    """What the page would do with it has not been described."""
    await with_seat(office)
    await seed(office, person=STRANGER)

    task = await write(office, recipient=lead(STRANGER))

    assert "thread id" in await refused(office, task, ErrorCode.COMPOSER_UNAVAILABLE)


async def test_nobody_is_written_to_in_anothers_place(office: Office) -> None:
    """A request to somebody else stays in the browser, and that is proven."""
    await with_seat(office)
    await office.sandbox.client.toggle(sales_sends="elsewhere")

    task = await write(office, recipient=lead(STRANGER))

    await refused(office, task, ErrorCode.RECIPIENT_MISMATCH)


async def test_somebody_who_is_not_there_is_not_found(office: Office) -> None:
    """LinkedIn leads such addresses to its page for what is missing."""
    await with_seat(office)
    nobody = {"profile_id": "ACwAAnobody", "found_by": "NAME_SEARCH", "token": "Ab1c"}

    task = await write(office, recipient=nobody)

    await refused(office, task, ErrorCode.PROFILE_NOT_FOUND)


async def test_without_a_seat_it_is_refused(office: Office) -> None:
    """LinkedIn leads such accounts to where Sales Navigator is sold."""
    await refused(office, await write(office), ErrorCode.REFUSED)


async def test_somebodys_draft_is_left_alone(office: Office) -> None:
    """Nothing is typed behind it, and nothing is sent."""
    await with_seat(office)
    await office.sandbox.client.toggle(sales_draft="Dear Oskar, about")

    task = await write(office, recipient=lead(STRANGER))

    await refused(office, task, ErrorCode.COMPOSER_OCCUPIED)


@pytest.mark.parametrize("do", ["drop_answer_after_delivery", "deliver_then_status"])
async def test_a_message_whose_answer_is_lost_is_found(office: Office, do: str) -> None:
    """By the conversation that it began; it is never sent a second time."""
    await with_seat(office)
    await fill(office, 3)
    fault = Fault.model_validate({"on": "create_message", "do": do, "status": 500})
    await office.sandbox.client.arm(fault)

    task = await write(office, recipient=lead(STRANGER))

    await prove_once(office, task, method="read_back")


async def test_a_message_that_was_never_delivered_is_not_reported_sent(office: Office) -> None:
    """Nothing in the inbox proves it, so it says that it does not know."""
    await with_seat(office)
    await fill(office, 3)
    await office.sandbox.client.arm(Fault(on="create_message", do="drop_before_delivery"))

    task = await write(office, recipient=lead(STRANGER))

    assert await office.delivered() == []
    assert task.status is TaskStatus.UNCONFIRMED


async def test_two_controls_that_may_send_are_none(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Send cannot be told from something else, nothing is clicked."""
    await with_seat(office)
    loose = replace(locators.SEND.candidates[0], css="button, textarea")
    monkeypatch.setattr(locators, "SEND", replace(locators.SEND, candidates=(loose,)))

    task = await write(office, recipient=lead(STRANGER))

    await refused(office, task, ErrorCode.UI_CHANGED)
