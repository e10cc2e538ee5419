"""Times as the database keeps them: whole microseconds since 1970, in UTC."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple, overload

Clock = Callable[[], datetime]
"""Returns the present time, aware. The store calls it from more than one thread."""

MICROSECOND = timedelta(microseconds=1)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class SteadyTime(NamedTuple):
    """The time that nobody sets."""

    boot: str | None
    """Which start of the machine it counts from; `None` where the machine does not tell."""
    elapsed: timedelta
    """Since then, the time asleep included."""


SteadyClock = Callable[[], SteadyTime]
"""The store calls it from more than one thread."""


def system_clock() -> datetime:
    return datetime.now(UTC)


def system_steady() -> SteadyTime:
    boot = _boot_id()
    # Only Linux has both; the name of the clock is missing elsewhere.
    seconds = 0.0 if boot is None else time.clock_gettime(time.CLOCK_BOOTTIME)
    return SteadyTime(boot, timedelta(seconds=seconds))


@cache
def _boot_id() -> str | None:
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip() or None
    except OSError:
        return None


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
    return (time - _EPOCH) // MICROSECOND


@overload
def from_micros(stored: int) -> datetime: ...
@overload
def from_micros(stored: int | None) -> datetime | None: ...
def from_micros(stored: int | None) -> datetime | None:
    return None if stored is None else _EPOCH + timedelta(microseconds=stored)
