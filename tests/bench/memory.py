"""memory: what a further account takes up, beside a Chromium of its own."""

from __future__ import annotations

import asyncio
import statistics
from typing import TYPE_CHECKING

from tests.bench.deeds import Deeds
from tests.bench.figures import compared
from tests.bench.place import furnish, sandbox
from tests.bench.programs import module, moment, running, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path
    from typing import Any

    from tests.bench.figures import Figure
    from tests.bench.place import Site
    from tests.bench.programs import Program
    from tests.bench.sizes import Size

_SETTLING_S = 3.0
_SAMPLE_S = 0.5


async def measure_memory(
    figures: dict[str, Figure], size: Size, folder: Path, tell: Callable[[str], None]
) -> None:
    """Weigh each side with one account open and with many, at rest and at work."""
    figure = figures["memory_ratio"]
    most = max(size.accounts)
    mine: list[_Weighed] = []
    other: list[_Weighed] = []
    async with sandbox(folder) as site:
        for number in range(size.memory_rounds):
            tell(f"weighing, round {number + 1} of {size.memory_rounds}")
            mine.append(await _weigh_us(site, size, folder / f"{number}", most))
            other.append(await _weigh_browsers(site, size, folder, most))
    for what in ("idle", "working"):
        figure.rows.append(
            compared(
                f"a further account, {what}",
                "MB",
                [each.further(what) for each in mine],
                [each.further(what) for each in other],
            )
        )
    figure.rows.append(
        compared(
            f"all {most} accounts, idle",
            "MB",
            [each.many["idle"] for each in mine],
            [each.many["idle"] for each in other],
            counts=False,
        )
    )
    figure.notes.append(
        f"Proportional set size of the process tree: of {most} accounts, less that of one, "
        "shared among the others. The sandbox is not in it."
    )


class _Weighed:
    """Megabytes of one side, idle and working, with one account and with many."""

    def __init__(self, accounts: int) -> None:
        self._accounts = accounts
        self.one: dict[str, float] = {}
        self.many: dict[str, float] = {}

    def further(self, what: str) -> float:
        """Return the megabytes of each account but the first."""
        return (self.many[what] - self.one[what]) / (self._accounts - 1)


async def _weigh_us(site: Site, size: Size, folder: Path, most: int) -> _Weighed:
    place = await furnish(folder / "data", await site.sessions(most))
    weighed, deeds = _Weighed(most), Deeds(site)
    async with (
        running(*serve(place.data_dir), folder=folder, linkedin_url=site.url) as program,
        place.crowd() as crowd,
    ):
        await program.heard()
        for accounts, into in ((1, weighed.one), (most, weighed.many)):
            await deeds.by_us(crowd, accounts=accounts, each=1)
            await _weigh(
                program,
                into,
                deeds.by_us(crowd, accounts=accounts, each=size.tasks_per_account),
            )
    return weighed


async def _weigh_browsers(site: Site, size: Size, folder: Path, most: int) -> _Weighed:
    weighed, deeds = _Weighed(most), Deeds(site)
    sessions = await site.sessions(most)
    async with running(*module("script", site.url), folder=folder) as program:
        for accounts, more, into in (
            (1, sessions[:1], weighed.one),
            (most, sessions[1:], weighed.many),
        ):
            await program.ask(sessions=more, apart=True)
            await deeds.by_script(program, accounts=accounts, each=1)
            await _weigh(
                program,
                into,
                deeds.by_script(program, accounts=accounts, each=size.tasks_per_account),
            )
    return weighed


async def _weigh(
    program: Program, into: dict[str, float], work: Coroutine[Any, Any, float]
) -> None:
    working = []
    task = asyncio.ensure_future(work)
    while not task.done():
        working.append(await asyncio.to_thread(program.footprint))
        await moment(_SAMPLE_S)
    await task
    await moment(_SETTLING_S)
    into["working"] = statistics.median(each.megabytes for each in working)
    into["idle"] = (await asyncio.to_thread(program.footprint)).megabytes
