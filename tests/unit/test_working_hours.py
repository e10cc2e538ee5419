"""The hours in which accounts write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from executor.working_hours import WorkingHours

BERLIN = ZoneInfo("Europe/Berlin")
WEEKDAYS = WorkingHours.parse("Mon-Fri 09:00-18:00")


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in March 2026, whose 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        (berlin(2, 9), berlin(2, 9)),
        (berlin(2, 17, 59), berlin(2, 17, 59)),
        (berlin(2, 18), berlin(3, 9)),
        (berlin(2, 3), berlin(2, 9)),
        (berlin(6, 20), berlin(9, 9)),
        (berlin(7, 12), berlin(9, 9)),
        (berlin(8, 23, 59), berlin(9, 9)),
        # The clocks go forward on Sunday, 29 March: nine o'clock stays nine o'clock.
        (berlin(27, 18), berlin(30, 9)),
    ],
)
def test_work_waits_for_the_next_opening(at: datetime, opens: datetime) -> None:
    """Nights, weekends and the change to summer time are waited out in the zone's own clock."""
    assert WEEKDAYS.next_open(at, BERLIN) == opens


@pytest.mark.parametrize(
    ("at", "change"),
    [(berlin(2, 9), berlin(2, 18)), (berlin(2, 20), berlin(3, 9)), (berlin(7, 1), berlin(9, 9))],
)
def test_the_next_change_is_a_closing_or_an_opening(at: datetime, change: datetime) -> None:
    """Whoever waits for a change sleeps until the hours close or open."""
    assert WEEKDAYS.next_change(at, BERLIN) == change


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("09:00-18:00", "09:00-18:00"),
        ("mon-fri 09:00-18:00", "Mon-Fri 09:00-18:00"),
        ("Sat 10:00-12:30", "Sat 10:00-12:30"),
        ("Sat-Tue 10:00-12:30", "Sat-Tue 10:00-12:30"),
        ("Mon-Sun 00:00-23:59", "00:00-23:59"),
    ],
)
def test_hours_are_shown_as_they_are_written(text: str, shown: str) -> None:
    """What `config` prints can be put into the environment again."""
    assert str(WorkingHours.parse(text)) == shown
    assert WorkingHours.parse(shown) == WorkingHours.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "9-18",
        "18:00-09:00",
        "09:00-09:00",
        "Foo 09:00-18:00",
        "25:00-26:00",
        "Mon-Fri",
        "09:00",
    ],
)
def test_other_texts_are_refused(text: str) -> None:
    """A setting that is misread would let an account write at night."""
    with pytest.raises(ValueError, match=r"hour|open|days"):
        WorkingHours.parse(text)


@given(
    at=st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 1, 1)).map(  # noqa: DTZ001 - hypothesis wants naive bounds
        lambda time: time.replace(tzinfo=UTC)
    )
)
def test_an_opening_is_at_most_a_weekend_away(at: datetime) -> None:
    """Whatever the time, work goes on within three days, and within the hours."""
    start = WEEKDAYS.next_open(at, BERLIN)

    assert at <= start <= at + timedelta(days=3)
    assert WEEKDAYS.next_open(start, BERLIN) == start
    assert WEEKDAYS.next_change(start, BERLIN) > start
