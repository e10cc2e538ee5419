"""Lengths of time in settings."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator


def _seconds(value: object) -> object:
    """Read a bare number, which environment variables hold as text, as seconds."""
    if isinstance(value, str):
        with suppress(ValueError):
            return float(value)
    return value


Duration = Annotated[timedelta, BeforeValidator(_seconds)]
"""Seconds (`90`, `0.5`), ISO 8601 (`PT48H`) or `HH:MM:SS`."""
