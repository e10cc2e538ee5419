"""Who takes part in which conversation, by the ids in LinkedIn's answers to its own page.

While an existing conversation is shown below "New message", the page names its recipient in words
only (measured 2026-10-04), and the request to send names a conversation. What the page has loaded
about that conversation says by id whose it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from executor.components.messages import Messages
from executor.components.profile_ids import profile_ids_in

if TYPE_CHECKING:
    from collections.abc import Iterator

_CONVERSATION = "urn:li:msg_conversation:"
_ASKED_FOR = re.compile(r"conversationUrn:(urn:li:msg_conversation:\([^()]*\))")


def conversation_asked_for(url: str) -> str | None:
    """Return the conversation whose messages a page asks for at this address."""
    found = _ASKED_FOR.search(unquote(url))
    return found[1] if found else None


def asks_for_changes(url: str) -> bool:
    """Tell whether a page only asks for what has changed since an earlier answer (2026-09)."""
    return "syncToken:" in unquote(url)


class Participants:
    """What has been overheard so far."""

    def __init__(self) -> None:
        self._by_conversation: dict[str, frozenset[str]] = {}
        self.messages = Messages()
        """What these people and the account have written to each other."""

    def forget(self) -> None:
        """Begin anew."""
        self._by_conversation.clear()
        self.messages = Messages()

    def learn_conversations(self, _url: str, answer: Any) -> None:
        """Take in an answer that holds conversations, nested or as a list of entities."""
        if isinstance(answer, list):
            for part in answer:
                self.learn_conversations(_url, part)
        elif isinstance(answer, dict):
            urn = answer.get("entityUrn")
            if isinstance(urn, str) and urn.startswith(_CONVERSATION):
                self._note(urn, answer)
            for part in answer.values():
                self.learn_conversations(_url, part)

    def learn_from_messages(self, url: str, answer: Any) -> None:
        """Take in the messages of one conversation, which the address names, by their senders."""
        urn = conversation_asked_for(url)
        if urn is None:
            return
        self.messages.learn(urn, answer)
        if urn in self._by_conversation:
            return
        others = frozenset(_senders(answer)) - {*profile_ids_in(urn)}
        # With nobody's words but one's own in it, it does not tell whose it is.
        if others:
            self._by_conversation[urn] = others

    def others_in(self, conversation_urn: str) -> frozenset[str] | None:
        """Return the profile ids of everybody but the mailbox's owner; `None` when unknown."""
        return self._by_conversation.get(conversation_urn)

    def _note(self, urn: str, conversation: dict[str, Any]) -> None:
        named = [value for key, value in conversation.items() if "participants" in key.lower()]
        ids, owner = frozenset(profile_ids_in(str(named))), profile_ids_in(urn)
        if ids and owner:
            self._by_conversation[urn] = ids - {*owner}


def _senders(answer: Any) -> Iterator[str]:
    if isinstance(answer, list):
        for part in answer:
            yield from _senders(part)
    elif isinstance(answer, dict):
        for key, part in answer.items():
            if key.lstrip("*") == "sender":
                yield from profile_ids_in(str(part))
            else:
                yield from _senders(part)
