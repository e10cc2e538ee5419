"""What the rest of the program may ask of a store, split by who asks.

Every method is atomic and durable: when it returns, its change is committed. Methods raise
`StoreUnavailable` when the database cannot be used; other errors are named where they occur.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from storage.limits import Hold
    from storage.people import KnownPerson
    from storage.sessions import Lease, OpenSession, Session, SessionHealth
    from storage.tasks import (
        JsonObject,
        NewTask,
        Task,
        TaskError,
        TaskFilter,
        TaskView,
        WaitReason,
    )
    from storage.teams import ApiKey, Caller, Member, Role, Scope, Team


class TaskIntake(Protocol):
    """For those who accept requests."""

    async def add(self, new: NewTask) -> Task:
        """Accept *new*; it is `queued` and has an `accepted` event when this returns.

        Raises:
            Duplicate: a task with this id exists.
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


class TaskReports(Protocol):
    """For those who look."""

    async def view(self, task_id: str, *, team_id: str | None = None) -> TaskView | None:
        """Return the task with its timeline, oldest event first."""
        ...

    async def list(self, wanted: TaskFilter) -> Sequence[TaskView]:
        """List tasks without their timelines, newest first."""
        ...


class AccountLeases(Protocol):
    """For runners: who may act for which account."""

    async def due(self) -> Sequence[str]:
        """Return the members that have work which could be done now, and no live lease.

        Work is a queued task that is due while the session is signed in and no hold stands
        in the way, or a task left `running` or `submitting` by a runner that is gone.
        """
        ...

    async def acquire(self, member_id: str, *, owner: str, ttl: timedelta) -> Lease | None:
        """Take the account with a new fencing token, or return `None` if somebody has it."""
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

        Due means queued, *not_before* reached, no hold on its type, session signed in.
        """
        ...

    async def submitting(self, lease: Lease, task_id: str, *, baseline: JsonObject) -> None:
        """Record that the click which cannot be undone is about to happen."""
        ...

    async def succeed(
        self, lease: Lease, task_id: str, *, output: JsonObject, evidence: JsonObject
    ) -> None:
        """End a running or submitting task as done."""
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


class Changes(Protocol):
    """For those who wait for work."""

    async def wait(self) -> None:
        """Return once anything has been committed since the last call ended.

        Commits of this process are seen at once, those of other processes within 50 ms.
        Each waiter uses an object of its own (`Store.changes()`).
        """
        ...

    async def close(self) -> None: ...


class Teams(Protocol):
    """Teams and their members."""

    async def create(self, name: str) -> Team: ...

    async def add_member(
        self, team_id: str, *, name: str, role: Role, joined_at: datetime | None = None
    ) -> Member:
        """Add a member who joined at *joined_at* (default: now)."""
        ...

    async def list(self) -> Sequence[Team]: ...

    async def members(self, team_id: str) -> Sequence[Member]:
        """Return the team's members, the oldest first."""
        ...

    async def member(self, member_id: str) -> Member | None: ...

    async def acting_member(self, team_id: str) -> Member | None:
        """Return the team's oldest admin by *joined_at* (ties by id), if it has one."""
        ...


class ApiKeys(Protocol):
    """API keys by digest."""

    async def add(
        self, team_id: str, *, name: str, digest: str, hint: str, scope: Scope
    ) -> ApiKey: ...

    async def list(self, team_id: str | None = None) -> Sequence[ApiKey]: ...

    async def revoke(self, key_id: str) -> bool:
        """End a key; `False` when there is no such key that is still valid."""
        ...

    async def caller(self, digest: str) -> Caller | None:
        """Return who calls with this key, or `None` when it is unknown or revoked."""
        ...


class Sessions(Protocol):
    """Members' browser sessions, encrypted at rest."""

    async def save(
        self,
        member_id: str,
        state: JsonObject,
        *,
        health: SessionHealth,
        verified: bool,
        profile_id: str | None = None,
        replaces: Session | None = None,
    ) -> Session | None:
        """Store the state; *verified* stamps `verified_at` with the present time.

        Args:
            replaces: store it only while this is still what is stored; else return `None`.
        """
        ...

    async def mark(
        self,
        member_id: str,
        health: SessionHealth,
        *,
        verified: bool = False,
        replaces: Session | None = None,
    ) -> Session | None:
        """Change the health only; `None` when the member has no session, or another one.

        Args:
            replaces: as in `save`.
        """
        ...

    async def get(self, member_id: str) -> Session | None: ...

    async def open(self, member_id: str) -> OpenSession | None:
        """Return the session with its state.

        Raises:
            SecretUnreadable: the state was encrypted with another key.
        """
        ...

    async def list(self) -> Sequence[Session]: ...


class People(Protocol):
    """Profile id to vanity and back, per acting member."""

    async def remember(self, member_id: str, *, profile_id: str, vanity: str, name: str) -> None:
        """Store what a profile page showed; a newer owner of a vanity replaces the older."""
        ...

    async def by_profile_id(self, member_id: str, profile_id: str) -> KnownPerson | None: ...

    async def by_vanity(self, member_id: str, vanity: str) -> KnownPerson | None:
        """Look a vanity up, whatever its letters' case."""
        ...


class Limits(Protocol):
    """Limits that LinkedIn has announced."""

    async def hold(self, member_id: str, task_type: str, *, until: datetime, reason: str) -> None:
        """Keep this task type from being claimed until then; a later time wins."""
        ...

    async def current(self, member_id: str, task_type: str) -> Hold | None:
        """Return the hold in force now, if any."""
        ...

    async def lift(self, member_id: str, task_type: str) -> bool:
        """End a hold early; `False` when there was none in force."""
        ...


class Store(Protocol):
    """All ports of one open store."""

    @property
    def intake(self) -> TaskIntake: ...
    @property
    def reports(self) -> TaskReports: ...
    @property
    def leases(self) -> AccountLeases: ...
    @property
    def queue(self) -> TaskQueue: ...
    @property
    def teams(self) -> Teams: ...
    @property
    def keys(self) -> ApiKeys: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def people(self) -> People: ...
    @property
    def limits(self) -> Limits: ...

    def changes(self) -> Changes: ...

    async def check(self) -> None:
        """Raise `StoreUnavailable` unless the store can be read and written."""
        ...

    async def close(self) -> None:
        """Finish what is waiting to be committed and let go of the files."""
        ...
