"""How often an account does one kind of thing."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from annotated_types import Ge
from pydantic import ConfigDict, Field

from executor.models import Documented
from storage.durations import Duration


class Pace(Documented):
    """Least time between writes, and caps over the last 24 hours and seven days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    gap: Annotated[Duration, Ge(timedelta(0))] = timedelta(seconds=60)
    """Least time after the account's last write, of whatever kind."""
    jitter: Annotated[Duration, Ge(timedelta(0))] = timedelta(seconds=30)
    """Longest random time on top of the gap."""
    per_day: int | None = Field(None, ge=0)
    """Most within any 24 hours; `None` sets no cap, 0 forbids it."""
    per_week: int | None = Field(None, ge=0)
    """Most within any seven days; as above."""
