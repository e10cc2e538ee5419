"""What clients want to be told without asking, and how far the telling has come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from pydantic import SecretStr

    from storage.tasks import JsonObject

ENDPOINTS_MAX = 20
"""How many endpoints a team may have: each event is stored and sent once for each."""


class EventType(StrEnum):
    """Every event that is told; clients may rely on the names."""

    TASK_SUCCEEDED = "task.succeeded"
    TASK_FAILED = "task.failed"
    TASK_UNCONFIRMED = "task.unconfirmed"
    TASK_CANCELLED = "task.cancelled"
    ACCOUNT_NEEDS_SIGN_IN = "account.needs_sign_in"
    """A session has stopped being signed in, or its account needs its person in another way."""
    ACCOUNT_RECOVERED = "account.recovered"
    LIMIT_REACHED = "limit.reached"
    """A limit keeps a due task back; told once for each account, limit and window."""
    MESSAGE_RECEIVED = "message.received"
    INVITATION_ACCEPTED = "invitation.accepted"
    WEBHOOK_TEST = "webhook.test"
    """Somebody has asked for it, to see whether it arrives; only its endpoint gets it."""


SUBSCRIBABLE = tuple(each for each in EventType if each is not EventType.WEBHOOK_TEST)


class DeliveryState(StrEnum):
    """How far one delivery has come."""

    PENDING = "pending"
    DELIVERED = "delivered"
    """The receiver has answered 2xx."""
    DEAD = "dead"
    """Nobody tries it again, unless it is replayed."""


class DeliveryError(StrEnum):
    """Why the last attempt did not deliver."""

    ADDRESS_REFUSED = "address_refused"
    """The address is not one that webhooks may go to."""
    UNRESOLVED = "unresolved"
    """The host's name has no address."""
    NOT_CONNECTED = "not_connected"
    """No connection could be made, TLS included, or it broke before the answer."""
    TIMED_OUT = "timed_out"
    """The answer was not complete in time."""
    REDIRECTED = "redirected"
    """The answer was a redirect, and those are never followed."""
    BAD_STATUS = "bad_status"
    """The answer was something else than 2xx."""
    GONE = "gone"
    """The answer was 410, which ends an endpoint."""
    ENDPOINT_DISABLED = "endpoint_disabled"
    """The endpoint was switched off while this was waiting."""
    NOT_SIGNED = "not_signed"
    """Its secret was encrypted with another key; it needs a new one."""


class DisabledReason(StrEnum):
    """Why an endpoint is told nothing any more."""

    BY_REQUEST = "by_request"
    GONE = "gone"
    """It has answered 410."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """An endpoint that a team wants to be told at."""

    id: str
    team_id: str
    url: str
    event_types: tuple[EventType, ...] | None
    """`None`: all, also those of later releases."""
    created_at: datetime
    disabled_at: datetime | None = None
    disabled_reason: DisabledReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """Where the end of one task is to be told."""

    url: str
    target: str
    """Scheme, host and port of it: what is slow or down together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something that a task has found out, to be told together with the task's success."""

    type: EventType
    subject: str | None
    """Names it among the account's news of the type: what goes by the same name is told once."""
    detail: JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that has happened; its *id* stays the same in every delivery and retry."""

    id: str
    type: EventType
    team_id: str
    at: datetime
    task_id: str | None
    detail: JsonObject
    """What is told of it; empty for tasks, which tell that themselves."""
    body: bytes | None
    """What is sent, to the byte, once it was put into words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One event on its way to one endpoint, or to the callback of its task."""

    id: str
    webhook_id: str | None
    """`None` for a callback."""
    event_id: str
    event_type: EventType
    event_at: datetime
    task_id: str | None
    url: str
    state: DeliveryState
    attempts: int
    next_at: datetime | None
    """When it is tried next; set exactly while it is pending."""
    last_at: datetime | None
    last_status: int | None
    """The receiver's HTTP status; `None` when there was no answer."""
    last_error: DeliveryError | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedDelivery:
    """A delivery that nobody else sends until *until*; its repr hides the secrets."""

    id: str
    until: datetime
    attempts: int
    """Ended ones so far."""
    url: str
    target: str
    secrets: tuple[SecretStr, ...]
    """The endpoint's that can be read, the newest first; two while one is being replaced."""
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempted:
    """What came of an attempt."""

    state: DeliveryState
    status: int | None = None
    error: DeliveryError | None = None
    next_at: datetime | None = None
    """Set exactly while it is pending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryTally:
    """How often something came of deliveries of a type, since the beginning."""

    event_type: EventType
    outcome: str
    """`delivered`, `dead`, or `retried` for each attempt after which another one follows."""
    deliveries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryBacklog:
    """What waits to be delivered."""

    deliveries: int
    since: datetime | None
    """When the oldest of it happened."""
