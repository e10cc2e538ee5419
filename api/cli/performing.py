"""What acts on LinkedIn: the runner, and the live views. Nothing else is as slow to load."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from api.cli.sandbox_site import at_sandbox
from api.cli.wiring import utc_now
from executor.browser.launch import BrowserHost
from executor.live_view import LiveViews
from executor.runner import Runner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from api.cli.wiring import Settings
    from storage.ports import Store


@asynccontextmanager
async def performing(settings: Settings, store: Store) -> AsyncIterator[Runner]:
    """Perform tasks until the block is left; then stop as gracefully as the settings say."""
    executor = at_sandbox(settings.executor, settings.storage.data_dir)
    stop = asyncio.Event()
    async with BrowserHost(executor, locators=settings.locators) as browsers:
        runner = Runner(store, browsers, executor, artifacts=settings.artifacts, clock=utc_now)
        work = asyncio.ensure_future(runner.run(stop))
        try:
            yield runner
        finally:
            stop.set()
            await work


def live_views(settings: Settings, store: Store) -> LiveViews:
    """Make the live views, to be used as a context manager; no browser starts yet."""
    executor = at_sandbox(settings.executor, settings.storage.data_dir)
    return LiveViews(store, executor, locators=settings.locators)
