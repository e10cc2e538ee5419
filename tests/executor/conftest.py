"""One sandbox and one Chromium for each test process; a fresh world and store for each test."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from executor.sandbox.server import running_sandbox
from executor.settings import ExecutorSettings
from tests.executor.kept_browsers import KeptBrowsers
from tests.executor.office import open_office

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Page

    from executor.browser.account_browser import AccountBrowser
    from executor.browser.saved_page import SavedPage
    from executor.sandbox.server import RunningSandbox
    from tests.executor.office import Office


@pytest.fixture(scope="session")
async def shared_sandbox() -> AsyncIterator[RunningSandbox]:
    async with running_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def sandbox(shared_sandbox: RunningSandbox) -> AsyncIterator[RunningSandbox]:
    yield shared_sandbox
    await shared_sandbox.client.disarm()
    await shared_sandbox.client.reset()


@pytest.fixture(scope="session")
def settings(shared_sandbox: RunningSandbox) -> ExecutorSettings:
    """Short patience: the sandbox is quick, but three processes share two cores."""
    return ExecutorSettings.model_validate(
        {
            "linkedin_url": shared_sandbox.url,
            "step_timeout": timedelta(seconds=10),
            "evidence_timeout": timedelta(seconds=1.5),
            "task_timeout": timedelta(seconds=30),
            "read_back_looks": 2,
            "read_back_pause": timedelta(seconds=0.2),
        }
    )


@pytest.fixture(scope="session")
async def browsers(settings: ExecutorSettings) -> AsyncIterator[KeptBrowsers]:
    async with KeptBrowsers(settings) as host:
        yield host


@pytest.fixture(scope="session")
async def saved_page(browsers: KeptBrowsers) -> SavedPage:
    """One page for all files, each of which replaces the one before."""
    return await browsers.open_saved_page()


@pytest.fixture
async def office(
    tmp_path: Path, sandbox: RunningSandbox, browsers: KeptBrowsers, settings: ExecutorSettings
) -> AsyncIterator[Office]:
    async with open_office(tmp_path, sandbox, browsers, settings) as office:
        yield office


@pytest.fixture
async def account(office: Office) -> AsyncIterator[AccountBrowser]:
    """A tab that nobody else gets, for doing what no page object would."""
    account = await office.browsers.open_fresh(await office.sandbox.client.storage_state())
    yield account
    await account.close()


@pytest.fixture
def page(account: AccountBrowser) -> Page:
    """Its bare page."""
    return account.tab._page
