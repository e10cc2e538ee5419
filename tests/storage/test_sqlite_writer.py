"""Units of work share commits, and nothing else."""

from __future__ import annotations

import asyncio
import sqlite3
from threading import Event
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from storage.errors import Duplicate, StoreUnavailable
from storage.sqlite import SqliteStore
from tests.storage.world import World

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from storage.secrets import StateCipher
    from storage.sqlite.transaction import Transaction
    from tests.storage.world import MovableClock

PATIENCE = 10
"""Seconds that a thread waits at most for the test."""


@pytest.fixture
async def world(sqlite_store: SqliteStore, clock: MovableClock) -> World:
    return await World.create(sqlite_store, clock)


class Gate:
    """Keeps the writer busy until it is opened, so that a batch gathers behind it."""

    def __init__(self, store: SqliteStore) -> None:
        self._entered, self._open = Event(), Event()
        self._passing = asyncio.create_task(store._writer.write(self._stand))

    def _stand(self, _: Transaction) -> None:
        self._entered.set()
        assert self._open.wait(PATIENCE)

    async def close(self) -> None:
        assert await asyncio.to_thread(self._entered.wait, PATIENCE)

    async def open(self) -> None:
        # The waiting callers have run up to where they hand their work over.
        await asyncio.sleep(0)
        self._open.set()
        await self._passing


async def test_everything_that_waits_shares_one_commit(
    sqlite_store: SqliteStore, world: World
) -> None:
    """A hundred tasks that arrive while the writer is busy cost one flush of the disk."""
    gate = Gate(sqlite_store)
    await gate.close()
    before = sqlite_store._writer.batches
    adding = [asyncio.create_task(world.add()) for _ in range(100)]

    await gate.open()
    await asyncio.gather(*adding)

    assert sqlite_store._writer.batches == before + 1


async def test_many_callers_need_far_fewer_commits(sqlite_store: SqliteStore, world: World) -> None:
    """Grouping comes by itself, from what arrives during a commit."""
    before = sqlite_store._writer.batches

    async def client() -> None:
        for _ in range(10):
            await world.add()

    await asyncio.gather(*(client() for _ in range(40)))

    assert sqlite_store._writer.batches - before < 200


async def test_a_failing_unit_does_not_harm_its_neighbours(
    sqlite_store: SqliteStore, world: World
) -> None:
    """It is undone alone, and the error is its caller's alone."""
    taken = await world.add()
    gate = Gate(sqlite_store)
    await gate.close()
    before = sqlite_store._writer.batches
    adding = [
        asyncio.create_task(world.add(id=taken.id if n == 5 else str(uuid4()))) for n in range(10)
    ]

    await gate.open()
    results = await asyncio.gather(*adding, return_exceptions=True)

    assert sqlite_store._writer.batches == before + 1
    assert [n for n, result in enumerate(results) if isinstance(result, Duplicate)] == [5]
    for n, result in enumerate(results):
        assert n == 5 or result == await world.task(result.id)  # type: ignore[union-attr]


async def test_what_a_failing_unit_had_written_is_undone(
    sqlite_store: SqliteStore, world: World
) -> None:
    """Up to its own savepoint, and not further."""

    def write_and_fail(tx: Transaction) -> None:
        tx.run("create_team", team_id="lost", name="Lost")
        raise RuntimeError("on purpose")

    gate = Gate(sqlite_store)
    await gate.close()
    first = asyncio.create_task(world.add())
    await asyncio.sleep(0)
    failing = asyncio.create_task(sqlite_store._writer.write(write_and_fail))
    await gate.open()

    with pytest.raises(RuntimeError, match="on purpose"):
        await failing
    await first
    assert [team.id for team in await world.store.teams.list()] == [world.team_id]


def break_commit(tx: Transaction) -> None:
    """Leave a reference that only the commit finds broken."""
    tx._connection.execute("PRAGMA defer_foreign_keys = ON")
    tx._connection.execute("INSERT INTO members VALUES ('m', 'nothing', 'M', 'admin', 1, NULL)")


def undo_everything(tx: Transaction) -> None:
    """Do what a full disk or a failing one makes SQLite do."""
    tx._connection.execute("ROLLBACK")
    raise sqlite3.OperationalError("disk I/O error")


@pytest.mark.parametrize(
    ("breakage", "reason"),
    [(break_commit, "FOREIGN KEY constraint failed"), (undo_everything, "disk I/O error")],
)
async def test_a_batch_that_cannot_be_committed_fails_all_its_callers(
    sqlite_store: SqliteStore,
    world: World,
    breakage: Callable[[Transaction], None],
    reason: str,
) -> None:
    """Nobody is told "done" about something that was lost; the next batch is fine."""
    gate = Gate(sqlite_store)
    await gate.close()
    new = [world.new() for _ in range(6)]
    writing: list[asyncio.Task[Any]] = [
        asyncio.create_task(world.store.intake.add(task)) for task in new[:3]
    ]
    writing.append(asyncio.create_task(sqlite_store._writer.write(breakage)))
    writing += [asyncio.create_task(world.store.intake.add(task)) for task in new[3:]]

    await gate.open()
    results = await asyncio.gather(*writing, return_exceptions=True)

    assert {type(result) for result in results} == {StoreUnavailable}
    assert len({id(result) for result in results}) == len(results)
    assert all(reason in str(result) for result in results)
    for task in new:
        assert await world.store.intake.get(task.id, team_id=world.team_id) is None
    await world.add()


async def test_a_cancelled_caller_leaves_the_batch_whole(
    sqlite_store: SqliteStore, world: World
) -> None:
    """Its own work, once handed over, is done as well, and done when it leaves."""
    gate = Gate(sqlite_store)
    await gate.close()
    new = [world.new() for _ in range(5)]
    adding = [asyncio.create_task(world.store.intake.add(task)) for task in new]
    await asyncio.sleep(0)
    adding[2].cancel()

    await gate.open()
    results = await asyncio.gather(*adding, return_exceptions=True)

    assert isinstance(results[2], asyncio.CancelledError)
    for task in new:
        assert await world.task(task.id) is not None


async def test_a_cancelled_caller_hears_of_it_after_its_work_is_settled(
    sqlite_store: SqliteStore, world: World
) -> None:
    """Whoever cleans up afterwards finds the database as it is going to stay."""
    gate = Gate(sqlite_store)
    await gate.close()
    new = world.new()
    adding = asyncio.create_task(world.store.intake.add(new))
    await asyncio.sleep(0)
    adding.cancel()
    await asyncio.wait([adding], timeout=0.05)

    assert not adding.done()
    await gate.open()
    await asyncio.wait([adding])
    assert (await world.task(new.id)).id == new.id


async def test_commits_are_flushed_and_references_are_enforced(
    sqlite_store: SqliteStore,
) -> None:
    """The settings on which the promises rest are really in force."""

    def settings(tx: Transaction) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "fullfsync")
        return [tx._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    assert await sqlite_store._writer.write(settings) == ["wal", 2, 1, 5000, 1]


async def test_readers_cannot_write(sqlite_store: SqliteStore) -> None:
    """A write outside the writer's thread would not be part of any batch."""
    with pytest.raises(StoreUnavailable, match="readonly"):
        await sqlite_store._readers.all("create_team", team_id="t", name="T", now=1)

    assert list(await sqlite_store.teams.list()) == []


async def test_what_was_written_is_read_by_every_reader(
    database: Path, cipher: StateCipher, clock: MovableClock
) -> None:
    """A commit is visible to whatever is asked after it."""
    store = await SqliteStore.open(database, cipher=cipher, clock=clock, readers=3)
    world = await World.create(store, clock)

    for _ in range(20):
        task = await world.add()
        assert await world.task(task.id) == task

    await store.close()
