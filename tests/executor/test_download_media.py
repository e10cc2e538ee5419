"""Files of messages, fetched as the account sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from executor.browser.download import download
from executor.errors import Refused
from executor.sandbox.casting import NewThread, SeededFile, SeededMessage
from executor.sandbox.faults import Fault
from storage.sessions import SessionHealth
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE

if TYPE_CHECKING:
    from storage.tasks import Task
    from tests.executor.office import Office

FILE = SeededFile(name="offer.pdf", media_type="application/pdf", content="%PDF-1.7 invented")


async def address(office: Office, file: SeededFile = FILE) -> str:
    """Let somebody send a file, and return its address as reading the conversation tells it."""
    line = SeededMessage(sender="them", text="Here", files=(file,))
    thread = await office.sandbox.client.seed_thread(NewThread(person=JANE, messages=(line,)))
    read = await office.read("fetch_messages", conversation_urn=thread.conversation_urn)
    assert read.output is not None
    url: str = read.output["messages"][0]["attachments"][0]["url"]
    return url


async def content(office: Office, task: Task) -> bytes | None:
    assert task.output is not None, task.error
    return await office.store.uploads.content(task.output["file_id"], member_id=office.admin.id)


@pytest.mark.parametrize(
    "file",
    [FILE, SeededFile(name="photo.png", media_type="image/png", content="PNG")],
    ids=["document", "picture"],
)
async def test_a_file_is_fetched_as_it_was_sent(office: Office, file: SeededFile) -> None:
    """Its content is kept apart from the task, which tells type and size."""
    task = await office.read("download_media", url=await address(office, file))

    assert task.output is not None, task.error
    assert (task.output["media_type"], task.output["byte_size"]) == (
        file.media_type,
        len(file.content),
    )
    assert await content(office, task) == file.content.encode()


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (404, ErrorCode.MEDIA_NOT_FOUND),
        (410, ErrorCode.MEDIA_NOT_FOUND),
        (403, ErrorCode.REFUSED),
    ],
)
async def test_a_file_that_linkedin_does_not_give_is_refused(
    office: Office, status: int, code: ErrorCode
) -> None:
    """With the reason, as far as LinkedIn tells it."""
    url = await address(office)
    await office.sandbox.client.arm(Fault(on="download", do="status", status=status))

    task = await office.read("download_media", url=url)

    assert (task.status, task.error and task.error.code) == (TaskStatus.FAILED, code)


async def test_a_throttled_account_rests(office: Office) -> None:
    """And the task waits."""
    url = await address(office)
    await office.sandbox.client.arm(Fault(on="download", do="status", status=429))

    task = await office.read("download_media", url=url)

    assert task.status is TaskStatus.QUEUED
    assert await office.health() is SessionHealth.SIGNED_IN


async def test_a_larger_file_than_allowed_is_refused(office: Office) -> None:
    """To the byte."""
    url, size = await address(office), len(FILE.content)
    account = await office.browsers.open_account(await office.sandbox.client.storage_state())
    request = account.tab._page.context.request
    try:
        found = await download(request, url, site=office.sandbox.url, max_bytes=size)
        with pytest.raises(Refused, match="larger"):
            await download(request, url, site=office.sandbox.url, max_bytes=size - 1)
    finally:
        await account.close()

    assert found.content == FILE.content.encode()
