"""Small plots, drawn on the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from storage.tasks import TaskStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from storage.measures import EndedOnDay

OUTCOMES = (
    TaskStatus.SUCCEEDED,
    TaskStatus.UNCONFIRMED,
    TaskStatus.FAILED,
    TaskStatus.CANCELLED,
)
"""From the bottom of a bar to its top."""
WIDTH, HEIGHT = 280, 72
_GAP = 4
_LEAST = 2.0
"""How high the smallest part is, so that a single failure beside a thousand tasks is seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a bar, in the plot's own units."""

    x: float
    y: float
    width: float
    height: float
    outcome: TaskStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Bars for days, and the numbers that they stand for."""

    parts: Sequence[Part]
    days: Sequence[tuple[date, Mapping[TaskStatus, int]]]
    totals: Mapping[TaskStatus, int]
    highest: int
    """How many tasks ended on the busiest day."""
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def total(self) -> int:
        return sum(self.totals.values())


def plot(counted: Sequence[EndedOnDay], *, is_write: bool, last: date, days: int) -> Plot:
    """Draw so many days up to the last one, those without anything included."""
    numbers = {
        last - timedelta(days=ago): dict.fromkeys(OUTCOMES, 0) for ago in reversed(range(days))
    }
    for each in counted:
        if each.is_write is is_write and each.day in numbers:
            numbers[each.day] |= each.tasks
    highest = max(sum(day.values()) for day in numbers.values())
    step = WIDTH / days
    parts = []
    for place, day in enumerate(numbers.values()):
        y = float(HEIGHT)
        for outcome in OUTCOMES:
            if day[outcome]:
                height = max(_LEAST, (HEIGHT - 2 * _LEAST) * day[outcome] / highest)
                y -= height
                parts.append(
                    Part(
                        x=round(place * step + _GAP / 2, 1),
                        y=round(max(y, 0.0), 1),
                        width=round(step - _GAP, 1),
                        height=round(height, 1),
                        outcome=outcome,
                    )
                )
    return Plot(
        parts=parts,
        days=list(numbers.items()),
        totals={outcome: sum(day[outcome] for day in numbers.values()) for outcome in OUTCOMES},
        highest=highest,
    )
