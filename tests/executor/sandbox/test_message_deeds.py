"""What can be done to messages and conversations: controls, requests, and what is left behind."""

import json
import re
from datetime import UTC, datetime

import pytest
from playwright.async_api import Locator, Page, expect

from executor.sandbox import NewThread, SandboxClient, SeededMessage
from tests.executor.sandbox.conftest import OpenPage

JOHN = "ACoAAA24A-MBVEvT49xpVF2gnWrhvmUIPDJshSM"
MESSAGES = re.compile(r"MessengerMessages\?action=")
CATEGORIES = re.compile(r"MessengerConversations\?action=(add|remove)Category")
MARKS = re.compile(r"MessengerConversations\?ids=")


async def seed(control: SandboxClient, *lines: SeededMessage, unread: int = 0) -> str:
    """Put a conversation with John into the mailbox, and return its address."""
    thread = await control.seed_thread(NewThread(person=JOHN, messages=lines, unread=unread))
    assert thread.path is not None
    return thread.path


def mine(text: str = "Hello") -> SeededMessage:
    return SeededMessage(sender="me", text=text, at=datetime.now(UTC))


def item(page: Page, text: str) -> Locator:
    return page.locator(".msg-s-event-listitem", has_text=text)


async def menu_of(page: Page, text: str) -> list[str]:
    """Open a message's menu and read it."""
    await item(page, text).hover()
    await item(page, text).locator(".msg-s-event-listitem__options-trigger").click()
    return await item(page, text).locator(".artdeco-dropdown__item").all_inner_texts()


@pytest.mark.parametrize("shape", ["artdeco", "alertdialog", "native", "native_testid"])
async def test_an_own_message_is_deleted_behind_a_dialog(
    open_page: OpenPage, control: SandboxClient, shape: str
) -> None:
    """The request names it, the ledger shows it, and a marker stands in its place."""
    await control.toggle(recall_dialog=shape)
    page = await open_page(await seed(control, mine()))
    assert await menu_of(page, "Hello") == ["Forward", "Share via email", "Delete", "Edit"]
    await page.get_by_text("Delete", exact=True).click()
    urn = await item(page, "Hello").get_attribute("data-event-urn")
    async with page.expect_request(MESSAGES) as request:
        await page.get_by_role("button", name="Delete", exact=True).click()

    asked = await request.value
    assert asked.url.endswith("action=recall")
    assert json.loads(asked.post_data or "") == {"messageUrn": urn}
    await expect(page.get_by_text("This message has been deleted.")).to_be_visible()
    [entry] = await control.ledger()
    assert (entry.kind, entry.recipient, entry.message_urn) == ("recall", JOHN, urn)
    await page.reload()
    await expect(page.get_by_text("This message has been deleted.")).to_be_visible()


async def test_old_and_others_messages_have_no_delete(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The menu has only what is possible."""
    lines = (SeededMessage(sender="me", text="older"), SeededMessage(sender="them", text="theirs"))
    page = await open_page(await seed(control, *lines))

    assert await menu_of(page, "older") == ["Forward", "Share via email"]
    assert await menu_of(page, "theirs") == ["Forward", "Share via email"]


async def test_an_emoji_is_put_below_a_message_and_taken_away(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The same emoji does both, and so does its pill."""
    page = await open_page(await seed(control, SeededMessage(sender="them", text="theirs")))
    row = item(page, "theirs")
    await row.hover()
    await row.locator(".msg-reactions__entry-point").hover()
    async with page.expect_response(MESSAGES):
        await row.get_by_role("menuitem").filter(has_text="👍").click()
    pill = row.locator(".msg-reactions-reaction-summary-presenter__pill")
    await expect(pill).to_have_text("👍1")
    async with page.expect_response(MESSAGES):
        await pill.click()
    await expect(pill).to_have_count(0)

    assert [(each.kind, each.emoji) for each in await control.ledger()] == [
        ("message_reaction", "👍"),
        ("message_unreaction", "👍"),
    ]


@pytest.mark.parametrize("where", ["row", "menu", "header"])
async def test_a_conversation_is_starred(
    open_page: OpenPage, control: SandboxClient, where: str
) -> None:
    """By its row, by its row's menu, or at its head; nothing is delivered to anybody."""
    path = await seed(control, mine())
    page = await open_page(path if where == "header" else "/messaging/compose/")
    row = page.locator("li.msg-conversation-listitem").first
    async with page.expect_request(CATEGORIES) as request:
        if where == "row":
            await row.get_by_role("img", name="Star conversation").click()
        elif where == "menu":
            await row.locator(".msg-thread-actions__control").click()
            await row.get_by_text("Star", exact=True).click()
        else:
            await page.locator(".msg-thread__star-icon").click()
    asked = await request.value
    await asked.response()

    assert asked.url.endswith("action=addCategory")
    assert json.loads(asked.post_data or "")["category"] == "STARRED"
    assert (await control.threads())[0].starred is True
    assert await control.ledger() == []


async def test_a_conversation_is_marked_unread_without_being_opened(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The row's menu does it."""
    await seed(control, mine())
    page = await open_page("/messaging/compose/")
    row = page.locator("li.msg-conversation-listitem").first
    await row.locator(".msg-thread-actions__control").click()
    async with page.expect_response(MARKS):
        await row.get_by_text("Mark as unread", exact=True).click()

    await expect(row.locator(".notification-badge__count")).to_have_text("1")
    assert (await control.threads())[0].unread == 1
    assert page.url.endswith("/messaging/compose/")
