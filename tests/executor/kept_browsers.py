"""Browsers that hand a tab on from test to test, as a runner keeps it from task to task.

Opening one costs Chromium a window and two processes: a third of what a test takes.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, cast

from playwright.async_api import Error

from executor.browser.account_browser import AccountBrowser, fingerprint_of
from executor.browser.launch import BrowserHost

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from playwright.async_api import Page

    from executor.settings import ExecutorSettings
    from storage.tasks import JsonObject

_LEAVE_MS = 3000


class _KeptAccount(AccountBrowser):
    """Is parked where others are closed."""

    park: Callable[[_KeptAccount], None] | None = None
    """`None` for a tab that a test may do anything to; nobody gets it after that."""

    async def sign_in_as(self, state: JsonObject) -> None:
        """Take over another session, and nothing of the one before."""
        self.tab.identity.expect(None)
        await self._context.clear_cookies()
        await self._context.add_cookies(cast("Any", state["cookies"]))
        self._saved = fingerprint_of(state["cookies"])

    async def close(self) -> None:
        if self.park is not None and self.is_usable and await self._is_left():
            self.park(self)
        else:
            await super().close()

    async def _is_left(self) -> bool:
        """Leave the page and what it has stored; tell whether that was possible."""
        page = self.tab._page  # What page objects do not offer, for nobody should do it.
        try:
            site = self.tab._settings.site
            await page.goto("about:blank", timeout=_LEAVE_MS)
            devtools = await self._context.new_cdp_session(page)
            await devtools.send(
                "Storage.clearDataForOrigin", {"origin": site, "storageTypes": "all"}
            )
            await devtools.detach()
        except Error:
            return False
        return True


class KeptBrowsers(BrowserHost):
    """A browser host with few tabs and many accounts."""

    def __init__(self, settings: ExecutorSettings) -> None:
        super().__init__(settings)
        self._parked: list[_KeptAccount] = []
        self._prepare: Callable[[Page], Awaitable[None]] | None = None

    async def open_account(self, state: JsonObject | None) -> AccountBrowser:
        """Hand out a tab that an earlier test has left, in this state; a new one for no state."""
        while state is not None and self._prepare is None and self._parked:
            account = self._parked.pop()
            with suppress(Error):
                if account.is_usable:
                    await account.sign_in_as(state)
                    return account
        account = await self._opened(
            lambda browser: _KeptAccount.open(browser, state, self._settings, self.lookup)
        )
        if self._prepare is not None:
            await self._prepare(account.tab._page)
        elif state is not None:
            account.park = self._parked.append
        return account

    async def open_fresh(self, state: JsonObject) -> AccountBrowser:
        """Open a tab that nobody has had or gets."""
        return await super().open_account(state)

    @contextmanager
    def prepared(self, prepare: Callable[[Page], Awaitable[None]]) -> Iterator[None]:
        """Give every account that is opened meanwhile a tab of its own, changed by *prepare*."""
        self._prepare = prepare
        try:
            yield
        finally:
            self._prepare = None
