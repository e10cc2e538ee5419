"""The one door: every dialect has its tasks accepted here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

import structlog
from pydantic import BaseModel

from api.content_guard import digests_of
from api.idempotency import InFlight, fingerprint
from api.refusals import (
    AskedForElsewhere,
    IdempotencyKeyReused,
    InvalidField,
    NoActiveSession,
    NoAdmin,
    ReadOnlyKey,
    TaskEnded,
    TaskNotFound,
    TaskStarted,
    TaskTypeOnHold,
)
from api.submission import Submission
from api.turns import Turns
from executor.actions import Write, same_effect
from storage.acceptance import Acceptance, ContentGuard, IdempotencyKey
from storage.errors import KeyReused, OnHold, SentElsewhere, TransitionRefused, UploadUnusable
from storage.limits import HoldReason
from storage.tasks import NewTask, WaitReason
from storage.teams import Scope
from storage.uploads import NeededUpload

if TYPE_CHECKING:
    from datetime import datetime

    from api.clock import Clock
    from api.content_guard import ContentDigests
    from api.dialect import Dialect
    from api.refusals import Refusal
    from api.settings import ApiSettings
    from api.waiting import Waiting, Waits
    from executor.actions import Action, AttachedFile
    from storage.acceptance import Accepted
    from storage.ports import Store
    from storage.tasks import JsonObject, Task
    from storage.teams import Caller
    from storage.webhooks import Callback

OrderT = TypeVar("OrderT", bound=BaseModel)
Check = Callable[[str], Awaitable["Refusal | None"]]
"""A dialect's own reason to refuse a new task of this member, if there is one."""

LONGEST_SCHEDULE = timedelta(days=90)
"""How far ahead a task may be scheduled."""
_LOST_READ = timedelta(minutes=1)
"""How old the result of a read may be that its client has asked for and never got."""
_JUST_NOW = timedelta(minutes=1)
"""How old a start time may be to mean "at once": clocks differ, and requests take time."""

_NO_SUCH_FILE = (
    "attachments names a file that was not uploaded for this account, has expired, or differs from "
    "what was uploaded"
)

_log = structlog.get_logger(__name__)


class Intake:
    """Decide whether a request may become a task, and make it one, once.

    The checks stand in one order for all dialects. Before a request is refused for something that
    may have changed since (session, admin, limit, schedule), the task that stands for it already
    is looked for: whoever sends a request again gets the answer that was lost.
    """

    def __init__(self, store: Store, settings: ApiSettings, *, waits: Waits, clock: Clock) -> None:
        self._store = store
        self._settings = settings
        self._waits = waits
        self._clock = clock
        self._in_flight = InFlight()
        self._turns = Turns()

    def admit(
        self, caller: Caller, dialect: Dialect, *, creates: bool, keyed: bool = False
    ) -> None:
        """Check what does not depend on the request's body.

        Args:
            creates: whether something is to be created or changed, rather than read.
            keyed: whether the request carries an `Idempotency-Key`, by which `submit` may find
                its answer although no new task could be accepted now.

        Raises:
            ReadOnlyKey: the key may only read.
            NoActiveSession: nobody in the team has a session verified recently enough.
        """
        if creates and caller.scope is not Scope.FULL:
            raise ReadOnlyKey
        if not keyed and self._lacks_session(caller, dialect):
            raise NoActiveSession

    async def submit(
        self,
        caller: Caller,
        action: Action[OrderT, Any],
        order: OrderT,
        *,
        dialect: Dialect,
        sent: JsonObject,
        request: JsonObject,
        key: str | None = None,
        not_before: datetime | None = None,
        is_awaited: bool = False,
        check: Check | None = None,
        callback: Callback | None = None,
        otherwise: frozenset[str] = frozenset(),
    ) -> Submission:
        """Accept *order*, or find the task that stands for it already.

        A new task is stored durably when this returns.

        Args:
            order: the action's input, validated.
            sent: the whole body as it was sent, for comparing it with others.
            request: what of it the dialect shows again.
            key: the request's `Idempotency-Key`; without one, equal content is compared.
            is_awaited: whether the client waits for the outcome in this request.
            check: asked before a new task is made, one request of an account after the other.
            callback: where the end is told; also of the task that stands for this one already.
            otherwise: task types as which this very request may have been accepted before, and
                whose outcome answers it.

        Raises:
            ReadOnlyKey, NoActiveSession: see `admit`.
            IdempotencyKeyInFlight: the first request with this key is not answered yet.
            IdempotencyKeyReused: the key came with another request before.
            NoAdmin: there is nobody in the team whose account could act.
            TaskTypeOnHold: LinkedIn's limit for that account is still in force.
            InvalidField: *not_before* is past, or too far ahead; or a file that *order* needs was
                not handed in for this account, or has expired.
            AskedForElsewhere: the guard knows a task with this content that goes to another
                conversation, or by another group.
            Refusal: what *check* returned.
        """
        self.admit(caller, dialect, creates=True, keyed=True)
        with self._in_flight.alone(caller.team_id, key):
            accepted = await self._accept(
                caller,
                action,
                order,
                dialect=dialect,
                request=request,
                key=self._key(key, dialect, min({action.task_type, *otherwise}), sent),
                not_before=not_before,
                is_awaited=is_awaited,
                check=check,
                callback=callback,
                otherwise=otherwise,
            )
        _log.info(
            "task_accepted" if accepted.how is Acceptance.NEW else "task_repeated",
            task_id=accepted.task.id,
            task_type=accepted.task.task_type,
            dialect=dialect.name,
            team_id=caller.team_id,
            member_id=accepted.task.member_id,
            key_id=caller.key_id,
            how=accepted.how.value,
        )
        waiting = await self.waiting(accepted.task)
        return Submission(task=accepted.task, how=accepted.how, waiting=waiting)

    async def cancel(self, caller: Caller, task_id: str) -> None:
        """Withdraw a task of the caller's team, once `admit` has let them in.

        Raises:
            TaskNotFound: the team has none with this id.
            TaskEnded, TaskStarted: it is too late.
        """
        try:
            cancelled = await self._store.intake.cancel(task_id, team_id=caller.team_id)
        except TransitionRefused as error:
            task = await self._store.intake.get(task_id, team_id=caller.team_id)
            if task is not None and task.status.is_final:
                raise TaskEnded(f"The task has ended: it is {task.status}.") from error
            raise TaskStarted from error
        if cancelled is None:
            raise TaskNotFound

    async def _accept(
        self,
        caller: Caller,
        action: Action[OrderT, Any],
        order: OrderT,
        *,
        dialect: Dialect,
        request: JsonObject,
        key: IdempotencyKey | None,
        not_before: datetime | None,
        is_awaited: bool,
        check: Check | None,
        callback: Callback | None,
        otherwise: frozenset[str],
    ) -> Accepted:
        # Nobody's tasks: a repeated request is found by its key alone when there is no admin.
        member_id = caller.acting_member_id or ""
        later = not_before is not None and not_before > self._clock()
        digests = await digests_of(
            self._store.people,
            action,
            order,
            member_id=member_id,
            not_before=not_before,
            is_later=later,
            is_awaited=is_awaited,
        )
        new = NewTask(
            id=str(uuid4()),
            team_id=caller.team_id,
            member_id=member_id,
            dialect=dialect.name,
            task_type=action.task_type,
            is_write=isinstance(action, Write),
            request=request,
            input=order.model_dump(mode="json"),
            not_before=not_before if later else None,
            wait_reason=WaitReason.SCHEDULE if later else None,
            content_digest=digests.canonical if digests else None,
            words_digest=digests.words if digests else None,
            answer_owed=is_awaited,
            notes=() if caller.acting_session_active else await self._wait_note(member_id),
            uploads=tuple(_needed(each) for each in action.files(order)),
            callback=callback,
        )
        guard = self._guard(digests, action, order, otherwise) if key is None else None
        # What one check has found free must be taken before the next one looks.
        async with self._turns(member_id) if check is not None else nullcontext():
            refusal = self._refusal(caller, dialect, not_before)
            if refusal is None and check is not None:
                refusal = await check(member_id)
            try:
                if refusal is None:
                    held = HoldReason.INVITATION_LIMIT if dialect.refuses_what_must_wait else None
                    return await self._store.intake.add(new, key=key, guard=guard, unless_held=held)
                earlier = await self._store.intake.earlier(new, key=key, guard=guard)
            except KeyReused as error:
                raise IdempotencyKeyReused from error
            except SentElsewhere as error:
                raise AskedForElsewhere(
                    f"Task {error.earlier.id} has the same words for the same person in another "
                    "conversation, group or inbox, or below another subject; send an "
                    "Idempotency-Key if both are meant"
                ) from error
            except OnHold as error:
                left = error.hold.until - self._clock()
                raise TaskTypeOnHold(seconds=max(1, ceil(left.total_seconds()))) from error
            except UploadUnusable as error:
                raise InvalidField(_NO_SUCH_FILE) from error
        if earlier is None:
            raise refusal
        if callback is not None:
            await self._store.webhooks.call_back(earlier.task, callback)
        return earlier

    def _refusal(
        self, caller: Caller, dialect: Dialect, not_before: datetime | None
    ) -> Refusal | None:
        """Return why no new task may be accepted now, apart from what the store finds."""
        if self._lacks_session(caller, dialect):
            return NoActiveSession()
        if caller.acting_member_id is None:
            return NoAdmin()
        if not_before is not None:
            now = self._clock()
            if not now - _JUST_NOW <= not_before <= now + LONGEST_SCHEDULE:
                days = LONGEST_SCHEDULE.days
                return InvalidField(f"'not_before' is past, or more than {days} days ahead")
        return None

    def _lacks_session(self, caller: Caller, dialect: Dialect) -> bool:
        if not dialect.refuses_what_must_wait:
            return False
        verified_at = caller.team_verified_at
        active_for = self._settings.session_active_for
        return verified_at is None or self._clock() - verified_at >= active_for

    def _key(
        self, key: str | None, dialect: Dialect, task_type: str, sent: JsonObject
    ) -> IdempotencyKey | None:
        if key is None:
            return None
        return IdempotencyKey(
            key=key,
            fingerprint=fingerprint(dialect=dialect.name, task_type=task_type, sent=sent),
            kept_for=self._settings.idempotency_key_kept_for,
        )

    def _guard(
        self,
        digests: ContentDigests | None,
        action: Action[OrderT, Any],
        order: OrderT,
        otherwise: frozenset[str],
    ) -> ContentGuard | None:
        if digests is None or not self._settings.content_guard:
            return None
        if not isinstance(action, Write):
            return ContentGuard(
                digests=digests.every,
                window=timedelta(0),
                window_while_owed=_LOST_READ,
                opposites=digests.opposites,
            )
        window = self._settings.content_guard_window
        return ContentGuard(
            digests=digests.every,
            window=window,
            window_while_owed=max(window, self._settings.idempotency_key_kept_for),
            task_types=same_effect(action),
            opposites=digests.opposites,
            undone_by=action.undone_by,
            answers=lambda earlier: (
                not action.is_elsewhere(order, earlier)
                or earlier.task_type in otherwise - {action.task_type}
            ),
        )

    async def waiting(self, task: Task) -> Waiting | None:
        """Return what a task waits for; `None` also where that could not be found out."""
        try:
            view = await self._store.reports.view(task.id, team_id=task.team_id, timeline=False)
            return None if view is None else await self._waits.of(view)
        except Exception as error:  # noqa: BLE001 - accepted is accepted, whatever else goes wrong
            _log.warning("waiting_unknown", task_id=task.id, error=type(error).__name__)
            return None

    async def _wait_note(self, member_id: str) -> tuple[tuple[str, JsonObject], ...]:
        member = await self._store.teams.member(member_id)
        if member is None:
            return ()
        name = member.name
        detail = f"The task starts once {name}, whose account acts, is signed in to LinkedIn."
        note = {"for": WaitReason.SIGN_IN.value, "member": name, "detail": detail}
        return (("waiting", note),)


def _needed(file: AttachedFile) -> NeededUpload:
    return NeededUpload(
        id=file.upload_id,
        name=file.name,
        media_type=file.media_type,
        byte_size=file.byte_size,
    )
