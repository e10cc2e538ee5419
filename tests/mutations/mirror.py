"""Showing a page that was written down, at every address, as if LinkedIn had sent it."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from storage.tasks import JsonObject

_COOKIE = re.compile(rb"\bmirror=(\d+)")
_DOCUMENT = re.compile(rb"sec-fetch-dest: document", re.IGNORECASE)


class Mirror:
    """A site of one page; each browser context that has a number sees its own."""

    def __init__(self) -> None:
        self.url = ""
        self._pages: dict[int, str] = {}

    @classmethod
    @asynccontextmanager
    async def set_up(cls) -> AsyncIterator[Mirror]:
        """Serve until the block is left."""
        mirror = cls()
        server = await asyncio.start_server(mirror._answer, "127.0.0.1", 0)
        mirror.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield mirror
        finally:
            server.close()

    def show(self, number: int, html: str) -> None:
        """Change what the context with this number sees when it next opens something."""
        self._pages[number] = html

    @staticmethod
    def storage_state(number: int) -> JsonObject:
        """Return the browser state that makes a context the one with this number."""
        cookie = {"name": "mirror", "value": str(number), "domain": "127.0.0.1", "path": "/"}
        flags = {"expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}
        return {"cookies": [{**cookie, **flags}], "origins": []}

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            asked = await reader.readuntil(b"\r\n\r\n")
            who = _COOKIE.search(asked)
            page = self._pages.get(int(who[1]), "") if who and _DOCUMENT.search(asked) else ""
            body = page.encode()
            status = b"200 OK" if page else b"404 Not Found"
            head = b"content-type: text/html; charset=utf-8\r\nconnection: close\r\n"
            writer.write(b"HTTP/1.1 %s\r\n%scontent-length: %d\r\n\r\n" % (status, head, len(body)))
            writer.write(body)
            await writer.drain()
        writer.close()
