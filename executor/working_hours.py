"""The hours of the week in which accounts write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import BeforeValidator, PlainSerializer

if TYPE_CHECKING:
    from datetime import tzinfo

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FORM = re.compile(
    r"(?:(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))?\s+)?"
    r"(?P<opens>\d{2}:\d{2})-(?P<closes>\d{2}:\d{2})"
)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """A stretch of hours, on some days of the week."""

    days: frozenset[int]
    """0 is Monday."""
    opens: time
    closes: time

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `09:00-18:00` or `Mon-Fri 09:00-18:00`.

        Raises:
            ValueError: it is neither, or closes before it opens.
        """
        found = _FORM.fullmatch(text.strip().lower())
        if found is None:
            raise ValueError("working hours look like 'Mon-Fri 09:00-18:00' or '09:00-18:00'")
        opens, closes = time.fromisoformat(found["opens"]), time.fromisoformat(found["closes"])
        if opens >= closes:
            raise ValueError("working hours have to open before they close, on the same day")
        return cls(_days(found["first"], found["last"]), opens, closes)

    def __str__(self) -> str:
        days = "" if len(self.days) == len(_DAYS) else f"{self._named_days()} "
        return f"{days}{self.opens:%H:%M}-{self.closes:%H:%M}"

    def next_open(self, at: datetime, zone: tzinfo | None) -> datetime:
        """Return *at* when it lies within the hours, else when they open next.

        Args:
            at: an aware time.
            zone: whose clocks show the hours; `None` is the machine's own zone.
        """
        local = at.astimezone(zone)
        if local.weekday() in self.days and self.opens <= local.time() < self.closes:
            return at
        for ahead in range(len(_DAYS) + 1):
            day = local.date() + timedelta(days=ahead)
            start = datetime.combine(day, self.opens, tzinfo=zone)
            # Without a zone the machine's rules for that very day are asked, not today's offset.
            start = start.astimezone(at.tzinfo)
            if day.weekday() in self.days and start > at:
                return start
        raise AssertionError("every week has a working day")

    def next_change(self, at: datetime, zone: tzinfo | None) -> datetime:
        """Return when the hours open or close next."""
        start = self.next_open(at, zone)
        if start > at:
            return start
        today = at.astimezone(zone).date()
        return datetime.combine(today, self.closes, tzinfo=zone).astimezone(at.tzinfo)

    def _named_days(self) -> str:
        first = next(day for day in sorted(self.days) if (day - 1) % len(_DAYS) not in self.days)
        last = (first + len(self.days) - 1) % len(_DAYS)
        names = [_DAYS[day].capitalize() for day in (first, last)]
        return names[0] if first == last else "-".join(names)


def _days(first: str | None, last: str | None) -> frozenset[int]:
    if first is None:
        return frozenset(range(len(_DAYS)))
    if first not in _DAYS or (last or first) not in _DAYS:
        raise ValueError("days are Mon, Tue, Wed, Thu, Fri, Sat and Sun")
    start = _DAYS.index(first)
    count = (_DAYS.index(last or first) - start) % len(_DAYS) + 1
    return frozenset((start + each) % len(_DAYS) for each in range(count))


def _read(value: Any) -> Any:
    return WorkingHours.parse(value) if isinstance(value, str) else value


WorkingHoursText = Annotated[WorkingHours, BeforeValidator(_read), PlainSerializer(str)]
"""Working hours as settings hold them."""
