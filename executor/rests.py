"""What an account must leave alone, kept in the store by the worker that acts for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from executor.pacing import WEEK
from storage.limits import HoldReason

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from executor.pacing import Pacing
    from executor.settings import ExecutorSettings
    from storage.limits import Hold
    from storage.ports import Store

log = structlog.get_logger(__name__)

_Key = tuple[str | None, HoldReason]


class Rests:
    """One account's holds; only the owner of its lease uses this."""

    def __init__(
        self,
        store: Store,
        pacing: Pacing,
        settings: ExecutorSettings,
        *,
        member_id: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._pacing = pacing
        self._settings = settings
        self._member_id = member_id
        self._clock = clock
        self._known: dict[_Key, Hold] | None = None
        # Between these times the pace is known; a clock that is set leads out of them.
        self._paced_from = self._paced_until = clock()

    async def bring_up_to_date(self) -> None:
        """Write down until when the account rests, before its next task is claimed."""
        now = self._clock()
        if not self._pacing.task_types or self._paced_from <= now < self._paced_until:
            return
        known = await self._holds()
        session = await self._store.sessions.get(self._member_id)
        charges = await self._store.limits.charges(self._member_id, since=now - WEEK)
        wanted: dict[_Key, datetime] = {}
        for task_type in self._pacing.task_types:
            for rest in self._pacing.rests(
                task_type, charges, now=now, since=session.first_saved_at if session else now
            ):
                wanted[task_type, rest.reason] = rest.until
        for key, hold in known.items():
            if hold.reason.is_pacing and hold.until > now and key not in wanted:
                await self._lift(key)
        for key, until in wanted.items():
            if key not in known or known[key].until != until:
                await self._hold(key, until)
        # Until the next write only the clock changes the answer, and holds run out by themselves.
        self._paced_from, self._paced_until = now, self._pacing.next_change(now)

    def note_write(self) -> None:
        """Work the pace out anew before the next claim, because something was charged."""
        self._paced_until = self._paced_from

    async def reached_invitation_limit(self, task_type: str) -> None:
        """Rest this task type, because LinkedIn has announced its limit."""
        until = self._clock() + self._settings.invitation_hold
        await self._hold((task_type, HoldReason.INVITATION_LIMIT), until)

    async def was_throttled(self) -> None:
        """Rest the whole account, longer each time in a row that LinkedIn throttles it."""
        key = (None, HoldReason.RATE_LIMITED)
        strikes = await self._strikes(key) + 1
        pause = _grown(self._settings.throttle_pause, strikes - 1, self._settings.longest_pause)
        await self._hold(key, self._clock() + pause, strikes)
        log.error("account_throttled", member_id=self._member_id, strikes=strikes, pause=str(pause))

    async def was_not_understood(self, task_type: str) -> None:
        """Rest a task type whose pages were not understood several times in a row."""
        key = (task_type, HoldReason.UI_CHANGED)
        strikes = await self._strikes(key) + 1
        until = self._clock()
        if (excess := strikes - self._settings.ui_changed_limit) >= 0:
            until += _grown(self._settings.ui_changed_pause, excess, self._settings.longest_pause)
            log.error("task_type_paused", member_id=self._member_id, task_type=task_type)
        await self._hold(key, until, strikes)

    async def went_well(self, task_type: str) -> None:
        """Forget the strikes that a success disproves."""
        known = await self._holds()
        for key in (None, HoldReason.RATE_LIMITED), (task_type, HoldReason.UI_CHANGED):
            if key in known:
                await self._lift(key)

    async def _strikes(self, key: _Key) -> int:
        hold = (await self._holds()).get(key)
        return hold.strikes if hold else 0

    async def _holds(self) -> dict[_Key, Hold]:
        if self._known is None:
            holds = await self._store.limits.holds(self._member_id)
            self._known = {(hold.task_type, hold.reason): hold for hold in holds}
        return self._known

    async def _hold(self, key: _Key, until: datetime, strikes: int = 0) -> None:
        task_type, reason = key
        await self._store.limits.hold(
            self._member_id, task_type, reason=reason, until=until, strikes=strikes
        )
        self._known = None

    async def _lift(self, key: _Key) -> None:
        task_type, reason = key
        await self._store.limits.lift(self._member_id, task_type, reason=reason)
        self._known = None


def _grown(first: timedelta, times: int, longest: timedelta) -> timedelta:
    """Double a pause so many times, up to the longest."""
    # A shift this far is beyond any longest pause; more would overflow.
    return min(first * (1 << min(times, 20)), longest)
