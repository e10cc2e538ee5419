"""When an event that was not taken is sent again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

# Standard Webhooks 1.0 recommends this one: some three days altogether.
PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""Between an attempt that failed and the next one; after the last one nobody tries again."""
JITTER = 0.2
"""Part of a pause by which it may be longer, so that not all come back together."""


def next_attempt(now: datetime, *, ended: int, spread: float) -> datetime | None:
    """Return when to try again after so many attempts have *ended*; `None`: not any more.

    Args:
        spread: a random part of 1.
    """
    if ended > len(PAUSES):
        return None
    return now + PAUSES[ended - 1] * (1 + JITTER * spread)
