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
    from playwright.async_api import Browser, BrowserContext, Route

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
    """An open saved page; every request but the one for the page itself is refused."""

    def __init__(self, context: BrowserContext, tab: Tab) -> None:
        self._context = context
        self.tab = tab

    @classmethod
    @translated
    async def open(
        cls, browser: Browser, saved: Saved, settings: ExecutorSettings, lookup: Lookup
    ) -> Self:
        """Show the page.

        Its own scripts are kept off by policy rather than by switching JavaScript off, which would
        show what stands in `<noscript>`, and stop the reading as well.
        """
        context = await browser.new_context(
            proxy={"server": _NOWHERE},
            viewport={"width": 1280, "height": 900},
            service_workers="block",
            accept_downloads=False,
        )
        try:
            page = await context.new_page()
            served = False

            async def answer(route: Route) -> None:
                nonlocal served
                if served or route.request.frame.parent_frame is not None:
                    await route.abort("aborted")  # The page stays as it is.
                    return
                served = True
                await route.fulfill(body=saved.html, headers=_headers(saved))

            await context.route("**/*", answer)
            await context.route_web_socket("**/*", lambda socket: socket.close())
            await page.goto(saved.address, wait_until="domcontentloaded")
            tab = Tab(page, None, settings, lookup)
            await tab.whole.run("open_popovers", {"popovers": shell.OPEN_POPOVERS})
        except BaseException:
            await context.close()
            raise
        return cls(context, tab)

    async def close(self) -> None:
        with suppress(Error):
            await self._context.close()


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
