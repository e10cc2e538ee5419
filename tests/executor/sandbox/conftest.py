"""One sandbox and one Chromium for the process; every test begins in the default world."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Browser, Error, Locator, Page

from executor.sandbox import RunningSandbox, SandboxClient, running_sandbox
from tests.chromium import chromium

OpenPage = Callable[..., Awaitable[Page]]


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
async def running() -> AsyncIterator[RunningSandbox]:
    async with running_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def sandbox(running: RunningSandbox) -> RunningSandbox:
    await running.client.reset()
    return running


@pytest.fixture
def control(sandbox: RunningSandbox) -> SandboxClient:
    return sandbox.client


class Windows:
    """Contexts with one page each, handed on from test to test; opening one takes half a second."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: list[Page] = []
        self._used: list[Page] = []
        self.errors: list[Error] = []
        """What scripts of the pages have raised."""

    async def page(self, state: Any) -> Page:
        """Return a page that is signed in as *state* says, or not at all for `None`."""
        page = self._idle.pop() if self._idle else await self._open()
        self._used.append(page)
        await page.context.add_cookies(state["cookies"] if state else [])
        return page

    async def take_back(self) -> None:
        """Take all pages back, and close those with which something was done besides."""
        for page in self._used:
            try:
                await page.goto("about:blank")
                await page.context.clear_cookies()
            except Error:
                await page.context.close()
                continue
            if len(page.context.pages) == 1:
                self._idle.append(page)
            else:
                await page.context.close()
        self._used.clear()

    async def _open(self) -> Page:
        context = await self._browser.new_context()
        context.set_default_timeout(30_000)
        page = await context.new_page()
        page.on("pageerror", self._on_error)
        return page

    def _on_error(self, error: Error) -> None:
        self.errors.append(error)


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    return Windows(browser)


@pytest.fixture
async def open_page(windows: Windows, sandbox: RunningSandbox) -> AsyncIterator[OpenPage]:
    """Open paths of the sandbox; script errors fail."""
    windows.errors.clear()

    async def open_(path: str, *, account: int | None = 1, url: str = "") -> Page:
        page = await windows.page(await sandbox.client.storage_state(account) if account else None)
        await page.goto((url or sandbox.url) + path)
        return page

    yield open_
    raised = list(windows.errors)  # Leaving a page breaks off what it asks for, which is no error.
    await windows.take_back()
    assert raised == []


def top_card(page: Page) -> Locator:
    return page.locator("section[componentkey$=Topcard]")


async def type_lines(page: Page, editor: Locator, text: str) -> None:
    """Type as a person would, Shift+Enter between the lines."""
    await editor.click()
    for number, line in enumerate(text.split("\n")):
        if number:
            await page.keyboard.press("Shift+Enter")
        if line:
            await page.keyboard.insert_text(line)
