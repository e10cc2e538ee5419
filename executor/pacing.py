"""When an account may write next, worked out from what it has done and the operator's settings."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from executor.actions import BY_TASK_TYPE, Write
from storage.limits import Charge, HoldReason

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from executor.pace import Pace
    from executor.settings import ExecutorSettings
    from storage.ports import Store
    from storage.tasks import TaskView

DAY = timedelta(days=1)
WEEK = timedelta(days=7)

_FIRST_SHARE = 0.2
"""Part of its daily cap with which a new session starts (Omentir: 5 invitations, 10 messages)."""
_FORECAST_STEPS = 2_000
"""How many places of a queue are worked out; whoever waits behind them waits for days."""
_LOOK_AGAIN = timedelta(hours=1)
_EVEN_SPREAD = 0.5


@dataclass(frozen=True, slots=True)
class Rest:
    """A pause before the next write of one kind."""

    until: datetime
    reason: HoldReason


class Pacing:
    """The rules that the settings make; it remembers nothing between two questions."""

    def __init__(self, settings: ExecutorSettings) -> None:
        self._paces: Mapping[str, Pace] = paces_of(settings) if settings.is_paced else {}
        self._hours = settings.working_hours if settings.is_paced else None
        self._zone = ZoneInfo(settings.timezone) if settings.timezone else None
        self._warm_up = settings.warm_up

    @property
    def task_types(self) -> Sequence[str]:
        """The task types that have a pace; none where pacing is off."""
        return tuple(self._paces)

    def rests(
        self, task_type: str, charges: Sequence[Charge], *, now: datetime, since: datetime
    ) -> Sequence[Rest]:
        """Return everything that makes the next task of this type wait; the longest comes first.

        Args:
            charges: the account's charges of the last seven days at least, the newest first.
            since: when the account's first session was stored.
        """
        pace = self._paces[task_type]
        own = [charge for charge in charges if charge.task_type == task_type]
        found = [
            *_gap(pace, charges),
            *_cap(self._warmed(pace.per_day, now - since), own, DAY, HoldReason.DAY_CAP, now),
            *_cap(pace.per_week, own, WEEK, HoldReason.WEEK_CAP, now),
        ]
        if self._hours is not None:
            start = max([now, *(rest.until for rest in found)])
            found.append(Rest(self._hours.next_open(start, self._zone), HoldReason.WORKING_HOURS))
        waiting = [rest for rest in found if rest.until > now]
        return sorted(waiting, key=lambda rest: rest.until, reverse=True)

    def forecast(
        self,
        task_type: str,
        charges: Sequence[Charge],
        *,
        position: int,
        now: datetime,
        since: datetime,
    ) -> datetime:
        """Return about when the task at *position* (from 1) among those of its type may start.

        Tasks of other types, which share the gap, are left out of account, and so is the time
        that the work itself takes: it is an earliest time.
        """
        pace = self._paces[task_type]
        gap = pace.gap + pace.jitter * _EVEN_SPREAD
        own = deque(charge.at for charge in charges if charge.task_type == task_type)
        at = max(
            [now, *(rest.until for rest in self.rests(task_type, charges, now=now, since=since))]
        )
        for _ in range(min(position - 1, _FORECAST_STEPS)):
            own.appendleft(at)
            per_day = self._warmed(pace.per_day, at - since)
            at = max(
                chain((at + gap,), _freed(own, per_day, DAY), _freed(own, pace.per_week, WEEK))
            )
            at = at if self._hours is None else self._hours.next_open(at, self._zone)
        return at

    def caps(self, task_type: str, *, age: timedelta) -> Sequence[tuple[int, timedelta]]:
        """Return the caps that an account has that was first signed in so long ago."""
        pace = self._paces[task_type]
        found = ((self._warmed(pace.per_day, age), DAY), (pace.per_week, WEEK))
        return tuple((cap, window) for cap, window in found if cap is not None)

    def is_open(self, now: datetime) -> bool:
        """Tell whether this is within the working hours, or there are none."""
        return self._hours is None or self._hours.next_open(now, self._zone) == now

    def next_change(self, now: datetime) -> datetime:
        """Return when these rules may give another answer although nothing was written."""
        # The warm-up changes slowly; an hour is often enough to look.
        soon = now + _LOOK_AGAIN
        return soon if self._hours is None else min(soon, self._hours.next_change(now, self._zone))

    def _warmed(self, cap: int | None, age: timedelta) -> int | None:
        """Return the part of a daily cap that an account of this age has."""
        if cap is None or self._warm_up is None or age >= self._warm_up:
            return cap
        grown = _FIRST_SHARE + (1 - _FIRST_SHARE) * max(age / self._warm_up, 0.0)
        return max(round(cap * grown), min(cap, 1))


class QueueForecast:
    """Tells clients about when their waiting tasks may start."""

    def __init__(self, store: Store, pacing: Pacing, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._pacing = pacing
        self._clock = clock

    async def earliest_start(self, view: TaskView) -> datetime | None:
        """Return the earliest start that can be foreseen, or `None` when nothing is in the way."""
        task, known = view.task, view.earliest_start
        if view.position is None or task.task_type not in self._pacing.task_types:
            return known
        now = self._clock()
        session = await self._store.sessions.get(task.member_id)
        foreseen = self._pacing.forecast(
            task.task_type,
            await self._store.limits.charges(task.member_id, since=now - WEEK),
            position=view.position,
            now=now,
            since=session.first_saved_at if session else now,
        )
        start = max(foreseen, known or foreseen)
        return start if start > now else None


class OperatorCaps:
    """Tells how much accounts may do, as the operator has set it."""

    def __init__(self, store: Store, pacing: Pacing, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._pacing = pacing
        self._clock = clock

    async def of(self, member_id: str, task_type: str) -> Sequence[tuple[int, timedelta]]:
        """Return the caps on this account's tasks of this type, each with its rolling window."""
        if task_type not in self._pacing.task_types:
            return ()
        now = self._clock()
        session = await self._store.sessions.get(member_id)
        since = session.first_saved_at if session else now
        return self._pacing.caps(task_type, age=now - since)


def paces_of(settings: ExecutorSettings) -> Mapping[str, Pace]:
    """Return the pace of every write: the operator's where there is one, else the action's own."""
    return {
        task_type: action.pace.model_copy(
            update=settings.limits[task_type].model_dump(exclude_unset=True)
        )
        if task_type in settings.limits
        else action.pace
        for task_type, action in BY_TASK_TYPE.items()
        if isinstance(action, Write)
    }


def _gap(pace: Pace, charges: Sequence[Charge]) -> list[Rest]:
    if not charges:
        return []
    last = charges[0]
    return [Rest(last.at + pace.gap + pace.jitter * last.spread, HoldReason.GAP)]


def _cap(
    cap: int | None, own: Sequence[Charge], window: timedelta, reason: HoldReason, now: datetime
) -> list[Rest]:
    if cap == 0:
        return [Rest(now + window, reason)]
    return [Rest(until, reason) for until in _freed([each.at for each in own], cap, window)]


def _freed(own: Sequence[datetime], cap: int | None, window: timedelta) -> list[datetime]:
    """Return when the window has room for one more, if so many have been done at all."""
    return [own[cap - 1] + window] if cap and len(own) >= cap else []
