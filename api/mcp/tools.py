"""The table of tools."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from api.mcp.action_tools import ActionTool
from api.mcp.task_tools import CANCEL_TASK, GET_TASK, LIST_TASKS
from executor.actions import (
    AnswerInvitation,
    FetchConversations,
    FetchMessages,
    FetchProfile,
    FetchReceivedInvitations,
    SearchProfiles,
    SendConnectionRequest,
    SendInmail,
    SendMessage,
    WithdrawInvitation,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mcp_types import Tool as DescribedTool

    from api.mcp.tool import Tool

_PERSON = ""
"""Persons are described alike everywhere."""
_ONCE = (
    "It is sent once at most. If the answer is not succeeded, go by its advice and retry_safe: "
    "after unconfirmed, never send it again."
)

TOOLS: tuple[Tool, ...] = (
    ActionTool(
        name="send_message",
        title="Send a message",
        description=(
            "Send a direct message to a 1st-degree connection, or into a conversation that exists: "
            f"name recipient, conversation_urn, or both. It cannot be taken back here. {_ONCE}"
        ),
        action=SendMessage(),
        arguments={
            "recipient": _PERSON,
            "message": "The text, delivered as it stands. Line breaks are line feeds.",
            "conversation_urn": "The conversation that it goes to, as list_conversations tells it.",
        },
    ),
    ActionTool(
        name="send_connection_request",
        title="Invite somebody to connect",
        description=(
            "Invite a member to connect, with or without a note. LinkedIn allows an account some "
            f"100 a week, and free accounts only a few with a note. {_ONCE}"
        ),
        action=SendConnectionRequest(),
        arguments={
            "invitee": _PERSON,
            "note": "What the invitation says; free accounts may write 200 characters.",
        },
    ),
    ActionTool(
        name="send_inmail",
        title="Send an InMail",
        description=(
            "Write to a member who is no connection, for one of the account's InMail credits; "
            f"where there are none, nothing is sent. {_ONCE}"
        ),
        action=SendInmail(),
        arguments={
            "recipient": _PERSON,
            "subject": "One line.",
            "message": "The text, delivered as it stands. Line breaks are line feeds.",
        },
    ),
    ActionTool(
        name="list_conversations",
        title="List the inbox",
        description=(
            "List the conversations of the account's focused inbox, the one with the newest "
            "message first, each with its participants, its latest message and whether it was "
            "read. Nothing is opened or marked read."
        ),
        action=FetchConversations(),
        arguments={
            "count": "How many.",
            "words": "Only those with these words in a name, in the title or the latest message.",
            "is_read": "Only those that were read, or only those that were not.",
            "behind": "The `next` of an earlier answer, to go on behind it.",
        },
    ),
    ActionTool(
        name="read_conversation",
        title="Read a conversation",
        description=(
            "Read the messages of a conversation, the newest first. It is not marked read. To find "
            "the conversation with somebody, ask list_conversations for their name."
        ),
        action=FetchMessages(),
        arguments={
            "conversation_urn": "The conversation, as list_conversations tells it.",
            "count": "How many messages, the newest ones.",
            "before": "Only messages older than this, in milliseconds since 1970.",
            "since": "Only messages newer than this, in milliseconds since 1970.",
        },
    ),
    ActionTool(
        name="get_profile",
        title="Read a profile",
        description=(
            "Read what a member's profile tells: name, headline, place, about, positions, "
            "education, skills, and how far away the member is. LinkedIn may tell the member who "
            "has looked."
        ),
        action=FetchProfile(),
        arguments={"person": _PERSON},
    ),
    ActionTool(
        name="search_people",
        title="Search for people",
        description=(
            "Find members by words and by LinkedIn's own numbers; at least one filter is needed. "
            "Searches count against LinkedIn's monthly limit."
        ),
        action=SearchProfiles(),
        arguments={
            "keywords": "Words, as in LinkedIn's search box.",
            "title": "Searched for as a keyword.",
            "company": "Searched for as a keyword.",
            "first_name": "Searched for as a keyword.",
            "last_name": "Searched for as a keyword.",
            "school": "Searched for as a keyword.",
            "geo_urn": "LinkedIn's numbers of places, such as 103644278 for the United States.",
            "current_company": "LinkedIn's numbers of companies.",
            "past_company": "LinkedIn's numbers of companies.",
            "industry": "LinkedIn's numbers of industries.",
            "profile_language": "Two-letter codes.",
            "degrees": "1 for connections, 2, and 3 for everybody beyond.",
            "start": "How many to pass over.",
            "count": "How many to return.",
        },
    ),
    ActionTool(
        name="list_received_invitations",
        title="List received invitations",
        description=(
            "List the invitations that wait for the account's answer, the newest first. LinkedIn "
            "shows some ten until these are answered. Nothing is answered or marked seen."
        ),
        action=FetchReceivedInvitations(),
        arguments={"count": "How many at most."},
    ),
    ActionTool(
        name="answer_invitation",
        title="Answer a received invitation",
        description=(
            "Accept or ignore an invitation that somebody has sent to the account. Ignoring tells "
            f"the inviter nothing. {_ONCE}"
        ),
        action=AnswerInvitation(),
        arguments={"inviter": _PERSON, "answer": "What to do with it."},
    ),
    ActionTool(
        name="withdraw_invitation",
        title="Withdraw a sent invitation",
        description=(
            "Withdraw a pending invitation that the account has sent. LinkedIn lets nobody invite "
            f"the same person again for three weeks. {_ONCE}"
        ),
        action=WithdrawInvitation(),
        arguments={"invitee": _PERSON},
    ),
    GET_TASK,
    LIST_TASKS,
    CANCEL_TASK,
)


@cache
def described() -> Mapping[str, DescribedTool]:
    """Return how each tool is told to clients, by its name."""
    return MappingProxyType({tool.name: tool.described() for tool in TOOLS})


BY_NAME: Mapping[str, Tool] = MappingProxyType({tool.name: tool for tool in TOOLS})
