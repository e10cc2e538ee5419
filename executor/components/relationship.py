"""Deciding how the account stands with a member, from what the profile's controls show.

Structure decides, not text: a visible Message proves nothing (open profiles, InMail), both degree
texts are in the page at once, and strangers' controls surround the card (linkedin_ui facts, 2.4,
to 2026-10-09). So only visible controls inside the card or its open menu count.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from executor.components.profile_ids import named_in
from executor.locators import profile

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
    profile.CONNECT_BUTTON,
    profile.DEGREE_FIRST,
    profile.DEGREE_OTHER,
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
    if _somebody_is_invitable(card, menu) or not menu[profile.MENU_ITEM.name]:
        return Relationship.UNKNOWN
    if any(_is_of_first_degree(each, member) for each in card[profile.FIRST_DEGREE.name]):
        return Relationship.CONNECTED
    if card[profile.FOLLOW.name] or menu[profile.MENU_FOLLOW.name]:
        return Relationship.FOLLOW_ONLY
    # A Message alone may be an open profile's or an InMail; only with the degree does it count.
    writable = any(_writes_to(each, member) for each in card[profile.MESSAGE.name])
    if writable and card[profile.DEGREE_FIRST.name] and not card[profile.DEGREE_OTHER.name]:
        return Relationship.CONNECTED
    return Relationship.UNKNOWN


def is_positive(card: Sightings, menu: Sightings, member: Member) -> bool:
    """Tell whether something on the page says outright how the two stand.

    Other decisions rest on what is absent, and a menu may not be complete yet.
    """
    return (
        by_card(card, member) is not None
        or bool(menu[profile.MENU_PENDING.name])
        or bool(menu[profile.MENU_REMOVE_CONNECTION.name])
        or any(_invites(each, member) for each in menu[profile.MENU_CONNECT.name])
    )


def _somebody_is_invitable(card: Sightings, menu: Sightings) -> bool:
    """Tell whether there is a Connect, which then is not recognised as this member's."""
    elements = (profile.CONNECT, profile.CONNECT_BUTTON)
    return any(card[each.name] for each in elements) or bool(menu[profile.MENU_CONNECT.name])


def _is_of_first_degree(sighting: Sighting, member: Member) -> bool:
    """Tell whether a link to the member's connections is one that only connections get.

    A mutual-connections link looks alike, but asks for the first circle only (2026).
    """
    if sighting.href is None:
        return False
    query = parse_qs(urlsplit(sighting.href).query)
    if not query.get("connectionOf"):
        return True  # Not a link to connections: "Manage notifications", which only they have.
    owner, network = query["connectionOf"][0], query.get("network", [""])[0]
    return owner.strip('[]"') == member.profile_id and '"F"' in network and '"S"' in network


def _is_about(pending: Sighting, member: Member) -> bool:
    """Tell whether a Pending control is this member's; its link leads to whom it is about."""
    who = named_in(pending.href)
    return not who or member.is_named(who)


def _invites(connect: Sighting, member: Member) -> bool:
    vanities = parse_qs(urlsplit(connect.href or "").query).get("vanityName", [])
    return len(vanities) == 1 and member.is_named(vanities[0])


def _writes_to(message: Sighting, member: Member) -> bool:
    query = parse_qs(urlsplit(message.href or "").query)
    return query.get("recipient") == [member.profile_id]
