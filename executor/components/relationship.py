"""Deciding how the account stands with a member, from what the profile's controls show.

Structure decides, not text: a visible Message proves nothing (open profiles, InMail), both degree
texts are in the page at once, and strangers' controls surround the card (linkedin_ui facts, 2.4,
to 2026-10-09). So only visible controls inside the card or its open menu count.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from executor.locators import profile
from executor.person import same_vanity

if TYPE_CHECKING:
    from executor.browser.part import Sighting, Sightings
    from executor.components.member import Member
    from executor.locators.element import Element

CARD_ELEMENTS: tuple[Element, ...] = (
    profile.EDIT_INTRO,
    profile.PENDING,
    profile.CONNECT,
    profile.WITHDRAWN,
    profile.ACCEPT,
    profile.IGNORE,
    profile.MESSAGE,
    profile.FOLLOW,
    profile.FIRST_DEGREE,
)
MENU_ELEMENTS: tuple[Element, ...] = (
    profile.MENU_ITEM,
    profile.MENU_CONNECT,
    profile.MENU_PENDING,
    profile.MENU_REMOVE_CONNECTION,
    profile.MENU_FOLLOW,
)


class Relationship(StrEnum):
    """How the account stands with a member."""

    SELF = "self"
    CONNECTED = "connected"
    PENDING = "pending"
    """Invited by this account, and not answered yet."""
    CONNECTABLE = "connectable"
    REINVITE_BLOCKED = "reinvite_blocked"
    INCOMING = "incoming"
    """The member has invited this account."""
    FOLLOW_ONLY = "follow_only"
    UNKNOWN = "unknown"


def by_card(card: Sightings, member: Member) -> Relationship | None:
    """Return what the card alone decides; `None` means that the More menu has to be read."""
    if card[profile.EDIT_INTRO.name]:
        return Relationship.SELF
    if any(_is_about(each, member) for each in card[profile.PENDING.name]):
        return Relationship.PENDING
    if any(_invites(each, member) for each in card[profile.CONNECT.name]):
        return Relationship.CONNECTABLE
    if card[profile.WITHDRAWN.name]:
        return Relationship.REINVITE_BLOCKED
    accept, ignore = card[profile.ACCEPT.name], card[profile.IGNORE.name]
    if len(accept) == len(ignore) == 1 and not card[profile.MESSAGE.name]:
        return Relationship.INCOMING
    return None


def by_menu(  # noqa: PLR0911 - a decision list reads best as one
    card: Sightings, menu: Sightings, member: Member
) -> Relationship:
    """Return what the card and the opened More menu decide together."""
    if menu[profile.MENU_PENDING.name]:
        return Relationship.PENDING
    if any(_invites(each, member) for each in menu[profile.MENU_CONNECT.name]):
        return Relationship.CONNECTABLE
    if menu[profile.MENU_REMOVE_CONNECTION.name]:
        return Relationship.CONNECTED
    if not menu[profile.MENU_ITEM.name] or menu[profile.MENU_CONNECT.name]:
        return Relationship.UNKNOWN
    if card[profile.FIRST_DEGREE.name]:
        return Relationship.CONNECTED
    if card[profile.FOLLOW.name] or menu[profile.MENU_FOLLOW.name]:
        return Relationship.FOLLOW_ONLY
    if any(_writes_to(each, member) for each in card[profile.MESSAGE.name]):
        return Relationship.CONNECTED
    return Relationship.UNKNOWN


def _is_about(pending: Sighting, member: Member) -> bool:
    """Tell whether a Pending control is this member's; its link leads to whom it is about."""
    path = urlsplit(pending.href or "").path.strip("/").split("/")
    if path[0] != "in" or len(path) < 2:  # noqa: PLR2004 - /in/<who>
        return True
    return member.is_named(path[1])


def _invites(connect: Sighting, member: Member) -> bool:
    vanities = parse_qs(urlsplit(connect.href or "").query).get("vanityName", [])
    return len(vanities) == 1 and same_vanity(vanities[0], member.vanity)


def _writes_to(message: Sighting, member: Member) -> bool:
    query = parse_qs(urlsplit(message.href or "").query)
    return query.get("recipient") == [member.profile_id]
