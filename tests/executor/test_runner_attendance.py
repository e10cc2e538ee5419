"""Runners show themselves to the other processes on the store."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import psutil

from executor import runner as runners
from executor.browser.launch import BrowserHost
from executor.memory import memory_taken
from executor.owners import is_dead, owner_name, this_process
from storage.runners import MemoryTaken
from tests.executor.test_runner import working

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from executor.settings import ExecutorSettings
    from storage.runners import SeenRunner
    from tests.executor.office import Office

SMALL = MemoryTaken(own=1, browser=1)


async def seen(office: Office, is_so: Callable[[list[SeenRunner]], bool]) -> list[SeenRunner]:
    """Look at who is there until it is as expected."""
    async with asyncio.timeout(20):
        # Each look is a question to the database's thread, so this is no busy loop.
        while not is_so(found := list(await office.store.runners.seen())):
            pass
    return found


async def test_a_runner_is_there_until_it_stops(office: Office) -> None:
    """From its start on, with the memory that it takes up."""
    async with working(office.runner()), working(office.runner()):
        both = await seen(office, lambda found: len(found) == 2)

    assert all(each.memory.own > 10_000_000 for each in both)
    assert await office.store.runners.seen() == []


async def test_a_runner_goes_on_showing_itself(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as it looks for work."""
    monkeypatch.setattr(runners, "SEEN_EVERY", timedelta(milliseconds=10))
    async with working(office.runner()):
        [first] = await seen(office, lambda found: len(found) == 1)
        office.clock.pass_(timedelta(seconds=20))
        await seen(office, lambda found: found[0].seen_at > first.seen_at)


async def test_a_dead_runner_of_this_host_is_not_there(office: Office) -> None:
    """The next one that starts takes it off; of other hosts nobody can know."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    dead, elsewhere = owner_name(psutil.Process(process.pid)), "elsewhere:1:0.00"
    await process.communicate()
    for owner in (dead, elsewhere, this_process()):
        await office.store.runners.show(owner, SMALL)

    async with working(office.runner()):
        found = await seen(office, lambda found: dead not in {each.owner for each in found})
        assert len(found) == 3

    left = {each.owner for each in await office.store.runners.seen()}
    assert left == {elsewhere, this_process()}


def test_who_lives_does_so_whatever_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the clock is set, the time of booting moves, and every process's start with it."""
    owner = this_process()
    booted = psutil.boot_time()
    monkeypatch.setattr("psutil._pslinux.boot_time", lambda: booted + 3600)

    assert psutil.boot_time() == booted + 3600
    assert not is_dead(owner)


async def test_the_memory_of_a_browser_is_counted_while_it_runs(
    settings: ExecutorSettings,
) -> None:
    """All of its processes, beside those that other tests keep open."""
    before = memory_taken()
    async with BrowserHost(settings) as host:
        account = await host.open_account(None)
        open_ = memory_taken()
        await account.close()
    after = memory_taken()

    assert open_.own > 10_000_000
    assert open_.browser - before.browser > 100_000_000
    assert open_.browser - after.browser > 100_000_000
