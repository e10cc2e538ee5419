"""What a store must hold after a history of requests, claims, crashes and clocks that are set.

Time is counted the way that nobody can set. Only what a caller asked for, and what ended without
having been submitted, has a time of the wall clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from storage.limits import HoldReason
from storage.tasks import TRANSITIONS, TaskStatus

if TYPE_CHECKING:
    from storage.sessions import Lease
    from tests.storage.world import Machine

WINDOW = timedelta(hours=3)
WINDOW_WHILE_OWED = timedelta(hours=9)
KEPT_FOR = timedelta(hours=5)

LEADS_TO = {
    "accepted": TaskStatus.QUEUED,
    "claimed": TaskStatus.RUNNING,
    "put_back": TaskStatus.QUEUED,
    "recovered": TaskStatus.QUEUED,
    "submitting": TaskStatus.SUBMITTING,
    "succeeded": TaskStatus.SUCCEEDED,
    "failed": TaskStatus.FAILED,
    "unconfirmed": TaskStatus.UNCONFIRMED,
    "cancelled": TaskStatus.CANCELLED,
}
"""The state after an event; all others change none."""


def words_of(content: str) -> str:
    return content.partition(" ")[0]


@dataclass
class KnownTask:
    id: str
    member_id: str
    task_type: str
    content: str
    """What is said, and by which of the recipient's names they are called."""
    created_at: datetime
    status: TaskStatus = TaskStatus.QUEUED
    token: int | None = None
    events: list[str] = field(default_factory=lambda: ["accepted"])
    paced_until: timedelta = timedelta(0)
    scheduled_for: datetime | None = None
    charged: timedelta | None = None
    submitted_at: datetime | None = None
    finished_at: datetime | None = None
    owed: bool = False
    guarded: bool = True
    recipient: str | None = None

    @property
    def words(self) -> str:
        return words_of(self.content)

    def goes(self, event: str) -> None:
        status = LEADS_TO.get(event, self.status)
        assert status is self.status or status in TRANSITIONS[self.status]
        self.status = status
        self.events.append(event)
        if status not in {TaskStatus.RUNNING, TaskStatus.SUBMITTING}:
            self.token = None


@dataclass
class KnownLease:
    token: int
    ends: timedelta


@dataclass
class Model:
    machine: Machine
    tasks: list[KnownTask] = field(default_factory=list)
    keys: dict[str, tuple[str, KnownTask, timedelta]] = field(default_factory=dict)
    """Content, task and end of each key that was used."""
    leases: dict[str, KnownLease] = field(default_factory=dict)
    holds: dict[tuple[str, str | None, HoldReason], timedelta] = field(default_factory=dict)

    def known_key(self, key: str | None) -> tuple[str, KnownTask] | None:
        if key not in self.keys:
            return None
        content, task, ends = self.keys[key]
        return (content, task) if ends > self.machine.elapsed else None

    def standing(self, member_id: str, task_type: str, content: str) -> KnownTask | None:
        """Return the latest task that stands for this content."""
        same = (member_id, task_type, content)
        for task in reversed(self.tasks):
            if (task.member_id, task.task_type, task.content) == same and self._stands(task):
                return task
        return None

    def _stands(self, task: KnownTask) -> bool:
        if task.status is not TaskStatus.SUCCEEDED:
            return task.status not in {TaskStatus.FAILED, TaskStatus.CANCELLED}
        assert task.finished_at is not None
        window = WINDOW_WHILE_OWED if task.owed else WINDOW
        if task.charged is None or task.submitted_at is None:
            return task.finished_at > self.machine.clock() - window
        took = max(task.finished_at - task.submitted_at, timedelta(0))
        return task.charged + took > self.machine.elapsed - window

    def sent_before(self, task: KnownTask, recipient: str | None) -> KnownTask | None:
        """Return the latest other task that keeps this one from being sent to that recipient."""
        if recipient is None or not task.guarded:
            return None
        said = (task.member_id, task.task_type, task.words, recipient)
        for number in reversed(range(len(self.tasks))):
            other = self.tasks[number]
            if (
                other is not task
                and (other.member_id, other.task_type, other.words, other.recipient) == said
                and (other.guarded or number < self.tasks.index(task))
                and self._may_have_reached(other, task.created_at)
            ):
                return other
        return None

    def _may_have_reached(self, other: KnownTask, accepted_at: datetime) -> bool:
        if other.status is not TaskStatus.SUCCEEDED:
            return other.status in {TaskStatus.SUBMITTING, TaskStatus.UNCONFIRMED}
        assert other.finished_at is not None
        assert other.submitted_at is not None
        assert other.charged is not None
        charged_at = self.machine.clock() - (self.machine.elapsed - other.charged)
        ended = max(other.finished_at, charged_at + (other.finished_at - other.submitted_at))
        return ended > accepted_at - (WINDOW_WHILE_OWED if other.owed else WINDOW)

    def is_in_force(self, lease: Lease) -> bool:
        known = self.leases[lease.member_id]
        return known.token == lease.token and known.ends > self.machine.elapsed

    def is_free(self, member_id: str) -> bool:
        known = self.leases.get(member_id)
        return known is None or known.ends <= self.machine.elapsed

    def next_due(self, member_id: str) -> KnownTask | None:
        return next((task for task in self.tasks if self._is_due(task, member_id)), None)

    def _is_due(self, task: KnownTask, member_id: str) -> bool:
        return (
            task.member_id == member_id
            and task.status is TaskStatus.QUEUED
            and task.paced_until <= self.machine.elapsed
            and (task.scheduled_for is None or task.scheduled_for <= self.machine.clock())
            and not any(
                ends > self.machine.elapsed
                for (held, task_type, _), ends in self.holds.items()
                if held == member_id and task_type in {None, task.task_type}
            )
        )

    def forget_working_hours(self) -> None:
        """Drop the holds that a clock which was set has made wrong."""
        self.holds = {
            held: ends
            for held, ends in self.holds.items()
            if held[2] is not HoldReason.WORKING_HOURS
        }

    def left_behind(self, lease: Lease) -> list[KnownTask]:
        """Return what earlier leases on the account have in hand."""
        return [
            task
            for task in self.tasks
            if task.member_id == lease.member_id and task.token not in {None, lease.token}
        ]
