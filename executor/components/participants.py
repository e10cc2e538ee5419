"""Who takes part in which conversation, by the ids in LinkedIn's answers to its own page.

While an existing conversation is shown below "New message", the page names its recipient in words
only (measured 2026-10-04), and the request to send names a conversation. What the page has loaded
about that conversation says by id whose it is.
"""

from __future__ import annotations

import re
from typing import Any

_CONVERSATION = "urn:li:msg_conversation:"
_PROFILE_ID = re.compile(r"urn:li:(?:fsd_profile|fs_miniProfile):([A-Za-z0-9_-]+)")


class Participants:
    """What has been overheard so far."""

    def __init__(self) -> None:
        self._by_conversation: dict[str, frozenset[str]] = {}

    def learn(self, answer: Any) -> None:
        """Take in an answer that holds conversations, nested or as a list of entities."""
        if isinstance(answer, list):
            for part in answer:
                self.learn(part)
        elif isinstance(answer, dict):
            urn = answer.get("entityUrn")
            if isinstance(urn, str) and urn.startswith(_CONVERSATION):
                self._note(urn, answer)
            for part in answer.values():
                self.learn(part)

    def others_in(self, conversation_urn: str) -> frozenset[str] | None:
        """Return the profile ids of everybody but the mailbox's owner; `None` when unknown."""
        return self._by_conversation.get(conversation_urn)

    def _note(self, urn: str, conversation: dict[str, Any]) -> None:
        named = [value for key, value in conversation.items() if "participants" in key.lower()]
        ids = frozenset(_PROFILE_ID.findall(str(named)))
        owner = _PROFILE_ID.search(urn)
        if ids and owner:
            self._by_conversation[urn] = ids - {owner[1]}
