"""Copies that are whole, whatever goes on meanwhile."""

# ruff: noqa: ASYNC240 - nothing else runs on the loop of a test that looks at its files
from __future__ import annotations

import asyncio
import sqlite3
import stat
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import pytest

from storage.errors import Duplicate, StoreUnavailable
from storage.sqlite import SqliteStore
from storage.sqlite.backup import back_up
from storage.tasks import TaskFilter
from tests.storage.child import start
from tests.storage.test_sqlite_processes import line
from tests.storage.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from storage.secrets import StateCipher
    from tests.storage.world import MovableClock


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.sqlite3"


async def test_a_copy_holds_all_that_was_committed_before_it(
    sqlite_store: SqliteStore, database: Path, copy: Path, cipher: StateCipher
) -> None:
    """With two processes writing as fast as they can; its own later tasks are whole, too."""
    with start("add_until_killed", database) as one, start("add_until_killed", database) as two:
        before = [await asyncio.to_thread(line, one) for _ in range(30)]
        before += [await asyncio.to_thread(line, two) for _ in range(30)]
        await back_up(database, copy)
        after = await asyncio.to_thread(line, one)
        one.kill()
        two.kill()
    assert await sqlite_store.reports.view(after) is not None

    store = await SqliteStore.open(copy, cipher=cipher)

    latest = [view.task.id for view in await store.reports.list(TaskFilter(limit=100))]
    for task_id in {*before, *latest}:
        view = await store.reports.view(task_id)
        assert view is not None
        assert [event.name for event in view.events] == ["accepted"]
    await store.close()


async def test_a_copy_is_a_store_like_any_other(
    sqlite_store: SqliteStore, database: Path, copy: Path, cipher: StateCipher, clock: MovableClock
) -> None:
    """With the same key its sessions open."""
    world = await World.create(sqlite_store, clock)
    size = await back_up(database, copy)

    assert size == copy.stat().st_size
    store = await SqliteStore.open(copy, cipher=cipher, clock=clock)

    opened = await store.sessions.open(world.member_id)
    assert opened is not None
    await World(store=store, clock=clock, team_id=world.team_id, member_id=world.member_id).add()
    await store.close()


async def test_a_copy_is_one_file_for_its_owner_only(
    sqlite_store: SqliteStore, database: Path, copy: Path
) -> None:
    """Nothing stands beside it that would have to be taken along."""
    await back_up(database, copy)

    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert sorted(file.name for file in copy.parent.iterdir()) == [copy.name, database.parent.name]
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    await sqlite_store.check()


async def test_a_closed_store_can_be_copied(
    sqlite_store: SqliteStore, database: Path, copy: Path
) -> None:
    """Nobody has to run for it, and nothing changes."""
    await sqlite_store.close()
    before = database.read_bytes()

    await back_up(database, copy)

    assert copy.stat().st_size == len(before)
    assert database.read_bytes() == before


async def test_nothing_is_overwritten(
    sqlite_store: SqliteStore, database: Path, copy: Path
) -> None:
    """Yesterday's copy may be the only good one."""
    copy.write_bytes(b"yesterday")

    with pytest.raises(Duplicate, match="already"):
        await back_up(database, copy)

    assert copy.read_bytes() == b"yesterday"
    await sqlite_store.check()


@pytest.mark.parametrize("trouble", ["no source", "no directory", "another program", "damaged"])
async def test_what_cannot_be_copied_leaves_nothing(
    sqlite_store: SqliteStore, database: Path, copy: Path, trouble: str, clock: MovableClock
) -> None:
    """Neither half a copy nor a file that looks like one."""
    world = await World.create(sqlite_store, clock)
    for _ in range(20):
        await world.add()
    await sqlite_store.close()
    if trouble == "no source":
        database.unlink()
    if trouble == "no directory":
        copy = copy.parent / "nowhere" / copy.name
    if trouble == "another program":
        database.unlink()
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("CREATE TABLE theirs (x)")
    if trouble == "damaged":
        content = bytearray(database.read_bytes())
        content[4096 * 3 :] = b"x" * (len(content) - 4096 * 3)
        database.write_bytes(content)

    with pytest.raises(StoreUnavailable):
        await back_up(database, copy)

    left: list[str] = []
    with suppress(FileNotFoundError):
        left = [file.name for file in copy.parent.iterdir() if file != database.parent]
    assert left == []
