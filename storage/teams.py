"""Who shares an API key, and whose account acts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class Role(StrEnum):
    """What a member may decide for the team."""

    ADMIN = "admin"
    MEMBER = "member"


class Scope(StrEnum):
    """What an API key may be used for."""

    FULL = "full"
    """Create tasks and read them."""
    READ = "read"
    """Read tasks only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Everyone who shares an API key."""

    id: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of a team, who may have a LinkedIn session."""

    id: str
    team_id: str
    name: str
    role: Role
    joined_at: datetime
    """Decides who acts: the oldest admin by this time."""
    paused_at: datetime | None = None
    """Since when the account takes up no work, because somebody has stopped it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key as the store knows it: by digest, never by its text."""

    id: str
    team_id: str
    name: str
    digest: str
    """SHA-256 of the key's text, in hex. A plain digest is enough: keys have 192 random bits."""
    hint: str
    """The key's first characters, to recognise it in a list."""
    scope: Scope
    created_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """What authentication needs to know about a presented key, read in one go."""

    key_id: str
    team_id: str
    scope: Scope
    acting_member_id: str | None
    """The team's oldest admin, or `None` when it has no admin."""
    acting_session_active: bool
    """Whether that admin's session is signed in."""
    team_verified_at: datetime | None
    """The latest verified sign-in of any member of the team (the 48-hour rule)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardSession:
    """Somebody who is signed in to the dashboard."""

    key_digest: str
    """Of the API key that they have signed in with."""
    seen_at: datetime
    """When they last did something there."""
