"""Making API keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.secrets import digest_key, new_api_key
from storage.teams import Scope

if TYPE_CHECKING:
    from storage.ports import Store

_HINT_LENGTH = 7


async def create_key(
    store: Store, team_id: str, *, name: str, text: str | None = None, scope: Scope = Scope.FULL
) -> str:
    """Store a new key (a random one unless *text* is given) and return its text."""
    text = text or new_api_key()
    await store.keys.add(
        team_id, name=name, digest=digest_key(text), hint=text[:_HINT_LENGTH], scope=scope
    )
    return text
