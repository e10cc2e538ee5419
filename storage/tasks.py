"""The life of a task: its states, what it holds, and the changes that are allowed.

stateDiagram-v2
[*] --> queued
queued --> running: claimed under a lease
queued --> cancelled
running --> queued: retry, hand-back or crash; nothing irreversible has happened
running --> succeeded: reads, and writes found already done
running --> failed
running --> submitting: committed before the click that cannot be undone
submitting --> succeeded: with evidence
submitting --> failed: on positive proof of refusal only
submitting --> unconfirmed: nobody could prove it
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from storage.limits import Hold
    from storage.uploads import NeededUpload
    from storage.webhooks import Callback

JsonObject = Mapping[str, Any]
"""A JSON object as Python holds it: string keys, JSON values."""

RUNNER = "runner"
"""The *dialect* of what no client asked for, but the runner by itself; it is claimed last."""


class TaskStatus(StrEnum):
    """Where a task is in its life."""

    QUEUED = "queued"
    """Accepted and durable; may carry *not_before*."""
    RUNNING = "running"
    """Claimed under a lease; nothing irreversible has happened."""
    SUBMITTING = "submitting"
    """Committed before the click that cannot be undone; never clicked again from here on."""
    SUCCEEDED = "succeeded"
    """Done, with evidence."""
    FAILED = "failed"
    """Did not happen; the error says why."""
    UNCONFIRMED = "unconfirmed"
    """May have happened; nobody could prove it; never repeated by the program."""
    CANCELLED = "cancelled"
    """Withdrawn before it ran."""

    @property
    def is_final(self) -> bool:
        return not TRANSITIONS[self]


TRANSITIONS: Mapping[TaskStatus, frozenset[TaskStatus]] = MappingProxyType(
    {
        TaskStatus.QUEUED: frozenset({TaskStatus.RUNNING, TaskStatus.CANCELLED}),
        TaskStatus.RUNNING: frozenset(
            {TaskStatus.SUCCEEDED, TaskStatus.SUBMITTING, TaskStatus.FAILED, TaskStatus.QUEUED}
        ),
        TaskStatus.SUBMITTING: frozenset(
            {TaskStatus.SUCCEEDED, TaskStatus.UNCONFIRMED, TaskStatus.FAILED}
        ),
        TaskStatus.SUCCEEDED: frozenset(),
        TaskStatus.FAILED: frozenset(),
        TaskStatus.UNCONFIRMED: frozenset(),
        TaskStatus.CANCELLED: frozenset(),
    }
)


class WaitReason(StrEnum):
    """Why a queued task is not being performed yet."""

    SIGN_IN = "sign_in"
    """The acting member's session is not signed in."""
    PACING = "pacing"
    """A minimum gap between actions, or the pause before a retry."""
    LIMIT = "limit"
    """A cap of ours, a limit that LinkedIn has announced, or a rest after trouble with it."""
    SCHEDULE = "schedule"
    """The caller asked for a later time."""
    PAUSED = "paused"
    """Somebody has stopped the account's work; never stored with a task."""


class ErrorCode(StrEnum):
    """Every reason that a task may end with; clients may rely on the list being closed."""

    NOT_CONNECTED = "not_connected"
    ALREADY_CONNECTED = "already_connected"
    ALREADY_PENDING = "already_pending"
    REINVITE_BLOCKED = "reinvite_blocked"
    FOLLOW_ONLY = "follow_only"
    EMAIL_REQUIRED = "email_required"
    NOTE_LIMIT_REACHED = "note_limit_reached"
    NOTE_TOO_LONG = "note_too_long"
    INVITATION_LIMIT_REACHED = "invitation_limit_reached"
    INVITATION_NOT_FOUND = "invitation_not_found"
    INMAIL_CREDITS_EXHAUSTED = "inmail_credits_exhausted"
    INMAIL_NOT_ALLOWED = "inmail_not_allowed"
    NOT_GROUP_MEMBER = "not_group_member"
    RECIPIENT_MISMATCH = "recipient_mismatch"
    COMPOSER_UNAVAILABLE = "composer_unavailable"
    COMPOSER_OCCUPIED = "composer_occupied"
    ATTACHMENT_REFUSED = "attachment_refused"
    PROFILE_NOT_FOUND = "profile_not_found"
    COMPANY_NOT_FOUND = "company_not_found"
    POST_NOT_FOUND = "post_not_found"
    CONVERSATION_NOT_FOUND = "conversation_not_found"
    MESSAGE_NOT_FOUND = "message_not_found"
    DELETION_NOT_OFFERED = "deletion_not_offered"
    REACTION_NOT_OFFERED = "reaction_not_offered"
    COMMERCIAL_USE_LIMIT = "commercial_use_limit"
    MEDIA_NOT_FOUND = "media_not_found"
    REFUSED = "refused"
    SIGNED_OUT = "signed_out"
    CHALLENGE = "challenge"
    ACCOUNT_RESTRICTED = "account_restricted"
    RATE_LIMITED = "rate_limited"
    UI_CHANGED = "ui_changed"
    TIMEOUT = "timeout"
    BROWSER_CRASHED = "browser_crashed"
    ATTEMPTS_EXHAUSTED = "attempts_exhausted"
    UNCONFIRMED = "unconfirmed"
    CANCELLED = "cancelled"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskError:
    """Why a task did not succeed."""

    code: ErrorCode
    message: str
    """One sentence for a person; holds no message text, cookie or key."""
    retry_safe: bool
    """Whether asking again cannot make the effect happen twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """A request that has been checked and is ready to be accepted."""

    id: str
    """UUID4 in its canonical text form; the dialects show it to clients."""
    team_id: str
    member_id: str
    """The member whose account acts."""
    dialect: str
    """The contract it came through: `outx`, `connectsafely`, `native`, `mcp`; or `RUNNER`."""
    task_type: str
    """A name from the catalogue of actions."""
    is_write: bool
    """Whether the action has an effect on LinkedIn that cannot be undone."""
    request: JsonObject
    """What the client sent, unchanged, for the dialect to echo."""
    input: JsonObject
    """The action's own input, validated and normalised."""
    not_before: datetime | None = None
    """Earliest start; *wait_reason* says why."""
    wait_reason: WaitReason | None = None
    content_digest: str | None = None
    """What a `ContentGuard` compares; `None` for what may be asked for as often as one likes."""
    words_digest: str | None = None
    """The same whoever gets them: what is compared once the recipient is proven. `None` for what
    reaches nobody in particular, or looks by itself whether it is done."""
    answer_owed: bool = False
    """Whether a client waits for the outcome in the request itself. Such a read is claimed before
    others, and such a success stands for its repetition until it was told."""
    notes: tuple[tuple[str, JsonObject], ...] = ()
    """Further timeline entries (name, detail) to store together with the task."""
    uploads: tuple[NeededUpload, ...] = ()
    """Files that it needs, which are kept for it until it has ended."""
    callback: Callback | None = None
    """Where its end is told, beside the team's webhooks; also that of the task which stands for it
    already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One accepted request, as the store holds it. Times are aware and in UTC."""

    id: str
    team_id: str
    member_id: str
    dialect: str
    task_type: str
    is_write: bool
    status: TaskStatus
    request: JsonObject
    input: JsonObject
    created_at: datetime
    not_before: datetime | None = None
    wait_reason: WaitReason | None = None
    """Stored reason for *not_before*; see `TaskView.waiting_for` for the full answer."""
    attempts: int = 0
    """How often it has been claimed, hand-backs not counted."""
    lease_token: int | None = None
    """Set exactly while running or submitting: the fencing token it was claimed under."""
    started_at: datetime | None = None
    """When it was last claimed."""
    submitted_at: datetime | None = None
    """When *submitting* was committed; stays afterwards."""
    finished_at: datetime | None = None
    """Set exactly when the status is final."""
    output: JsonObject | None = None
    error: TaskError | None = None
    baseline: JsonObject | None = None
    """What the page showed just before the click, for a later read-back to compare with."""
    evidence: JsonObject | None = None
    """What proves the effect: `method` and its particulars."""
    answer_owed: bool = False
    """Whether somebody still has to be told the outcome."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEvent:
    """One line in a task's timeline."""

    task_id: str
    at: datetime
    name: str
    """Stable and machine-readable, such as `accepted`, `claimed` or `submitting`."""
    detail: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineLine:
    """A line of one task's timeline among those of a team's tasks."""

    event: TaskEvent
    task_type: str
    number: int
    """Its place in the timeline of its task, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePart:
    """Some lines of timelines, the oldest first."""

    lines: Sequence[TimelineLine]
    up_to: int
    """Until where was looked: what comes after that is what to ask for next."""
    more: bool
    """Whether there may be further lines already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedAccount:
    """What says whether an account has worked since somebody last looked at its queue."""

    signed_in_since: datetime | None
    """When its first session was stored."""
    last_charged: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """A task with what a person wants to know about it."""

    task: Task
    waiting_for: WaitReason | None
    """Why a queued task waits; `None` when it is due or no longer queued."""
    events: tuple[TaskEvent, ...] = ()
    holds: tuple[Hold, ...] = ()
    """What keeps a queued task back at the moment."""
    position: int | None = None
    """Place of a queued task among its account's queued tasks of its type that are due, or will be
    when it is, in the order in which they are claimed, from 1; lists leave it out."""
    account: QueuedAccount | None = None
    """Of whoever is to perform a queued task; lists leave it out."""

    @property
    def earliest_start(self) -> datetime | None:
        """When nothing that is known now keeps the task back any more; `None`: nothing does."""
        times = [hold.until for hold in self.holds]
        if self.task.not_before is not None and self.task.status is TaskStatus.QUEUED:
            times.append(self.task.not_before)
        return max(times, default=None)

    @property
    def kept_page(self) -> str | None:
        """The folder with the last page of this task that was not understood, if one was kept."""
        folders = [str(each.detail["folder"]) for each in self.events if each.name == "page_kept"]
        return folders[-1] if folders else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFilter:
    """Which tasks to list, newest first."""

    team_id: str | None = None
    statuses: frozenset[TaskStatus] = frozenset()
    """Empty means any."""
    task_type: str | None = None
    member_id: str | None = None
    """Only tasks of this acting member."""
    about: str | None = None
    """Only tasks whose input names a person, a conversation, a post or a company with this in it,
    whatever the letters' case, among the newest 100,000."""
    limit: int = 50
    """1 to 500."""
    before: str | None = None
    """A task id; lists what was accepted before it."""
