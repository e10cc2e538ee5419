"""The program itself, which says where it is: `python -m tests.faults.victim ARGUMENTS`.

The product has no hooks for this: the store's methods are wrapped before the command line starts.
A line on stdout says that the process stands at a point, and a line on stdin lets it go on. When
stdin ends, nobody decides any more, and it goes on everywhere.
"""

from __future__ import annotations

import asyncio
import json
import sys
from functools import wraps
from itertools import count
from typing import TYPE_CHECKING, Any

from api.cli import main
from storage.sqlite.queue import SqliteQueue
from tests.faults.points import Point

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Method = Callable[..., Awaitable[Any]]

SIGN = "@ "
"""What a line that says a point begins with; other lines are the program's own."""

SURROUNDED = {
    "submitting": (Point.BEFORE_INTENT, Point.AFTER_INTENT),
    "leaving": (Point.BEFORE_LEAVING, Point.AFTER_LEAVING),
    "succeed": (Point.BEFORE_RECORD, Point.AFTER_RECORD),
}


class Gate:
    """Where the process waits until somebody lets it go on."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._reading: asyncio.Task[None] | None = None
        self._is_open = False

    async def halt(self, point: Point, task_id: str | None = None) -> None:
        """Say where the process is, and wait."""
        if self._is_open:
            return
        if self._reading is None:
            self._reading = asyncio.ensure_future(self._read())
        number = next(self._numbers)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        told = json.dumps({"number": number, "point": point, "task_id": task_id})
        sys.stdout.write(f"{SIGN}{told}\n")
        sys.stdout.flush()
        await self._waiting[number]

    async def _read(self) -> None:
        lines = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(lines), sys.stdin
        )
        while line := await lines.readline():
            _let_go(self._waiting.pop(int(line)))
        self._is_open = True
        for waiting in self._waiting.values():
            _let_go(waiting)


def _let_go(waiting: asyncio.Future[None]) -> None:
    # Whoever waited there may have been cancelled.
    if not waiting.done():
        waiting.set_result(None)


def surrounded(method: Method, gate: Gate, before: Point, after: Point) -> Method:
    """Make a method of the queue that concerns one task halt on both sides."""

    @wraps(method)
    async def halting(queue: SqliteQueue, lease: Any, task_id: str, **given: Any) -> Any:
        await gate.halt(before, task_id)
        answer = await method(queue, lease, task_id, **given)
        await gate.halt(after, task_id)
        return answer

    return halting


def idling(claim: Method, gate: Gate) -> Method:
    """Make `claim` halt when it finds nothing to do."""

    @wraps(claim)
    async def halting(queue: SqliteQueue, lease: Any) -> Any:
        task = await claim(queue, lease)
        if task is None:
            await gate.halt(Point.IDLE)
        return task

    return halting


def say_points() -> None:
    """Wrap what the program is going to use."""
    gate = Gate()
    wrapped = {
        name: surrounded(getattr(SqliteQueue, name), gate, *points)
        for name, points in SURROUNDED.items()
    }
    wrapped["claim"] = idling(SqliteQueue.claim, gate)
    for name, method in wrapped.items():
        setattr(SqliteQueue, name, method)


if __name__ == "__main__":
    say_points()
    main()
