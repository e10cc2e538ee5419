"""Starting and stopping the one Chromium of a runner."""

from __future__ import annotations

import asyncio
import os
from contextvars import Context
from typing import TYPE_CHECKING, Any, Self, TypeVar

import structlog
from playwright.async_api import Browser, Error, Playwright, async_playwright

from executor.browser.account_browser import AccountBrowser
from executor.browser.failures import translate
from executor.browser.find import find_browser
from executor.browser.saved_page import SavedPage
from executor.errors import BrowserUnavailable
from executor.locators.lookup import Lookup

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from pathlib import Path
    from types import TracebackType

    from executor.settings import ExecutorSettings
    from storage.tasks import JsonObject

log = structlog.get_logger(__name__)

Opened = TypeVar("Opened")

DISABLED_FEATURES = (
    # A sandboxed frame would be another process, whose requests would pass by the guard.
    "IsolateSandboxedIframes",
    # Chromium keeps two pages of its own ready behind the address bar of every window, headless or
    # not: 1.0 of the 1.6 seconds of processor time that opening a profile took (156, 2026-11-22).
    "WebUIOmniboxPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxAimPopup",
    # Playwright's own list (1.65): of two such switches Chromium takes the last.
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "TcpPortRandomizationWin",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    "msForceBrowserSignIn",
    "msEdgeUpdateLaunchServicesPreferredVersion",
)
"""Features of Chromium that nobody here needs."""

QUIET_SWITCHES = (
    # A server's browser has no use for Chromium's own housekeeping, which would also reach for
    # hosts that are none of our business.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    # A shared worker belongs to no page, so that its requests would pass by the guard. A page finds
    # that there are none, as it does in Safari before 16.
    "--disable-shared-workers",
    f"--disable-features={','.join(DISABLED_FEATURES)}",
)
"""How Chromium is started, beside what Playwright gives it."""


_CLOSE_S = 5.0


# Playwright's driver is a Node process. What a page tells it is of use for a moment only, but Node
# lets it pile up: with eight accounts at work it held 191 MB. With 2 MB for what is new it holds
# 150 MB, in the same processor time (2026-11-30).
_SMALL_YOUNG_GENERATION = "--max-semi-space-size=2"


async def _start_driver() -> Playwright:
    # Whoever sets it for all of a machine's programs knows why.
    os.environ.setdefault("NODE_OPTIONS", _SMALL_YOUNG_GENERATION)
    try:
        # What the browser tells later is not about the task for which it was started.
        return await asyncio.get_running_loop().create_task(
            async_playwright().start(), context=Context()
        )
    except Exception as error:
        # Playwright has no class of its own for a driver that does not even start.
        raise BrowserUnavailable(
            "Playwright's driver does not start; see `linkedin-executor browser install`."
        ) from error


async def _quietly(ending: Coroutine[Any, Any, None]) -> None:
    """End something that may be dead already, and in that case raises errors of any class."""
    try:
        async with asyncio.timeout(_CLOSE_S):
            await ending
    except Exception as error:  # noqa: BLE001 - whatever it says, there is nothing left to end
        log.debug("browser_end", error=type(error).__name__)


def _tells_of_a_dead_browser(error: Exception) -> bool:
    # A driver that died tells nobody, and the browser object goes on as if connected. Its pipe
    # raises errors of no class of Playwright's, plain `Exception` among them (1.65).
    return isinstance(error, Error | OSError) or type(error) is Exception


class BrowserHost:
    """One Chromium, started when first needed and again after it died."""

    def __init__(self, settings: ExecutorSettings, *, locators: Path | None = None) -> None:
        """Prepare a browser, which starts when it is first needed.

        Args:
            locators: the operator's `locators.toml`; every account's tab follows it.
        """
        self._settings = settings
        self.lookup = Lookup(locators)
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._path: Path | None = None
        self._starting = asyncio.Lock()
        self._restarts = 0

    def take_restarts(self) -> int:
        """Return how often the browser had died or hung since the last time."""
        restarts, self._restarts = self._restarts, 0
        return restarts

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def open_account(self, state: JsonObject | None) -> AccountBrowser:
        """Open a fresh browser context in *state* (Playwright storage state).

        Raises:
            BrowserNotFound: there is no browser on this machine.
            BrowserCrashed: the browser does not start.
        """
        return await self._opened(
            lambda browser: AccountBrowser.open(browser, state, self._settings, self.lookup)
        )

    async def open_saved_page(self) -> SavedPage:
        """Open a page for saved files; raises as `open_account` does."""
        return await self._opened(
            lambda browser: SavedPage.open(browser, self._settings, self.lookup)
        )

    async def _opened(self, opening: Callable[[Browser], Awaitable[Opened]]) -> Opened:
        browser = await self._running()
        try:
            return await opening(browser)
        except Exception as error:
            if not _tells_of_a_dead_browser(error):
                raise  # A mistake of ours: waiting for it to go away would take for ever.
            log.warning("browser_unusable", error=type(error).__name__)
            await self.abandon()
            if isinstance(error, Error):
                raise BrowserUnavailable(translate(error).message) from error
            raise BrowserUnavailable from error

    @property
    def description(self) -> str:
        """Which browser runs, for people."""
        if self._browser is None:
            return "not started"
        return f"{self._path} (version {self._browser.version})"

    async def close(self) -> None:
        """Stop the browser; sessions must have been saved before."""
        if self._browser is not None:
            browser, self._browser = self._browser, None
            await _quietly(browser.close())
        if self._playwright is not None:
            playwright, self._playwright = self._playwright, None
            # The driver ends its browsers with itself, whatever state they are in.
            await _quietly(playwright.stop())

    async def abandon(self) -> None:
        """Stop a browser that hangs; the next account that is opened gets a fresh one."""
        async with self._starting:
            self._restarts += 1
            await self.close()

    async def _running(self) -> Browser:
        async with self._starting:
            if self._browser is not None and self._browser.is_connected():
                return self._browser
            if self._browser is not None:
                log.warning("browser_restarting")
                self._restarts += 1
                await self.close()
            self._playwright = self._playwright or await _start_driver()
            self._path = find_browser(
                self._playwright,
                self._settings.browser_path,
                headless=self._settings.headless,
            )
            try:
                self._browser = await self._playwright.chromium.launch(
                    executable_path=self._path,
                    headless=self._settings.headless,
                    args=list(QUIET_SWITCHES),
                    chromium_sandbox=self._sandboxed(),
                    handle_sigint=False,
                    handle_sigterm=False,
                    handle_sighup=False,
                )
            except Error as error:
                raise BrowserUnavailable(translate(error).message) from error
            log.info("browser_started", path=str(self._path), version=self._browser.version)
            return self._browser

    def _sandboxed(self) -> bool:
        if self._settings.browser_sandbox is None:
            return os.geteuid() != 0
        return self._settings.browser_sandbox
