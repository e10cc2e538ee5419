"""The matrix: `python -m tests.matrix`.

LANGUAGES (`de,ja`) and FLOWS and TOGGLES (parts of names) play a part of it; PRODUCT=1 tries every
toggle in every language wherever it is met, which takes hours. What is printed last is one line of
JSON; the exit code is 1 when something was wrong.
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

from tests.matrix.combinations import Combination, chosen_combinations, every_combination
from tests.matrix.judgement import Judgement, Verdict
from tests.matrix.playing import booths, play_all

_AT_A_TIME = 6
"""Refusals come of waiting, so that more than there are processors keep these busy."""
_TOLD_EVERY = 100
"""Combinations; where no bar can be drawn, as in a file."""


async def main(combinations: list[Combination], console: Console) -> int:
    started = time.monotonic()
    count: Counter[Verdict] = Counter()
    refusals: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    progress = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
        console=console,
    )
    with progress:
        bar = progress.add_task("", total=len(combinations))

        def tell(combination: Combination, judgement: Judgement) -> None:
            count[judgement.verdict] += 1
            progress.update(bar, advance=1, description=combination.name)
            if judgement.verdict is Verdict.REFUSED:
                refusals[combination.kind, judgement.why].append(combination.language)
            if not console.is_terminal and not count.total() % _TOLD_EVERY:
                progress.console.print(f"{count.total()} of {len(combinations)}", highlight=False)
            if judgement.verdict is Verdict.WRONG:
                progress.console.print("wrong:", combination.name, judgement.why, highlight=False)

        async with booths(_AT_A_TIME) as opened:
            await play_all(combinations, opened, tell=tell)
    for (kind, code), languages in sorted(refusals.items()):
        print(f"refused: {code}: {kind}: {','.join(languages)}")  # noqa: T201 - a command line
    summary = {"combinations": count.total()} | {each: count[each] for each in Verdict}
    seconds = round(time.monotonic() - started)
    print(json.dumps({**summary, "seconds": seconds}), flush=True)  # noqa: T201 - a command line
    return 0 if count.total() and not count[Verdict.WRONG] else 1


def _wanted() -> list[Combination]:
    asked = os.environ.get
    languages = asked("LANGUAGES", "").split(",") if asked("LANGUAGES") else None
    flow, toggle = asked("FLOWS", ""), asked("TOGGLES", "")
    return [
        each
        for each in (every_combination() if asked("PRODUCT") else chosen_combinations())
        if (languages is None or each.language in languages)
        and flow in each.flow.name
        and toggle in " ".join(each.variation)
    ]


if __name__ == "__main__":
    # Contexts are closed while their pages still ask for things, and the server reports each.
    logging.getLogger("uvicorn.error").disabled = True
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    sys.exit(asyncio.run(main(_wanted(), Console(stderr=True))))
