"""Times as the database keeps them: whole microseconds since 1970, in UTC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import overload

Clock = Callable[[], datetime]
"""Returns the present time, aware. The store calls it from more than one thread."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def system_clock() -> datetime:
    return datetime.now(UTC)


@overload
def to_micros(time: datetime) -> int: ...
@overload
def to_micros(time: datetime | None) -> int | None: ...
def to_micros(time: datetime | None) -> int | None:
    """Return the time as stored; an aware one is required, because a guess may be hours off."""
    if time is None:
        return None
    if time.tzinfo is None:
        raise ValueError(f"a time needs its time zone, got {time!r}")
    return (time - _EPOCH) // _MICROSECOND


@overload
def from_micros(stored: int) -> datetime: ...
@overload
def from_micros(stored: int | None) -> datetime | None: ...
def from_micros(stored: int | None) -> datetime | None:
    return None if stored is None else _EPOCH + timedelta(microseconds=stored)
