"""Commits of others, seen through SQLite's `data_version`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from storage.sqlite import SqliteStore
from tests.storage.conformance.test_changes import SOON, nothing_comes
from tests.storage.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from storage.secrets import StateCipher
    from tests.storage.world import MovableClock


@pytest.fixture
async def elsewhere(
    database: Path, cipher: StateCipher, clock: MovableClock
) -> AsyncIterator[World]:
    """A second store on the same file: to SQLite, as foreign as another process."""
    store = await SqliteStore.open(database, cipher=cipher, clock=clock)
    yield await World.create(store, clock)
    await store.close()


async def test_a_foreign_commit_wakes_once(sqlite_store: SqliteStore, elsewhere: World) -> None:
    """All who wait, each one time."""
    feeds = [sqlite_store.changes() for _ in range(3)]
    await asyncio.wait_for(asyncio.gather(*(feed.wait() for feed in feeds)), SOON)
    waiting = [asyncio.create_task(feed.wait()) for feed in feeds]

    await elsewhere.add()

    await asyncio.wait_for(asyncio.gather(*waiting), SOON)
    assert all(await asyncio.gather(*(nothing_comes(feed) for feed in feeds)))


async def test_a_foreign_commit_while_nobody_waits_is_not_missed(
    sqlite_store: SqliteStore, elsewhere: World
) -> None:
    """Polling stops when nobody waits, and starts again from where it was."""
    changes = sqlite_store.changes()
    await asyncio.wait_for(changes.wait(), SOON)
    assert await nothing_comes(changes)

    await elsewhere.add()

    await asyncio.wait_for(changes.wait(), SOON)
    assert await nothing_comes(changes)


async def test_commits_on_both_sides_are_told_apart(
    sqlite_store: SqliteStore, elsewhere: World, clock: MovableClock
) -> None:
    """A commit of our own neither hides a foreign one nor counts twice."""
    here = await World.create(sqlite_store, clock)
    changes = sqlite_store.changes()
    while not await nothing_comes(changes):
        pass

    await here.add()
    await asyncio.wait_for(changes.wait(), SOON)
    await elsewhere.add()
    await asyncio.wait_for(changes.wait(), SOON)

    assert await nothing_comes(changes)


async def test_our_own_commit_is_not_seen_again_by_the_poll(
    sqlite_store: SqliteStore, clock: MovableClock
) -> None:
    """One commit, one wake-up."""
    world = await World.create(sqlite_store, clock)
    changes = sqlite_store.changes()

    await world.add()

    await asyncio.wait_for(changes.wait(), SOON)
    assert await nothing_comes(changes)


def poll_of(store: SqliteStore) -> asyncio.Task[None] | None:
    return store._feed._polling


async def test_nobody_polls_while_nobody_waits(
    sqlite_store: SqliteStore, clock: MovableClock
) -> None:
    """An idle store leaves the disk and the processor alone."""
    world = await World.create(sqlite_store, clock)
    changes = sqlite_store.changes()
    before = poll_of(sqlite_store)
    waiting = asyncio.create_task(changes.wait())
    await asyncio.sleep(0)
    during = poll_of(sqlite_store)

    await world.add()
    await waiting

    assert before is None
    assert during is not None
    await asyncio.wait_for(during, SOON)
    assert poll_of(sqlite_store) is None
