"""Playwright's own recording of a task, for those who want to watch it step by step."""

from __future__ import annotations

import asyncio
import re
import zipfile
from typing import TYPE_CHECKING

from executor.browser.failures import bounded

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import BrowserContext

_SECRET_HEADER = re.compile(
    rb'(\{"name":"(?:cookie|set-cookie|csrf-token|authorization)","value":")(?:[^"\\]|\\.)*"',
    re.IGNORECASE,
)
_SHORTEST_SECRET = 6
"""Cookies shorter than this are switches such as `v=2`, and would be found everywhere."""


class Trace:
    """Records what a context does, task by task; kept only where a page was not understood.

    It shows pages and requests as they were, other people's texts included. Cookies are taken out.
    """

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        self._secrets: set[str] = set()
        self._recording = False

    @classmethod
    async def prepare(cls, context: BrowserContext) -> Trace:
        # Screenshots for its film strip would be taken all the time; a kept page has its own.
        await context.tracing.start(screenshots=False, snapshots=True)
        return cls(context)

    @bounded
    async def begin(self) -> None:
        """Record anew, and forget what was recorded before."""
        await self.drop()
        await self._learn_secrets()
        await self._context.tracing.start_chunk()
        self._recording = True

    @bounded
    async def drop(self) -> None:
        """Stop recording, and keep nothing."""
        if self._recording:
            self._recording = False
            await self._context.tracing.stop_chunk()

    @bounded
    async def keep(self, file: Path) -> None:
        """Stop recording, and write what was recorded, without its cookies."""
        if not self._recording:
            return
        self._recording = False
        raw = file.with_suffix(".raw")
        # Both are made for their owner only before anything is written into them.
        for each in (raw, file):
            await asyncio.to_thread(each.touch, 0o600)
        try:
            await self._context.tracing.stop_chunk(path=raw)
            await self._learn_secrets()
            await asyncio.to_thread(_write_without, self._secrets, raw, file)
        finally:
            await asyncio.to_thread(raw.unlink, missing_ok=True)

    async def _learn_secrets(self) -> None:
        for cookie in await self._context.cookies():
            value = str(cookie.get("value", "")).strip('"')
            if len(value) >= _SHORTEST_SECRET:
                self._secrets.add(value)


def _write_without(secrets: set[str], source: Path, target: Path) -> None:
    spelt = sorted((secret.encode() for secret in secrets), key=len, reverse=True)
    with (
        zipfile.ZipFile(source) as old,
        target.open("wb") as opened,
        zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = _SECRET_HEADER.sub(rb'\1"', old.read(name))
            for secret in spelt:
                content = content.replace(secret, b"*")
            new.writestr(name, content)
