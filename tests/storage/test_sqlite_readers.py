"""How single rows and lists are read."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage.errors import StoreUnavailable
from storage.sqlite import SqliteStore
from storage.sqlite.readers import Readers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from storage.secrets import StateCipher


@pytest.fixture
async def path(tmp_path: Path, cipher: StateCipher) -> Path:
    """A database with a team in it, of the kind that a writer can lock."""
    path = tmp_path / "x.sqlite3"
    store = await SqliteStore.open(path, cipher=cipher)
    await store.teams.create("Acme")
    await store.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    return path


@pytest.fixture
async def readers(path: Path) -> AsyncIterator[Readers]:
    readers = await Readers.start(path, count=1, busy_timeout=timedelta(seconds=20))
    yield readers
    await readers.close()


async def test_a_row_behind_a_lock_is_waited_for_beside_the_event_loop(
    path: Path, readers: Readers
) -> None:
    """Whoever else is served by the loop does not wait with it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        reading = asyncio.create_task(readers.one("list_teams"))
        # It has asked and been refused by then, and has gone to a thread.
        await asyncio.sleep(0)
        assert not reading.done()
        other.execute("ROLLBACK")

    row = await reading

    assert row is not None
    assert row["name"] == "Acme"


async def test_a_row_that_was_read_keeps_nobody_from_writing(path: Path, readers: Readers) -> None:
    """Not even where there were more rows than the one that was wanted."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as other:
        other.execute("INSERT INTO teams SELECT 'second', 'Second', created_at FROM teams")
        assert await readers.one("list_teams") is not None

        other.execute("UPDATE teams SET name = 'Other'")


async def test_closed_readers_say_so(readers: Readers) -> None:
    """Instead of whatever SQLite says to the use of a closed connection."""
    await readers.close()

    with pytest.raises(StoreUnavailable, match="closed"):
        await readers.one("list_teams")
