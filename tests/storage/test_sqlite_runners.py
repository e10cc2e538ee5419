"""Runners, when the machine's clock is set."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage.runners import MemoryTaken
from storage.sqlite import SqliteStore
from tests.storage.world import Machine

if TYPE_CHECKING:
    from pathlib import Path

    from storage.secrets import StateCipher

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("step", [timedelta(days=400), timedelta(hours=-1)])
async def test_runners_were_last_seen_as_long_ago_as_before(
    database: Path, cipher: StateCipher, step: timedelta
) -> None:
    """A dead one is not there for longer, and a living one no shorter."""
    machine = Machine()
    store = await SqliteStore.open(
        database, cipher=cipher, clock=machine.clock, steady=machine.steady
    )
    await store.runners.show("host:1:0", MemoryTaken(own=1, browser=1))
    machine.wait(MINUTE)

    machine.set_clock(step)
    await store.leases.due()

    (runner,) = await store.runners.seen()
    await store.close()
    assert machine.clock() - runner.seen_at == MINUTE
