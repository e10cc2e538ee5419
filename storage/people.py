"""Which profile id belongs to which vanity name, as an account has seen it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """A person whose profile page has been seen."""

    profile_id: str
    """The `ACoA…` id; never changes."""
    vanity: str
    """The last part of the profile's address, decoded; a person may change it."""
    name: str
    seen_at: datetime
