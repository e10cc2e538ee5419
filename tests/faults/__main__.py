"""The kill matrix: `python -m tests.faults`.

ROUNDS repeats it, CASES plays only the cases whose names contain it. What is printed last is one
line of JSON; the exit code is 1 when the bar was missed.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from executor.sandbox.server import running_sandbox
from storage.tasks import TaskStatus
from tests.faults.cases import Case, every_case
from tests.faults.judgement import Tally
from tests.faults.playing import play_all

_COLUMNS = ("what", "where", "tasks", "sent", "failed", "unconfirmed", "delivered", "recovery s")
_WIDTH = 132


def _table(by_case: dict[tuple[str, str], Tally]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, column in enumerate(_COLUMNS):
        table.add_column(column, justify="left" if number <= 1 else "right")
    for (deed, point), tally in by_case.items():
        numbers = (
            len(tally.verdicts),
            *(
                tally.ended(status)
                for status in (TaskStatus.SUCCEEDED, TaskStatus.FAILED, TaskStatus.UNCONFIRMED)
            ),
            sum(each.deliveries for each in tally.verdicts),
            "" if tally.recovery_s is None else tally.recovery_s,
        )
        table.add_row(deed, point, *map(str, numbers), style=None if tally.is_clean else "red")
    return table


async def main(rounds: int, wanted: str, folder: Path) -> int:
    cases = [case for case in every_case() if wanted in case.name]
    by_case = {(case.deed, case.point): Tally() for case in cases}
    progress = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
        console=Console(stderr=True),
    )
    with progress:
        bar = progress.add_task("", total=len(cases) * rounds)

        def tell(case: Case, tally: Tally) -> None:
            by_case[case.deed, case.point].add(tally)
            progress.update(bar, advance=1, description=case.name)
            if not tally.is_clean or tally.left_behind:
                left = f"{tally.left_behind} processes left behind"
                progress.console.print(case.name, *tally.troubles, tally.summary(), left)

        async with running_sandbox() as sandbox:
            await play_all(cases * rounds, sandbox.client, folder, tell=tell)
    total = Tally()
    for tally in by_case.values():
        total.add(tally)
    if not total.is_clean:
        progress.console.print(f"What is left of the failed cases is in {folder}.")
    Console(width=_WIDTH).print(_table(by_case))
    print(json.dumps(total.summary()), flush=True)  # noqa: T201 - this is a command line
    return 0 if total.is_clean else 1


def _environment() -> tuple[int, str, Path]:
    return (
        int(os.environ.get("ROUNDS", "1")),
        os.environ.get("CASES", ""),
        Path(tempfile.mkdtemp(prefix="linkedin-executor-faults-")),
    )


if __name__ == "__main__":
    # The sandbox's server reports every connection that is cut, and cutting them is the point.
    logging.getLogger("uvicorn.error").disabled = True
    sys.exit(asyncio.run(main(*_environment())))
