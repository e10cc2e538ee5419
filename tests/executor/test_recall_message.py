"""Taking messages back, judged by the ledger."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from executor.pages.recall import find_recall
from executor.sandbox import Fault, ids
from executor.sandbox.casting import NewThread, SeededMessage
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE
from tests.executor.test_fetch_messages import slow_piece
from tests.executor.test_mark_read import unread

if TYPE_CHECKING:
    from storage.tasks import Task
    from tests.executor.office import Office

_LATER = 4_000_000_000_000
"""Milliseconds since 1970: after everything else."""
LINES = (("them", "Hello"), ("me", "Wrong window"), ("them", "Pardon?"))


class Written:
    """A conversation, and its messages' URNs."""

    def __init__(self, conversation_urn: str, messages: list[str]) -> None:
        self.conversation_urn = conversation_urn
        self.messages = messages


async def write(office: Office, *lines: SeededMessage) -> Written:
    """Put a conversation with Jane into the mailbox, unread."""
    client = office.sandbox.client
    seeded = await client.seed_thread(NewThread(person=JANE, messages=lines, unread=1))
    me = (await client.accounts())[0].profile
    thread = next(each for each in await client.threads() if each.id == seeded.id)
    assert seeded.conversation_urn is not None
    urns = [ids.message_urn(me, each.id) for each in thread.messages]
    return Written(seeded.conversation_urn, urns)


async def write_lately(office: Office) -> Written:
    now = datetime.now(UTC)
    lines = [
        SeededMessage.model_validate({"sender": who, "text": text, "at": now})
        for who, text in LINES
    ]
    return await write(office, *lines)


async def recall(office: Office, written: Written, number: int = 1) -> Task:
    return await office.perform(
        "recall_message",
        conversation_urn=written.conversation_urn,
        message_urn=written.messages[number],
    )


@pytest.mark.parametrize(
    ("language", "dialog"),
    [
        ("en", "artdeco"),
        ("de", "alertdialog"),
        ("ja", "artdeco"),
        ("ja", "alertdialog"),
        ("ar", "native"),
        ("fr", "native_testid"),
    ],
)
async def test_a_message_is_taken_back_once(office: Office, language: str, dialog: str) -> None:
    """That one, and the conversation is as unread as before."""
    await office.sandbox.client.toggle(language=language, recall_dialog=dialog)
    written = await write_lately(office)
    before = await unread(office)

    task = await recall(office, written)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output == {
        "conversation_urn": written.conversation_urn,
        "message_urn": written.messages[1],
        "already_recalled": False,
    }
    assert [(each.kind, each.message_urn, each.recipient) for each in await office.delivered()] == [
        ("recall", written.messages[1], JANE)
    ]
    assert await unread(office) == before


async def test_an_older_message_is_scrolled_to(office: Office) -> None:
    """It is not among those that come with the conversation."""
    began = datetime.now(UTC) - timedelta(minutes=45)
    lines = [
        SeededMessage(sender="me", text=f"line {number}", at=began + timedelta(minutes=number))
        for number in range(45)
    ]
    written = await write(office, *lines)

    task = await recall(office, written, 3)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert [each.message_urn for each in await office.delivered()] == [written.messages[3]]


@pytest.mark.parametrize(
    "message_urn", [None, "urn:li:msg_message:(urn:li:fsd_profile:ACoAAme,2-bm9uZQ==)"]
)
async def test_a_message_is_not_missing_while_older_ones_have_not_come(
    office: Office, message_urn: str | None
) -> None:
    """Nothing was done, and the task is tried again; whether or not its id tells the time."""
    began = datetime.now(UTC) - timedelta(minutes=28)
    lines = [
        SeededMessage(sender="me", text=f"line {number}", at=began + timedelta(minutes=number))
        for number in range(28)
    ]
    written = await write(office, *lines)
    written.messages[3] = message_urn or written.messages[3]
    await office.sandbox.client.arm(slow_piece(after=1))

    task = await recall(office, written, 3)

    assert (task.status, task.error) == (TaskStatus.QUEUED, None)
    assert await office.delivered() == []


async def test_what_was_taken_back_already_is_done_without_a_click(office: Office) -> None:
    """LinkedIn's own answer says so."""
    lines = (SeededMessage(sender="me", text="gone", recalled=True),)
    written = await write(office, *lines)

    task = await recall(office, written, 0)

    assert (task.status, task.submitted_at) == (TaskStatus.SUCCEEDED, None)
    assert task.output is not None
    assert task.output["already_recalled"] is True
    assert await office.delivered() == []


async def test_somebody_elses_message_is_refused(office: Office) -> None:
    """Nobody can take that back."""
    task = await recall(office, await write_lately(office), 0)

    assert task.error is not None
    assert (task.error.code, task.submitted_at) == (ErrorCode.REFUSED, None)
    assert await office.delivered() == []


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_after_about_an_hour_there_is_nothing_to_do_it_with(
    office: Office, language: str
) -> None:
    """The menu has no Delete by then, and that has a code of its own."""
    await office.sandbox.client.toggle(language=language)
    written = await write(office, SeededMessage(sender="me", text="an hour ago"))

    task = await recall(office, written, 0)

    assert task.error is not None
    assert (task.error.code, task.submitted_at) == (ErrorCode.DELETION_NOT_OFFERED, None)
    assert await office.delivered() == []


async def test_a_message_that_is_not_there_is_said_to_be_missing(office: Office) -> None:
    """Nothing tells whether it ever was."""
    written = await write_lately(office)
    me = (await office.sandbox.client.accounts())[0].profile
    missing = ids.message_urn(me, ids.message_id(1_771_950_346_603, "none"))
    task = await recall(office, Written(written.conversation_urn, [missing]), 0)

    assert task.error is not None
    assert task.error.code is ErrorCode.MESSAGE_NOT_FOUND


async def test_without_a_dialog_nothing_is_deleted(office: Office) -> None:
    """And nothing is said to be."""
    await office.sandbox.client.toggle(recall_dialog_missing=True)

    task = await recall(office, await write_lately(office))

    assert task.error is not None
    assert (task.error.code, task.submitted_at) == (ErrorCode.UI_CHANGED, None)
    assert await office.delivered() == []


@pytest.mark.parametrize(
    ("do", "status"),
    [
        ("drop_answer_after_delivery", TaskStatus.SUCCEEDED),
        ("deliver_then_status", TaskStatus.SUCCEEDED),
        ("drop_before_delivery", TaskStatus.UNCONFIRMED),
        ("status", TaskStatus.UNCONFIRMED),
    ],
)
async def test_a_lost_answer_is_looked_into(office: Office, do: Any, status: TaskStatus) -> None:
    """The message's place tells, and it is never asked for twice."""
    await office.sandbox.client.arm(Fault(on="change_message", do=do))

    task = await recall(office, await write_lately(office))

    assert task.status is status
    gone = status is TaskStatus.SUCCEEDED
    assert [each.kind for each in await office.delivered()] == ["recall"] * gone


async def test_a_refusal_is_a_failure(office: Office) -> None:
    """LinkedIn says no; the message stands."""
    await office.sandbox.client.arm(Fault(on="change_message", do="status", status=403))

    task = await recall(office, await write_lately(office))

    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, ErrorCode.REFUSED)


@pytest.mark.parametrize("is_first", [True, False])
async def test_a_message_that_left_no_marker_is_missed_only_behind_an_earlier_one(
    office: Office, *, is_first: bool
) -> None:
    """Without one before it, its absence may be a page that has not loaded."""
    written = await write_lately(office)
    client = office.sandbox.client
    baseline = {
        "conversation_urn": written.conversation_urn,
        "message_urn": ids.message_urn(
            (await client.accounts())[0].profile, ids.message_id(_LATER, "gone")
        ),
        "earlier": [] if is_first else [written.messages[-1]],
    }
    account = await office.browsers.open_fresh(await client.storage_state())

    found = await find_recall(account.tab, baseline)
    await account.close()

    assert found == (None if is_first else {"method": "read_back", "message": "gone"})
