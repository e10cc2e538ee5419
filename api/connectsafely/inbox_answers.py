"""What clients get of the inbox: two generations of the vendor's names for it."""

from __future__ import annotations

from typing import Any, Literal

from api.connectsafely.answers import Answer


class ListedParticipant(Answer):
    """Somebody else in a conversation; `profileId` is the `ACoA…` id here."""

    profile_id: str | None = None
    name: str
    headline: str | None = None
    profile_url: str | None = None
    profile_picture: str | None = None
    distance: str | None = None


class RecentParticipant(ListedParticipant):
    """The same, with LinkedIn's own ids."""

    member_badge_type: str | None = None
    participant_urn: str | None = None
    backend_urn: str | None = None
    host_identity_urn: str | None = None


class LatestMessage(Answer):
    """The newest message of a conversation, in short."""

    text: str
    sent_at: int | None = None
    sender_name: str | None = None
    has_attachment: bool


class RecentLatestMessage(LatestMessage):
    """The same, with its ids."""

    message_urn: str
    backend_message_urn: str | None = None
    sender_profile_url: str | None = None
    sender_urn: str | None = None


class RecentConversation(Answer):
    """A conversation; times are milliseconds since 1970."""

    conversation_id: str
    conversation_urn: str
    backend_conversation_urn: str | None = None
    conversation_url: str
    participants: list[RecentParticipant]
    unread_count: int
    last_activity_at: int
    created_at: int | None = None
    last_read_at: int | None = None
    is_read: bool
    state: str | None = None
    latest_message: RecentLatestMessage | None = None


class RecentMessages(Answer):
    """Conversations, the one with the newest message first; none was opened or marked read."""

    success: Literal[True] = True
    account_id: str
    profile_urn: str | None = None
    """The account's own; null where neither a conversation nor its sign-in tells it."""
    conversations: list[RecentConversation]
    total: int
    """How many there are in this answer."""
    next_cursor: str | None = None
    """Null at the end."""


class ListedConversation(Answer):
    """A conversation; times are milliseconds since 1970."""

    conversation_urn: str
    conversation_id: str
    last_activity_at: int
    unread_count: int
    participants: list[ListedParticipant]
    latest_message: LatestMessage | None = None


class MergedConversation(ListedConversation):
    """One of Sales Navigator's among them."""

    source: Literal["sales_navigator"] = "sales_navigator"
    sales_nav_thread_id: str


class NamedAccount(Answer):
    """An account that the list is of."""

    id: str
    name: str


class Conversations(Answer):
    """The same list under its newer names."""

    success: Literal[True] = True
    conversations: list[MergedConversation | ListedConversation]
    accounts: list[NamedAccount]
    next_cursor: str | None = None
    has_more: bool
    from_cache: Literal[False] = False


class MessageSender(Answer):
    """Who wrote a message; `profileId` is the `ACoA…` id here."""

    profile_id: str | None = None
    name: str
    profile_url: str | None = None
    profile_picture: str | None = None
    participant_urn: str | None = None


class DetailedMessage(Answer):
    """A message; times are milliseconds since 1970."""

    message_id: str
    backend_message_urn: str | None = None
    text: str
    subject: str | None = None
    sent_at: int | None = None
    sender: MessageSender | None = None
    attachments: list[dict[str, Any]] | None = None
    reactions: list[dict[str, Any]] | None = None
    has_attachment: bool


class ConversationDetails(Answer):
    """Messages, the newest first; the conversation was not marked read."""

    success: Literal[True] = True
    account_id: str
    profile_urn: str | None = None
    conversation_urn: str
    messages: list[DetailedMessage]
    total: int
    """How many there are in this answer."""


class ListedMessage(Answer):
    """A message; times are milliseconds since 1970."""

    message_urn: str
    text: str
    sent_at: int | None = None
    sender_profile_id: str | None = None
    sender_name: str | None = None
    sender_photo: str | None = None
    is_sent_by_owner: bool | None = None
    """By the ids; null when that cannot be told."""
    has_attachment: bool
    attachments: list[dict[str, Any]]


class MessageParticipant(Answer):
    """Somebody in the conversation, the account's own member included."""

    profile_id: str | None = None
    name: str
    headline: str | None = None
    profile_picture: str | None = None


class ConversationMessages(Answer):
    """Messages, the newest first; the conversation was not marked read."""

    success: Literal[True] = True
    messages: list[ListedMessage]
    participants: list[MessageParticipant]
    has_more: bool
    cursor: str | None = None
    """Where older messages begin; null at the end."""
    note: str | None = None


class ConversationExists(Answer):
    """Whether the account and a person have written to each other."""

    success: Literal[True] = True
    has_conversation: bool
    conversation_urn: str | None = None
    """The one with the newest message."""
    profile_urn: str
    account_id: str


class FetchedFile(Answer):
    """What is known of a fetched file; the answer itself is its content."""

    media_type: str
    byte_size: int


class InboxChanged(Answer):
    """It was done."""

    success: Literal[True] = True
    account_id: str
    message: str


class ConversationChanged(Answer):
    """It was done to this conversation."""

    success: Literal[True] = True
    account_id: str
    conversation_urn: str
    message: str
