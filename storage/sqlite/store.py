"""All ports of one open SQLite file."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import TYPE_CHECKING

from storage.sqlite.changes import ChangeFeed, SqliteChanges
from storage.sqlite.connection import prepare_file
from storage.sqlite.dashboard_sessions import SqliteDashboardSessions
from storage.sqlite.intake import SqliteIntake
from storage.sqlite.keys import SqliteApiKeys
from storage.sqlite.leases import SqliteLeases
from storage.sqlite.limits import SqliteLimits
from storage.sqlite.live_view_tokens import SqliteLiveViewTokens
from storage.sqlite.measures import SqliteMeasures
from storage.sqlite.people import SqlitePeople
from storage.sqlite.queue import SqliteQueue
from storage.sqlite.readers import Readers
from storage.sqlite.reports import SqliteReports
from storage.sqlite.runners import SqliteRunners
from storage.sqlite.sessions import SqliteSessions
from storage.sqlite.teams import SqliteTeams
from storage.sqlite.times import system_clock, system_steady
from storage.sqlite.uploads import SqliteUploads
from storage.sqlite.webhooks import SqliteOutbox, SqliteWebhooks
from storage.sqlite.write_check import WriteCheck
from storage.sqlite.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path

    from storage.ports import Store
    from storage.secrets import StateCipher
    from storage.sqlite.times import Clock, SteadyClock


class SqliteStore:
    """See `storage.ports.Store`; several processes may have the same file open."""

    def __init__(
        self,
        writer: Writer,
        readers: Readers,
        feed: ChangeFeed,
        *,
        cipher: StateCipher,
        clock: Clock,
    ) -> None:
        self.intake = SqliteIntake(writer, readers, clock, cipher)
        self.reports = SqliteReports(readers, clock)
        self.leases = SqliteLeases(writer, readers, clock)
        self.queue = SqliteQueue(writer)
        self.teams = SqliteTeams(writer, readers)
        self.keys = SqliteApiKeys(writer, readers)
        self.dashboard_sessions = SqliteDashboardSessions(writer, readers, clock)
        self.live_view_tokens = SqliteLiveViewTokens(writer)
        self.sessions = SqliteSessions(writer, readers, cipher)
        self.people = SqlitePeople(writer, readers)
        self.limits = SqliteLimits(writer, readers, clock)
        self.uploads = SqliteUploads(writer, readers)
        self.measures = SqliteMeasures(writer, readers, clock)
        self.runners = SqliteRunners(writer, readers)
        self.webhooks = SqliteWebhooks(writer, readers, cipher)
        self.outbox = SqliteOutbox(writer, readers, cipher)
        self._writer = writer
        self._readers = readers
        self._feed = feed
        self._check = WriteCheck(writer, clock)

    @classmethod
    async def open(
        cls,
        path: Path,
        *,
        cipher: StateCipher,
        clock: Clock = system_clock,
        steady: SteadyClock | None = None,
        readers: int = 2,
        busy_timeout: timedelta = timedelta(seconds=5),
    ) -> SqliteStore:
        """Open the database, which is made or brought up to date first.

        Args:
            path: the file; it and its directory are made when missing, for this user only.
            cipher: encrypts session states.
            clock: tells the present time; it is also asked from the writer's thread.
            steady: the clock that nobody sets, to notice that the other one was; default: the
                machine's own for the machine's own clock, none for any other.
            readers: how many connections read at the same time, at least 1.
            busy_timeout: how long to wait for another process before the database counts as locked.

        Raises:
            SchemaTooNew: a newer release has written the database.
            StoreUnavailable: it cannot be opened; the message says why.
        """
        await asyncio.to_thread(prepare_file, path)
        feed = ChangeFeed()
        async with AsyncExitStack() as stack:
            writer = await Writer.start(
                path,
                clock=clock,
                busy_timeout=busy_timeout,
                committed=feed.committed,
                steady=system_steady if steady is None and clock is system_clock else steady,
            )
            stack.push_async_callback(writer.close)
            pool = await Readers.start(path, count=readers, busy_timeout=busy_timeout)
            stack.push_async_callback(pool.close)
            # Before anything is read or a step could be missed.
            await writer.follow_clock()
            await feed.attach(writer)
            stack.pop_all()
        return cls(writer, pool, feed, cipher=cipher, clock=clock)

    def changes(self) -> SqliteChanges:
        return SqliteChanges(self._feed)

    async def check(self) -> None:
        await self._check.answer()
        await self._readers.one("list_teams")

    async def close(self) -> None:
        await self._feed.close()
        await self._readers.close()
        await self._writer.close()


_: type[Store] = SqliteStore
