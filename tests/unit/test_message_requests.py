"""What the messaging page asks for, compared with what the task is about."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from executor.browser.guard import RequestBody
from executor.components.message_requests import (
    message_reaction_problem,
    recall_problem,
    star_problem,
    unread_problem,
)

ME = "urn:li:fsd_profile:ACoAAme"
CONVERSATION = f"urn:li:msg_conversation:({ME},2-abc==)"
MESSAGE = f"urn:li:msg_message:({ME},2-def=)"
OTHER = f"urn:li:msg_message:({ME},2-ghi=)"
BASE = "https://www.linkedin.com/voyager/api"


def body(query: str, **fields: Any) -> RequestBody:
    return RequestBody(fields, url=f"{BASE}/any?{query}", raw=b"")


@pytest.mark.parametrize("named", [None, OTHER, [MESSAGE], MESSAGE.upper()])
def test_only_this_message_is_taken_back(named: Any) -> None:
    """Whatever does not name it exactly stays in the browser."""
    assert recall_problem(body("action=recall", messageUrn=MESSAGE), MESSAGE) is None
    assert recall_problem(body("action=recall", messageUrn=named), MESSAGE) is not None


@pytest.mark.parametrize(
    ("query", "fields", "gives", "right"),
    [
        ("action=reactWithEmoji", {"messageUrn": MESSAGE, "emoji": "❤️"}, True, True),
        ("action=reactWithEmoji", {"messageUrn": MESSAGE, "emoji": "❤"}, True, True),
        ("action=unreactWithEmoji", {"messageUrn": MESSAGE, "emoji": "❤"}, False, True),
        ("action=reactWithEmoji", {"messageUrn": MESSAGE, "emoji": "❤"}, False, False),
        ("action=unreactWithEmoji", {"messageUrn": MESSAGE, "emoji": "❤"}, True, False),
        ("action=reactWithEmoji", {"messageUrn": OTHER, "emoji": "❤"}, True, False),
        ("action=reactWithEmoji", {"messageUrn": MESSAGE, "emoji": "👍"}, True, False),
        ("action=reactWithEmoji", {"messageUrn": MESSAGE}, True, False),
        ("", {"messageUrn": MESSAGE, "emoji": "❤"}, True, False),
    ],
)
def test_only_this_reaction_is_given_or_taken_away(
    query: str, fields: dict[str, Any], *, gives: bool, right: bool
) -> None:
    """By message, emoji and direction."""
    problem = message_reaction_problem(body(query, **fields), MESSAGE, "❤️", gives=gives)

    assert (problem is None) is right


@pytest.mark.parametrize(
    ("query", "fields", "right"),
    [
        ("action=addCategory", {"conversationUrns": [CONVERSATION], "category": "STARRED"}, True),
        (
            "action=removeCategory",
            {"conversationUrns": [CONVERSATION], "category": "STARRED"},
            False,
        ),
        ("action=addCategory", {"conversationUrns": [CONVERSATION], "category": "ARCHIVE"}, False),
        (
            "action=addCategory",
            {"conversationUrns": [CONVERSATION, OTHER], "category": "STARRED"},
            False,
        ),
        ("action=addCategory", {"conversationUrns": [], "category": "STARRED"}, False),
        ("action=typing", {"conversationUrn": CONVERSATION}, False),
    ],
)
def test_only_this_conversation_is_starred(
    query: str, fields: dict[str, Any], *, right: bool
) -> None:
    """It alone, in no other category."""
    assert (star_problem(body(query, **fields), CONVERSATION, starred=True) is None) is right


@pytest.mark.parametrize(
    ("change", "right"),
    [
        ({CONVERSATION: {"patch": {"$set": {"read": False}}}}, True),
        ({CONVERSATION: {"patch": {"$set": {"read": True}}}}, False),
        ({CONVERSATION: {"patch": {"$set": {"read": False, "muted": True}}}}, False),
        ({OTHER: {"patch": {"$set": {"read": False}}}}, False),
        (
            {
                CONVERSATION: {"patch": {"$set": {"read": False}}},
                OTHER: {"patch": {"$set": {"read": False}}},
            },
            False,
        ),
        ({}, False),
        (None, False),
    ],
)
def test_only_this_conversation_is_marked_unread(change: Any, *, right: bool) -> None:
    """It alone, and nothing else is changed with it."""
    asked = body(f"ids=List({quote(CONVERSATION, safe='')})", entities=change)
    elsewhere = body("ids=List(urn)", entities=change)

    assert (unread_problem(asked, CONVERSATION) is None) is right
    assert unread_problem(elsewhere, CONVERSATION) is not None
