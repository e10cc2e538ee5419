"""How much an account may do: the documented quotas, lowered by the operator's own caps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Protocol

from api.clock import iso
from api.refusals import QuotaReached
from executor.actions import (
    CommentPost,
    FollowMember,
    LikePost,
    SendConnectionRequest,
    SendGroupMessage,
    SendMessage,
    SendSalesInmail,
    SendSalesMessage,
)
from storage.limits import HoldReason

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from api.clock import Clock
    from storage.ports import Store

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


class Caps(Protocol):
    """Somebody who knows what the operator lets accounts do."""

    async def of(
        self, member_id: str, task_types: Collection[str]
    ) -> Mapping[str, Sequence[tuple[int, timedelta]]]:
        """Return the caps on this account's tasks of these types, each with its rolling window."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """What the documentation allows an account, counted together over some task types."""

    action: str
    """The name in headers and errors."""
    task_types: tuple[str, ...]
    """The operator's caps on the first one apply."""
    limit: int | None
    """`None`: nothing is documented, and the operator's caps stand alone."""
    window: timedelta


_MESSAGES = (SendMessage.task_type, SendGroupMessage.task_type)

# The documented limits (2026-10). Whether `/message` and `/messaging/*` share a counter is not
# said; here they count the same messages, each against its own limit. InMails are limited by
# LinkedIn's credits, and count in none.
MESSAGE = Quota(action="MESSAGE", task_types=_MESSAGES, limit=100, window=_DAY)
MESSAGING = Quota(action="MESSAGE", task_types=_MESSAGES, limit=150, window=_DAY)
SALES_MESSAGE = Quota(
    action="MESSAGE",
    task_types=(SendSalesMessage.task_type, SendSalesInmail.task_type),
    limit=150,
    window=_DAY,
)
"""None is documented for these; they have the limit of `messaging/*`, and a count of their own."""
CONNECT = Quota(
    action="CONNECT", task_types=(SendConnectionRequest.task_type,), limit=90, window=_WEEK
)
COMMENT = Quota(action="COMMENT", task_types=(CommentPost.task_type,), limit=100, window=_DAY)
FOLLOW = Quota(action="FOLLOW", task_types=(FollowMember.task_type,), limit=100, window=_DAY)
REACT = Quota(action="REACT", task_types=(LikePost.task_type,), limit=None, window=_DAY)

ACCOUNT_QUOTAS = (MESSAGE, CONNECT, COMMENT, FOLLOW, REACT)
"""What an account's own page of quotas shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """How much of a quota an account has used, in whichever window is the tightest."""

    action: str
    limit: int
    window: timedelta
    used: int
    """What is counted by the limits, and what has been accepted and will be."""
    resets_at: datetime
    """When there is room for one more, or, while there still is, for more than now."""
    held_until: datetime | None
    """Until when LinkedIn itself takes no more, if it has said so."""

    @property
    def remaining(self) -> int:
        return 0 if self.held_until is not None else max(0, self.limit - self.used)

    @property
    def headers(self) -> dict[str, str]:
        return {
            "X-RateLimit-Action": self.action,
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Used": str(self.used),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": iso(self.held_until or self.resets_at),
        }

    def refusal(self, *, now: datetime) -> QuotaReached:
        until = self.held_until or self.resets_at
        return QuotaReached(
            f"Rate limit exceeded for {self.action}: {self.used}/{self.limit} used. "
            f"Resets at {iso(until)}",
            seconds=max(1, ceil((until - now).total_seconds())),
            held_until=self.held_until,
        )


class Quotas:
    """Count what accounts have used."""

    def __init__(self, store: Store, *, caps: Caps | None, clock: Clock) -> None:
        self._store = store
        self._caps = caps
        self._clock = clock

    async def usage(self, quota: Quota, member_id: str) -> Usage | None:
        """Return what is used where the least is left; `None` where nobody sets a limit."""
        bounds = await self._bounds(quota, member_id)
        if not bounds:
            return None
        now = self._clock()
        charges = await self._store.limits.charges(member_id, since=now - _WEEK)
        waiting = await self._store.reports.count_waiting(member_id, quota.task_types)
        done = [each.at for each in charges if each.task_type in quota.task_types]
        hold = await self._store.limits.current(
            member_id, quota.task_types[0], HoldReason.INVITATION_LIMIT
        )
        found = [_usage(quota, bound, done, waiting=waiting, now=now) for bound in bounds]
        tightest = min(found, key=lambda usage: usage.remaining)
        return tightest if hold is None else replace(tightest, held_until=hold.until)

    async def refusal(self, quota: Quota, member_id: str) -> QuotaReached | None:
        """Return why the account may do no more of this now."""
        usage = await self.usage(quota, member_id)
        if usage is None or usage.remaining:
            return None
        return usage.refusal(now=self._clock())

    async def _bounds(self, quota: Quota, member_id: str) -> list[tuple[int, timedelta]]:
        documented = [] if quota.limit is None else [(quota.limit, quota.window)]
        if self._caps is None:
            return documented
        capped = quota.task_types[0]
        caps = await self._caps.of(member_id, [capped])
        return [*documented, *caps.get(capped, ())]


def _usage(
    quota: Quota,
    bound: tuple[int, timedelta],
    done: Sequence[datetime],
    *,
    waiting: int,
    now: datetime,
) -> Usage:
    """Count what was *done*, the newest first, within the window."""
    limit, window = bound
    within = [at for at in done if at > now - window]
    if not within:
        resets_at = now + window
    elif 0 < limit <= len(within):
        resets_at = within[limit - 1] + window
    else:
        resets_at = within[-1] + window
    return Usage(
        action=quota.action,
        limit=limit,
        window=window,
        used=len(within) + waiting,
        resets_at=resets_at,
        held_until=None,
    )
