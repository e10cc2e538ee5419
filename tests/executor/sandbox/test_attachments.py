"""Files in the composer: two inputs, previews, uploads, and what a message then carries."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import FilePayload, expect

from executor.sandbox import Fault, NewThread, SeededMessage
from executor.sandbox.casting import SeededFile
from tests.executor.sandbox.conftest import type_lines

if TYPE_CHECKING:
    from playwright.async_api import Page

    from executor.sandbox import SandboxClient
    from tests.executor.sandbox.conftest import OpenPage

JANE = "ACoAABCDEFG"
COMPOSE = f"/messaging/compose/?recipient={JANE}"
PDF = FilePayload(name="report.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7")
PNG = FilePayload(name="photo.png", mimeType="image/png", buffer=b"\x89PNG")


async def pick(page: Page, number: int, *files: FilePayload) -> None:
    await page.locator("input[type=file]").nth(number).set_input_files(list(files))


async def test_files_are_uploaded_at_once_and_sent_with_the_text(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The ledger tells what they are, and history and answers show them."""
    page = await open_page(COMPOSE)
    await type_lines(page, page.locator(".msg-form__contenteditable"), "Two files")
    await pick(page, 0, PNG)
    await pick(page, 1, PDF)
    previews = page.locator(".msg-form__attachment-previews figure")
    await expect(previews.locator("h3")).to_have_text(["photo.png", "report.pdf"])
    async with page.expect_response(re.compile("action=createMessage")) as answer:
        await page.locator("button.msg-form__send-button").click()
    assert (await answer.value).ok

    await expect(page.locator(".msg-s-event-listitem li")).to_have_text(["photo.png", "report.pdf"])
    await expect(previews).to_have_count(0)
    (entry,) = await control.ledger()
    assert [(f.name, f.media_type, f.byte_size, f.sha256) for f in entry.files] == [
        (each["name"], each["mimeType"], len(each["buffer"]), sha256(each["buffer"]).hexdigest())
        for each in (PNG, PDF)
    ]
    await page.reload()
    await expect(page.locator(".msg-s-event-listitem li")).to_have_text(["photo.png", "report.pdf"])


async def test_a_preview_can_be_removed(open_page: OpenPage, control: SandboxClient) -> None:
    """Then its file does not go out."""
    page = await open_page(COMPOSE)
    await pick(page, 1, PDF)
    await page.get_by_label("Remove attachment report.pdf").click()
    await expect(page.locator("button.msg-form__send-button")).to_be_disabled()
    await type_lines(page, page.locator(".msg-form__contenteditable"), "No file")
    await page.locator("button.msg-form__send-button").click()
    await page.wait_for_url("**/messaging/thread/2-**")

    (entry,) = await control.ledger()
    assert (entry.text, entry.files) == ("No file", ())


@pytest.mark.parametrize("point", ["announce_upload", "upload"])
async def test_a_failing_upload_takes_the_preview_away(
    open_page: OpenPage, control: SandboxClient, point: str
) -> None:
    """With a notice; until it has failed nothing can be sent."""
    page = await open_page(COMPOSE)
    await control.arm(Fault.model_validate({"on": point, "do": "status"}))
    await type_lines(page, page.locator(".msg-form__contenteditable"), "Hello")
    await pick(page, 1, PDF)

    await expect(page.locator("[data-test-artdeco-toast-item-type=error]")).to_be_visible()
    await expect(page.locator(".msg-form__attachment-previews figure")).to_have_count(0)
    await expect(page.locator("button.msg-form__send-button")).to_be_enabled()


async def test_histories_and_drafts_may_hold_files(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Both can be seeded; a draft's files go out when somebody sends it."""
    file = SeededFile(name="a.pdf", media_type="application/pdf", content="%PDF")
    line = SeededMessage(sender="them", text="Here", files=(file,))
    await control.seed_thread(NewThread(person=JANE, messages=(line,)))
    await control.seed_thread(NewThread(person=JANE, draft="Thanks", draft_files=(file,)))

    page = await open_page(COMPOSE)
    await expect(page.locator(".msg-s-event-listitem li")).to_have_text(["a.pdf"])
    await page.locator("button.msg-form__send-button").click()
    await expect(page.locator(".msg-s-event-listitem li")).to_have_count(2)

    (entry,) = await control.ledger()
    assert [each.name for each in entry.files] == ["a.pdf"]


async def test_a_file_is_for_those_who_are_signed_in(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Its content comes back as it was uploaded."""
    file = SeededFile(name="a.pdf", media_type="application/pdf", content="%PDF-1.7")
    line = SeededMessage(sender="them", text="Here", files=(file,))
    await control.seed_thread(NewThread(person=JANE, messages=(line,)))
    (thread,) = [each for each in await control.threads() if each.person == JANE]
    path = thread.messages[0].files[0].path

    page = await open_page("/feed/")
    signed_in = await page.request.get(f"{control.url}{path}")
    await page.context.clear_cookies()
    signed_out = await page.request.get(f"{control.url}{path}")

    assert (await signed_in.body(), signed_out.status) == (b"%PDF-1.7", 403)
