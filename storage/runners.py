"""The processes that perform tasks, as they show themselves to everybody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

SEEN_EVERY = timedelta(seconds=60)
"""How often a runner shows that it is there."""
SILENT_AFTER = timedelta(seconds=150)
"""How long after that it counts as gone: twice missed, and half of that for a busy machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryTaken:
    """Resident memory, in bytes."""

    own: int
    browser: int
    """Of everything that the process has started; what those share is counted in each of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRunner:
    """A runner that has not ended as it should."""

    owner: str
    """Which process it is, as `host:pid:start`."""
    seen_at: datetime
    memory: MemoryTaken

    def is_silent(self, now: datetime) -> bool:
        """Tell whether it has not been seen for so long that it counts as gone."""
        return now - self.seen_at >= SILENT_AFTER


def why_nobody_works(seen: Sequence[SeenRunner], now: datetime) -> str | None:
    """Return in a sentence why no task is performed; `None` where a runner is there.

    Args:
        seen: whoever was seen last comes first.
        now: the present time.
    """
    if not seen:
        return "No runner is there: none was ever started, or the last one was stopped."
    if seen[0].is_silent(now):
        seconds = (now - seen[0].seen_at).total_seconds()
        return f"No runner has been seen for {seconds:.0f} s."
    return None
