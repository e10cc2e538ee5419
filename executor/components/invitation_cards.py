"""Reading pending invitations out of the cards of the two lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from executor.components.member import names
from executor.components.people_cards import own_link, person_in
from executor.components.profile_ids import named_in
from executor.locators import invitation_card

if TYPE_CHECKING:
    from collections.abc import Mapping

    from executor.components.member import Member
    from executor.components.people_cards import ListedPerson
    from executor.locators.element import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedInvitation:
    """A pending invitation as its card shows it."""

    person: ListedPerson
    """The other side; their headline and the like stand in *lines* in no order that is known."""
    number: str | None
    """The end of the invitation's URN."""
    lines: tuple[str, ...]
    """What the card says below the name, in the account's language."""
    link: str
    """The card's link to the person, as it is written."""
    note: str | None = None
    """What the other side has written with it, where that was read."""

    @property
    def urn(self) -> str | None:
        """The invitation's URN, as its card has it."""
        return None if self.number is None else f"urn:li:invitation:{self.number}"

    @property
    def card(self) -> Element:
        """What finds this card again."""
        if self.number is not None:
            return invitation_card.numbered(self.number)
        return invitation_card.linking(self.link)

    def is_with(self, member: Member) -> bool:
        """Tell whether the other side is this member, by the card's link."""
        return member.is_named(named_in(self.link))


def invitation_in(card: Mapping[str, Any]) -> ListedInvitation | None:
    """Return what a card is about; `None` when it names nobody, as those of pages do."""
    person = person_in(card)
    labels = [each["label"] for each in card["controls"] if each["label"]]
    # Withdraw, Accept and Ignore name whom they are about (2026-04): not all may name others.
    if person is None or (labels and not any(_is_about(each, person.name) for each in labels)):
        return None
    if person.vanity is not None:
        # The card's word is its link; a way to write to somebody may be anybody's.
        person = replace(person, profile_id=None)
    keys = (re.fullmatch(invitation_card.NUMBER, key) for key in card["keys"])
    return ListedInvitation(
        person=person,
        number=next((found["number"] for found in keys if found), None),
        lines=tuple(line["text"] for line in card["lines"][1:]),
        link=own_link(card) or "",
    )


def _is_about(label: str, name: str) -> bool:
    """Tell whether a control's label names somebody, if only by the first of their names."""
    return names(label, name.split(maxsplit=1)[0])
