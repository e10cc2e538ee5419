"""Comparing what the messaging page asks of LinkedIn's server with what the task is about."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from executor.locators.message_deeds import spellings
from executor.mailbox import thread_id_of

if TYPE_CHECKING:
    from executor.browser.guard import RequestBody

_STARRED = "STARRED"
_OTHER_MESSAGE = "The request is about another message."
_OTHER_CONVERSATION = "The request is about another conversation."
_OTHER_DEED = "The request asks for something else."


def recall_problem(body: RequestBody, message_urn: str) -> str | None:
    """Say what is wrong with a request that should take a message back."""
    return None if body.get("messageUrn") == message_urn else _OTHER_MESSAGE


def reaction_asked_for(body: RequestBody) -> bool | None:
    """Tell whether a request gives a reaction or takes one away; `None` when it does neither."""
    return {"reactWithEmoji": True, "unreactWithEmoji": False}.get(_action(body))


def message_reaction_problem(
    body: RequestBody, message_urn: str, emoji: str, *, gives: bool
) -> str | None:
    """Say what is wrong with a request that should give a reaction, or take one away."""
    if body.get("messageUrn") != message_urn:
        return _OTHER_MESSAGE
    if body.get("emoji") not in spellings(emoji):
        return "The request is about another emoji."
    return None if reaction_asked_for(body) is gives else _OTHER_DEED


def star_asked_for(body: RequestBody) -> bool | None:
    """Tell whether a request stars a conversation or takes its star; `None` if neither."""
    if body.get("category") != _STARRED:
        return None
    return {"addCategory": True, "removeCategory": False}.get(_action(body))


def star_problem(body: RequestBody, conversation_urn: str, *, starred: bool) -> str | None:
    """Say what is wrong with a request that should star a conversation, or take its star."""
    if body.get("conversationUrns") != [conversation_urn]:
        return _OTHER_CONVERSATION
    return None if star_asked_for(body) is starred else _OTHER_DEED


def unread_problem(body: RequestBody, conversation_urn: str) -> str | None:
    """Say what is wrong with a request that should mark a conversation unread."""
    named = parse_qs(urlsplit(body.url).query).get("ids", [""])[0]
    entities = body.get("entities")
    if not isinstance(entities, dict) or list(entities) != [conversation_urn]:
        return _OTHER_CONVERSATION
    if thread_id_of(conversation_urn) not in named:
        return _OTHER_CONVERSATION
    asked = {"patch": {"$set": {"read": False}}}
    return None if entities[conversation_urn] == asked else _OTHER_DEED


def _action(body: RequestBody) -> str:
    return parse_qs(urlsplit(body.url).query).get("action", [""])[0]
