"""Conversations and messages as the reading tasks hand them out."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from executor.models import StrictModel

ConversationUrn = Annotated[
    str,
    StringConstraints(
        pattern=r"^urn:li:msg_conversation:\(urn:li:fsd_profile:[A-Za-z0-9_-]{3,128},2-[A-Za-z0-9+/_=-]{1,400}\)$"
    ),
]
"""Names its mailbox's owner and the conversation's id (2026-09)."""
MessageUrn = Annotated[
    str,
    StringConstraints(
        pattern=r"^urn:li:msg_message:\(urn:li:fsd_profile:[A-Za-z0-9_-]{3,128},2-[A-Za-z0-9+/_=-]{1,400}\)$"
    ),
]
"""The same of a message."""

Moment = Annotated[int, Field(ge=0, le=10**14)]
"""Milliseconds since 1970."""


class Participant(StrictModel):
    """Somebody in a conversation, the account's own member included."""

    participant_urn: str | None
    """`urn:li:msg_messagingParticipant:…`."""
    backend_urn: str | None
    """`urn:li:member:…`, where LinkedIn tells it."""
    profile_urn: str | None
    """Null for companies."""
    profile_id: str | None
    name: str
    headline: str | None
    profile_url: str | None
    picture_url: str | None
    distance: str | None
    """`SELF`, `DISTANCE_1` to `DISTANCE_3`, or `OUT_OF_NETWORK`, as LinkedIn tells it."""
    badge: str | None


class Attachment(StrictModel):
    """Something that came with a message."""

    kind: str
    """LinkedIn's word for it, such as `file` or `vectorImage`."""
    name: str | None
    media_type: str | None
    byte_size: int | None
    url: str | None
    asset_urn: str | None


class Reaction(StrictModel):
    """An emoji below a message."""

    emoji: str
    count: int
    by_account: bool


class MailboxMessage(StrictModel):
    """One message."""

    message_urn: str
    backend_urn: str | None
    conversation_urn: str
    text: str
    subject: str | None
    sent_at: int | None
    """Milliseconds since 1970."""
    is_own: bool | None
    """Whether the account wrote it, by the ids; null when that cannot be told."""
    sender: Participant | None
    attachments: list[Attachment]
    reactions: list[Reaction]
    is_recalled: bool = False
    """Whether its sender has taken it back; it has no text any more."""


class Conversation(StrictModel):
    """One conversation as the inbox lists it."""

    conversation_urn: str
    backend_urn: str | None
    thread_id: str
    conversation_url: str
    title: str | None
    is_group: bool
    categories: list[str]
    participants: list[Participant]
    unread_count: int
    is_read: bool
    last_activity_at: int
    """Milliseconds since 1970, as all times here."""
    created_at: int | None
    last_read_at: int | None
    state: str | None
    latest_message: MailboxMessage | None


class Place(StrictModel):
    """A place in the list of conversations, the newest first: behind this conversation."""

    last_activity_at: int
    conversation_urn: str


def thread_id_of(conversation_urn: str) -> str:
    """Return the conversation's id as addresses have it."""
    return conversation_urn.rpartition(",")[2].removesuffix(")")
