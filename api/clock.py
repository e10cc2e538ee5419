"""The present time, as something that can be handed over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present time, aware and in UTC."""


def utc_now() -> datetime:
    return datetime.now(UTC)
