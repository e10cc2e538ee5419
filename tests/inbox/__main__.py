"""The whole of a large inbox, by HTTP: `python -m tests.inbox`.

What is printed last is one line of JSON; the exit code is 1 when something was missing, there
twice, out of order, or marked read.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

from executor.sandbox.server import running_sandbox
from executor.settings import ExecutorSettings
from tests.executor.kept_browsers import KeptBrowsers
from tests.executor.office import open_office
from tests.executor.test_connectsafely_over_http import connected
from tests.inbox.reading import fill_inbox, read_inbox


async def main(folder: Path) -> int:
    started = time.monotonic()
    progress = Progress(
        BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=Console(stderr=True)
    )
    async with running_sandbox() as sandbox:
        settings = ExecutorSettings.model_validate({"linkedin_url": sandbox.url})
        async with (
            KeptBrowsers(settings) as browsers,
            open_office(folder, sandbox, browsers, settings) as office,
        ):
            await fill_inbox(office)
            with progress:
                bar = progress.add_task("", total=None)
                async with connected(office) as api:
                    reading = await read_inbox(
                        office,
                        api,
                        wanted=lambda _: True,
                        tell=lambda done, of: progress.update(bar, completed=done, total=of),
                    )
    for trouble in reading.troubles:
        print(trouble)  # noqa: T201 - this is a command line
    summary = {
        "conversations": reading.conversations,
        "opened": reading.opened,
        "messages": reading.messages,
        "troubles": len(reading.troubles),
        "seconds": round(time.monotonic() - started),
    }
    print(json.dumps(summary), flush=True)  # noqa: T201 - this is a command line
    return 1 if reading.troubles else 0


if __name__ == "__main__":
    # The page is left while it still asks for things, and the sandbox's server reports that.
    logging.getLogger("uvicorn.error").disabled = True
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with TemporaryDirectory(prefix="linkedin-executor-inbox-") as place:
        sys.exit(asyncio.run(main(Path(place))))
