"""ConnectSafely's endpoints that do something to a conversation or a message that is there."""

from __future__ import annotations

from api.connectsafely import deed_answers
from api.connectsafely.deed_bodies import (
    MarkUnreadBody,
    ReactToMessageBody,
    RecallBody,
    StarBody,
    UnstarBody,
)
from api.connectsafely.endpoint import Endpoint

_OWNER = "urn:li:fsd_profile:ACoAAATPlQ0Bc8wdg-Iy8wZgEDuSdIVWJiE1Aio"
_CONVERSATION = (
    f"urn:li:msg_conversation:({_OWNER},2-ODFkYjU4M2ItZDlmYS00YTVjLThlNTQtZjI5YTE4ZWUyZDk5XzEwMA==)"
)
_MESSAGE = f"urn:li:msg_message:({_OWNER},2-MTc3MTk1MDM0NjYwM2I5NzY0NS0xMDA=)"
_MARKED = {"success": True, "conversationUrn": _CONVERSATION}
_NOT_READ = "The conversation is not marked read by that."
_PATH = "/conversations/{conversationUrn:path}"
_MESSAGE_PATH = f"{_PATH}/messages/{{messageUrn:path}}"

DEED_ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        path=f"{_PATH}/star",
        method="PATCH",
        body=StarBody,
        answer=deed_answers.conversation_marked,
        answer_model=deed_answers.ConversationMarked,
        summary="Star a conversation",
        description=f"One that has a star keeps it. {_NOT_READ}",
        done=_MARKED,
    ),
    Endpoint(
        path=f"{_PATH}/unstar",
        method="PATCH",
        body=UnstarBody,
        answer=deed_answers.conversation_marked,
        answer_model=deed_answers.ConversationMarked,
        summary="Take a conversation's star",
        description=f"One that has none stays so. {_NOT_READ}",
        done=_MARKED,
    ),
    Endpoint(
        path=f"{_PATH}/mark-unread",
        method="PATCH",
        body=MarkUnreadBody,
        answer=deed_answers.conversation_marked,
        answer_model=deed_answers.ConversationMarked,
        summary="Mark a conversation of the focused inbox unread",
        description="It is not opened; one that is unread stays so.",
        done=_MARKED,
    ),
    Endpoint(
        path=_MESSAGE_PATH,
        method="DELETE",
        body=RecallBody,
        answer=deed_answers.message_recalled,
        answer_model=deed_answers.MessageRecalled,
        summary="Take a message back",
        description=(
            "It is deleted for everybody in the conversation. LinkedIn offers that for the "
            f"account's own messages, for about an hour. {_NOT_READ}"
        ),
        done={"success": True, "messageUrn": _MESSAGE},
    ),
    Endpoint(
        path=f"{_MESSAGE_PATH}/react",
        body=ReactToMessageBody,
        answer=deed_answers.message_reacted,
        answer_model=deed_answers.MessageReacted,
        summary="React to a message, or take the reaction away",
        description=(
            "With one of the emojis that LinkedIn's page offers; what is so already is left as it "
            f"is. {_NOT_READ}"
        ),
        examples={"a thumb": {"emoji": "👍", "react": True}},
        done={"success": True, "messageUrn": _MESSAGE, "emoji": "👍", "react": True},
    ),
)
