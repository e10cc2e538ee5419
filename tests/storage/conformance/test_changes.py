"""Waiting for commits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from storage.errors import StoreUnavailable

if TYPE_CHECKING:
    from storage.ports import Changes, Store
    from tests.storage.world import World

SOON = 5
"""Seconds by which anything that happens at all has happened."""

QUIET = 0.15
"""Seconds, several polls long, in which nothing may happen."""


async def nothing_comes(changes: Changes) -> bool:
    try:
        await asyncio.wait_for(changes.wait(), QUIET)
    except TimeoutError:
        return True
    return False


async def test_a_commit_wakes_whoever_waits(world: World) -> None:
    """All waiters of this process, each through an object of its own."""
    feeds = [world.store.changes() for _ in range(3)]
    waiting = [asyncio.create_task(feed.wait()) for feed in feeds]
    await asyncio.sleep(0)

    await world.add()

    await asyncio.wait_for(asyncio.gather(*waiting), SOON)


async def test_nothing_wakes_without_a_commit(world: World) -> None:
    """Reading, and asking for work that is not there, change nothing."""
    lease = await world.lease()
    changes = world.store.changes()
    waiting = asyncio.create_task(nothing_comes(changes))

    await world.store.leases.due()
    assert await world.store.queue.claim(lease) is None
    await world.store.check()
    with pytest.raises(ValueError, match="JSON"):
        await world.add(input={"x": float("nan")})

    assert await waiting


async def test_a_commit_between_two_waits_is_not_missed(world: World) -> None:
    """Looking for work and then waiting for it leaves no gap."""
    changes = world.store.changes()
    await world.add()
    await asyncio.wait_for(changes.wait(), SOON)

    await world.add()

    await asyncio.wait_for(changes.wait(), SOON)


async def test_commits_that_nobody_waited_for_wake_once(world: World) -> None:
    """One look at the store covers them all."""
    changes = world.store.changes()
    for _ in range(3):
        await world.add()

    await asyncio.wait_for(changes.wait(), SOON)

    assert await nothing_comes(changes)


async def test_a_new_waiter_does_not_see_the_past(world: World) -> None:
    """What was committed before it was made is there to be read."""
    await world.add()

    assert await nothing_comes(world.store.changes())


async def test_a_cancelled_wait_loses_nothing(world: World) -> None:
    """A waiter that was interrupted picks up where it was."""
    changes = world.store.changes()
    waiting = asyncio.create_task(changes.wait())
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    await world.add()

    await asyncio.wait_for(changes.wait(), SOON)
    await changes.close()


async def test_closing_the_store_ends_every_wait(store: Store) -> None:
    """Nobody waits for ever for a store that is gone."""
    changes = store.changes()
    waiting = asyncio.create_task(changes.wait())
    await asyncio.sleep(0)

    await store.close()

    with pytest.raises(StoreUnavailable):
        await asyncio.wait_for(waiting, SOON)
    with pytest.raises(StoreUnavailable):
        await changes.wait()
