"""scale: what the runner, the API and the dashboard ask, on a small and on a large database."""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import TYPE_CHECKING

from api.cli.wiring import open_store
from executor.forecast import QueueForecast
from executor.pacing import Pacing
from executor.settings import ExecutorSettings
from storage.sqlite.times import system_clock
from storage.tasks import TaskFilter, TaskStatus
from tests.bench.figures import Measured
from tests.bench.filling import DAYS, LAST_DAY, PER_DAY, QUEUED, fill, queue_up, some_ids
from tests.bench.place import NOBODY, furnish

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

    from storage.sqlite.store import SqliteStore
    from tests.bench.figures import Figure
    from tests.bench.place import Place
    from tests.bench.sizes import Size

_ACCOUNTS = 20
_TTL = timedelta(hours=1)
_PARTS = 5
"""In how many stretches the questions are told, for the spread."""
_LISTED = 20
"""Tasks of a list: fewer than an account of the small database has, so that both are full."""
_LOOKED_AT = 50
"""Tasks that are asked after in turn. Clients ask again and again; how long a disk takes to bring
up for the first time what nobody has looked at for years is not the program's doing."""
_AT_WORK = frozenset({TaskStatus.RUNNING, TaskStatus.SUBMITTING})


class _Asked:
    """One database and how long its answers take."""

    def __init__(self, place: Place, store: SqliteStore) -> None:
        self._place = place
        self._store = store
        self._ids = cycle(some_ids(place, _LOOKED_AT))
        self._members = cycle(place.members)
        self.took: dict[str, list[float]] = {}

    async def ask_all(self) -> None:
        """Ask each question once."""
        for name, question in self._questions().items():
            begun = time.perf_counter()
            await question()
            self.took.setdefault(name, []).append(time.perf_counter() - begun)

    async def claim(self) -> None:
        """Claim an account's next task, and put it back uncounted, which is not measured."""
        # In turn: what is put back has a longer timeline each time, which others are shown.
        store, member_id = self._store, next(self._members)
        lease = await store.leases.acquire(member_id, owner="bench:1:0", ttl=_TTL)
        assert lease is not None
        begun = time.perf_counter()
        task = await store.queue.claim(lease)
        self.took.setdefault("claim", []).append(time.perf_counter() - begun)
        assert task is not None
        await store.queue.put_back(lease, task.id, why="bench", not_before=None, counted=False)
        await store.leases.release(lease)

    def _questions(self) -> Mapping[str, Callable[[], Awaitable[object]]]:
        reports, team_id = self._store.reports, self._place.team_id
        one, before = next(self._ids), next(self._ids)
        member = self._place.members[1]
        return {
            "due accounts": self._store.leases.due,
            "status": lambda: self._store.intake.get(one, team_id=team_id),
            "task with timeline": lambda: reports.view(one, team_id=team_id),
            "list, newest": lambda: reports.list(TaskFilter(team_id=team_id, limit=_LISTED)),
            "list, later page": lambda: reports.list(
                TaskFilter(team_id=team_id, before=before, limit=_LISTED)
            ),
            "list of an account": lambda: reports.list(
                TaskFilter(team_id=team_id, member_id=member, limit=_LISTED)
            ),
            "list, found by name": lambda: reports.list(
                TaskFilter(team_id=team_id, about="ACoAA", limit=_LISTED)
            ),
            "dashboard": self._overview,
            "dashboard, plot alone": self._plot,
            "metrics": self._measures,
        }

    async def _overview(self) -> None:
        """Ask what the dashboard's first page asks about tasks and accounts."""
        reports, team_id = self._store.reports, self._place.team_id
        await reports.list(TaskFilter(team_id=team_id, statuses=_AT_WORK, limit=10))
        await self._plot()
        await reports.unfinished(team_id)
        await reports.waiting_longest(team_id, limit=6)
        await reports.unreviewed(team_id, limit=10)
        for member in await self._store.teams.members(team_id):
            await self._store.sessions.get(member.id)
            await self._store.limits.holds(member.id)
            await self._store.limits.charges(member.id, since=datetime.now(UTC) - timedelta(days=1))

    async def _measures(self) -> None:
        """Ask what `/metrics` asks about everybody's work."""
        measures, outbox = self._store.measures, self._store.outbox
        for counted in (
            measures.ended,
            measures.took,
            measures.queued,
            measures.accounts,
            measures.locators,
            measures.browser_restarts,
            outbox.tallies,
            outbox.backlog,
        ):
            await counted()

    async def _plot(self) -> None:
        since = datetime.now(UTC).date() - timedelta(days=13)
        await self._store.reports.ended_by_day(self._place.team_id, since=since)


async def measure_scale(
    figures: dict[str, Figure], size: Size, folder: Path, tell: Callable[[str], None]
) -> None:
    """Fill two databases and ask them the same in turn."""
    places = []
    for tasks in size.scale:
        tell(f"filling a database with {tasks:,} tasks")
        place = await furnish(folder / f"{tasks}", [NOBODY] * _ACCOUNTS)
        await asyncio.to_thread(fill, place, tasks)
        places.append(place)
    tell("asking")
    async with open_store(places[0].storage) as first, open_store(places[1].storage) as second:
        small, large = (
            _Asked(place, store) for place, store in zip(places, (first, second), strict=True)
        )
        for _ in range(size.asked):
            for each in (small, large):
                await each.ask_all()
                await each.claim()
        tell("asking after a queue")
        front, back = await _ends_of_queue(places[1], second, size)
    figure = figures["scale_ratio"]
    figure.rows += [_compared(name, large.took[name], small.took[name]) for name in large.took]
    of_queue = _compared("queued, last beside first", back, front)
    figure.rows.append(replace(of_queue, counts=False))
    figure.notes.append(
        f"The last and the first of {size.queue:,} messages that an account has queued are asked "
        "after in the larger database, by an account that has a pace: why they wait, at which "
        "place, and when they may start."
    )
    figure.notes.append(
        f"{size.scale[1]:,} tasks (ours) and {size.scale[0]:,} (baseline) of {_ACCOUNTS} accounts, "
        f"at most {PER_DAY:,} a day, {LAST_DAY} on the last one, and at least {DAYS} days, of "
        f"which {QUEUED} are queued and the others have ended. {_LOOKED_AT} of them, of every age, "
        f"are asked after in turn; lists have {_LISTED}."
    )


async def _ends_of_queue(
    place: Place, store: SqliteStore, size: Size
) -> tuple[list[float], list[float]]:
    """Return how long it takes to look at the first and at the last of a queue, in turn."""
    pacing = Pacing(ExecutorSettings(_env_file=None, pacing=True))
    forecast = QueueForecast(store, pacing, clock=system_clock)
    # What is queued there already goes before.
    queue = await asyncio.to_thread(queue_up, place, place.members[-1], size.queue)
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(size.asked):
        for task_id, times in zip((queue[0], queue[-1]), took, strict=True):
            begun = time.perf_counter()
            view = await store.reports.view(task_id, team_id=place.team_id)
            assert view is not None
            await forecast.earliest_start(view)
            times.append(time.perf_counter() - begun)
    return took


def _compared(name: str, large: list[float], small: list[float]) -> Measured:
    """Compare medians over all; the spread is that of stretches of the run."""
    length = max(1, len(large) // _PARTS)
    ratios = [
        statistics.median(large[at : at + length]) / statistics.median(small[at : at + length])
        for at in range(0, length * min(_PARTS, len(large)), length)
    ]
    return Measured(
        what=name,
        unit="ms",
        value=statistics.median(large) / statistics.median(small),
        low=min(ratios),
        high=max(ratios),
        ours=tuple(each * 1000 for each in large),
        baseline=tuple(each * 1000 for each in small),
    )
