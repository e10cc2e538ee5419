"""Following a page to its end."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Page, Request

    from executor.browser.part import Part

_BY_SCRIPTS = {"fetch", "xhr"}
_LONGEST_ANSWER_S = 15.0
"""After which a request is taken for a stream, which brings nothing to scroll to."""


class Scrolling:
    """Scrolls, and knows what the page still waits for: a slow answer is not the end."""

    def __init__(self, page: Page, whole: Part) -> None:
        self._page = page
        self._whole = whole
        self._waiting: dict[Request, float] = {}
        """When each request began that has no answer yet."""
        self._last_answer = 0.0
        self._answered = asyncio.Event()
        self._is_watching = False

    def watch(self) -> None:
        """Take note of the page's requests from now on; `to_end` does so by itself when it begins.

        What a page asks for while it opens is only known to those who watch before.
        """
        if self._is_watching:
            return
        # Chromium tells of every request of the page, to those only who want to know.
        self._is_watching = True
        self._page.on("request", self._on_request)
        self._page.on("requestfinished", self._on_answer)
        self._page.on("requestfailed", self._on_answer)

    def forget(self) -> None:
        """Take no more note of anything."""
        if self._is_watching:
            self._is_watching = False
            self._page.remove_listener("request", self._on_request)
            self._page.remove_listener("requestfinished", self._on_answer)
            self._page.remove_listener("requestfailed", self._on_answer)
        self._waiting.clear()

    async def to_end(self, scroller: str, *, quiet: float, seconds: float) -> bool:
        """Scroll to the end, again and again while more comes; `False`: time was up before.

        Args:
            scroller: CSS of the box that scrolls; where there is none, the page itself does.
            quiet: seconds without anything new, and without an answer that the page waits for,
                that are taken for the end.
            seconds: how long at most.
        """
        self.watch()
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            told = {"scroller": scroller, "quiet": quiet * 1000, "timeout": left * 1000}
            if not await self._whole.run("scroll_through", told):
                return False
            if self._is_quiet(quiet):
                return True
            await self._next_answer(end - time.monotonic())
        return False

    async def step(self, scroller: str, *, quiet: float) -> bool:
        """Scroll on by most of a screen; at the end, wait for more to come. `False`: none came.

        Args:
            scroller: as for `to_end`.
            quiet: the same.
        """
        self.watch()
        end = time.monotonic() + _LONGEST_ANSWER_S
        told = {"scroller": scroller, "quiet": quiet * 1000}
        while not await self._whole.run("scroll_step", told):
            left = end - time.monotonic()
            if self._is_quiet(quiet) or left <= 0:
                return False
            await self._next_answer(left)
        return True

    def _is_quiet(self, seconds: float) -> bool:
        # What an answer brings is drawn after it.
        return not self._waits() and time.monotonic() - self._last_answer >= seconds

    async def _next_answer(self, seconds: float) -> None:
        """Wait while the page waits for all that it does now, and for no longer than that."""
        if not self._waits():
            return
        self._answered.clear()
        try:
            await asyncio.wait_for(self._answered.wait(), max(seconds, 0))
        except TimeoutError:
            return

    def _waits(self) -> bool:
        oldest = time.monotonic() - _LONGEST_ANSWER_S
        return any(begun > oldest for begun in self._waiting.values())

    def _on_request(self, request: Request) -> None:
        # Advertisements and others in frames ask for what they like, and at any time.
        if request.resource_type in _BY_SCRIPTS and request.frame == self._page.main_frame:
            self._waiting[request] = time.monotonic()

    def _on_answer(self, request: Request) -> None:
        if self._waiting.pop(request, None) is not None:
            self._last_answer = time.monotonic()
            self._answered.set()
