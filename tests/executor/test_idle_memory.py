"""What an open account that has nothing to do takes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil

from executor import opened_account
from executor.browser.launch import BrowserHost
from executor.opened_account import OpenedAccount
from storage.tasks import TaskStatus
from tests.executor.test_runner import ask_jane, ended, working

if TYPE_CHECKING:
    import pytest
    from playwright.async_api import Page

    from executor.settings import ExecutorSettings
    from tests.executor.office import Office

LEAVE = "() => { window.left = new WeakRef({ some: 'thing' }); }"
IS_GONE = "() => window.left.deref() === undefined"


async def test_an_account_without_work_gives_memory_back(office: Office) -> None:
    """Its page stays open, and lets go of what nobody holds any more; the next task finds it so."""
    pages: list[Page] = []

    async def keep(page: Page) -> None:
        pages.append(page)

    with office.browsers.prepared(keep):
        async with working(office.runner()):
            await ended(office, await ask_jane(office, "one"))
            (page,) = pages
            await page.evaluate(LEAVE)
            await page.wait_for_function(IS_GONE)
            await ended(office, await ask_jane(office, "two"))

    assert [entry.text for entry in await office.delivered()] == ["one", "two"]
    assert len(pages) == 1


async def test_a_context_that_has_served_long_gives_way_to_a_fresh_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has piled up in it goes; the account stays signed in, and nothing is sent twice."""
    monkeypatch.setattr(opened_account, "_MOST_TASKS", 2)
    pages: list[Page] = []

    async def keep(page: Page) -> None:
        pages.append(page)

    texts = ["one", "two", "three", "four", "five"]
    with office.browsers.prepared(keep):
        async with working(office.runner()):
            for text in texts:
                task = await ended(office, await ask_jane(office, text))
                assert (task.status, task.attempts) == (TaskStatus.SUCCEEDED, 1)

    assert [entry.text for entry in await office.delivered()] == texts
    assert [page.is_closed() for page in pages] == [True, True, True]


async def test_a_driver_that_died_unnoticed_is_no_trouble(
    office: Office, settings: ExecutorSettings
) -> None:
    """The next task finds that out and has another one; resting is not worth a word."""
    async with BrowserHost(settings) as host:
        account = OpenedAccount(office.store, host, member_id=office.admin.id, clock=office.clock)
        mine = set(psutil.Process().children())
        await account.linkedin()
        for child in set(psutil.Process().children()) - mine:
            if "run-driver" in child.cmdline():
                child.kill()

        await account.rest()
        await account.drop()

    assert account.browser is None
