"""How much of the operator's caps accounts have used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from executor.actions import BY_TASK_TYPE, Write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from api.connectsafely.quotas import Caps
    from storage.ports import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitUsed:
    """How much of a cap an account has used."""

    account: str
    task_type: str
    window: timedelta
    """It rolls."""
    cap: int
    used: int
    room_at: datetime | None
    """When there is room for one more; `None`: there is, or nobody can tell."""

    @property
    def ratio(self) -> float:
        # A cap of nothing is used up from the beginning.
        return self.used / self.cap if self.cap else 1.0


async def limits_used(
    limits: Limits, caps: Caps, account: str, *, now: datetime
) -> Sequence[LimitUsed]:
    """Return what the account has used of every cap that it has."""
    writes = [each for each, action in BY_TASK_TYPE.items() if isinstance(action, Write)]
    bounds = await caps.of(account, writes)
    windows = [window for each in bounds.values() for _, window in each]
    if not windows:
        return []
    charges = await limits.charges(account, since=now - max(windows))
    found = []
    for task_type, its in bounds.items():
        for cap, window in its:
            within = [
                charge.at
                for charge in charges
                if charge.task_type == task_type and charge.at > now - window
            ]
            found.append(
                LimitUsed(
                    account=account,
                    task_type=task_type,
                    window=window,
                    cap=cap,
                    used=len(within),
                    room_at=within[cap - 1] + window if 0 < cap <= len(within) else None,
                )
            )
    return found
