"""What clients get to know about accounts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic import ConfigDict

from executor.models import Documented
from storage.sessions import SessionHealth
from storage.teams import Role

if TYPE_CHECKING:
    from storage.sessions import Session
    from storage.teams import Member


class _Answer(Documented):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AccountAnswer(_Answer):
    """A member's account."""

    id: UUID
    name: str
    role: Role
    acts: bool
    """Whether it is the one that acts for the team where no other is named."""
    session: SessionHealth | None
    """Null when it was never signed in."""
    verified_at: datetime | None
    """When it was last seen to be signed in."""
    paused_at: datetime | None
    """Since when it takes up no task; null while it works."""


class AccountList(_Answer):
    """The team's accounts, the one that acts first."""

    accounts: list[AccountAnswer]


def shown(member: Member, session: Session | None, *, acts: bool) -> dict[str, Any]:
    return AccountAnswer(
        id=UUID(member.id),
        name=member.name,
        role=member.role,
        acts=acts,
        session=session.health if session else None,
        verified_at=session.verified_at if session else None,
        paused_at=member.paused_at,
    ).model_dump(mode="json")
