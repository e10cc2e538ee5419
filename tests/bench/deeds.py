"""What both sides are to do: messages of which none is like another."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING

from storage.tasks import TaskFilter, TaskStatus
from tests.faults.crowd import Letter

if TYPE_CHECKING:
    from tests.bench.place import Site
    from tests.bench.programs import Program
    from tests.faults.crowd import Crowd


class Deeds:
    """Asks for the same work here and there; everybody is written to in turn."""

    def __init__(self, site: Site) -> None:
        self._people = site.friends
        self._turn = 0

    async def by_us(self, crowd: Crowd, *, accounts: int, each: int) -> float:
        """Have so many accounts send so many messages each, and return the seconds."""
        letters = [
            Letter(member=member, text=f"This is {uuid.uuid4()}.", recipient=self._person(number))
            for number in range(each)
            for member in range(accounts)
        ]
        self._turn += each
        begun = time.perf_counter()
        await crowd.ask(letters)
        await crowd.all_ended()
        seconds = time.perf_counter() - begun
        await _require_success(crowd, len(letters))
        return seconds

    async def by_script(self, script: Program, *, accounts: int, each: int) -> float:
        """Have the script do so."""
        deeds = [
            [(self._person(number), f"This is {uuid.uuid4()}.") for number in range(each)]
            for _ in range(accounts)
        ]
        self._turn += each
        seconds: float = (await script.ask(deeds=deeds))["seconds"]
        return seconds

    def _person(self, number: int) -> str:
        return self._people[(self._turn + number) % len(self._people)]


async def _require_success(crowd: Crowd, number: int) -> None:
    """See that the newest tasks have succeeded: failing is faster."""
    views = await crowd.store.reports.list(
        TaskFilter(team_id=crowd.team_id, limit=min(number, 500))
    )
    if ended := {view.task.status for view in views} - {TaskStatus.SUCCEEDED}:
        raise RuntimeError(f"Not all tasks have succeeded: {ended}, {views[0].task.error}")
