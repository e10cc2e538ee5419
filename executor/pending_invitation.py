"""A pending invitation as the reading tasks hand it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import ConfigDict

from executor.models import Documented
from executor.person import profile_address, profile_urn

if TYPE_CHECKING:
    from executor.components.invitation_cards import ListedInvitation


class PendingInvitation(Documented):
    """An invitation that waits for an answer; null is what the list does not tell."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    invitation_urn: str | None
    profile_id: str | None
    """Of the other side, as everything below; lists mostly link by vanity alone (2026)."""
    profile_urn: str | None
    vanity: str | None
    profile_url: str
    full_name: str
    lines: list[str]
    """What else the card says (headline, when, the note), in the account's language and in
    LinkedIn's order."""
    profile_image_url: str | None
    note: str | None = None
    """What a received one's sender has written with it, as a whole; null also where no mark tells
    it from the other lines."""

    @classmethod
    def listed(cls, found: ListedInvitation) -> Self:
        """Return what a list's card shows."""
        person = found.person
        return cls(
            invitation_urn=found.urn,
            profile_id=person.profile_id,
            profile_urn=profile_urn(person.profile_id) if person.profile_id else None,
            vanity=person.vanity,
            profile_url=profile_address(person.vanity or person.profile_id or ""),
            full_name=person.name,
            lines=list(found.lines),
            profile_image_url=person.image_url,
            note=found.note,
        )
