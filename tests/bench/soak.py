"""soak: thousands of tasks, and whether anything grows meanwhile."""

from __future__ import annotations

import asyncio
import statistics
from typing import TYPE_CHECKING

from tests.bench.deeds import Deeds
from tests.bench.figures import Measured
from tests.bench.place import furnish, sandbox
from tests.bench.programs import moment, running, serve

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
    figure.series = [(at, found.megabytes) for at, found in samples]
    figure.notes.append(
        f"{done} messages of {_ACCOUNTS} accounts in one `serve`; compared is the time after the "
        f"first {size.soak_settled}. Memory is the proportional set size of its process tree."
    )


def _tell(figure: Figure, samples: Sequence[Footprint]) -> None:
    length = max(1, min(_COMPARED, len(samples) // 2))
    for name, what in (
        ("megabytes", "memory, growth as a share"),
        ("processes", "processes, growth"),
        ("handles", "handles, growth"),
    ):
        values = [float(getattr(each, name)) for each in samples]
        first, last = statistics.median(values[:length]), statistics.median(values[-length:])
        scale = first if name == "megabytes" else 1
        figure.rows.append(
            Measured(
                what=what,
                unit="MB" if name == "megabytes" else "",
                value=(last - first) / scale,
                low=(min(values[-length:]) - first) / scale,
                high=(max(values[-length:]) - first) / scale,
                ours=tuple(values[-length:]),
                baseline=tuple(values[:length]),
                counts=name == "megabytes",
            )
        )


def _database_bytes(place: Place) -> int:
    files = place.data_dir.glob(f"{place.storage.database_path.name}*")
    return sum(file.stat().st_size for file in files)
