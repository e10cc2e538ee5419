"""About when tasks that wait may start, worked out once for all who ask after a queue."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from executor.pacing import WEEK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from executor.pacing import Pacing
    from storage.ports import Store
    from storage.tasks import QueuedAccount, TaskView

_LOOKED_AHEAD = 2_000
"""How many places of a queue are worked out; whoever waits behind them waits for days."""
_STANDS_FOR = timedelta(seconds=5)
"""How long a forecast stands where the first task may start at once, and so each moment later."""
_KEPT = 64
"""Queues whose starts are kept; the longest take some hundred kilobytes."""


@dataclass(slots=True)
class _Foreseen:
    """The starts of one queue's places, as far as somebody has asked."""

    account: QueuedAccount | None
    since: datetime
    until: datetime
    """From when to when they stand, unless something is charged."""
    further: Iterator[datetime]
    starts: list[datetime] = field(default_factory=list)

    def stands(self, account: QueuedAccount | None, now: datetime) -> bool:
        # A clock that was set back leads out of the times as well.
        return self.account == account and self.since <= now < self.until

    def start(self, position: int) -> datetime:
        place = min(position, _LOOKED_AHEAD)
        while len(self.starts) < place:
            self.starts.append(next(self.further))
        return self.starts[place - 1]


class QueueForecast:
    """Tells clients about when their waiting tasks may start.

    What it has worked out for an account's tasks of one type it keeps until the account is charged
    again or the rules may say something else: to look again, or at another place of the queue, is
    neither a read of the store nor as dear as the queue is long.
    """

    def __init__(self, store: Store, pacing: Pacing, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._pacing = pacing
        self._clock = clock
        self._foreseen: OrderedDict[tuple[str, str], _Foreseen] = OrderedDict()

    async def earliest_start(self, view: TaskView) -> datetime | None:
        """Return the earliest start that can be foreseen, or `None` when nothing is in the way."""
        task, known = view.task, view.earliest_start
        if view.position is None or task.task_type not in self._pacing.task_types:
            return known
        now = self._clock()
        key = task.member_id, task.task_type
        found = self._foreseen.get(key)
        if found is None or not found.stands(view.account, now):
            found = await self._foresee(view, now)
            self._foreseen[key] = found
            if len(self._foreseen) > _KEPT:
                self._foreseen.popitem(last=False)
        self._foreseen.move_to_end(key)
        foreseen = found.start(view.position)
        start = max(foreseen, known or foreseen)
        return start if start > now else None

    async def _foresee(self, view: TaskView, now: datetime) -> _Foreseen:
        task, account = view.task, view.account
        starts = self._pacing.starts(
            task.task_type,
            await self._store.limits.charges(task.member_id, since=now - WEEK),
            now=now,
            since=account.signed_in_since if account and account.signed_in_since else now,
        )
        first = next(starts)
        rests = first > now
        return _Foreseen(
            account=account,
            since=now,
            until=min(first, self._pacing.next_change(now)) if rests else now + _STANDS_FOR,
            further=starts,
            starts=[first],
        )
