"""When an account may write next, worked out from what it has done and the operator's settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from executor.actions import BY_TASK_TYPE, Write
from storage.limits import Charge, HoldReason

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from executor.pace import Pace
    from executor.settings import ExecutorSettings
    from storage.ports import Store

DAY = timedelta(days=1)
WEEK = timedelta(days=7)

_FIRST_SHARE = 0.2
"""Part of its daily cap with which a new session starts (Omentir: 5 invitations, 10 messages)."""
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

    def starts(
        self, task_type: str, charges: Sequence[Charge], *, now: datetime, since: datetime
    ) -> Iterator[datetime]:
        """Yield about when each place of the queue of this type may start, the first one first.

        Tasks of other types, which share the gap, are left out of account, and so is the time
        that the work itself takes: they are earliest times. The arguments are those of `rests`.
        """
        pace = self._paces[task_type]
        gap = pace.gap + pace.jitter * _EVEN_SPREAD
        own = [charge.at for charge in reversed(charges) if charge.task_type == task_type]
        at = max(
            [now, *(rest.until for rest in self.rests(task_type, charges, now=now, since=since))]
        )
        while True:
            yield at
            own.append(at)
            per_day = self._warmed(pace.per_day, at - since)
            at += gap
            for cap, window in (per_day, DAY), (pace.per_week, WEEK):
                if cap and len(own) >= cap:
                    at = max(at, own[-cap] + window)
            if self._hours is not None:
                at = self._hours.next_open(at, self._zone)

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


class OperatorCaps:
    """Tells how much accounts may do, as the operator has set it."""

    def __init__(self, store: Store, pacing: Pacing, *, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._pacing = pacing
        self._clock = clock

    async def of(
        self, member_id: str, task_types: Collection[str]
    ) -> Mapping[str, Sequence[tuple[int, timedelta]]]:
        """Return the caps on this account's tasks of these types, each with its rolling window."""
        paced = [each for each in task_types if each in self._pacing.task_types]
        if not paced:
            return {}
        now = self._clock()
        session = await self._store.sessions.get(member_id)
        since = session.first_saved_at if session else now
        return {each: self._pacing.caps(each, age=now - since) for each in paced}


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
