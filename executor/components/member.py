"""A member whose profile page has been seen."""

from __future__ import annotations

from dataclasses import dataclass

from executor.person import profile_urn, same_vanity


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Who a profile page is about, by its own word."""

    profile_id: str
    vanity: str
    """As the profile's address has it now, decoded."""
    name: str

    @property
    def urn(self) -> str:
        return profile_urn(self.profile_id)

    def is_named(self, id_or_vanity: str) -> bool:
        """Tell whether the last part of a profile's address means this member."""
        return id_or_vanity == self.profile_id or same_vanity(id_or_vanity, self.vanity)
