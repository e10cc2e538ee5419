"""What is asked for in the fault runs, and how."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from executor.sandbox.ledger import LedgerEntry

SUBJECT = "A question"
EMOJI = "👍"


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
    COMMENT = "comment"
    REACTION = "reaction"
    """To a post; the same click twice takes it back."""
    FOLLOW = "follow"
    RECALL = "recall"
    """Of an own message."""
    EMOJI = "emoji"
    """Below an own message; the same click twice takes it back."""
    SALES_ANSWER = "answer in Sales Navigator"
    SALES_INMAIL = "InMail in Sales Navigator"


KINDS: tuple[Kind, ...] = (Kind.MESSAGE, Kind.FIRST_MESSAGE, Kind.INVITATION)
"""Those that every case is played with."""
INBOX_KINDS: tuple[Kind, ...] = (
    Kind.TYPED_MESSAGE,
    Kind.INMAIL,
    Kind.GROUP_MESSAGE,
    Kind.FILE,
)
"""Those that processes are killed under as well."""
DEED_KINDS: tuple[Kind, ...] = (Kind.COMMENT, Kind.REACTION, Kind.FOLLOW, Kind.RECALL, Kind.EMOJI)
"""What is done to something that is there; processes are killed under these, too."""
SALES_KINDS: tuple[Kind, ...] = (Kind.SALES_ANSWER, Kind.SALES_INMAIL)
"""What is sent from Sales Navigator; the same."""

_TYPES = {
    Kind.INVITATION: "send_connection_request",
    Kind.INMAIL: "send_inmail",
    Kind.GROUP_MESSAGE: "send_group_message",
    Kind.MARK_SEEN: "mark_read",
    Kind.COMMENT: "comment_post",
    Kind.REACTION: "like_post",
    Kind.FOLLOW: "follow_member",
    Kind.RECALL: "recall_message",
    Kind.EMOJI: "react_to_message",
    Kind.SALES_ANSWER: "send_sales_message",
    Kind.SALES_INMAIL: "send_sales_inmail",
}
_ENTRIES = {
    Kind.INVITATION: "invitation",
    Kind.COMMENT: "comment",
    Kind.REACTION: "reaction",
    Kind.FOLLOW: "follow",
    Kind.RECALL: "recall",
    Kind.EMOJI: "message_reaction",
}


def task_type_of(kind: Kind) -> str:
    return _TYPES.get(kind, "send_message")


def effect_of(kind: Kind) -> str:
    """Return the ledger's word for what is asked for."""
    return _ENTRIES.get(kind, "message")


def told_apart_by(entry: LedgerEntry) -> str | None:
    """Return what no other entry of its kind and recipient has; `None` where there is only one."""
    return entry.text or entry.message_urn or entry.post_urn


def input_of(kind: Kind, recipient: str, text: str | None, *, within: str) -> dict[str, Any]:
    """Return what the store takes for it.

    Args:
        text: the words, or the URN of what it is done to.
        within: number of the group that both are in, a message's conversation, or a comment's post.
    """
    person = {"profile_id": recipient}
    written = {"recipient": person, "message": text}
    deed = {"conversation_urn": within, "message_urn": text}
    given: dict[Kind, dict[str, Any]] = {
        Kind.INVITATION: {"invitee": person, "note": text},
        Kind.TYPED_MESSAGE: {**written, "show_typing": True},
        Kind.INMAIL: {**written, "subject": SUBJECT},
        Kind.SALES_INMAIL: {**written, "subject": SUBJECT},
        Kind.SALES_ANSWER: {"thread_id": within, "message": text},
        Kind.GROUP_MESSAGE: {**written, "group_id": within},
        Kind.MARK_SEEN: {"conversation_urn": text},
        Kind.COMMENT: {"post": within, "text": text},
        Kind.REACTION: {"post": text},
        Kind.FOLLOW: {"member": person},
        Kind.RECALL: deed,
        Kind.EMOJI: {**deed, "emoji": EMOJI},
    }
    return given.get(kind, written)


def call_of(
    kind: Kind, recipient: str, text: str | None, *, within: str
) -> tuple[str, dict[str, Any]]:
    """Return the path, and the body, with which a client of either vendor asks for it.

    A file is handed in before, and put into `attachments` as it was answered.

    Raises:
        KeyError: nobody is to ask for it over HTTP here.
    """
    urn = f"urn:li:fsd_profile:{recipient}"
    written = {"recipientProfileUrn": urn, "message": text}
    named = {"recipient_urn": f"urn:li:person:{recipient}", "message": text}
    inmail = {**written, "messageType": "inmail", "subject": SUBJECT}
    outx, connectsafely = "/linkedin-agent", "/linkedin"
    return {
        Kind.MESSAGE: (f"{outx}/send-message", named),
        Kind.FIRST_MESSAGE: (f"{outx}/send-message", named),
        Kind.INVITATION: (f"{outx}/send-connection-request", {"profile_urn": urn, "note": text}),
        Kind.TYPED_MESSAGE: (f"{connectsafely}/messaging/send-with-typing", written),
        Kind.INMAIL: (f"{connectsafely}/message", inmail),
        Kind.FILE: (f"{connectsafely}/conversations/send", written),
        Kind.GROUP_MESSAGE: (
            f"{connectsafely}/messaging/send-group",
            {**written, "groupId": within},
        ),
        Kind.MARK_SEEN: (f"{connectsafely}/messaging/mark-seen", {"conversationUrn": text}),
    }[kind]
