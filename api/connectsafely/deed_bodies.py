"""What clients send to do something to a conversation or a message that is there."""

from __future__ import annotations

from api.connectsafely.bodies import CallBody, Wanted
from executor.actions import (
    ConversationUrn,
    Emoji,
    MarkUnread,
    MarkUnreadInput,
    MessageUrn,
    ReactToMessage,
    ReactToMessageInput,
    RecallMessage,
    RecallMessageInput,
    StarConversation,
    StarConversationInput,
)


class _ConversationBody(CallBody):
    """Which conversation."""

    conversation_urn: ConversationUrn


class StarBody(_ConversationBody):
    """Which conversation to star."""

    def wanted(self) -> Wanted:
        order = StarConversationInput(conversation_urn=self.conversation_urn, starred=True)
        return Wanted(action=StarConversation(), order=order)


class UnstarBody(_ConversationBody):
    """Which conversation's star to take."""

    def wanted(self) -> Wanted:
        order = StarConversationInput(conversation_urn=self.conversation_urn, starred=False)
        return Wanted(action=StarConversation(), order=order)


class MarkUnreadBody(_ConversationBody):
    """Which conversation to mark unread."""

    def wanted(self) -> Wanted:
        order = MarkUnreadInput(conversation_urn=self.conversation_urn)
        return Wanted(action=MarkUnread(), order=order)


class RecallBody(_ConversationBody):
    """Which message to take back."""

    message_urn: MessageUrn

    def wanted(self) -> Wanted:
        order = RecallMessageInput(
            conversation_urn=self.conversation_urn, message_urn=self.message_urn
        )
        return Wanted(action=RecallMessage(), order=order)


class ReactToMessageBody(_ConversationBody):
    """How to react to which message."""

    message_urn: MessageUrn
    emoji: Emoji
    """One of those that LinkedIn's page offers."""
    react: bool
    """False takes the account's own reaction away."""

    def wanted(self) -> Wanted:
        order = ReactToMessageInput(
            conversation_urn=self.conversation_urn,
            message_urn=self.message_urn,
            emoji=self.emoji,
            react=self.react,
        )
        return Wanted(action=ReactToMessage(), order=order)
