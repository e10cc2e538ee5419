"""Waking those who wait for work, whichever process has committed it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from storage.errors import StoreError, StoreUnavailable

if TYPE_CHECKING:
    from storage.sqlite.writer import Writer

_POLL_SECONDS = 0.025


class ChangeFeed:
    """Counts what has been committed, here and elsewhere.

    Commits of this process are reported by the writer. For those of others the writer's own
    connection is asked, and only while somebody waits: it does not count its own commits, so that
    none is ever seen twice.
    """

    def __init__(self) -> None:
        self.generation = 0
        self._foreign = 0
        self._waiters: set[asyncio.Future[None]] = set()
        self._polling: asyncio.Task[None] | None = None
        self._writer: Writer | None = None
        self._closed = False

    async def attach(self, writer: Writer) -> None:
        self._foreign = await writer.foreign_version()
        self._writer = writer

    def committed(self) -> None:
        self.generation += 1
        self._wake()

    async def next(self) -> None:
        """Return once the generation may have changed."""
        if self._closed or self._writer is None:
            raise StoreUnavailable("The store has been closed.")
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        if self._polling is None:
            self._polling = asyncio.create_task(self._poll(self._writer))
        try:
            await waiter
        finally:
            self._waiters.discard(waiter)

    async def close(self) -> None:
        """Let every waiter go, with `StoreUnavailable`."""
        self._closed = True
        self._wake(StoreUnavailable("The store has been closed."))
        if self._polling is not None:
            self._polling.cancel()
            with suppress(asyncio.CancelledError):
                await self._polling

    async def _poll(self, writer: Writer) -> None:
        try:
            while self._waiters:
                await asyncio.sleep(_POLL_SECONDS)
                version = await writer.foreign_version()
                if version != self._foreign:
                    self._foreign = version
                    self.committed()
        except StoreError as error:
            self._wake(error)
        finally:
            self._polling = None

    def _wake(self, error: StoreError | None = None) -> None:
        for waiter in self._waiters:
            if waiter.done():
                continue
            if error is None:
                waiter.set_result(None)
            else:
                waiter.set_exception(error)


class SqliteChanges:
    """One waiter's place in the feed."""

    def __init__(self, feed: ChangeFeed) -> None:
        self._feed = feed
        self._seen = feed.generation

    async def wait(self) -> None:
        while self._seen == self._feed.generation:
            await self._feed.next()
        self._seen = self._feed.generation

    async def close(self) -> None:
        """Do nothing: a place that is not waited at costs nothing."""
