"""pick-up: from the commit of a task to the first command that its page gets."""

from __future__ import annotations

import asyncio
import random
from contextlib import AsyncExitStack, suppress
from itertools import cycle
from typing import TYPE_CHECKING, Any

import httpx

from tests.bench.figures import alone, percentile
from tests.bench.place import furnish, sandbox
from tests.bench.programs import module, moment, running, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.bench.figures import Figure
    from tests.bench.place import Site
    from tests.bench.programs import Program
    from tests.bench.sizes import Size

_PATIENCE_S = 120
_IDLE_S = 0.1
"""Longest moment of idleness before a task: four times as long as stores look at each other."""
_ROUND = 50
"""Tasks of a round, which tell the spread."""


async def measure_pickup(
    figures: dict[str, Figure], size: Size, folder: Path, tell: Callable[[str], None]
) -> None:
    """Ask an idle runner to look at profiles, one after the other, in both arrangements in turn."""
    async with sandbox(folder) as site, AsyncExitStack() as stack:
        arrangements = {
            "pickup_p99_ms": await _arranged(stack, site, folder / "one", apart=False),
            "pickup_cross_p99_ms": await _arranged(stack, site, folder / "two", apart=True),
        }
        took: dict[str, list[float]] = {key: [] for key in arrangements}
        people = cycle(site.friends)
        for number in range(size.pickups + 1):
            for key, arrangement in arrangements.items():
                seconds = await arrangement.pick_up(next(people))
                if number:  # The first one starts the browser.
                    took[key].append(seconds * 1000)
            tell(f"pick-up {number} of {size.pickups}")
    for key, times in took.items():
        rounds = [times[at : at + _ROUND] for at in range(0, len(times), _ROUND)]
        for share in (0.99, 0.5):
            figures[key].rows.append(
                alone(
                    f"p{share * 100:.0f}",
                    "ms",
                    [percentile(each, share) for each in rounds],
                    value=percentile(times, share),
                    counts=share > 0.5,
                )
            )
        figures[key].notes.append(f"{len(times)} tasks, each given to a runner with a warm page.")


class _Arrangement:
    """An API and a runner, in one process or in two, and what they say."""

    def __init__(self, api: httpx.AsyncClient, programs: list[Program]) -> None:
        self._api = api
        self._said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.hearing = [asyncio.ensure_future(self._hear(each)) for each in programs]

    async def pick_up(self, person: str) -> float:
        """Ask for a profile when nobody has anything to do, and return the seconds."""
        # At no fixed distance from the last look of any timer.
        await moment(random.uniform(0, _IDLE_S))  # noqa: S311 - a dice
        while not self._said.empty():
            self._said.get_nowait()
        accepted = await self._api.post(
            "/tasks",
            json={"task_type": "fetch_relationship", "input": {"person": {"profile_id": person}}},
        )
        assert accepted.is_success, accepted.text
        async with asyncio.timeout(_PATIENCE_S):
            # Across processes they may be heard in any order; idleness comes last.
            at: dict[str, float] = {}
            while "committed" not in at or "command" not in at:
                said = await self._said.get()
                at.setdefault(said["event"], said["at"])
            while (await self._said.get())["event"] != "idle":
                pass
        return at["command"] - at["committed"]

    async def _hear(self, program: Program) -> None:
        with suppress(EOFError):
            while True:
                said = await program.heard()
                if "event" in said:
                    await self._said.put(said)


async def _arranged(
    stack: AsyncExitStack, site: Site, folder: Path, *, apart: bool
) -> _Arrangement:
    place = await furnish(folder / "data", await site.sessions(1))
    command = serve(place.data_dir, *(("--no-runner",) if apart else ()))[1:]
    observed = module("observed")
    api = await stack.enter_async_context(
        running(*observed, *command, folder=folder, linkedin_url=site.url)
    )
    programs = [api]
    url = (await api.heard())["api_url"]
    if apart:
        command = ("run", "--data-dir", str(place.data_dir))
        programs.append(
            await stack.enter_async_context(
                running(*observed, *command, folder=folder, linkedin_url=site.url)
            )
        )
    client = httpx.AsyncClient(base_url=url, headers={"x-api-key": place.api_key}, timeout=30)
    await stack.enter_async_context(client)
    arrangement = _Arrangement(client, programs)
    for hearing in arrangement.hearing:
        stack.callback(hearing.cancel)
    return arrangement
