"""Why a queued task waits, and until when: the same facts for every dialect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from api.clock import iso
from storage.tasks import TaskStatus, WaitReason

if TYPE_CHECKING:
    from datetime import datetime

    from api.clock import Clock
    from storage.limits import HoldReason
    from storage.tasks import TaskView


UNTIL_A_PERSON_ACTS = frozenset({WaitReason.SIGN_IN, WaitReason.PAUSED})
"""What ends at no time that could be told."""


class Forecast(Protocol):
    """Somebody who knows the pace at which accounts work."""

    async def earliest_start(self, view: TaskView) -> datetime | None:
        """Return when the queued task could be performed at the earliest; `None`: at once."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Why a task waits; times lie in the future."""

    waits_for: WaitReason | None
    """`None`: for its turn only."""
    reason: HoldReason | None
    """The hold that keeps it back longest, if it is a hold."""
    until: datetime | None
    """When the last hold, or the task's own *not_before*, is over."""
    position: int | None
    earliest_start: datetime | None
    """An estimate; `None` when nobody can tell, or nothing but a free account is missing."""
    not_before: datetime | None = None
    """The task's own, also where nobody can tell when the rest is over."""

    seconds_to_start: float | None = None
    """From now until *earliest_start*."""

    @property
    def headers(self) -> dict[str, str]:
        """The same for dialects whose bodies have no room for it."""
        headers = {}
        if self.waits_for is not None:
            headers["X-Waiting-For"] = self.waits_for.value
        if self.position is not None:
            headers["X-Queue-Position"] = str(self.position)
        if self.earliest_start is not None:
            headers["X-Earliest-Start"] = iso(self.earliest_start)
        return headers


class Waits:
    """Tell why tasks wait."""

    def __init__(self, *, clock: Clock, forecast: Forecast | None) -> None:
        self._clock = clock
        self._forecast = forecast

    async def of(self, view: TaskView, *, estimated: bool = True) -> Waiting | None:
        """Return why the task waits; `None` when it is not queued.

        Args:
            estimated: whether to ask the forecast, which lists are too long for.
        """
        if view.task.status is not TaskStatus.QUEUED:
            return None
        is_paused = view.waiting_for is WaitReason.PAUSED
        earliest = self._future(view.earliest_start)
        # What ends earlier than the pause, or later, says nothing while nobody knows when that is.
        until = None if is_paused else earliest
        hold = next((each for each in view.holds if each.until == until), None)
        if view.waiting_for in UNTIL_A_PERSON_ACTS:
            earliest = None
        elif estimated and self._forecast is not None:
            earliest = self._future(await self._forecast.earliest_start(view))
        return Waiting(
            waits_for=view.waiting_for,
            reason=hold.reason if hold else None,
            until=until,
            position=view.position,
            earliest_start=earliest,
            not_before=self._future(view.task.not_before),
            seconds_to_start=(earliest - self._clock()).total_seconds() if earliest else None,
        )

    def _future(self, moment: datetime | None) -> datetime | None:
        return moment if moment is not None and moment > self._clock() else None
