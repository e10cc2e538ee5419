"""How the browser is started."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import psutil
import pytest
from playwright.async_api import Error

from executor.browser.account_browser import AccountBrowser
from executor.browser.launch import DISABLED_FEATURES, BrowserHost
from executor.locators.lookup import Lookup
from tests.chromium import chromium

if TYPE_CHECKING:
    from executor.settings import ExecutorSettings
    from tests.executor.office import Office

_SWITCH = "disable-features="


async def test_what_playwright_turns_off_stays_off(office: Office) -> None:
    """Chromium takes the last of two lists, so ours has to hold all of Playwright's."""
    account = await office.browsers.open_account(None)
    assert office.browsers._browser is not None
    devtools = await office.browsers._browser.new_browser_cdp_session()
    command = (await devtools.send("SystemInfo.getInfo"))["commandLine"]
    await account.close()

    lists = [part for part in command.split(" --") if part.startswith(_SWITCH)]
    wanted = {name for each in lists for name in each.removeprefix(_SWITCH).strip().split(",")}
    assert sorted(wanted - set(DISABLED_FEATURES)) == []


async def test_a_window_keeps_no_pages_of_chromium_ready(office: Office) -> None:
    """They cost more than the page that the account works in."""
    account = await office.browsers.open_account(None)
    assert office.browsers._browser is not None
    devtools = await office.browsers._browser.new_browser_cdp_session()
    targets = (await devtools.send("Target.getTargets", {"filter": [{}]}))["targetInfos"]
    await account.close()

    assert [each["url"] for each in targets if each["url"].startswith("chrome://")] == []


async def test_an_account_that_cannot_be_opened_leaves_nothing_open(
    settings: ExecutorSettings,
) -> None:
    """Nobody else would close its context before the browser ends."""
    async with chromium() as browser:
        with pytest.raises(Error, match="timezone"):
            await AccountBrowser.open(
                browser, None, settings.model_copy(update={"timezone": "No/Where"}), Lookup()
            )

        assert browser.contexts == []


async def test_the_driver_keeps_little_of_what_is_new(settings: ExecutorSettings) -> None:
    """Node gets the switch, or what the environment says already."""
    before = set(psutil.Process().children())
    async with BrowserHost(settings) as host:
        await (await host.open_account(None)).close()
        (driver,) = set(psutil.Process().children()) - before
        assert driver.environ()["NODE_OPTIONS"] == os.environ["NODE_OPTIONS"]
