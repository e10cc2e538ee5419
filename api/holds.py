"""Holds in force, for those who watch over the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.limits import HoldReason

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from storage.limits import Hold
    from storage.ports import Limits

_TROUBLE = frozenset({HoldReason.RATE_LIMITED, HoldReason.UI_CHANGED})


async def holds_in_force(limits: Limits, member_id: str, *, now: datetime) -> Sequence[Hold]:
    """Return what keeps the account from some of its work at the moment."""
    return [hold for hold in await limits.holds(member_id) if hold.until > now]


def is_trouble(hold: Hold) -> bool:
    """Tell whether somebody should look into it; our own pace is no trouble."""
    return hold.reason in _TROUBLE


def trouble_among(holds: Sequence[Hold]) -> str | None:
    """Return in a sentence what somebody should look into."""
    reasons = {hold.reason for hold in holds if is_trouble(hold)}
    if HoldReason.RATE_LIMITED in reasons:
        return "LinkedIn throttles the acting member's account, which therefore rests."
    if HoldReason.UI_CHANGED in reasons:
        return "LinkedIn's pages were not understood several times in a row; this work rests."
    return None


def in_words(hold: Hold) -> str:
    work = hold.task_type or "everything"
    return f"{work} rests until {hold.until.isoformat(timespec='seconds')} ({hold.reason})"
