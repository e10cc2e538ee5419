"""Keeping what a page looked like when it was not understood."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import structlog

from executor.errors import (
    AttachmentRefused,
    ComposerUnavailable,
    ExecutorError,
    NotSent,
    RecipientMismatch,
    Refused,
    TimedOut,
    UiChanged,
    Unproven,
)
from storage.tasks import ErrorCode

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from executor.browser.account_browser import AccountBrowser
    from executor.browser.picture import Picture
    from executor.settings import ExecutorSettings
    from storage.tasks import JsonObject, Task

log = structlog.get_logger(__name__)

_WORTH_A_LOOK = (
    UiChanged,
    RecipientMismatch,
    ComposerUnavailable,  # What LinkedIn says in the box's place is not known (2026-10).
    AttachmentRefused,  # Nor what it says about a file.
    TimedOut,
    TimeoutError,
    Unproven,
)
_MEGABYTE = 1_000_000
_PICTURE_SECONDS = 10.0
_TRACE_SECONDS = 20.0


class KeptPages:
    """A folder for each task whose page was not understood, bounded in age and in all.

    Only its owner can read it: the screenshot, and the trace where one is kept, show other
    people's words. The HTML does not.
    """

    def __init__(
        self, root: Path, settings: ExecutorSettings, *, clock: Callable[[], datetime]
    ) -> None:
        self._root = root
        self._settings = settings
        self._clock = clock

    async def keep(self, error: Exception, task: Task, browser: AccountBrowser) -> Path | None:
        """Keep the page when the error is about it; return the task's folder, if any."""
        if not _is_worth_a_look(error):
            return None
        folder = self._root / task.id
        try:
            async with asyncio.timeout(_PICTURE_SECONDS):
                picture = await browser.tab.picture()
            await asyncio.to_thread(self._write, folder, picture, self._about(error, task))
            if browser.trace is not None:
                async with asyncio.timeout(_TRACE_SECONDS):
                    await browser.trace.keep(folder / "trace.zip")
            await asyncio.to_thread(self.prune)
        except (OSError, TimeoutError, ExecutorError, BadZipFile) as trouble:
            # What could be kept is kept; that something is missing must not change the outcome.
            log.warning("page_not_kept", error=type(trouble).__name__)
        return folder if await asyncio.to_thread(folder.is_dir) else None

    def prune(self) -> None:
        """Remove what is too old, and then the oldest, until what is left may stay."""
        folders = [each for each in _listed(self._root) if each.is_dir()]
        newest_first = sorted(folders, key=lambda each: each.stat().st_mtime, reverse=True)
        oldest = (self._clock() - self._settings.kept_pages_for).timestamp()
        room = self._settings.kept_pages_mb * _MEGABYTE
        for folder in newest_first:
            room -= sum(file.stat().st_size for file in _listed(folder))
            if room < 0 or folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)

    def _about(self, error: Exception, task: Task) -> JsonObject:
        cause = error.cause if isinstance(error, NotSent) else error
        return {
            "task": task.id,
            "task_type": task.task_type,
            "attempt": task.attempts,
            "kept_at": self._clock().isoformat(),
            "code": cause.code if isinstance(cause, ExecutorError) else ErrorCode.TIMEOUT,
            "error": str(cause) or type(cause).__name__,
        }

    @staticmethod
    def _write(folder: Path, picture: Picture, about: JsonObject) -> None:
        seen = {
            "address": picture.address,
            "title": picture.title,
            "language": picture.language,
        }
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(folder / "page.html", picture.html.encode())
        _write(folder / "page.png", picture.png)
        _write(folder / "about.json", json.dumps({**about, **seen}, indent=2).encode())


def _is_worth_a_look(error: Exception) -> bool:
    if isinstance(error, NotSent):
        error = error.cause
    # A plain refusal is one whose reason is not known.
    return isinstance(error, _WORTH_A_LOOK) or type(error) is Refused


def _write(file: Path, content: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(content)


def _listed(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []
