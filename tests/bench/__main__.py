"""Speed as a user feels it, beside baselines: `python -m tests.bench`.

QUICK=1 measures little of everything, FIGURES=part,part plays only what has that in its name.
A report with plots is left in `build/bench`. What is printed last is one line of JSON; what was not
measured is `null` there, and the exit code is 1 when that was not on purpose.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from tests.bench.figures import every_figure, summary
from tests.bench.parts import PARTS
from tests.bench.report import number, spread, write_report
from tests.bench.sizes import FULL, QUICK
from tests.faults.process import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.figures import Figure
    from tests.bench.parts import Part
    from tests.bench.sizes import Size

_COLUMNS = ("figure", "what", "ours", "baseline", "value", "spread", "aim")
_WIDTH = 140


def chosen_parts(wanted: Sequence[str]) -> list[Part]:
    return [part for part in PARTS if any(map(part.is_called, wanted))]


async def play(wanted: Sequence[str], size: Size, folder: Path) -> dict[str, Figure]:
    """Measure the parts that are wanted, one after the other, each in a folder of its own.

    Args:
        wanted: parts of the names of parts or of their keys.
    """
    figures = every_figure()
    parts = chosen_parts(wanted)
    progress = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
        console=Console(stderr=True),
    )
    with progress:
        bar = progress.add_task("", total=len(parts))

        def tell(news: str) -> None:
            progress.update(bar, description=news)

        for part in parts:
            place = folder / part.name
            place.mkdir()
            try:
                await part.measure(figures, size, place, tell)
            except Exception as error:  # noqa: BLE001 - hours of other figures would go with it
                progress.console.print(f"{part.name} was not measured: {error!r}")
            progress.update(bar, advance=1)
    return figures


def _table(figures: dict[str, Figure]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, column in enumerate(_COLUMNS):
        table.add_column(column, justify="left" if place <= 1 else "right")
    for figure in figures.values():
        for row in figure.rows:
            decides = row is figure.worst
            table.add_row(
                figure.key,
                row.what,
                number(row.ours, row.unit),
                number(row.baseline, row.unit),
                f"{row.value:.3g}",
                spread(row),
                figure.told_aim if decides else "",
                style=None if not decides else "green" if figure.is_met else "red",
            )
    return table


def main() -> int:
    size = QUICK if os.environ.get("QUICK") else FULL
    wanted = os.environ.get("FIGURES", "").split(",")
    with tempfile.TemporaryDirectory(prefix="linkedin-executor-bench-") as folder:
        figures = asyncio.run(play(wanted, size, Path(folder)))
    report = write_report(figures, size, ROOT / "build" / "bench")
    console = Console(width=_WIDTH)
    console.print(_table(figures))
    console.print(f"Report: {report}", style="dim", highlight=False)
    print(json.dumps(summary(figures)), flush=True)  # noqa: T201 - this is a command line
    keys = [key for part in chosen_parts(wanted) for key in part.keys]
    return 1 if any(figures[key].worst is None for key in keys) else 0


if __name__ == "__main__":
    logging.getLogger("httpx").setLevel(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    sys.exit(main())
