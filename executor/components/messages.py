"""Messages as LinkedIn's server has told its own page of them.

Each one carries back the `originToken` that the page which sent it had made for it (captured
2026-10-09), so a message can be told from another with the very same words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from executor.components.mailbox import attachments_of
from executor.components.profile_ids import profile_ids_in
from executor.locators import messaging
from executor.mailbox import thread_id_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_REMEMBERED = 2000
"""How many messages are kept; a page loads some 20 at a time, and a tab lives for days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMessage:
    """A message that LinkedIn's server has; no placeholder, and no preview in the inbox."""

    urn: str
    conversation_urn: str
    is_own: bool
    """Whether the mailbox's owner sent it, by the ids."""
    origin_token: str | None
    """`None` when the answer did not tell."""
    files: tuple[str | None, ...] | None = None
    """Names of what came with it, as far as they have any; `None` when the answer did not tell."""

    @property
    def thread_id(self) -> str:
        """The conversation's id as addresses have it."""
        return thread_id_of(self.conversation_urn)


class Messages:
    """What has been overheard so far; no words are kept."""

    def __init__(self) -> None:
        self._by_urn: dict[str, StoredMessage] = {}

    def learn(self, conversation_urn: str, answer: Any) -> None:
        """Take in an answer that holds messages, nested or as a list of entities."""
        owner = profile_ids_in(conversation_urn)[:1]
        for entity in _entities(answer):
            urn, token = entity["entityUrn"], entity.get("originToken")
            known = self._by_urn.get(urn)
            # A message stands in the answer once more, in part, where another one quotes it.
            if known is not None and known.origin_token is not None:
                continue
            sender = profile_ids_in(str(entity.get("sender") or entity.get("*sender")))
            self._by_urn[urn] = StoredMessage(
                urn=urn,
                conversation_urn=conversation_urn,
                is_own=bool(owner) and sender[:1] == owner,
                origin_token=token if isinstance(token, str) else None,
                files=_files(entity),
            )
        while len(self._by_urn) > _REMEMBERED:
            del self._by_urn[next(iter(self._by_urn))]

    def get(self, urn: str) -> StoredMessage | None:
        return self._by_urn.get(urn)

    def sent_as(self, origin_token: str) -> StoredMessage | None:
        """Return the own message that a page had made this token for."""
        for message in self._by_urn.values():
            if message.is_own and message.origin_token == origin_token:
                return message
        return None


def _entities(answer: Any) -> Iterator[dict[str, Any]]:
    if isinstance(answer, list):
        for part in answer:
            yield from _entities(part)
    elif isinstance(answer, dict):
        urn = answer.get("entityUrn")
        if isinstance(urn, str) and re.fullmatch(messaging.SERVER_MESSAGE_URN, urn):
            yield answer
        for part in answer.values():
            yield from _entities(part)


def _files(entity: dict[str, Any]) -> tuple[str | None, ...] | None:
    found = attachments_of(entity)
    return None if found is None else tuple(each.name for each in found)
