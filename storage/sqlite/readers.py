"""Connections that only read, so that looking never waits for writing.

A list goes by a thread: it may take long. A row or a few do not. Finding one in an index takes some
ten microseconds, and going to a thread and back ten times that, most of it on the very event loop
that should be spared. They are read where they are asked for, unless the database is locked just
then.
"""

from __future__ import annotations

import sqlite3
from contextlib import AsyncExitStack, closing
from itertools import cycle
from typing import TYPE_CHECKING

import aiosqlite

from storage.errors import StoreUnavailable
from storage.sqlite.connection import READER_PRAGMAS, database_uri
from storage.sqlite.failures import translated
from storage.sqlite.queries import query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta
    from pathlib import Path


class Readers:
    """A few read-only connections, used in turn; made by `start`, ended by `close`.

    Each method is one statement, and so sees one state of the database: at least all that had been
    committed when it was called.
    """

    def __init__(
        self,
        connections: Iterator[aiosqlite.Connection],
        own: sqlite3.Connection,
        stack: AsyncExitStack,
    ) -> None:
        self._connections = connections
        self._own = own
        self._stack = stack
        self._closed = False

    @classmethod
    async def start(cls, path: Path, *, count: int, busy_timeout: timedelta) -> Readers:
        uri = database_uri(path)
        async with AsyncExitStack() as stack:
            connections = []
            for _ in range(count):
                with translated():
                    connection = await stack.enter_async_context(
                        aiosqlite.connect(
                            uri,
                            uri=True,
                            timeout=busy_timeout.total_seconds(),
                            isolation_level=None,
                        )
                    )
                    connection.row_factory = sqlite3.Row
                    for pragma in READER_PRAGMAS:
                        await connection.execute_fetchall(pragma)
                connections.append(connection)
            own = _connect(uri)
            stack.callback(own.close)
            return cls(cycle(connections), own, stack.pop_all())
        raise AssertionError

    async def all(self, name: str, /, **values: object) -> list[sqlite3.Row]:
        """Return every row, by way of a thread."""
        if self._closed:
            raise StoreUnavailable("The store has been closed.")
        with translated():
            return list(await next(self._connections).execute_fetchall(query(name), values))

    async def few(self, name: str, /, **values: object) -> list[sqlite3.Row]:
        """Return every row, few of which an index has to lead to: everybody waits meanwhile."""
        return await self._read_here(name, values, most=None)

    async def one(self, name: str, /, **values: object) -> sqlite3.Row | None:
        """Return the first row, which an index has to lead to: everybody waits meanwhile."""
        rows = await self._read_here(name, values, most=1)
        return rows[0] if rows else None

    async def _read_here(
        self, name: str, values: dict[str, object], *, most: int | None
    ) -> list[sqlite3.Row]:
        if self._closed:
            raise StoreUnavailable("The store has been closed.")
        with translated(), closing(self._own.cursor()) as cursor:
            try:
                found = cursor.execute(query(name), values)
                rows: list[sqlite3.Row] = (
                    found.fetchall() if most is None else found.fetchmany(most)
                )
            except sqlite3.OperationalError:
                # Nobody may wait here for a lock; the others do, and tell what else is wrong.
                pass
            else:
                return rows
        return await self.all(name, **values)

    async def close(self) -> None:
        self._closed = True
        await self._stack.aclose()


def _connect(uri: str) -> sqlite3.Connection:
    with translated():
        connection = sqlite3.connect(
            uri, uri=True, timeout=0, isolation_level=None, cached_statements=256
        )
        connection.row_factory = sqlite3.Row
        for pragma in READER_PRAGMAS:
            connection.execute(pragma)
    return connection
