"""Whether an account has Sales Navigator: what its tasks have found, and having one look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import structlog

from api.connectsafely.latest import latest_success
from executor.actions import FetchInmailCredits, FetchInmailCreditsInput, FetchSalesThreads
from storage.acceptance import Acceptance, IdempotencyKey
from storage.errors import KeyReused
from storage.tasks import RUNNER, NewTask, TaskFilter

if TYPE_CHECKING:
    from datetime import datetime

    from api.clock import Clock
    from storage.ports import Store
    from storage.tasks import Task
    from storage.teams import Caller

_log = structlog.get_logger(__name__)

_KNOWN_FOR = timedelta(days=30)
"""Seats are paid for by the month."""
_FRESH_FOR = timedelta(days=1)
"""How old what is known may be before somebody looks again."""
_ASK_AGAIN_AFTER = timedelta(hours=1)
"""How long a look that told nothing is left at that."""
_TYPE = FetchInmailCredits.task_type


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What the newest look has shown."""

    has_one: bool
    at: datetime


class Seats:
    """What is known of accounts' seats in Sales Navigator.

    Its memory is the store: what the accounts' tasks have told, and when.
    """

    def __init__(self, store: Store, *, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def has_one(self, member_id: str) -> bool:
        """Tell whether the newest look at the account's standing, or at that inbox, showed one."""
        seen = await self._seen(member_id)
        return seen is not None and seen.has_one and self._age(seen.at) < _KNOWN_FOR

    async def look_up(self, caller: Caller) -> Task | None:
        """Have a runner look, behind all clients' work, unless one has lately.

        Returns:
            The look that is under way, if it is worth waiting for one.
        """
        member_id = caller.acting_member_id
        if member_id is None or not caller.acting_session_active:
            return None
        seen = await self._seen(member_id)
        if seen is not None and timedelta(0) <= self._age(seen.at) < _FRESH_FOR:
            return None
        last = await self._last(member_id)
        if last is not None and not last.status.is_final:
            return last
        if last is not None and timedelta(0) <= self._age(last.created_at) < _ASK_AGAIN_AFTER:
            return None
        return await self._ask(caller.team_id, member_id, behind=last)

    async def _seen(self, member_id: str) -> _Seen | None:
        looks = [
            await latest_success(self._store, member_id, action.task_type)
            for action in (FetchInmailCredits, FetchSalesThreads)
        ]
        found = [
            # A list of Sales Navigator's conversations is only there for who has a seat.
            _Seen(has_one=bool(task.output.get("has_sales_navigator", True)), at=task.finished_at)
            for task in looks
            if task is not None and task.output is not None and task.finished_at is not None
        ]
        return max(found, key=lambda each: each.at, default=None)

    async def _last(self, member_id: str) -> Task | None:
        """Return the newest look, whoever has asked for it and however it ended."""
        views = await self._store.reports.list(
            TaskFilter(member_id=member_id, task_type=_TYPE, limit=1)
        )
        return views[0].task if views else None

    async def _ask(self, team_id: str, member_id: str, *, behind: Task | None) -> Task | None:
        # Each look has one successor, however many requests want it at the same time.
        key = f"seat:{member_id}:{behind.id if behind else 'first'}"
        new = NewTask(
            id=str(uuid4()),
            team_id=team_id,
            member_id=member_id,
            dialect=RUNNER,
            task_type=_TYPE,
            is_write=False,
            request={},
            input=FetchInmailCreditsInput().model_dump(mode="json"),
        )
        try:
            accepted = await self._store.intake.add(
                new, key=IdempotencyKey(key=key, fingerprint=_TYPE, kept_for=_FRESH_FOR)
            )
        except KeyReused:
            _log.warning("seat_key_taken", member_id=member_id)
            return None
        if accepted.how is Acceptance.NEW:
            _log.info("seat_asked_for", task_id=accepted.task.id, member_id=member_id)
        return accepted.task

    def _age(self, at: datetime) -> timedelta:
        return self._clock() - at
