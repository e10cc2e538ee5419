"""What clients get for something that was done to a conversation or a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from api.connectsafely.answers import Answer

if TYPE_CHECKING:
    from api.connectsafely.answers import Outcome


class ConversationMarked(Answer):
    """It was done to this conversation, or was so before."""

    success: Literal[True] = True
    conversation_urn: str


class MessageRecalled(Answer):
    """This message is deleted for everybody in its conversation."""

    success: Literal[True] = True
    message_urn: str


class MessageReacted(Answer):
    """Whether the account's emoji stands below this message now."""

    success: Literal[True] = True
    message_urn: str
    emoji: str
    react: bool


def conversation_marked(outcome: Outcome) -> ConversationMarked:
    return ConversationMarked(conversation_urn=outcome.output["conversation_urn"])


def message_recalled(outcome: Outcome) -> MessageRecalled:
    return MessageRecalled(message_urn=outcome.output["message_urn"])


def message_reacted(outcome: Outcome) -> MessageReacted:
    output = outcome.output
    return MessageReacted(
        message_urn=output["message_urn"], emoji=output["emoji"], react=output["react"]
    )
