"""What keeps an account from acting: holds, and what it has used of its limits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from storage.tasks import WaitReason

if TYPE_CHECKING:
    from datetime import datetime


class HoldReason(StrEnum):
    """Why an account, or one of its task types, rests."""

    INVITATION_LIMIT = "invitation_limit_reached"
    """LinkedIn has announced that its own limit on invitations is reached."""
    RATE_LIMITED = "rate_limited"
    """LinkedIn has answered 429 or 999; the pause grows while it goes on doing so."""
    UI_CHANGED = "ui_changed"
    """The pages of this task type were not understood several times in a row."""
    GAP = "gap"
    """Our least time between two writes."""
    DAY_CAP = "day_cap"
    """Our cap for 24 hours."""
    WEEK_CAP = "week_cap"
    """Our cap for seven days."""
    WORKING_HOURS = "working_hours"
    """It is outside the hours in which the operator lets accounts write."""

    @property
    def wait_reason(self) -> WaitReason:
        """What a waiting task shows for it."""
        match self:
            case HoldReason.GAP:
                return WaitReason.PACING
            case HoldReason.WORKING_HOURS:
                return WaitReason.SCHEDULE
            case _:
                return WaitReason.LIMIT

    @property
    def is_pacing(self) -> bool:
        """Whether it follows from our settings and the charges, and can be worked out anew."""
        return self in {
            HoldReason.GAP,
            HoldReason.DAY_CAP,
            HoldReason.WEEK_CAP,
            HoldReason.WORKING_HOURS,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Work that an account must leave alone for a while."""

    member_id: str
    task_type: str | None
    """`None`: everything that the account does."""
    reason: HoldReason
    until: datetime
    """In the past once it is over; the row stays for its strikes."""
    strikes: int = 0
    """How often in a row its trouble has come back; 0 where that does not matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One write that went past the point of no return, as the limits count it."""

    task_type: str
    at: datetime
    spread: float
    """A random part of 1, drawn with the charge, so that the jitter after it is always the same."""
