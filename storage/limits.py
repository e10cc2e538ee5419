"""Limits that LinkedIn has announced for an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A task type that an account must leave alone for a while."""

    member_id: str
    task_type: str
    until: datetime
    reason: str
    """An error code, such as `invitation_limit_reached`."""
