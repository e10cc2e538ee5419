"""The running sandbox: its world, faults, visits and look, and the connections it can cut."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from time import monotonic
from typing import Annotated, Any, Protocol, TypeVar, cast

from fastapi import Depends, Request

from executor.sandbox.faults import FaultBox
from executor.sandbox.files import Shelf
from executor.sandbox.rendering import Look
from executor.sandbox.visits import VisitLog
from executor.sandbox.world import World

_RESEND_WINDOW_SECONDS = 1.0
_MARK = "x-li-pageforestid"
_T = TypeVar("_T")


class _Connection(Protocol):
    client: tuple[str, int] | None
    transport: asyncio.Transport


class Stage:
    """What every route works with.

    Args:
        state_file: Where the world is kept over restarts; None forgets it.
    """

    def __init__(self, state_file: Path | None = None) -> None:
        self.world = World(state_file)
        self.faults = FaultBox()
        self.visits = VisitLog()
        self.shelf = Shelf()
        self.look = Look()
        self.closing = asyncio.Event()
        self.connections: set[Any] = set()
        """The server's open connections, shared by `server.py`."""
        self._dropped: dict[str, float] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    def reset(self) -> None:
        """Return to the default world, without faults, visits or ledger."""
        self.world.reset()
        self.faults.disarm()
        self.visits.clear()
        self.shelf.clear()
        self._dropped.clear()

    def spawn(self, work: Coroutine[Any, Any, _T]) -> asyncio.Task[_T]:
        """Let *work* go on even if the browser that asked for it leaves."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def pause(self, seconds: float) -> None:
        """Wait, but not beyond the sandbox's end."""
        try:
            await asyncio.wait_for(self.closing.wait(), seconds)
        except TimeoutError:
            return

    async def hang(self, request: Request) -> None:
        """Wait until the browser gives up or the sandbox ends."""
        while not self.closing.is_set() and not await request.is_disconnected():
            await self.pause(0.1)

    def drop(self, request: Request) -> None:
        """Cut the connection under *request*, so that its browser never gets an answer."""
        self._dropped[_fingerprint(request)] = monotonic()
        for connection in cast("set[_Connection]", self.connections):
            if request.client and connection.client == tuple(request.client):
                connection.transport.abort()

    def is_resend(self, request: Request) -> bool:
        """Tell whether Chromium repeats, unasked, a read whose connection was cut.

        It does so when the cut connection had carried a request before, and would undo an armed
        cut. It repeats writes as well, which are never asked about here: the ledger has to show
        them.
        """
        dropped_at = self._dropped.get(_fingerprint(request))
        if dropped_at is None:
            return False
        # A marked call is the same call at any time; for a page, nearness in time has to do.
        return _MARK in request.headers or monotonic() - dropped_at < _RESEND_WINDOW_SECONDS

    async def close(self) -> None:
        self.closing.set()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.world.close()


def _fingerprint(request: Request) -> str:
    # The page marks each of its calls; the network stack repeats the mark with the call.
    mark = request.headers.get(_MARK, "")
    return f"{request.method} {request.url.path}?{request.url.query} {mark}"


def _stage(request: Request) -> Stage:
    stage: Stage = request.app.state.stage
    return stage


OnStage = Annotated[Stage, Depends(_stage)]
