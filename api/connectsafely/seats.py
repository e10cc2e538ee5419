"""Whether an account is known to have Sales Navigator, by what its tasks have found."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from api.connectsafely.latest import latest_success
from executor.actions import FetchInmailCredits, FetchSalesThreads

if TYPE_CHECKING:
    from datetime import datetime

    from storage.ports import Store

_KNOWN_FOR = timedelta(days=30)
"""Seats are paid for by the month."""


async def has_seat(store: Store, member_id: str, *, now: datetime) -> bool:
    """Tell whether the newest look at the account's standing, or at that inbox, showed a seat."""
    looks = [
        await latest_success(store, member_id, action.task_type)
        for action in (FetchInmailCredits, FetchSalesThreads)
    ]
    newest = max(
        (task for task in looks if task is not None and task.finished_at is not None),
        key=lambda task: task.finished_at or now,
        default=None,
    )
    if newest is None or newest.output is None or newest.finished_at is None:
        return False
    # A list of Sales Navigator's conversations is only there for who has a seat.
    has_one = bool(newest.output.get("has_sales_navigator", True))
    return has_one and now - newest.finished_at < _KNOWN_FOR
