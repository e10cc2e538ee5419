"""Playing cases, a few side by side, and judging each when nothing of it runs any more."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

import httpx
import psutil

from tests.faults.judgement import Tally, judge
from tests.faults.place import place_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from executor.sandbox.client import SandboxClient
    from tests.faults.cases import Case

AT_A_TIME = 2
_CANNOT_BE_PLAYED = (
    TimeoutError,
    LookupError,
    AssertionError,
    OSError,
    psutil.Error,
    httpx.HTTPError,
)


async def play(case: Case, client: SandboxClient, folder: Path) -> Tally:
    """Play one case in an empty folder, which stays when something was wrong."""
    troubles = []
    async with place_for(client, folder) as place:
        try:
            await case.play(place)
        except _CANNOT_BE_PLAYED as error:
            troubles.append(f"{case.name}: {error!r}")
        left = await place.clear()
        tally = await judge(place)
    tally.troubles += troubles
    tally.left_behind = len(left)
    if tally.is_clean:
        await asyncio.to_thread(shutil.rmtree, folder)
    return tally


async def play_all(
    cases: Iterable[Case],
    client: SandboxClient,
    folder: Path,
    *,
    tell: Callable[[Case, Tally], None],
) -> None:
    """Play cases side by side, and tell of each when it is over."""
    waiting = list(enumerate(cases))[::-1]

    async def worker() -> None:
        while waiting:
            number, case = waiting.pop()
            own = folder / f"{number:04d}"
            own.mkdir(mode=0o700)
            tell(case, await play(case, client, own))

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_A_TIME):
            group.create_task(worker())
