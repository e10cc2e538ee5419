"""Signed-in browser states, their health, and who may use them at the moment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from storage.tasks import JsonObject


class SessionHealth(StrEnum):
    """What LinkedIn last made of a member's session."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    CHALLENGE = "challenge"
    """LinkedIn asks for a PIN, an app approval or a captcha; a person has to answer."""
    RESTRICTED = "restricted"
    """LinkedIn has restricted the account; a person has to settle it with LinkedIn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A member's session without its secret state."""

    member_id: str
    health: SessionHealth
    verified_at: datetime | None
    """When a page last showed this session to be signed in."""
    updated_at: datetime
    first_saved_at: datetime
    """When the account's first session was stored here; a young account is warmed up."""
    version: int
    """Counts the changes; times do not tell which of two is the newer."""
    profile_id: str | None = None
    """The account's own `ACoA…` id, once a page has shown it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """A session with its decrypted state, for the browser only; its repr hides the state."""

    session: Session
    state: JsonObject
    """Playwright storage state: `cookies` and `origins`."""

    def __repr__(self) -> str:
        return f"OpenSession(session={self.session!r}, state=<hidden>)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to act for one member's account until *expires_at*."""

    member_id: str
    owner: str
    """Which process holds it, as `host:pid:start`."""
    token: int
    """Fencing token: grows with every change of hands and guards every write."""
    expires_at: datetime
