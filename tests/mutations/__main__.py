"""The mutation run: `python -m tests.mutations`.

PAGES and MUTATIONS (parts of names) play a part of it. What is printed last is one line of JSON;
the exit code is 1 when the executor said something wrong.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time
from collections import Counter, defaultdict

import structlog
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from tests.matrix.judgement import Verdict
from tests.mutations.darkroom import Darkroom
from tests.mutations.mutations import Mutation, mutations_of
from tests.mutations.playing import Finding, Gallery
from tests.mutations.specimens import SPECIMENS

_AT_A_TIME = 3
Counts = defaultdict[str, Counter[Verdict]]


def _table(by_element: Counts) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("page and element")
    for column in ("share right", "right", "refused", "wrong"):
        table.add_column(column, justify="right")
    for name, count in sorted(by_element.items()):
        share = f"{_share(count):.3f}"
        table.add_row(name, share, *(str(count[each]) for each in Verdict))
    return table


def _share(count: Counter[Verdict]) -> float:
    return round(count[Verdict.RIGHT] / (count.total() or 1), 3)


async def main(pages: str, wanted: str, console: Console) -> int:
    started = time.monotonic()
    by_page: Counts = defaultdict(Counter)
    by_element: Counts = defaultdict(Counter)
    specimens = [each for each in SPECIMENS if pages in each.name]
    progress = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
        console=console,
    )
    with progress:
        bar = progress.add_task("", total=0)
        async with Darkroom.furnish() as darkroom, Gallery.opened(darkroom, _AT_A_TIME) as gallery:
            for specimen in specimens:
                negative = await darkroom.take(specimen)
                mutations = [each for each in mutations_of(negative) if wanted in each.name]
                total = (progress.tasks[0].total or 0) + len(mutations)
                progress.update(bar, total=total, description=specimen.name)

                def tell(
                    mutation: Mutation,
                    finding: Finding,
                    page: str = specimen.page,
                    name: str = specimen.name,
                ) -> None:
                    progress.advance(bar)
                    by_page[page][finding.verdict] += 1
                    for element, verdict in finding.elements.items():
                        by_element[f"{page}: {element.partition(' #')[0]}"][verdict] += 1
                    if finding.verdict is Verdict.WRONG:
                        said = "; ".join(finding.wrong)
                        progress.console.print(
                            f"wrong: {name}: {mutation.name}: {said}", markup=False
                        )

                await gallery.show(negative, mutations, tell=tell)
                if not console.is_terminal:
                    done = sum(count.total() for count in by_page.values())
                    progress.console.print(f"{done} with {specimen.name}", markup=False)
    Console(width=100).print(_table(by_element))
    count = sum(by_page.values(), Counter[Verdict]())
    summary = {
        "mutations": count.total(),
        **{each.value: count[each] for each in Verdict},
        "share_right": {page: _share(each) for page, each in by_page.items()},
        "seconds": round(time.monotonic() - started),
    }
    print(json.dumps(summary), flush=True)  # noqa: T201 - this is a command line
    return 0 if count.total() and not count[Verdict.WRONG] else 1


if __name__ == "__main__":
    logging.getLogger("uvicorn.error").disabled = True
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    asked = (os.environ.get("PAGES", ""), os.environ.get("MUTATIONS", ""))
    sys.exit(asyncio.run(main(*asked, Console(stderr=True))))
