"""One account's browser context and the tab that it works in."""

from __future__ import annotations

import asyncio
import hashlib
import json
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING, Any, Self, cast

from playwright.async_api import Error

from executor.browser.failures import bounded
from executor.browser.guard import Guard
from executor.browser.screencast import Screencast
from executor.browser.tab import Tab
from executor.browser.trace import Trace
from executor.browser.tunnel import Tunnel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from playwright.async_api import Browser, BrowserContext, Page, StorageState, ViewportSize

    from executor.locators.lookup import Lookup
    from executor.settings import ExecutorSettings
    from storage.tasks import JsonObject

_GIVE_UP_S = 5.0
_VIEWPORT: ViewportSize = {"width": 1280, "height": 900}


class AccountBrowser:
    """A signed-in context, kept warm between an account's tasks."""

    def __init__(
        self, context: BrowserContext, tab: Tab, guard: Guard, tunnel: Tunnel, trace: Trace | None
    ) -> None:
        self._context = context
        self._guard = guard
        self._tunnel = tunnel
        self.tab = tab
        self.trace = trace
        """Records tasks, where the operator wants that."""
        self._saved: str | None = None

    @classmethod
    async def open(
        cls,
        browser: Browser,
        state: JsonObject | None,
        settings: ExecutorSettings,
        lookup: Lookup,
    ) -> Self:
        """Open a context whose one tab cannot leave LinkedIn nor send what was not asked for."""
        async with AsyncExitStack() as unless_opened:
            tunnel = Tunnel()
            unless_opened.push_async_callback(tunnel.close)
            context = await browser.new_context(
                proxy={"server": await tunnel.open()},
                storage_state=cast("StorageState | None", state),
                viewport=_VIEWPORT,
                locale=settings.locale,
                timezone_id=settings.timezone,
                # A service worker's requests would pass by the guard.
                service_workers="block",
            )
            unless_opened.push_async_callback(_given_up, context)
            # Not every context is closed by itself; some go with their browser.
            context.on("close", lambda _: tunnel.close())
            context.set_default_timeout(settings.step_timeout.total_seconds() * 1000)
            page = await context.new_page()
            guard = await Guard.install(context, page, settings.site, tunnel)
            context.on("page", _close_popup)
            trace = await Trace.prepare(context) if settings.kept_pages == "full" else None
            account = cls(context, Tab(page, guard, settings, lookup), guard, tunnel, trace)
            account._saved = None if state is None else fingerprint_of(state.get("cookies", ()))
            unless_opened.pop_all()
            return account

    @property
    def is_usable(self) -> bool:
        """Whether its tab is still there; a driver that died is noticed only when it is asked."""
        browser = self._context.browser
        return browser is not None and browser.is_connected() and self.tab.is_open

    async def begin_task(self) -> None:
        """Keep what happens from now on apart from earlier tasks, in the log as well."""
        self._guard.interception.begin_task()
        await self.tab.begin_task()

    @bounded
    async def current_state(self) -> JsonObject:
        """Return the storage state as it is now."""
        return cast("JsonObject", await self._context.storage_state(indexed_db=True))

    @bounded
    async def changed_state(self) -> JsonObject | None:
        """Return the storage state when its cookies have changed since it was last returned."""
        # The cookies alone cost one call; the whole state may cost Playwright a page of its own.
        fingerprint = fingerprint_of(await self._context.cookies())
        if fingerprint == self._saved:
            return None
        state = await self.current_state()
        self._saved = fingerprint  # Not before: what could not be read has not been returned.
        return state

    @bounded
    async def free_memory(self) -> None:
        """Have the page give back what nothing in it refers to any more.

        Left alone, Chromium keeps it for long after a page has come to rest: of each of eight
        accounts 99 MB instead of 52 (156, 2026-11-23).
        """
        devtools = await self._context.new_cdp_session(self._context.pages[0])
        try:
            await devtools.send("HeapProfiler.collectGarbage")
        finally:
            await devtools.detach()

    @bounded
    async def screencast(self, tell: Callable[[], None]) -> Screencast:
        """Return the tab's picture for a person, and their hands on it; *tell*: see there."""
        return await Screencast.open(self._context, self._context.pages[0], tell)

    async def close(self) -> None:
        # Chromium lets go of what is held back when a page closes: by then no way may be open.
        self._tunnel.shut()
        try:
            with suppress(Error):
                await self._context.close()
        finally:
            await self._tunnel.close()


async def _given_up(context: BrowserContext) -> None:
    # Whoever has given the opening up does not wait for a browser that hangs.
    with suppress(Error, TimeoutError):
        async with asyncio.timeout(_GIVE_UP_S):
            await context.close()


async def _close_popup(page: Page) -> None:
    with suppress(Error):
        await page.close()


def fingerprint_of(cookies: Iterable[Mapping[str, Any]]) -> str:
    """Return what changes when a cookie comes, goes or gets another value."""
    values = sorted(
        (cookie["name"], cookie["value"], cookie.get("domain", ""), cookie.get("path", ""))
        for cookie in cookies
    )
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()
