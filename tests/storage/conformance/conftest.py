"""The stores that have to pass: each adapter adds a name and its fixture here."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from tests.storage.world import World

if TYPE_CHECKING:
    from storage.ports import Store
    from tests.storage.world import MovableClock


@pytest.fixture(params=["sqlite_store"])
def store(request: pytest.FixtureRequest) -> Store:
    return cast("Store", request.getfixturevalue(request.param))


@pytest.fixture
async def world(store: Store, clock: MovableClock) -> World:
    return await World.create(store, clock)
