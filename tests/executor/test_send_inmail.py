"""InMails, from the profile to the ledger, and the credits that they take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.faults import Fault
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE, STRANGER

if TYPE_CHECKING:
    from storage.tasks import Task
    from tests.executor.office import Office

SUBJECT = "Lanterns for the harbour"
TEXT = "Hello Oskar,\nmay I ask you about your lanterns? 🏮"


async def inmail(office: Office, **changes: Any) -> Task:
    given = {"recipient": {"profile_id": STRANGER}, "subject": SUBJECT, "message": TEXT}
    return await office.perform("send_inmail", **{**given, **changes})


async def with_premium(office: Office, *, credits_: int = 45) -> None:
    await office.sandbox.client.change_account(1, premium=True)
    await office.sandbox.client.change_limits(inmail_credits=credits_)


async def test_an_inmail_arrives_once_for_one_credit(office: Office) -> None:
    """The ledger shows subject and text, LinkedIn's answer proves it, and a credit is gone."""
    await with_premium(office)

    task = await inmail(office)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    (entry,) = await office.delivered()
    assert (entry.kind, entry.recipient, entry.subject) == ("message", STRANGER, SUBJECT)
    assert entry.text == TEXT
    assert task.output is not None
    assert task.output["message_urn"] == entry.message_urn
    assert task.output["conversation_urn"] == entry.conversation_urn
    assert task.output["credits_left"] == 44
    assert task.evidence is not None
    assert task.evidence["method"] == "network"
    assert (await office.sandbox.client.limits()).inmail_credits == 44


@pytest.mark.parametrize("language", ["de", "fr", "es", "pt", "tr", "ar", "ja"])
async def test_the_price_is_read_in_every_language(office: Office, language: str) -> None:
    """Cost and stock are told apart by their numbers, whichever comes first."""
    await with_premium(office, credits_=150)
    await office.sandbox.client.toggle(language=language)

    task = await inmail(office)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output is not None
    assert task.output["credits_left"] == 149
    assert len(await office.delivered()) == 1


@pytest.mark.scenario(20)
async def test_without_credits_nothing_is_clicked(office: Office) -> None:
    """The box opens all the same; it is left as it was found."""
    await with_premium(office, credits_=0)

    task = await inmail(office)

    assert task.error is not None
    assert task.error.code == ErrorCode.INMAIL_CREDITS_EXHAUSTED
    assert await office.delivered() == []


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        ("premium_redirect", ErrorCode.INMAIL_NOT_ALLOWED),
        ("inmail_gate", ErrorCode.INMAIL_CREDITS_EXHAUSTED),
        ("notice", ErrorCode.COMPOSER_UNAVAILABLE),
    ],
)
async def test_without_premium_there_is_no_inmail(
    office: Office, shown: str, code: ErrorCode
) -> None:
    """Each thing that stands in the box's place has its own code, and nothing was sent."""
    await office.sandbox.client.toggle(not_connected_compose=shown)

    task = await inmail(office)

    assert task.error is not None
    assert task.error.code == code
    assert await office.delivered() == []


@pytest.mark.scenario(2)
async def test_a_connection_gets_no_inmail(office: Office) -> None:
    """There is an ordinary message box, which sends something else."""
    await with_premium(office)

    task = await inmail(office, recipient={"profile_id": JANE})

    assert task.error is not None
    assert task.error.code == ErrorCode.INMAIL_NOT_ALLOWED
    assert await office.delivered() == []


async def test_an_inmail_to_an_open_profile_is_free(office: Office) -> None:
    """No credit is counted where the box says that it is free."""
    await with_premium(office, credits_=0)
    await office.sandbox.client.change_person(STRANGER, messaging="inmail_free")

    task = await inmail(office)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output is not None
    assert task.output["credits_left"] is None
    assert (await office.sandbox.client.limits()).inmail_credits == 0


async def test_a_price_that_nobody_understands_is_not_paid(office: Office) -> None:
    """The words for free are known in English alone; in other languages nothing is clicked."""
    await with_premium(office)
    await office.sandbox.client.change_person(STRANGER, messaging="inmail_free")
    await office.sandbox.client.toggle(language="ja")

    task = await inmail(office)

    assert task.error is not None
    assert task.error.code == ErrorCode.UI_CHANGED
    assert await office.delivered() == []


async def test_who_takes_no_inmails_gets_none(office: Office) -> None:
    """A notice stands in the box's place."""
    await with_premium(office)
    await office.sandbox.client.change_person(STRANGER, messaging="inmail_refused")

    task = await inmail(office)

    assert task.error is not None
    assert task.error.code == ErrorCode.COMPOSER_UNAVAILABLE
    assert await office.delivered() == []


@pytest.mark.parametrize("do", ["drop_answer_after_delivery", "deliver_then_status"])
async def test_an_inmail_whose_answer_is_lost_is_found(office: Office, do: str) -> None:
    """The page or the list of conversations proves it; it is never sent a second time."""
    await with_premium(office)
    fault = Fault.model_validate({"on": "create_message", "do": do, "status": 500})
    await office.sandbox.client.arm(fault)

    task = await inmail(office)

    assert len(await office.delivered()) == 1
    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.evidence is not None
    assert task.evidence["by"] == "origin_token"


async def test_an_inmail_that_was_never_delivered_is_not_reported_sent(office: Office) -> None:
    """Nothing proves it, so it says that it does not know."""
    await with_premium(office)
    await office.sandbox.client.arm(Fault(on="create_message", do="drop_before_delivery"))

    task = await inmail(office)

    assert await office.delivered() == []
    assert task.status is TaskStatus.UNCONFIRMED
