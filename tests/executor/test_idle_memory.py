"""What an open account that has nothing to do takes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.executor.test_runner import ask_jane, ended, working

if TYPE_CHECKING:
    from playwright.async_api import Page

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
