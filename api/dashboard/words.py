"""The program's words as a person reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from storage.limits import HoldReason
from storage.sessions import SessionHealth
from storage.tasks import TaskStatus, WaitReason
from storage.webhooks import DeliveryError, DeliveryState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from api.waiting import Waiting
    from storage.limits import Hold
    from storage.tasks import TaskEvent
    from storage.webhooks import Delivery

STATUS: Mapping[TaskStatus, str] = MappingProxyType(
    {
        TaskStatus.QUEUED: "accepted and stored; it has not been started",
        TaskStatus.RUNNING: "being performed; nothing irreversible has happened",
        TaskStatus.SUBMITTING: "at or past the click that cannot be undone",
        TaskStatus.SUCCEEDED: "done, with evidence",
        TaskStatus.FAILED: "it did not happen",
        TaskStatus.UNCONFIRMED: "it may have happened; nobody could prove it",
        TaskStatus.CANCELLED: "withdrawn before it ran",
    }
)
HEALTH: Mapping[SessionHealth | None, str] = MappingProxyType(
    {
        None: "Never signed in",
        SessionHealth.SIGNED_IN: "Signed in",
        SessionHealth.SIGNED_OUT: "Signed out",
        SessionHealth.CHALLENGE: "LinkedIn asks who it is",
        SessionHealth.RESTRICTED: "Restricted by LinkedIn",
    }
)
_HOLDS: Mapping[HoldReason, str] = MappingProxyType(
    {
        HoldReason.INVITATION_LIMIT: "LinkedIn's own limit on invitations is reached",
        HoldReason.RATE_LIMITED: "LinkedIn throttles the account",
        HoldReason.UI_CHANGED: "its pages were not understood several times in a row",
        HoldReason.GAP: "the pause between two writes",
        HoldReason.DAY_CAP: "the cap for 24 hours is used up",
        HoldReason.WEEK_CAP: "the cap for seven days is used up",
        HoldReason.WORKING_HOURS: "it is outside the working hours",
    }
)
_WAITS: Mapping[WaitReason | None, str] = MappingProxyType(
    {
        None: "waits for its turn",
        WaitReason.SIGN_IN: "waits for a sign-in",
        WaitReason.PACING: "waits for the pause between two actions",
        WaitReason.LIMIT: "waits for room within a limit",
        WaitReason.SCHEDULE: "waits for its time",
        WaitReason.PAUSED: "waits: the account is paused",
    }
)
DELIVERY: Mapping[DeliveryState, str] = MappingProxyType(
    {
        DeliveryState.DELIVERED: "delivered",
        DeliveryState.PENDING: "waiting",
        DeliveryState.DEAD: "given up",
    }
)
_UNDELIVERED: Mapping[DeliveryError, str] = MappingProxyType(
    {
        DeliveryError.ADDRESS_REFUSED: "the address is not one that webhooks may go to",
        DeliveryError.UNRESOLVED: "the host's name has no address",
        DeliveryError.NOT_CONNECTED: "there was no connection, or it broke",
        DeliveryError.TIMED_OUT: "the answer was not complete in time",
        DeliveryError.REDIRECTED: "the answer was a redirect, and those are not followed",
        DeliveryError.BAD_STATUS: "the receiver did not take it",
        DeliveryError.GONE: "the receiver is gone for good",
        DeliveryError.ENDPOINT_DISABLED: "the webhook was switched off",
        DeliveryError.NOT_SIGNED: "its secret was stored with another key; replace it",
    }
)
_EVENTS: Mapping[str, str] = MappingProxyType(
    {
        "accepted": "Accepted and stored",
        "repeated": "Asked for once more; this task stands for both",
        "waiting": "Waits",
        "claimed": "Taken up by a runner",
        "submitting": "Point of no return: committed before the click",
        "leaving": "The request is about to leave the browser",
        "succeeded": "Done, with evidence",
        "failed": "Failed",
        "unconfirmed": "Ended unconfirmed",
        "cancelled": "Withdrawn",
        "put_back": "Put back into the queue",
        "recovered": "Put back after its runner was gone; nothing irreversible had happened",
        "adopted": "Taken over past the click, to be looked into and never clicked again",
        "page_kept": "The page was kept for a look",
    }
)
_UNTOLD = frozenset({"dialect", "folder", "lease_token", "member_id", "task_type"})
"""Particulars of events that the page shows elsewhere, or that tell a visitor nothing."""
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def label(name: str) -> str:
    """Return a machine's name as a person's: `send_message` is `Send message`."""
    return sentence(name.replace("_", " ").replace("inmail", "InMail"))


def sentence(text: str) -> str:
    """Return the text with a capital letter; names inside keep theirs, unlike `capitalize`."""
    return text[:1].upper() + text[1:]


def inside(text: str) -> str:
    """Return the text as it stands within a sentence."""
    return text if text.startswith(("LinkedIn", "InMail")) else text[:1].lower() + text[1:]


def moment(at: datetime) -> Markup:
    """Return a time that reads well without scripts, and in the reader's own zone with them."""
    utc = at.astimezone(UTC)
    machine = utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Markup('<time datetime="{}">{}</time>').format(machine, f"{utc:%Y-%m-%d %H:%M:%S} UTC")


def lasting(length: timedelta) -> str:
    """Return a length of time, roughly."""
    if length < _MINUTE:
        return f"{max(0, int(length.total_seconds()))} s"
    if length < _HOUR:
        return f"{length // _MINUTE} min"
    if length < 2 * _DAY:
        return f"{length // _HOUR} h"
    return f"{length // _DAY} days"


def health(found: SessionHealth | None) -> str:
    return HEALTH[found]


def hold_reason(hold: Hold) -> str:
    return _HOLDS[hold.reason]


def held_work(hold: Hold) -> str:
    return label(hold.task_type) if hold.task_type else "All work"


def why_waiting(waiting: Waiting) -> str:
    if waiting.reason is not None:
        return f"waits: {_HOLDS[waiting.reason]}"
    return _WAITS[waiting.waits_for]


def event_name(event: TaskEvent) -> str:
    return _EVENTS.get(event.name, label(event.name))


def event_detail(event: TaskEvent) -> str:
    """Return what a timeline's line tells beside its name."""
    told = {name: value for name, value in event.detail.items() if name not in _UNTOLD}
    if event.name == "waiting" and isinstance(told.get("detail"), str):
        return str(told["detail"])
    if "message" in told and "code" in told:
        return f"{told['code']}: {told['message']}"
    if "why" in told:
        return str(told["why"])
    return ", ".join(f"{label(name).lower()}: {value}" for name, value in told.items())


def delivery_word(state: DeliveryState) -> str:
    return DELIVERY[state]


def delivery_error(error: DeliveryError) -> str:
    return _UNDELIVERED[error]


def delivered(delivery: Delivery) -> str:
    """Return what came of a delivery so far, in some words."""
    tries = f"{delivery.attempts} attempt{'' if delivery.attempts == 1 else 's'}"
    if delivery.last_error is not None:
        status = f" ({delivery.last_status})" if delivery.last_status is not None else ""
        return f"{tries}: {_UNDELIVERED[delivery.last_error]}{status}"
    return tries if delivery.attempts else "not tried yet"


def meaning(status: TaskStatus) -> str:
    return STATUS[status]


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "delivered": delivered,
        "delivery_error": delivery_error,
        "delivery_word": delivery_word,
        "event_detail": event_detail,
        "event_name": event_name,
        "health": health,
        "held_work": held_work,
        "hold_reason": hold_reason,
        "inside": inside,
        "label": label,
        "lasting": lasting,
        "meaning": meaning,
        "moment": moment,
        "sentence": sentence,
        "why_waiting": why_waiting,
    }
)
