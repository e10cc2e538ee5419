"""One account's browser context and the tab that it works in."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from playwright.async_api import Error

from executor.browser.failures import translated
from executor.browser.guard import Guard
from executor.browser.tab import Tab

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Page, StorageState, ViewportSize

    from executor.settings import ExecutorSettings
    from storage.tasks import JsonObject

_VIEWPORT: ViewportSize = {"width": 1280, "height": 900}


class AccountBrowser:
    """A signed-in context, kept warm between an account's tasks."""

    def __init__(self, context: BrowserContext, tab: Tab) -> None:
        self._context = context
        self.tab = tab
        self._saved: str | None = None

    @classmethod
    async def open(
        cls, browser: Browser, state: JsonObject | None, settings: ExecutorSettings
    ) -> AccountBrowser:
        """Open a context whose one tab cannot leave LinkedIn nor send what was not asked for."""
        context = await browser.new_context(
            storage_state=cast("StorageState | None", state),
            viewport=_VIEWPORT,
            locale=settings.locale,
            timezone_id=settings.timezone,
            # A service worker's requests would pass by the guard.
            service_workers="block",
        )
        context.set_default_timeout(settings.step_timeout.total_seconds() * 1000)
        page = await context.new_page()
        guard = await Guard.install(context, page, settings.site)
        context.on("page", _close_popup)
        account = cls(context, Tab(page, guard, settings))
        account._saved = _fingerprint(state)
        return account

    @translated
    async def current_state(self) -> JsonObject:
        """Return the storage state as it is now."""
        return cast("JsonObject", await self._context.storage_state(indexed_db=True))

    @translated
    async def changed_state(self) -> JsonObject | None:
        """Return the storage state when its cookies have changed since it was last returned."""
        state = await self.current_state()
        fingerprint = _fingerprint(state)
        if fingerprint == self._saved:
            return None
        self._saved = fingerprint
        return state

    async def close(self) -> None:
        with suppress(Error):
            await self._context.close()


async def _close_popup(page: Page) -> None:
    with suppress(Error):
        await page.close()


def _fingerprint(state: JsonObject | None) -> str | None:
    if state is None:
        return None
    cookies = sorted(
        (cookie["name"], cookie["value"], cookie.get("domain", ""), cookie.get("path", ""))
        for cookie in state.get("cookies", ())
    )
    return hashlib.sha256(json.dumps(cookies).encode()).hexdigest()
