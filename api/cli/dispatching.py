"""Telling clients what has become of their tasks, beside the API."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from api.cli.wiring import utc_now
from api.webhooks.dispatcher import ATTEMPT_TIMEOUT, Dispatcher
from api.webhooks.exchange import Exchange
from api.webhooks.targets import Targets

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from api.cli.wiring import Settings
    from storage.ports import Store


@asynccontextmanager
async def dispatching(settings: Settings, store: Store) -> AsyncIterator[None]:
    """Deliver what clients want to be told until the block is left."""
    targets = Targets(allow_private=settings.api.webhook_allow_private)
    stop = asyncio.Event()
    async with Exchange(targets, timeout=ATTEMPT_TIMEOUT) as exchange:
        dispatcher = Dispatcher(
            store, exchange, kept_for=settings.api.webhook_events_kept_for, clock=utc_now
        )
        work = asyncio.ensure_future(dispatcher.run(stop))
        try:
            yield
        finally:
            stop.set()
            await work
