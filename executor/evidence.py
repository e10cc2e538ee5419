"""Keeping what a page looked like when it was not understood."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from executor.errors import ExecutorError, RecipientMismatch, TimedOut, UiChanged

if TYPE_CHECKING:
    from pathlib import Path

    from executor.browser.tab import Tab

log = structlog.get_logger(__name__)

_WORTH_A_LOOK = (UiChanged, RecipientMismatch, TimedOut)


async def keep_evidence(error: Exception, tab: Tab, folder: Path) -> Path | None:
    """Save screenshot and HTML when the error is about the page; return the folder, if any.

    The folder is readable for the owner only: the page may show other people's messages.
    """
    if not isinstance(error, _WORTH_A_LOOK):
        return None
    try:
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True, mode=0o700)
        await tab.keep_picture(folder)
    except (OSError, ExecutorError) as trouble:
        log.warning("page_not_kept", error=type(trouble).__name__)
        return None
    return folder
