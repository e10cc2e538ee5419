"""Signing in: a person at the page, or a session that was brought along."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from executor.browser.sign_in import check_state
from executor.errors import AccountRestricted, BrowserCrashed, Challenged, SignedOut, TimedOut

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.executor.office import Office


async def _fill_in(page: Page) -> None:
    await page.locator('input[name="session_key"]').fill("avery@sandbox.example")
    await page.locator('input[name="session_password"]').fill("sandbox")
    await page.keyboard.press("Enter")


async def test_the_wait_ends_once_the_person_is_signed_in(office: Office) -> None:
    """The state that is taken then is good for a context of its own."""
    account = await office.browsers.open_account(None)
    waiting = asyncio.ensure_future(account.tab.wait_for_sign_in(20))
    await _fill_in(account.tab._page)
    await waiting
    state = await account.current_state()
    await account.close()

    assert (await check_state(office.settings, state)).state["cookies"]


async def test_the_wait_goes_on_through_a_security_check(office: Office) -> None:
    """A PIN page is not the end: the person answers it in the same window."""
    await office.sandbox.client.change_account(1, asks_pin_at_sign_in=True)
    account = await office.browsers.open_account(None)
    page = account.tab._page
    waiting = asyncio.ensure_future(account.tab.wait_for_sign_in(20))
    await _fill_in(page)
    pin = page.locator('input[name="pin"]')
    await pin.wait_for()
    assert not waiting.done()
    await pin.fill("246810")
    await page.keyboard.press("Enter")
    await waiting
    await account.close()

    assert account.tab.path == "/feed/"


async def test_a_closed_window_and_an_idle_one_end_the_wait(office: Office) -> None:
    """Nobody is kept waiting for somebody who has gone."""
    idle = await office.browsers.open_account(None)
    with pytest.raises(TimedOut):
        await idle.tab.wait_for_sign_in(0.3)
    await idle.close()

    closed = await office.browsers.open_account(None)
    waiting = asyncio.ensure_future(closed.tab.wait_for_sign_in(20))
    await closed.tab._page.locator('input[name="session_key"]').wait_for()
    await closed.close()
    with pytest.raises(BrowserCrashed):
        await waiting


@pytest.mark.parametrize(
    ("standing", "error"), [("challenge", Challenged), ("restricted", AccountRestricted)]
)
async def test_a_session_that_cannot_act_is_not_taken(
    office: Office, standing: str, error: type[Exception]
) -> None:
    """What stands in the way is told by its own error."""
    state = await office.sandbox.client.storage_state()
    await office.sandbox.client.change_account(1, standing=standing)

    with pytest.raises(error):
        await check_state(office.settings, state)


async def test_no_session_is_signed_out(office: Office) -> None:
    """An empty storage state is led to the sign-in page."""
    with pytest.raises(SignedOut):
        await check_state(office.settings, {"cookies": [], "origins": []})
