"""What is asked for in the fault runs, and how."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

SUBJECT = "A question"


class Kind(StrEnum):
    """What is asked for."""

    MESSAGE = "message"
    """To somebody with whom there is a conversation."""
    FIRST_MESSAGE = "first message"
    """Begins a conversation."""
    INVITATION = "invitation"
    """With a note."""
    TYPED_MESSAGE = "typed message"
    """To somebody with whom there is a conversation; its beginning is typed key by key."""
    INMAIL = "InMail"
    GROUP_MESSAGE = "group message"
    FILE = "message with a file"
    """Begins a conversation."""
    MARK_SEEN = "mark seen"
    """Of an unread conversation; doing it twice is as doing it once, so it has no intent."""


KINDS: tuple[Kind, ...] = (Kind.MESSAGE, Kind.FIRST_MESSAGE, Kind.INVITATION)
"""Those that every case is played with."""
INBOX_KINDS: tuple[Kind, ...] = (Kind.TYPED_MESSAGE, Kind.INMAIL, Kind.GROUP_MESSAGE)
"""Those that processes are killed under as well."""

_TYPES = {
    Kind.INVITATION: "send_connection_request",
    Kind.INMAIL: "send_inmail",
    Kind.GROUP_MESSAGE: "send_group_message",
    Kind.MARK_SEEN: "mark_read",
}


def task_type_of(kind: Kind) -> str:
    return _TYPES.get(kind, "send_message")


def input_of(kind: Kind, recipient: str, text: str, *, group: str) -> dict[str, Any]:
    """Return what the store takes for it.

    Args:
        group: number of the one that both are in.
    """
    person = {"profile_id": recipient}
    match kind:
        case Kind.INVITATION:
            return {"invitee": person, "note": text}
        case Kind.TYPED_MESSAGE:
            return {"recipient": person, "message": text, "show_typing": True}
        case Kind.INMAIL:
            return {"recipient": person, "subject": SUBJECT, "message": text}
        case Kind.GROUP_MESSAGE:
            return {"recipient": person, "group_id": group, "message": text}
        case Kind.MARK_SEEN:
            return {"conversation_urn": text}
        case _:
            return {"recipient": person, "message": text}


def call_of(kind: Kind, recipient: str, text: str, *, group: str) -> tuple[str, dict[str, Any]]:
    """Return the path, and the body, with which a client of either vendor asks for it."""
    urn = f"urn:li:fsd_profile:{recipient}"
    written = {"recipientProfileUrn": urn, "message": text}
    match kind:
        case Kind.INVITATION:
            return "/linkedin-agent/send-connection-request", {"profile_urn": urn, "note": text}
        case Kind.TYPED_MESSAGE:
            return "/linkedin/messaging/send-with-typing", written
        case Kind.INMAIL:
            return "/linkedin/message", {**written, "messageType": "inmail", "subject": SUBJECT}
        case Kind.GROUP_MESSAGE:
            return "/linkedin/messaging/send-group", {**written, "groupId": group}
        case Kind.MARK_SEEN:
            return "/linkedin/messaging/mark-seen", {"conversationUrn": text}
        case _:
            named = {"recipient_urn": f"urn:li:person:{recipient}", "message": text}
            return "/linkedin-agent/send-message", named
