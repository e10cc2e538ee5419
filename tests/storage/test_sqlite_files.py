"""The file: for one pair of eyes only, and clear words when it cannot be used."""

# ruff: noqa: ASYNC240 - nothing else runs on the loop of a test that looks at its files
from __future__ import annotations

import asyncio
import os
import re
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage.errors import StoreUnavailable
from storage.sqlite import SqliteStore
from tests.storage.child import start
from tests.storage.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from storage.secrets import StateCipher
    from storage.sqlite.transaction import Transaction
from tests.storage.world import MovableClock


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_a_new_database_is_for_its_owner_only(
    database: Path, cipher: StateCipher, clock: MovableClock
) -> None:
    """The directory, the file and what SQLite puts beside it."""
    store = await SqliteStore.open(database, cipher=cipher, clock=clock)
    await (await World.create(store, clock)).add()

    assert mode(database.parent) == 0o700
    assert {file.name: mode(file) for file in database.parent.iterdir()} == {
        database.name: 0o600,
        f"{database.name}-wal": 0o600,
        f"{database.name}-shm": 0o600,
    }
    await store.close()


async def test_a_closed_store_is_one_file(sqlite_store: SqliteStore, database: Path) -> None:
    """What may be copied for a backup, then."""
    await sqlite_store.close()

    assert list(database.parent.iterdir()) == [database]


async def test_everything_is_there_after_opening_again(
    database: Path, cipher: StateCipher, clock: MovableClock
) -> None:
    """With the same key, sessions too."""
    store = await SqliteStore.open(database, cipher=cipher, clock=clock)
    world = await World.create(store, clock)
    task = await world.add()
    await store.close()

    store = await SqliteStore.open(database, cipher=cipher, clock=clock)

    assert await store.intake.get(task.id, team_id=world.team_id) == task
    opened = await store.sessions.open(world.member_id)
    assert opened is not None
    assert opened.state == {"cookies": [], "origins": []}
    await store.close()


@pytest.mark.parametrize("content", [b"not a database, whatever its name", b"x" * 8192])
async def test_a_file_that_is_no_database_is_refused(
    database: Path, cipher: StateCipher, content: bytes
) -> None:
    """The message says what is wrong with it; the file stays as it was."""
    database.parent.mkdir()
    database.write_bytes(content)

    with pytest.raises(StoreUnavailable, match="not a database"):
        await SqliteStore.open(database, cipher=cipher)

    assert database.read_bytes() == content


async def test_a_damaged_database_is_refused(
    database: Path, cipher: StateCipher, clock: MovableClock
) -> None:
    """Damage is found when the store is opened, not in the middle of a task."""
    store = await SqliteStore.open(database, cipher=cipher, clock=clock)
    world = await World.create(store, clock)
    for _ in range(50):
        await world.add()
    await store.close()
    content = bytearray(database.read_bytes())
    content[4096 * 3 :] = os.urandom(len(content) - 4096 * 3)
    database.write_bytes(content)

    with pytest.raises(StoreUnavailable, match="damaged"):
        await SqliteStore.open(database, cipher=cipher)


async def test_a_directory_in_the_files_place_is_refused(
    database: Path, cipher: StateCipher
) -> None:
    """It cannot be opened, and the message says so."""
    database.mkdir(parents=True)

    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        await SqliteStore.open(database, cipher=cipher)


async def test_a_file_in_the_directorys_place_is_refused(
    database: Path, cipher: StateCipher
) -> None:
    """The database cannot be made there."""
    database.parent.write_text("")

    with pytest.raises(StoreUnavailable, match="cannot be made"):
        await SqliteStore.open(database, cipher=cipher)


@pytest.mark.skipif(
    os.geteuid() == 0 and sys.platform != "linux",
    reason="permissions mean nothing to root, who can be made to forget that on Linux only",
)
@pytest.mark.parametrize(
    ("exists", "message"),
    [(True, "cannot be opened|cannot be written"), (False, "cannot be made")],
)
async def test_a_read_only_directory_is_refused(
    database: Path, cipher: StateCipher, *, exists: bool, message: str
) -> None:
    """With a database in it as without one."""
    if exists:
        await (await SqliteStore.open(database, cipher=cipher)).close()
        database.chmod(0o400)
    else:
        database.parent.mkdir()
    database.parent.chmod(0o500)

    child = start("nothing", database, "unprivileged")
    said, _ = await asyncio.to_thread(child.communicate, timeout=30)

    database.parent.chmod(0o700)
    assert re.match(f"StoreUnavailable: .*({message})", said)


async def test_a_database_that_another_process_keeps_is_locked(
    database: Path, cipher: StateCipher, clock: MovableClock
) -> None:
    """After the busy timeout, for those who write; readers go on, and so do writers later."""
    store = await SqliteStore.open(
        database, cipher=cipher, clock=clock, busy_timeout=timedelta(seconds=0.05)
    )
    world = await World.create(store, clock)
    new = world.new()
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreUnavailable, match="locked"):
            await store.intake.add(new)
        with pytest.raises(StoreUnavailable, match="locked"):
            await store.check()
        clock.advance(timedelta(seconds=1))
        assert await store.intake.get(new.id, team_id=world.team_id) is None
        other.execute("ROLLBACK")

    await store.intake.add(new)
    await store.check()
    await store.close()


async def test_a_locked_database_cannot_be_opened(database: Path, cipher: StateCipher) -> None:
    """A new one, too, if another process keeps it for too long."""
    database.parent.mkdir()
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(StoreUnavailable, match="locked"):
            await SqliteStore.open(database, cipher=cipher, busy_timeout=timedelta(seconds=0.05))


async def test_a_full_disk_is_told_and_survived(
    sqlite_store: SqliteStore, clock: MovableClock
) -> None:
    """Nothing is accepted that does not fit; once there is room, work goes on."""
    world = await World.create(sqlite_store, clock)

    async def limit_pages(pages: int) -> None:
        def work(tx: Transaction) -> None:
            tx._connection.execute(f"PRAGMA max_page_count = {pages}")

        await sqlite_store._writer.write(work)

    large = world.new(request={"text": "x" * 1_000_000})
    await limit_pages(1)

    with pytest.raises(StoreUnavailable, match="disk is full"):
        await sqlite_store.intake.add(large)

    await limit_pages(2**30)
    assert await sqlite_store.intake.get(large.id, team_id=world.team_id) is None
    await sqlite_store.intake.add(large)


SMALL_DISK = 'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"'
OWN_MOUNTS = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", SMALL_DISK)


def can_mount(folder: Path) -> bool:
    """Return whether this user may have a small disk of its own (many Linux systems say no)."""
    try:
        tried = subprocess.run([*OWN_MOUNTS, folder, "true"], check=False, capture_output=True)
    except OSError:
        return False
    return tried.returncode == 0


@pytest.mark.parametrize(("how", "reason"), [("limit", "disk failed"), ("mount", "disk is full")])
async def test_a_disk_that_fills_up_and_empties_again_needs_no_restart(
    database: Path, how: str, reason: str
) -> None:
    """What was refused is not there, the check says so as well, and then all is fine again."""
    database.parent.mkdir()
    inside: tuple[str, ...] = ()
    if how == "mount":
        if not await asyncio.to_thread(can_mount, database.parent):
            pytest.skip("this user may not mount anything; a limit on file sizes stands for it")
        inside = (*OWN_MOUNTS, str(database.parent))

    child = start("meet_a_full_disk", database, how, inside=inside)
    said, _ = await asyncio.to_thread(child.communicate, timeout=30)

    before, full, after = (said.splitlines()[n : n + 3] for n in (0, 3, 6))
    assert before == after == ["done", "done", "True"]
    assert full[2] == "False"
    assert reason in full[0]
    assert reason in full[1]


async def test_a_check_commits_something(sqlite_store: SqliteStore, clock: MovableClock) -> None:
    """Only that shows a full disk; within a second the same answer is given again."""
    await sqlite_store.check()
    before = sqlite_store._writer.batches
    clock.advance(timedelta(seconds=1))

    await asyncio.gather(*(sqlite_store.check() for _ in range(20)))

    assert sqlite_store._writer.batches == before + 1
    clock.advance(-timedelta(days=1))
    await sqlite_store.check()
    assert sqlite_store._writer.batches == before + 2


async def test_trouble_that_a_check_found_is_told_for_a_second(
    database: Path, cipher: StateCipher, clock: MovableClock
) -> None:
    """Then it looks again, so that nothing has to be started anew."""
    store = await SqliteStore.open(
        database, cipher=cipher, clock=clock, busy_timeout=timedelta(seconds=0.05)
    )
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="locked"):
            await store.check()
        other.execute("ROLLBACK")

    with pytest.raises(StoreUnavailable, match="locked"):
        await store.check()
    clock.advance(timedelta(seconds=1))
    await store.check()
    await store.close()


async def test_a_database_that_comes_back_is_used_again(
    sqlite_store: SqliteStore, database: Path, clock: MovableClock
) -> None:
    """A volume that was gone for a moment needs no restart; nothing was accepted meanwhile."""
    world = await World.create(sqlite_store, clock)
    aside = database.with_suffix(".old")
    database.rename(aside)
    new = world.new()
    with pytest.raises(StoreUnavailable, match="deleted or replaced"):
        await sqlite_store.intake.add(new)

    aside.rename(database)

    assert await sqlite_store.intake.get(new.id, team_id=world.team_id) is None
    await sqlite_store.intake.add(new)
    await sqlite_store.check()


@pytest.mark.parametrize("replaced", [True, False])
async def test_a_database_that_was_deleted_takes_nothing_more(
    sqlite_store: SqliteStore, database: Path, clock: MovableClock, *, replaced: bool
) -> None:
    """SQLite would go on writing to the deleted file, and nobody would ever find it again."""
    world = await World.create(sqlite_store, clock)
    database.rename(database.with_suffix(".old"))
    if replaced:
        database.write_bytes(b"")

    with pytest.raises(StoreUnavailable, match="deleted or replaced"):
        await world.add()
    with pytest.raises(StoreUnavailable, match="deleted or replaced"):
        await sqlite_store.check()
