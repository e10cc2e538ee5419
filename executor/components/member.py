"""A member whose profile page has been seen."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Self

from executor.person import profile_urn, same_vanity

if TYPE_CHECKING:
    from storage.tasks import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Who a profile page is about, by its own word."""

    profile_id: str
    vanity: str | None
    """As the profile's address has it now, decoded; `None` when the page does not tell."""
    name: str

    @classmethod
    def from_json(cls, stored: JsonObject) -> Self:
        """Return the member that `as_json` wrote down."""
        return cls(**stored)

    @property
    def as_json(self) -> JsonObject:
        return asdict(self)

    @property
    def urn(self) -> str:
        return profile_urn(self.profile_id)

    def is_named(self, id_or_vanity: str) -> bool:
        """Tell whether the last part of a profile's address means this member."""
        return id_or_vanity == self.profile_id or (
            self.vanity is not None and same_vanity(id_or_vanity, self.vanity)
        )


_KNOWN_LABELS = (
    ("Invite ", " to connect"),
    ("Pending, click to withdraw invitation sent to ", ""),
)
"""English labels, in which what is not the name is known (2026-10)."""


def names(label: str, name: str) -> bool:
    """Tell whether a label names somebody, with nothing of a longer name around it.

    Labels follow the account's language, and some put no space between a name and the rest; but
    a letter that has upper and lower case, right beside the name, belongs to somebody else's.
    """
    label, name = " ".join(label.split()), " ".join(name.split())
    for begin, end in _KNOWN_LABELS:
        if label.startswith(begin) and label.endswith(end):
            return label == f"{begin}{name}{end}"
    before, found, after = label.partition(name)
    beside = before[-1:] + after[:1]
    return bool(found) and beside.lower() == beside.upper()
