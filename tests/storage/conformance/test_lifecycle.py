"""An open store, and one that has been closed."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage.errors import StoreUnavailable

if TYPE_CHECKING:
    from storage.ports import Store
    from tests.storage.world import World


async def test_an_open_store_is_well(store: Store) -> None:
    """The check passes without leaving anything behind."""
    await store.check()

    assert list(await store.teams.list()) == []


async def test_a_check_changes_nothing_that_anybody_sees(world: World) -> None:
    """However often it is asked."""
    task = await world.add()

    for _ in range(3):
        await world.store.check()
        world.clock.advance(timedelta(seconds=1))

    assert await world.task(task.id) == task


async def test_closing_finishes_what_is_waiting(world: World) -> None:
    """Whoever asked before the store was closed gets an answer, and it is durable."""
    adding = [asyncio.create_task(world.add()) for _ in range(20)]
    await asyncio.sleep(0)

    await world.store.close()

    assert len({task.id for task in await asyncio.gather(*adding)}) == 20


async def test_a_closed_store_says_so(world: World) -> None:
    """Every kind of use is refused in our own words."""
    await world.store.close()

    with pytest.raises(StoreUnavailable, match="closed"):
        await world.add()
    with pytest.raises(StoreUnavailable, match="closed"):
        await world.store.teams.list()
    with pytest.raises(StoreUnavailable, match="closed"):
        await world.store.check()


async def test_a_check_that_went_well_says_nothing_about_a_closed_store(store: Store) -> None:
    """Its answer ends with the store."""
    await store.check()
    await store.close()

    with pytest.raises(StoreUnavailable, match="closed"):
        await store.check()


async def test_closing_twice_does_nothing(store: Store) -> None:
    """A second close is as good as the first."""
    await store.close()
    await store.close()
