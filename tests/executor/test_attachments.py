"""Messages with files, from what was handed in to the ledger."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from executor.attachment import AttachedFile, asset_urn, new_upload_id
from executor.attempt import RecordedAttempt
from executor.sandbox.casting import NewThread, SeededFile, SeededMessage
from executor.sandbox.faults import Fault
from storage.errors import LeaseLost
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE
from tests.executor.test_read_back import DELIVERED, LOST, crash, settled

if TYPE_CHECKING:
    from executor.sandbox.faults import FaultDeed
    from storage.tasks import JsonObject, Task
    from tests.executor.office import Office

PDF = ("report.pdf", "application/pdf", b"%PDF-1.7 invented")
PNG = ("photo.png", "image/png", b"\x89PNG\r\n invented")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LEFT = SeededFile(name="theirs.pdf", media_type="application/pdf", content="%PDF")


async def given(office: Office, *files: tuple[str, str, bytes], text: str = "Hello") -> Any:
    """Return the input of a message with files."""
    return {
        "recipient": {"profile_id": JANE},
        "message": text,
        "attachments": [await office.hand_in(*file) for file in files],
    }


async def send(office: Office, *files: tuple[str, str, bytes]) -> Task:
    return await office.perform("send_message", **await given(office, *files))


async def arrived(office: Office) -> list[tuple[str | None, list[tuple[str, int, str]]]]:
    """Return texts and files of what was delivered."""
    return [
        (entry.text, [(file.name, file.byte_size, file.sha256) for file in entry.files])
        for entry in await office.delivered()
    ]


def told(*files: tuple[str, str, bytes]) -> list[tuple[str, int, str]]:
    return [(name, len(content), sha256(content).hexdigest()) for name, _, content in files]


@pytest.mark.parametrize(
    "files",
    [
        [PNG],
        [PDF],
        [PNG, PDF],
        [PDF, PNG, ("report.pdf", "application/pdf", b"%PDF-1.7 of the same name")],
        [("Übersicht – 写真 (1).docx", DOCX, b"PK invented")],
        [("large.pdf", "application/pdf", bytes(range(256)) * 12_000)],
    ],
    ids=["picture", "document", "both", "three", "name in other scripts", "three megabytes"],
)
async def test_files_arrive_unchanged_and_once(
    office: Office, files: list[tuple[str, str, bytes]]
) -> None:
    """In their order, under their names, with the text."""
    task = await send(office, *files)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert await arrived(office) == [("Hello", told(*files))]
    assert task.baseline is not None
    assert task.baseline["files"] == [name for name, _, _ in files]


@pytest.mark.parametrize(
    "toggles",
    [
        {"compose_lands": "compose", "language": "de", "messaging_answers": "normalized"},
        {"compose_lands": "compose", "language": "ar", "send_delay_ms": 400},
        {"composer_delay_ms": 700},
    ],
    ids=str,
)
async def test_every_variant_of_the_page_takes_files(
    office: Office, toggles: dict[str, Any]
) -> None:
    """Languages and layouts change nothing."""
    await office.sandbox.client.toggle(**toggles)

    task = await send(office, PDF, PNG)

    assert task.status is TaskStatus.SUCCEEDED
    assert await arrived(office) == [("Hello", told(PDF, PNG))]


async def test_enter_sends_files_where_the_account_has_chosen_that(office: Office) -> None:
    """Without a Send button they go by Enter."""
    await office.sandbox.client.change_account(1, press_enter_to_send=True)

    task = await send(office, PDF)

    assert task.status is TaskStatus.SUCCEEDED
    assert await arrived(office) == [("Hello", told(PDF))]


@pytest.mark.parametrize("point", ["announce_upload", "upload"])
@pytest.mark.parametrize("do", ["status", "drop_before_delivery"])
async def test_an_upload_that_fails_sends_nothing_and_leaves_nothing(
    office: Office, point: str, do: str
) -> None:
    """Neither the text without its file nor a draft; the next message goes out."""
    fault = Fault.model_validate({"on": point, "do": do, "times": None})
    await office.sandbox.client.arm(fault)

    task = await send(office, PNG, PDF)
    await office.sandbox.client.disarm()

    assert task.error is not None
    assert (task.error.code, task.error.retry_safe) == (ErrorCode.ATTACHMENT_REFUSED, True)
    assert task.submitted_at is None
    assert await arrived(office) == []
    assert (await office.message("Without a file")).status is TaskStatus.SUCCEEDED
    assert await arrived(office) == [("Without a file", [])]


async def test_a_slow_upload_is_waited_for(office: Office) -> None:
    """Nothing is sent before LinkedIn has the file."""
    await office.sandbox.client.arm(Fault(on="upload", do="delay", seconds=1.5))

    task = await send(office, PDF)

    assert task.status is TaskStatus.SUCCEEDED
    assert await arrived(office) == [("Hello", told(PDF))]


@pytest.mark.parametrize("draft", ["", "half a thought", "Hello"])
@pytest.mark.parametrize("files", [[], [PDF]], ids=["without", "with"])
async def test_what_somebody_has_attached_is_left_alone(
    office: Office, draft: str, files: list[tuple[str, str, bytes]]
) -> None:
    """It is neither sent nor taken away, unless words and number say that it is our own."""
    two = (LEFT, LEFT)
    await office.sandbox.client.seed_thread(NewThread(person=JANE, draft=draft, draft_files=two))

    task = await send(office, *files)

    assert task.error is not None
    assert task.error.code is ErrorCode.COMPOSER_OCCUPIED
    assert await arrived(office) == []


async def test_what_an_earlier_try_has_attached_is_attached_anew(office: Office) -> None:
    """A try that was cut off leaves text and files behind; they are not sent twice or wrongly."""
    await office.sandbox.client.seed_thread(
        NewThread(person=JANE, draft="Hello", draft_files=(LEFT,))
    )

    task = await send(office, PDF, PNG)

    assert task.status is TaskStatus.SUCCEEDED
    assert await arrived(office) == [("Hello", told(PDF, PNG))]


class DyingBeforeTheClick(RecordedAttempt):
    """An attempt whose runner is gone when everything stands ready."""

    async def submitting(self, baseline: JsonObject) -> None:  # noqa: ARG002 - it is not reached
        raise LeaseLost


async def test_a_runner_that_dies_before_the_click_costs_nothing(office: Office) -> None:
    """The next one begins anew, and the message goes out once."""
    task_id = await crash(
        office,
        LOST,
        attempt=DyingBeforeTheClick,
        left=TaskStatus.RUNNING,
        **await given(office, PDF),
    )

    task = await settled(office, task_id)

    assert task.status is TaskStatus.SUCCEEDED
    assert await arrived(office) == [("Hello", told(PDF))]


@pytest.mark.parametrize("do", [DELIVERED, LOST])
@pytest.mark.parametrize("file", [PDF, PNG], ids=["document", "picture"])
async def test_a_message_with_a_file_is_found_again(
    office: Office, do: FaultDeed, file: tuple[str, str, bytes]
) -> None:
    """After a runner that died past the click; what is not there is never sent again."""
    task_id = await crash(office, do, **await given(office, file))

    task = await settled(office, task_id)

    delivered = do == DELIVERED
    assert task.status is (TaskStatus.SUCCEEDED if delivered else TaskStatus.UNCONFIRMED)
    assert await arrived(office) == ([("Hello", told(file))] if delivered else [])


async def test_a_file_that_is_not_stored_any_more_sends_nothing(office: Office) -> None:
    """As after a restored backup: the text alone would be another message."""
    order = await given(office, PDF)
    order["attachments"][0]["asset_urn"] = asset_urn(new_upload_id(sha256(PDF[2]).hexdigest()))

    task = await office.perform("send_message", **order)

    assert task.error is not None
    assert task.error.code is ErrorCode.ATTACHMENT_REFUSED
    assert await arrived(office) == []


async def test_messages_tell_what_came_with_them(office: Office) -> None:
    """Name, type, size and address of a document; of a picture its address."""
    files = (
        SeededFile(name="a.pdf", media_type="application/pdf", content="%PDF"),
        SeededFile(name="b.png", media_type="image/png", content="PNG"),
    )
    line = SeededMessage(sender="them", text="Two files", files=files)
    thread = await office.sandbox.client.seed_thread(NewThread(person=JANE, messages=(line,)))

    messages = await office.read("fetch_messages", conversation_urn=thread.conversation_urn)
    listed = await office.read("fetch_conversations", count=1)

    assert messages.output is not None
    assert listed.output is not None
    document, picture = messages.output["messages"][0]["attachments"]
    assert (document["kind"], document["name"], document["byte_size"]) == ("file", "a.pdf", 4)
    assert document["media_type"] == "application/pdf"
    assert document["url"].startswith("https://www.linkedin.com/dms/prv/")
    assert (picture["kind"], picture["url"].rpartition("/")[2]) == ("vectorImage", "b.png")
    latest = listed.output["conversations"][0]["latest_message"]
    assert latest["attachments"] == [document, picture]


async def test_a_runner_removes_expired_files(office: Office) -> None:
    """Also while nobody hands another one in."""
    file = AttachedFile(**await office.hand_in(*PDF))
    office.clock.pass_(timedelta(hours=2))
    stop = asyncio.Event()
    running = asyncio.ensure_future(office.runner().run(stop))
    try:
        async with asyncio.timeout(20):
            # Each look goes to the store, so this is no busy loop.
            while await office.store.uploads.content(file.upload_id, member_id=office.admin.id):
                pass
    finally:
        stop.set()
        await running
