"""What a store knows about tasks and about who works on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime, timedelta

    from storage.acceptance import Accepted, ContentGuard, IdempotencyKey, Undoing
    from storage.limits import HoldReason
    from storage.measures import EndedOnDay
    from storage.sessions import Lease
    from storage.tasks import (
        JsonObject,
        NewTask,
        Task,
        TaskError,
        TaskFilter,
        TaskStatus,
        TaskView,
        TimelinePart,
        WaitReason,
    )
    from storage.webhooks import News


class TaskIntake(Protocol):
    """For those who accept requests."""

    async def add(
        self,
        new: NewTask,
        *,
        key: IdempotencyKey | None = None,
        guard: ContentGuard | None = None,
        unless_held: HoldReason | None = None,
    ) -> Accepted:
        """Accept *new*, unless an earlier task stands for it already.

        A new task is `queued` and has an `accepted` event when this returns. Looking for the
        earlier one and storing the new one are one transaction: of any number of equal requests
        at the same time, one makes a task.

        Args:
            key: compared with the keys that this team has used and that are still kept. It is
                asked before the guard, and kept for the task that the guard finds, too.
            guard: compared with this acting member's tasks of the same type that are unfinished
                or `unconfirmed`, or have succeeded within the guard's window. What was cancelled
                or has failed, and so has not happened, stands for nothing, and neither does what
                was undone since, as the guard has it.
            unless_held: what keeps a new task out while the account, or its work of this type, is
                on hold for it; an earlier one is found all the same.

        Raises:
            KeyReused: the key came with another request before; nothing was stored.
            SentElsewhere: the guard has found a task whose outcome would not answer the request;
                nothing was stored.
            OnHold: see *unless_held*; nothing was stored.
            UploadUnusable: a file that *new* needs is not there for this account, or not as it is
                said to be; nothing was stored.
            Duplicate: a task with this id exists.
        """
        ...

    async def earlier(
        self,
        new: NewTask,
        *,
        key: IdempotencyKey | None = None,
        guard: ContentGuard | None = None,
    ) -> Accepted | None:
        """Return what `add` would answer with instead of a new task, storing nothing.

        Raises:
            KeyReused, SentElsewhere: see `add`.
        """
        ...

    async def get(self, task_id: str, *, team_id: str) -> Task | None:
        """Return the task, or `None` when there is none or it belongs to another team."""
        ...

    async def cancel(self, task_id: str, *, team_id: str) -> Task | None:
        """Withdraw a queued task; `None` when there is none in this team.

        Raises:
            TransitionRefused: it has been claimed or is final.
        """
        ...

    async def review(self, task_id: str, *, team_id: str) -> None:
        """Record that somebody has looked into an unconfirmed task; of others, do nothing."""
        ...

    async def answer_given(self, task: Task) -> None:
        """Record that whoever was owed the task's outcome was told it, if it has ended."""
        ...


class TaskReports(Protocol):
    """For those who look."""

    async def view(
        self, task_id: str, *, team_id: str | None = None, timeline: bool = True
    ) -> TaskView | None:
        """Return the task with its timeline, oldest event first, holds and position.

        Args:
            timeline: whether to read that; else `TaskView.events` is empty.
        """
        ...

    async def list(self, wanted: TaskFilter) -> Sequence[TaskView]:
        """List tasks without their timelines, newest first."""
        ...

    async def timeline_end(self) -> int:
        """Return after what the lines come that are not there yet."""
        ...

    async def timeline_place(self, task_id: str, number: int, *, team_id: str) -> int | None:
        """Return after what the lines come that follow this one of a task's timeline.

        Args:
            number: see `TimelineLine`; `None` is returned where there is no such line.
        """
        ...

    async def timeline(
        self, *, team_id: str, after: int, task_id: str | None = None
    ) -> TimelinePart:
        """Return what has been added to timelines of the team's tasks, or of one, since then.

        Args:
            after: 0, or what one of the others has returned.
        """
        ...

    async def count_waiting(self, member_id: str, task_types: Sequence[str]) -> int:
        """Return how many tasks of these types the account has that no limit counts yet.

        What was asked for at a later time is left out.
        """
        ...

    async def unreviewed(self, team_id: str, *, limit: int) -> Sequence[TaskView]:
        """Return unconfirmed tasks that nobody has looked into, the newest first."""
        ...

    async def is_reviewed(self, task_id: str) -> bool: ...

    async def unfinished(self, team_id: str) -> Mapping[TaskStatus, int]:
        """Return how many of the team's tasks have not ended, by status; none is left out."""
        ...

    async def waiting_longest(self, team_id: str, *, limit: int) -> Sequence[TaskView]:
        """Return the queued tasks that were accepted first, as `view` does."""
        ...

    async def ended_by_day(self, team_id: str, *, since: date) -> Sequence[EndedOnDay]:
        """Return how many tasks have ended how, from that day (in UTC) on, the earliest first."""
        ...


class AccountLeases(Protocol):
    """For runners: who may act for which account."""

    async def due(self) -> Sequence[str]:
        """Return the members that have work which could be done now, and no live lease.

        Work is a queued task that is due while the session is signed in and no hold on its type
        or its account stands in the way, or a task left `running` or `submitting` by a runner
        that is gone.
        """
        ...

    async def acquire(self, member_id: str, *, owner: str, ttl: timedelta) -> Lease | None:
        """Take the account with a new fencing token, or return `None` if somebody has it.

        A lease that would last more than twice as long as *ttl* from now stems from a clock that
        was wrong; it counts as expired. An account that somebody has asked for goes to nobody else.
        """
        ...

    async def renew(self, lease: Lease, *, ttl: timedelta) -> Lease:
        """Extend the lease; the token stays.

        Raises:
            LeaseLost: it has expired or changed hands.
        """
        ...

    async def release(self, lease: Lease) -> None:
        """Give the account back; does nothing when the lease is lost already."""
        ...

    async def held(self) -> Sequence[Lease]:
        """Return the leases that have not expired."""
        ...

    async def expire(self, lease: Lease) -> None:
        """End somebody else's lease at once, because its process is known to be dead."""
        ...

    async def request(self, member_id: str, *, owner: str, patience: timedelta) -> None:
        """Ask for an account that may be held, without taking it from anybody.

        Until the request is withdrawn or *patience* is over, no further task of the account is
        claimed, and only *owner* can acquire it. A request that is in force stays its maker's.
        """
        ...

    async def withdraw_request(self, member_id: str, *, owner: str) -> None: ...

    async def is_requested(self, member_id: str) -> bool:
        """Tell whether whoever holds the account should give it back between two tasks."""
        ...


class TaskQueue(Protocol):
    """For the account worker that holds a lease.

    Each change is guarded by the task's state, its lease token and a lease that is still in
    force, and writes the event of its name to the timeline in the same transaction.

    Raises (every method):
        LeaseLost: the lease is no longer in force; nothing was changed.
        TransitionRefused: the task is not in the state that the change starts from.
    """

    async def recover(self, lease: Lease) -> Sequence[Task]:
        """Take over what earlier leases on this account left behind.

        Tasks left `running` go back to `queued` (event `recovered`). Tasks left `submitting`
        stay so, get this lease's token, and are returned: whoever holds the lease has to
        settle them without ever clicking again.
        """
        ...

    async def claim(self, lease: Lease) -> Task | None:
        """Move the account's oldest due task to `running`, or return `None`.

        Due means queued, *not_before* reached, no hold on its type or its account, session
        signed in. Reads whose clients wait come first, and what the runner asked for itself last.
        """
        ...

    async def submitting(
        self,
        lease: Lease,
        task_id: str,
        *,
        baseline: JsonObject,
        recipient_id: str | None = None,
        task_types: Collection[str] = (),
        undone_by: Undoing | None = None,
        spread: float = 0.0,
    ) -> None:
        """Record that the click which cannot be undone is about to happen, and charge it.

        Args:
            recipient_id: the profile id of whom the page has proven to be reached.
            task_types: those that have the task's effect; none: its own.
            undone_by: which success, of those accepted between another task and this one, proves
                that nothing is left of the other one.
            spread: see `Charge`.

        Raises:
            SentBefore: the task was accepted under a guard, which would have found another task,
                had it known that recipient: one with the same words to them that is past this
                point, and has not succeeded longer ago, as seen from this task's acceptance, than
                the guard's window. Nothing was changed. What was asked for later, and with a key,
                was meant to come besides, and does not count; nor does what was undone.
        """
        ...

    async def leaving(self, lease: Lease, task_id: str, *, marks: JsonObject) -> None:
        """Record that a submitting task's request is about to leave the browser.

        This is the last look at the lease: it is the same kind of transaction as the one that
        another runner would take the account with.

        Args:
            marks: what the request can be recognised by later; added to the baseline.
        """
        ...

    async def succeed(
        self,
        lease: Lease,
        task_id: str,
        *,
        output: JsonObject,
        evidence: JsonObject,
        news: Sequence[News] = (),
    ) -> None:
        """End a running or submitting task as done.

        Args:
            news: what it has found out that the team may want to be told.
        """
        ...

    async def fail(
        self, lease: Lease, task_id: str, *, error: TaskError, evidence: JsonObject | None = None
    ) -> None:
        """End a running task, or a submitting one on positive proof of refusal."""
        ...

    async def leave_unconfirmed(
        self, lease: Lease, task_id: str, *, error: TaskError, evidence: JsonObject | None = None
    ) -> None:
        """End a submitting task that nobody could prove."""
        ...

    async def put_back(
        self,
        lease: Lease,
        task_id: str,
        *,
        why: str,
        not_before: datetime | None = None,
        wait_reason: WaitReason | None = None,
        counted: bool = True,
    ) -> None:
        """Return a running task to the queue.

        Args:
            why: one sentence for the timeline.
            counted: whether the try counts as an attempt; a hand-back at shutdown does not.
        """
        ...

    async def note(self, lease: Lease, task_id: str, name: str, detail: JsonObject) -> None:
        """Add a line to the timeline of a running or submitting task."""
        ...
