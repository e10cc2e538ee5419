"""Both storms: `python -m tests.faults.storm [browsers|simulated]`.

TASKS, ACCOUNTS and RUNNERS change the size of one that is named. Each ends with one line of JSON;
the exit code is 1 when the bar was missed.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from executor.sandbox.server import running_sandbox
from tests.faults.storms import Size, browser_storm, simulated_storm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.faults.storms import Storm

SIZES: Mapping[str, Size] = {
    "browsers": Size(tasks=1_000, accounts=20, kill_after=(5, 25)),
    "simulated": Size(tasks=100_000, accounts=1_000, kill_after=(500, 4_000)),
}


async def _storm(name: str, size: Size, folder: Path) -> Storm:
    console = Console(stderr=True)

    def tell(news: str) -> None:
        console.print(f"{name}: {news}", highlight=False)

    if name == "simulated":
        return await simulated_storm(folder, size, tell)
    async with running_sandbox() as sandbox:
        return await browser_storm(folder, size, sandbox, tell)


def _resized(size: Size) -> Size:
    def told(name: str, default: int) -> int:
        return int(os.environ.get(name, default))

    return replace(
        size,
        tasks=told("TASKS", size.tasks),
        accounts=told("ACCOUNTS", size.accounts),
        runners=told("RUNNERS", size.runners),
    )


def main(*wanted: str) -> int:
    is_clean = True
    for name in wanted or SIZES:
        folder = Path(tempfile.mkdtemp(prefix="linkedin-executor-storm-"))
        size = _resized(SIZES[name]) if wanted else SIZES[name]
        storm = asyncio.run(_storm(name, size, folder))
        print(json.dumps({"storm": name, **storm.summary()}), flush=True)  # noqa: T201 - as above
        if storm.tally.is_clean:
            shutil.rmtree(folder)
        is_clean = is_clean and storm.tally.is_clean
    return 0 if is_clean else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
