"""soak: thousands of tasks, and whether anything grows meanwhile."""

from __future__ import annotations

import asyncio
import statistics
from typing import TYPE_CHECKING, get_args

from tests.bench.deeds import Deeds
from tests.bench.figures import Measured
from tests.bench.place import furnish, sandbox
from tests.bench.programs import Kind, moment, running, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.bench.figures import Figure
    from tests.bench.place import Place
    from tests.bench.programs import Footprint
    from tests.bench.sizes import Size

_ACCOUNTS = 4
_SAMPLES = 100
_COMPARED = 10
"""Samples of the beginning, and of the end, whose medians are compared."""
_MESSAGES_EACH = 5
"""Messages of one account to one person: longer conversations would be larger pages."""
_SETTLING_S = 1.0


async def measure_soak(
    figures: dict[str, Figure], size: Size, folder: Path, tell: Callable[[str], None]
) -> None:
    """Send message after message, and weigh the program now and then while it is idle."""
    figure = figures["soak_growth"]
    each = max(1, size.soak_tasks // _ACCOUNTS // _SAMPLES)
    async with sandbox(folder) as site:
        people = size.soak_tasks // _ACCOUNTS // _MESSAGES_EACH - len(site.friends)
        more = [(await site.client.add_person(relation="connected")).id for _ in range(people)]
        place = await furnish(folder / "data", await site.sessions(_ACCOUNTS))
        async with (
            running(*serve(place.data_dir), folder=folder, linkedin_url=site.url) as program,
            place.crowd() as crowd,
        ):
            await program.heard()
            deeds = Deeds(site.with_friends(more))
            begun_bytes = _database_bytes(place)
            samples: list[tuple[int, Footprint]] = []
            done = 0
            while done < size.soak_tasks:
                await deeds.by_us(crowd, accounts=_ACCOUNTS, each=each)
                done += _ACCOUNTS * each
                await moment(_SETTLING_S)
                samples.append((done, await asyncio.to_thread(program.footprint)))
                tell(f"soak, {done} of {size.soak_tasks}, {samples[-1][1].megabytes:.0f} MB")
            per_task = (_database_bytes(place) - begun_bytes) / done / 1024
    _tell(figure, [found for at, found in samples if at >= size.soak_settled])
    figure.rows.append(
        Measured(
            what="database, for each task",
            unit="KB",
            value=per_task,
            low=per_task,
            high=per_task,
            ours=(per_task,),
            counts=False,
        )
    )
    figure.series = {"together": [(at, found.megabytes) for at, found in samples]} | {
        kind: [(at, found.kinds[kind]) for at, found in samples] for kind in get_args(Kind)
    }
    figure.notes.append(
        f"{done} messages of {_ACCOUNTS} accounts in one `serve`; compared is the time after the "
        f"first {size.soak_settled}. Memory is the proportional set size of its process tree."
    )


def _tell(figure: Figure, samples: Sequence[Footprint]) -> None:
    figure.rows += [
        _grown("memory, as a share", "MB", [each.megabytes for each in samples], counts=True),
        *(
            _grown(f"memory of {kind}, as a share", "MB", [each.kinds[kind] for each in samples])
            for kind in get_args(Kind)
        ),
        _grown("processes", "", [each.processes for each in samples]),
        _grown("handles", "", [each.handles for each in samples]),
    ]


def _grown(what: str, unit: str, values: Sequence[float], *, counts: bool = False) -> Measured:
    """Compare the end with the beginning: as a share of it where there is a unit."""
    length = max(1, min(_COMPARED, len(values) // 2))
    first, last = statistics.median(values[:length]), statistics.median(values[-length:])
    scale = first if unit else 1
    return Measured(
        what=what,
        unit=unit,
        value=(last - first) / scale,
        low=(min(values[-length:]) - first) / scale,
        high=(max(values[-length:]) - first) / scale,
        ours=tuple(values[-length:]),
        baseline=tuple(values[:length]),
        counts=counts,
    )


def _database_bytes(place: Place) -> int:
    files = place.data_dir.glob(f"{place.storage.database_path.name}*")
    return sum(file.stat().st_size for file in files)
