"""The browser that tests look with: the one that the program would take, kept as quiet."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright

from executor.browser.find import find_browser
from executor.browser.launch import QUIET_SWITCHES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Playwright


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Start a browser without windows, and end it."""
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        yield browser
        await browser.close()


async def launch(playwright: Playwright) -> Browser:
    """Start one that ends with its driver."""
    return await playwright.chromium.launch(
        executable_path=find_browser(playwright, None),
        args=list(QUIET_SWITCHES),
        chromium_sandbox=os.geteuid() != 0,
    )
