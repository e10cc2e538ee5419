"""One sandbox and one Chromium for the process; every test begins in the default world."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright

from executor.browser.launch import DISABLED_FEATURES
from executor.sandbox import RunningSandbox, SandboxClient, running_sandbox

# Without it, Playwright's own download is used.
_CHROMIUM = next(filter(Path.exists, [Path("/usr/bin/chromium")]), None)
_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    f"--disable-features={','.join(DISABLED_FEATURES)}",
)

OpenPage = Callable[..., Awaitable[Page]]


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    no_sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=_CHROMIUM, args=[*_QUIET, *no_sandbox]
        )
        yield browser
        await browser.close()


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


@pytest.fixture
async def open_page(browser: Browser, sandbox: RunningSandbox) -> AsyncIterator[OpenPage]:
    """Open paths of the sandbox in contexts that are closed afterwards; script errors fail."""
    contexts, errors = [], []

    async def open_(path: str, *, account: int | None = 1, url: str = "") -> Page:
        state = await sandbox.client.storage_state(account) if account else None
        context = await browser.new_context(storage_state=state)  # type: ignore[arg-type]
        context.set_default_timeout(5000)
        contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108 - needs a function
        await page.goto((url or sandbox.url) + path)
        return page

    yield open_
    for context in contexts:
        await context.close()
    assert errors == []


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
