"""Faults happen as often as they were armed, and the ledger knows what was delivered anyway."""

import asyncio
import re

import pytest
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, expect
from pydantic import ValidationError

from executor.sandbox import Fault, SandboxClient
from tests.executor.sandbox.conftest import OpenPage, type_lines

JANE = "ACoAABCDEFG"
COMPOSE = f"/messaging/compose/?recipient={JANE}"


async def send(page: Page, text: str = "Hello Jane") -> None:
    await type_lines(page, page.locator(".msg-form__contenteditable"), text)
    await page.locator("button.msg-form__send-button").click()


async def until_arrived(control: SandboxClient) -> None:
    """Ask until the armed fault was met: a browser tells of a request before the request leaves."""
    async with asyncio.timeout(20):
        while await control.faults():
            pass


async def until_delivered(control: SandboxClient) -> None:
    """Ask until the ledger has something; each question lets the sandbox go on."""
    async with asyncio.timeout(20):
        while not await control.ledger():
            pass


@pytest.mark.parametrize(
    ("fault", "delivered"),
    [
        (Fault(on="create_message", do="status", status=403), 0),
        (Fault(on="create_message", do="status", status=429), 0),
        (Fault(on="create_message", do="errors_in_200"), 0),
        (Fault(on="create_message", do="deliver_then_status", status=500), 1),
        (Fault(on="create_message", do="sign_out"), 0),
        (Fault(on="create_message", do="restrict"), 0),
    ],
    ids=lambda value: f"{value.do}-{value.status}" if isinstance(value, Fault) else str(value),
)
async def test_a_failed_send_looks_the_same_whether_or_not_it_was_delivered(
    open_page: OpenPage, control: SandboxClient, fault: Fault, delivered: int
) -> None:
    """The placeholder keeps its client urn and an error; only the ledger tells them apart."""
    await control.arm(fault)
    page = await open_page(COMPOSE)
    await send(page)

    await expect(page.get_by_text("Message not sent. Try again.")).to_be_visible()
    urn = await page.locator(".msg-s-event-listitem").last.get_attribute("data-event-urn")
    assert ",2-" not in (urn or "")
    assert len(await control.ledger()) == delivered
    assert await control.faults() == []


async def test_a_lost_answer_lets_a_bare_chromium_deliver_again(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Its network stack repeats the POST by itself, and the ledger tells of both deliveries."""
    await control.arm(Fault(on="create_message", do="drop_answer_after_delivery"))
    page = await open_page(COMPOSE)
    await send(page)
    await page.wait_for_url("**/messaging/thread/2-**")

    first, second = await control.ledger()
    assert first.origin_token == second.origin_token


async def test_a_request_that_is_cut_every_time_delivers_nothing(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Chromium gives up when it has no connection left that was used before."""
    await control.arm(Fault(on="create_message", do="drop_before_delivery", times=50))
    page = await open_page(COMPOSE)
    await send(page)

    await expect(page.get_by_text("Message not sent. Try again.")).to_be_visible()
    assert await control.ledger() == []


async def test_a_late_delivery_happens_after_the_browser_has_gone(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The request was on its way; closing the page does not call it back."""
    await control.arm(Fault(on="create_message", do="deliver_late", seconds=2))
    page = await open_page(COMPOSE)
    await send(page)
    await until_arrived(control)
    assert await control.ledger() == []
    await page.close()

    await until_delivered(control)
    assert len(await control.ledger()) == 1


async def test_a_hanging_answer_leaves_the_message_sending(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Neither success nor failure is ever shown, and nothing is delivered."""
    await control.arm(Fault(on="create_message", do="hang"))
    page = await open_page(COMPOSE)
    async with page.expect_request(re.compile("action=createMessage")):
        await send(page)

    await expect(page.locator("[class*=sending-indicator--sending]")).to_be_visible()
    assert await control.ledger() == []


async def test_a_fault_can_wait_for_its_turn_and_place(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """`after` lets requests pass, `match` chooses paths, `times` ends it."""
    await control.arm(Fault(on="page", do="status", status=999, match="/in/", after=1))
    page = await open_page("/feed/")
    statuses = []
    for _ in range(3):
        answer = await page.goto(re.sub(r"/(feed|in)/.*", "/in/john-doe-123/", page.url))
        statuses.append(answer.status if answer else None)

    assert statuses == [200, 999, 200]


async def test_a_page_can_lose_its_session_on_the_way(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The next page asks for signing in."""
    await control.arm(Fault(on="page", do="sign_out", match="/messaging/"))
    page = await open_page(COMPOSE)

    await expect(page).to_have_url(re.compile("/login"))


async def test_a_challenge_can_come_with_the_send(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The send is refused and the next page is the checkpoint."""
    await control.arm(Fault(on="create_message", do="challenge"))
    page = await open_page(COMPOSE)
    await send(page)
    await expect(page.get_by_text("Message not sent. Try again.")).to_be_visible()
    await page.reload()

    await expect(page).to_have_url(re.compile("/checkpoint/challenge/"))
    assert await control.ledger() == []


async def test_a_cut_page_stays_cut_when_the_browser_asks_again(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """One armed cut is one failed navigation; the next one succeeds."""
    page = await open_page("/feed/")
    await control.arm(Fault(on="page", do="drop_before_delivery", match="/in/"))
    with pytest.raises(PlaywrightError, match="ERR_"):
        await page.goto(page.url.replace("/feed/", "/in/john-doe-123/"))


async def test_slow_answers_arrive_in_the_end(open_page: OpenPage, control: SandboxClient) -> None:
    """A delayed send is an ordinary send."""
    await control.arm(Fault(on="create_message", do="delay", seconds=0.2))
    page = await open_page(COMPOSE)
    await send(page)
    await page.wait_for_url("**/messaging/thread/2-**")

    assert len(await control.ledger()) == 1


def test_a_fault_that_delivers_needs_something_to_deliver() -> None:
    """Nonsense is refused when it is armed, not when it happens."""
    with pytest.raises(ValidationError, match="delivers nothing"):
        Fault(on="page", do="deliver_late")
