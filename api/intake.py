"""The one door: every dialect has its tasks accepted here."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

import structlog
from pydantic import BaseModel

from api.refusals import NoActiveSession, NoAdmin, ReadOnlyKey, TaskTypeOnHold
from storage.tasks import NewTask, WaitReason
from storage.teams import Scope

if TYPE_CHECKING:
    from datetime import timedelta

    from api.clock import Clock
    from executor.actions import Action
    from storage.ports import Store
    from storage.tasks import JsonObject, Task
    from storage.teams import Caller

OrderT = TypeVar("OrderT", bound=BaseModel)

_log = structlog.get_logger(__name__)


class Intake:
    """Decide whether a request may become a task, and make it one.

    The checks stand in one order for all dialects. What is asked of every submission, such as
    an `Idempotency-Key` or a guard against equal content, belongs in `submit`, between the
    checks and the storing.
    """

    def __init__(self, store: Store, *, session_active_for: timedelta, clock: Clock) -> None:
        self._store = store
        self._session_active_for = session_active_for
        self._clock = clock

    def admit(self, caller: Caller, *, creates: bool) -> None:
        """Check what does not depend on the request's body.

        Args:
            creates: whether a task is to be created, rather than read.

        Raises:
            ReadOnlyKey: the key may not create tasks.
            NoActiveSession: nobody in the team has a session verified recently enough.
        """
        if creates and caller.scope is not Scope.FULL:
            raise ReadOnlyKey
        verified_at = caller.team_verified_at
        if verified_at is None or self._clock() - verified_at >= self._session_active_for:
            raise NoActiveSession

    async def submit(
        self,
        caller: Caller,
        action: Action[OrderT, Any],
        order: OrderT,
        *,
        request: JsonObject,
        dialect: str,
    ) -> Task:
        """Accept *order*; it is stored durably when this returns.

        Args:
            order: the action's input, validated.
            request: what the client sent, unchanged, for the dialect to echo.

        Raises:
            ReadOnlyKey, NoActiveSession: see `admit`.
            NoAdmin: there is nobody in the team whose account could act.
            TaskTypeOnHold: LinkedIn's limit for that account is still in force.
        """
        self.admit(caller, creates=True)
        member_id = caller.acting_member_id
        if member_id is None:
            raise NoAdmin
        await self._check_hold(member_id, action.task_type)
        task = await self._store.intake.add(
            NewTask(
                id=str(uuid4()),
                team_id=caller.team_id,
                member_id=member_id,
                dialect=dialect,
                task_type=action.task_type,
                is_write=action.is_write,
                request=request,
                input=order.model_dump(mode="json"),
                notes=() if caller.acting_session_active else await self._wait_note(member_id),
            )
        )
        _log.info(
            "task_accepted",
            task_id=task.id,
            task_type=task.task_type,
            dialect=dialect,
            team_id=task.team_id,
            member_id=member_id,
            key_id=caller.key_id,
        )
        return task

    async def _check_hold(self, member_id: str, task_type: str) -> None:
        hold = await self._store.limits.current(member_id, task_type)
        if hold is not None:
            left = (hold.until - self._clock()).total_seconds()
            raise TaskTypeOnHold(task_type=task_type, until=hold.until, seconds=max(1, ceil(left)))

    async def _wait_note(self, member_id: str) -> tuple[tuple[str, JsonObject]]:
        member = await self._store.teams.member(member_id)
        name = member.name if member else member_id
        detail = f"The task starts once {name}, whose account acts, is signed in to LinkedIn."
        return (("waiting", {"for": WaitReason.SIGN_IN.value, "member": name, "detail": detail}),)
