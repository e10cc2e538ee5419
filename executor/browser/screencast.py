"""The picture of a page, streamed while a person looks at it."""

from __future__ import annotations

import asyncio
import base64
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from playwright.async_api import Error

from executor.browser import viewer_input
from executor.browser.failures import bounded

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.async_api import BrowserContext, CDPSession, Page

    from executor.browser.viewer_input import ViewerInput

_QUALITY = 70
"""Of the JPEGs: letters stay sharp, and a page has some 50 kB."""
_LARGEST = {"maxWidth": 1600, "maxHeight": 1200}


class Screencast:
    """Keeps the newest picture only, and has Chromium make the next when that one was seen.

    A slow connection so gets fewer pictures, and none that is late.
    """

    def __init__(self, page: Page, session: CDPSession, tell: Callable[[], None]) -> None:
        self._page = page
        self._session = session
        self._tell = tell
        self._newest: bytes | None = None
        self._unseen: list[int] = []
        self._acting = asyncio.Lock()

    @classmethod
    async def open(cls, context: BrowserContext, page: Page, tell: Callable[[], None]) -> Self:
        """Prepare to stream *page*; *tell* is called for each new picture."""
        session = await context.new_cdp_session(page)
        screencast = cls(page, session, tell)
        session.on("Page.screencastFrame", screencast._on_frame)
        return screencast

    def take(self) -> bytes | None:
        """Return the newest picture (JPEG), once."""
        newest, self._newest = self._newest, None
        return newest

    @bounded
    async def begin(self) -> None:
        """Stream from now on, beginning with the page as it is."""
        await self._session.send(
            "Page.startScreencast", {"format": "jpeg", "quality": _QUALITY, **_LARGEST}
        )

    @bounded
    async def pause(self) -> None:
        """Stream nothing while nobody looks."""
        self._unseen.clear()
        self._newest = None
        await self._session.send("Page.stopScreencast")

    async def seen(self) -> None:
        """Let Chromium go on: what it has made was shown, or a newer one was."""
        unseen, self._unseen = self._unseen, []
        with suppress(Error):
            for each in unseen:
                await self._session.send("Page.screencastFrameAck", {"sessionId": each})

    async def act(self, given: ViewerInput) -> None:
        """Do on the page what the viewer does, one after the other."""
        async with self._acting:
            await viewer_input.perform(self._page, given)

    def _on_frame(self, event: dict[str, Any]) -> None:
        self._newest = base64.b64decode(event["data"])
        self._unseen.append(event["sessionId"])
        self._tell()
