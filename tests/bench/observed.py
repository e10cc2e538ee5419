"""The program itself, which says when it commits and acts; `python -m tests.bench.observed`.

The product has no hooks for this: what it is going to use is wrapped before the command line
starts. Times are the machine's monotonic clock's, which is the same in every process.
"""

from __future__ import annotations

import json
import sys
import time
from functools import wraps
from typing import Any

from playwright.async_api import Page

from api.cli import main
from storage.sqlite.intake import SqliteIntake
from storage.sqlite.queue import SqliteQueue
from storage.sqlite.writer import Writer


def _say(event: str, at: float) -> None:
    sys.stdout.write(json.dumps({"event": event, "at": at}) + "\n")
    sys.stdout.flush()


def observe() -> None:
    """Wrap the commit of a task, the claim that finds nothing, and the first browser command."""
    commit, add, claim, goto = Writer._commit, SqliteIntake.add, SqliteQueue.claim, Page.goto
    committed_at: dict[Writer, float] = {}

    @wraps(commit)
    def timed(writer: Writer, *given: Any) -> bool:
        stepped = commit(writer, *given)
        committed_at[writer] = time.monotonic()
        return stepped

    @wraps(add)
    async def told(intake: SqliteIntake, *given: Any, **more: Any) -> Any:
        accepted = await add(intake, *given, **more)
        # Whoever waits for a commit goes on before anybody can have made the next one.
        _say("committed", committed_at[intake._writer])
        return accepted

    @wraps(claim)
    async def idling(queue: SqliteQueue, lease: Any) -> Any:
        task = await claim(queue, lease)
        if task is None:
            _say("idle", time.monotonic())
        return task

    @wraps(goto)
    async def going(page: Page, *given: Any, **more: Any) -> Any:
        _say("command", time.monotonic())
        return await goto(page, *given, **more)

    for owner, name, method in (
        (Writer, "_commit", timed),
        (SqliteIntake, "add", told),
        (SqliteQueue, "claim", idling),
        (Page, "goto", going),
    ):
        setattr(owner, name, method)


if __name__ == "__main__":
    observe()
    main()
