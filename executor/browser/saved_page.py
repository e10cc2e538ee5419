"""A page that was saved to a file, shown as if LinkedIn had sent it, and cut off from the world."""

from __future__ import annotations

import codecs
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from playwright.async_api import Error

from executor.browser.failures import translated
from executor.browser.tab import Tab
from executor.locators import shell

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, Route

    from executor.locators.lookup import Lookup
    from executor.settings import ExecutorSettings

_NOWHERE = "http://127.0.0.1:9"
"""The port named "discard", where nothing listens: for what routing does not see, such as look-ups
of names ahead of time."""

_STILL = "default-src 'none'; style-src 'unsafe-inline' data:; img-src data:; font-src data:"
_LIVELY = f"{_STILL}; script-src 'unsafe-inline' 'unsafe-eval' data:; webrtc 'block'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a file holds, and where it is said to come from."""

    html: bytes
    address: str
    scripts: bool = False
    """Whether the scripts inside the page may run; what they ask for is refused all the same."""


class SavedPage:
    """A page for saved files; every request but the one for the file shown is refused."""

    def __init__(self, page: Page, tab: Tab) -> None:
        self._page = page
        self._unserved: Saved | None = None
        self.tab = tab

    @classmethod
    @translated
    async def open(cls, browser: Browser, settings: ExecutorSettings, lookup: Lookup) -> Self:
        """Open it with nothing on it."""
        context = await browser.new_context(
            proxy={"server": _NOWHERE},
            viewport={"width": 1280, "height": 900},
            service_workers="block",
            accept_downloads=False,
        )
        try:
            page = await context.new_page()
            saved_page = cls(page, Tab(page, None, settings, lookup))
            await context.route("**/*", saved_page._answer)
            await context.route_web_socket("**/*", lambda socket: socket.close())
        except BaseException:
            await context.close()
            raise
        return saved_page

    @translated
    async def show(self, saved: Saved) -> None:
        """Show a file.

        Its own scripts are kept off by policy rather than by switching JavaScript off, which would
        show what stands in `<noscript>`, and stop the reading as well.
        """
        self._unserved = saved
        await self._page.goto(saved.address, wait_until="domcontentloaded")
        await self.tab.whole.run("open_popovers", {"popovers": shell.OPEN_POPOVERS})

    async def close(self) -> None:
        with suppress(Error):
            await self._page.context.close()

    async def _answer(self, route: Route) -> None:
        request, saved = route.request, self._unserved
        asked_for = request.is_navigation_request() and request.frame.parent_frame is None
        if saved is None or not asked_for:
            await route.abort("aborted")  # The page stays as it is.
            return
        self._unserved = None
        await route.fulfill(body=saved.html, headers=_headers(saved))


def _headers(saved: Saved) -> dict[str, str]:
    return {
        "content-type": "text/html; charset=utf-8" if _is_utf8(saved.html) else "text/html",
        "content-security-policy": _LIVELY if saved.scripts else _STILL,
        "x-dns-prefetch-control": "off",
    }


def _is_utf8(html: bytes) -> bool:
    if html.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    try:
        html.decode("utf-8")
    except UnicodeDecodeError:
        return False  # The page's own word for its encoding has to do.
    return True
