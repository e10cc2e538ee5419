"""Asking from time to time what is new in an inbox, as a client might, but behind all clients."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import structlog

from executor.actions import (
    CONNECTIONS_MAX,
    INVITED_MAX,
    SendConnectionRequest,
    WatchInbox,
    WatchInboxInput,
)
from storage.acceptance import Acceptance, IdempotencyKey
from storage.errors import KeyReused
from storage.sessions import SessionHealth
from storage.tasks import RUNNER, NewTask, TaskFilter, TaskStatus

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from executor.pacing import Pacing
    from executor.settings import ExecutorSettings
    from storage.ports import Store
    from storage.tasks import Task
    from storage.teams import Member

log = structlog.get_logger(__name__)

_JITTER = 0.2
"""Part of the interval by which a look may come later."""
_HOPED_FOR = timedelta(days=180)
"""How long after an invitation its acceptance is looked for; LinkedIn lets them expire then."""
_OVERLAP = timedelta(minutes=1)
"""What ended so shortly before a look was asked for may have been missed by it."""
_KEY_KEPT_FOR = timedelta(days=1)
_AT_A_TIME = 20
_TYPE = WatchInbox.task_type
_OPEN = frozenset({TaskStatus.QUEUED, TaskStatus.RUNNING})


class Watcher:
    """Accepts a `watch_inbox` task for each account whose last one is old enough.

    Its memory is the store: a look goes on where the last that succeeded has ended.
    """

    def __init__(
        self,
        store: Store,
        settings: ExecutorSettings,
        pacing: Pacing,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._every = settings.watch_every
        self._accounts = frozenset(settings.watch_accounts)
        self._pacing = pacing
        self._clock = clock

    @property
    def is_on(self) -> bool:
        return self._every is not None

    async def ask(self) -> None:
        """Ask for every look that is due; an account that rests or is signed out is left alone."""
        if self._every is None or not self._pacing.is_open(self._clock()):
            return
        for session in await self._store.sessions.list():
            if session.health is SessionHealth.SIGNED_IN:
                member = await self._store.teams.member(session.member_id)
                if member is not None and await self._is_watched(member):
                    await self._ask_for(member, self._every)

    async def _is_watched(self, member: Member) -> bool:
        if not self._accounts or member.id in self._accounts:
            return True
        names = await self._store.teams.aliases(member.team_id)
        return not self._accounts.isdisjoint(names.get(member.id, ()))

    async def _ask_for(self, member: Member, every: timedelta) -> None:
        if member.paused_at is not None or await self._rests(member):
            return
        if await self._newest(member, _OPEN, own=False):
            return
        last = await self._newest(member)
        if last is not None and not self._is_old_enough(last, every):
            return
        # Each look has one successor, however many runners ask for it at the same time.
        key = f"{_TYPE}:{member.id}:{last.id if last else 'first'}"
        order = await self._order(member)
        new = NewTask(
            id=str(uuid4()),
            team_id=member.team_id,
            member_id=member.id,
            dialect=RUNNER,
            task_type=_TYPE,
            is_write=False,
            request={},
            input=order.model_dump(mode="json"),
        )
        try:
            accepted = await self._store.intake.add(
                new, key=IdempotencyKey(key=key, fingerprint=_TYPE, kept_for=_KEY_KEPT_FOR)
            )
        except KeyReused:
            log.warning("watch_key_taken", member_id=member.id)
            return
        if accepted.how is Acceptance.NEW:
            log.info("look_asked_for", task_id=accepted.task.id, member_id=member.id)

    async def _rests(self, member: Member) -> bool:
        now = self._clock()
        holds = await self._store.limits.holds(member.id)
        return any(hold.until > now and hold.task_type in {None, _TYPE} for hold in holds)

    def _is_old_enough(self, last: Task, every: timedelta) -> bool:
        # The same for all runners: drawn with the task, as the rest of its id.
        spread = UUID(last.id).int / (1 << 128)
        age = self._clock() - last.created_at
        # A task of the future says that the clock was set back.
        return age < timedelta(0) or age >= every * (1 + _JITTER * spread)

    async def _newest(
        self,
        member: Member,
        statuses: frozenset[TaskStatus] = frozenset(),
        *,
        own: bool = True,
    ) -> Task | None:
        """Return the newest look in one of these states.

        Args:
            own: pass over what clients have asked for, who may have left something out.
        """
        before: str | None = None
        while True:
            views = await self._store.reports.list(
                TaskFilter(
                    team_id=member.team_id,
                    member_id=member.id,
                    task_type=_TYPE,
                    statuses=statuses,
                    limit=_AT_A_TIME,
                    before=before,
                )
            )
            for view in views:
                if not own or view.task.dialect == RUNNER:
                    return view.task
            if len(views) < _AT_A_TIME:
                return None
            before = views[-1].task.id

    async def _order(self, member: Member) -> WatchInboxInput:
        """Return what is new since the last look that succeeded; at the first, nothing is."""
        last = await self._newest(member, frozenset({TaskStatus.SUCCEEDED}))
        invited = await self._invited(member, last)
        if last is None or last.output is None:
            return WatchInboxInput(invited=invited, newest=CONNECTIONS_MAX)
        return WatchInboxInput.model_validate(
            {
                "since": last.output["complete_until"],
                "left": last.output["left"],
                "old_until": last.output["old_until"],
                "seen": last.output["seen"],
                "invited": invited,
            }
        )

    async def _invited(self, member: Member, last: Task | None) -> list[str]:
        """Return who was invited and is not known to have accepted, the newest first."""
        views = await self._store.reports.list(
            TaskFilter(
                team_id=member.team_id,
                member_id=member.id,
                task_type=SendConnectionRequest.task_type,
                statuses=frozenset({TaskStatus.SUCCEEDED, TaskStatus.UNCONFIRMED}),
                limit=INVITED_MAX,
            )
        )
        hoped_for_since = self._clock() - _HOPED_FOR
        found: dict[str, None] = {}
        for task in (view.task for view in views):
            invitee = _invitee(task)
            is_recent = task.finished_at is not None and task.finished_at >= hoped_for_since
            if invitee is not None and is_recent and _is_open(task, invitee, last):
                found[invitee] = None
        return list(found)


def _invitee(task: Task) -> str | None:
    """Return whom a task has invited, or may have."""
    if task.output is not None:
        return str(task.output["invitee_profile_id"])
    return str(task.baseline["member"]["profile_id"]) if task.baseline else None


def _is_open(task: Task, invitee: str, last: Task | None) -> bool:
    """Tell whether no look has told yet that the invitation was accepted."""
    if last is None or last.output is None:
        return True
    if any(each["profile_id"] == invitee for each in last.output["accepted"]):
        return False
    is_newer = task.finished_at is not None and task.finished_at > last.created_at - _OVERLAP
    return is_newer or invitee in last.input["invited"]
