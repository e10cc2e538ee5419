"""Waiting for tasks to end, for any number of clients at the price of one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from storage.errors import StoreError

if TYPE_CHECKING:
    from starlette.requests import Request

    from storage.ports import Store
    from storage.tasks import Task


@dataclass(slots=True)
class _Waited:
    """A task that somebody waits for."""

    team_id: str
    waiters: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)


class Endings:
    """Follow the store while anybody waits, and look at each waited-for task in turn.

    One look at a time, and no more than half of the time: a thousand waiting clients take nothing
    from those who create tasks or perform them.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waited: dict[str, _Waited] = {}
        self._following: asyncio.Task[None] | None = None
        self._closed = False

    async def of(self, task: Task) -> None:
        """Return once the task has ended, or waiting is no use any more; look at it to see."""
        if self._closed:
            return
        waited = self._waited.setdefault(task.id, _Waited(task.team_id))
        waited.waiters += 1
        try:
            if self._following is None:
                self._following = asyncio.create_task(self._follow())
            # What was committed before anybody waited wakes nobody.
            await self._look(task.id)
            await waited.over.wait()
        finally:
            waited.waiters -= 1
            if not waited.waiters:
                del self._waited[task.id]
            if not self._waited and self._following is not None:
                self._following.cancel()
                self._following = None

    async def before(self, task: Task, *, request: Request, seconds: float) -> None:
        """Return when the task has ended, the time is over, or the server stops.

        Raises:
            ClientDisconnect: nobody is there any more to be answered.
        """
        ended = asyncio.ensure_future(self.of(task))
        gone = asyncio.ensure_future(_disconnected(request))
        try:
            done, _ = await asyncio.wait(
                {ended, gone}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
            )
            for each in done:
                each.result()
            if gone in done:
                raise ClientDisconnect
        finally:
            ended.cancel()
            gone.cancel()
            await asyncio.gather(ended, gone, return_exceptions=True)

    def close(self) -> None:
        """Let everybody go, and nobody wait any more: the server stops."""
        self._closed = True
        self._let_go()

    async def _follow(self) -> None:
        clock = asyncio.get_running_loop().time
        changes = self._store.changes()
        try:
            while True:
                await changes.wait()
                started = clock()
                for task_id in tuple(self._waited):
                    await self._look(task_id)
                await asyncio.sleep(clock() - started)
        except StoreError:
            self._following = None
            self._let_go()
        finally:
            await changes.close()

    async def _look(self, task_id: str) -> None:
        waited = self._waited.get(task_id)
        if waited is None:
            return
        task = await self._store.intake.get(task_id, team_id=waited.team_id)
        if task is None or task.status.is_final:
            waited.over.set()

    def _let_go(self) -> None:
        for waited in self._waited.values():
            waited.over.set()


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
