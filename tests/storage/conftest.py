"""Fixtures of all storage tests."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from storage.secrets import StateCipher, new_key
from storage.sqlite import SqliteStore
from tests.storage.world import MovableClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture(scope="session")
def cipher() -> StateCipher:
    return StateCipher(new_key())


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "data" / "store.sqlite3"


@pytest.fixture(scope="session")
async def empty_database(cipher: StateCipher, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a database once; copying it is much quicker than making another one."""
    path = tmp_path_factory.mktemp("empty") / "store.sqlite3"
    await (await SqliteStore.open(path, cipher=cipher)).close()
    return path


@pytest.fixture
async def sqlite_store(
    empty_database: Path, database: Path, cipher: StateCipher, clock: MovableClock
) -> AsyncIterator[SqliteStore]:
    database.parent.mkdir()
    shutil.copyfile(empty_database, database)
    store = await SqliteStore.open(database, cipher=cipher, clock=clock)
    yield store
    await store.close()
