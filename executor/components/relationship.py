"""Deciding how the account stands with a member, from what the profile's controls show.

Structure decides, not text: a visible Message proves nothing (open profiles, InMail), both degree
texts are in the page at once, and strangers' controls surround the card (linkedin_ui facts, 2.4,
to 2026-10-09). So only visible controls inside the card or its open menu count. Words count where
they are known; in other languages their absence means nothing, and what links, keys, icons and
the degree's digit leave open stays unknown.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from executor.components.member import names
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
    profile.CONNECT_ICON,
    profile.DEGREE,
    profile.DISTANCE_BADGE,
    profile.LINK_BACK,
    profile.LABELLED,
)
MENU_ELEMENTS: tuple[Element, ...] = (
    profile.MENU_ITEM,
    profile.MENU_IN_ENGLISH,
    profile.MENU_SALES,
    profile.MENU_CONNECT,
    profile.MENU_CONNECT_ICON,
    profile.MENU_PENDING,
    profile.MENU_LINK_BACK,
    profile.MENU_REMOVE_CONNECTION,
    profile.MENU_FOLLOW,
)


_MENU_LINK_BACK = profile.MENU_LINK_BACK.name


class Relationship(StrEnum):
    """How the account stands with a member."""

    SELF = "self"
    CONNECTED = "connected"
    PENDING = "pending"
    """Invited by this account, and not answered yet."""
    SEEMS_PENDING = "seems_pending"
    """A labelled link leads back to the profile as Pending does: enough to invite nobody, but no
    proof of an invitation."""
    CONNECTABLE = "connectable"
    REINVITE_BLOCKED = "reinvite_blocked"
    INCOMING = "incoming"
    """The member has invited this account."""
    FOLLOW_ONLY = "follow_only"
    UNKNOWN = "unknown"


def by_card(  # noqa: PLR0911 - a decision list reads best as one
    card: Sightings, member: Member
) -> Relationship | None:
    """Return what the card alone decides; `None` means that the More menu has to be read."""
    if card[profile.EDIT_INTRO.name]:
        return Relationship.SELF
    if any(_is_about(each, member) for each in card[profile.PENDING.name]):
        return Relationship.PENDING
    if any(_invites(each, member) for each in card[profile.CONNECT.name]):
        return Relationship.CONNECTABLE
    if card[profile.WITHDRAWN.name]:
        return Relationship.REINVITE_BLOCKED
    if any(_names(each, member) for each in card[profile.CONNECT_ICON.name]):
        return Relationship.CONNECTABLE
    accept, ignore = card[profile.ACCEPT.name], card[profile.IGNORE.name]
    if len(accept) == len(ignore) == 1 and not card[profile.MESSAGE.name]:
        return Relationship.INCOMING
    return None


def by_menu(  # noqa: PLR0911 - a decision list reads best as one
    card: Sightings, menu: Sightings, member: Member
) -> Relationship:
    """Return what the card and the opened More menu decide together."""
    if decided := _by_menu_alone(menu, member):
        return decided
    if _somebody_is_invitable(card, menu) or not menu[profile.MENU_ITEM.name]:
        return Relationship.UNKNOWN
    if any(is_of_first_degree(each, member) for each in card[profile.FIRST_DEGREE.name]):
        return Relationship.CONNECTED
    degree = degree_in(card)
    # A Message alone may be an open profile's or an InMail; only with the degree does it count.
    if degree == 1:
        writable = any(_writes_to(each, member) for each in card[profile.MESSAGE.name])
        return Relationship.CONNECTED if writable else Relationship.UNKNOWN
    if _links_back(card, menu, member):
        return Relationship.SEEMS_PENDING
    if card[profile.FOLLOW.name] or menu[profile.MENU_FOLLOW.name]:
        # Connections can be followed and unfollowed as well: something has to say that it is none.
        is_no_connection = degree is not None or menu[profile.MENU_IN_ENGLISH.name]
        return Relationship.FOLLOW_ONLY if is_no_connection else Relationship.UNKNOWN
    return Relationship.INCOMING if _asks(card, menu, member) else Relationship.UNKNOWN


def degree_in(card: Sightings) -> int | None:
    """Return the degree that the card shows, by its digit; `None` when it shows none, or two."""
    marks = [re.fullmatch(profile.DEGREE_MARK, each.text) for each in card[profile.DEGREE.name]]
    found = {int(mark["degree"]) for mark in marks if mark}
    for badge in card[profile.DISTANCE_BADGE.name]:
        found |= {int(digit) for digit in re.findall(r"[123]", badge.text)}
    return found.pop() if len(found) == 1 else None


def is_positive(card: Sightings, menu: Sightings, member: Member) -> bool:
    """Tell whether something on the page says outright how the two stand.

    Other decisions rest on what is absent, and a menu may not be complete yet.
    """
    return by_card(card, member) is not None or _by_menu_alone(menu, member) is not None


def _by_menu_alone(menu: Sightings, member: Member) -> Relationship | None:
    if any(_is_about(each, member) for each in menu[profile.MENU_PENDING.name]):
        return Relationship.PENDING
    if any(_invites(each, member) for each in menu[profile.MENU_CONNECT.name]) or any(
        _names(each, member) for each in menu[profile.MENU_CONNECT_ICON.name]
    ):
        return Relationship.CONNECTABLE
    if menu[profile.MENU_REMOVE_CONNECTION.name]:
        return Relationship.CONNECTED
    return None


def _asks(card: Sightings, menu: Sightings, member: Member) -> bool:
    """Tell whether two buttons that name the member stand alone: Accept and Ignore.

    Follow and "Save in Sales Navigator" make such a pair as well (2026-07-29).
    """
    named = [each for each in card[profile.LABELLED.name] if _names(each, member)]
    return len(named) == 2 and not (  # noqa: PLR2004 - a pair
        card[profile.MESSAGE.name] or menu[profile.MENU_SALES.name]
    )


def _links_back(card: Sightings, menu: Sightings, member: Member) -> bool:
    in_card = [each for each in card[profile.LINK_BACK.name] if _names(each, member)]
    return any(_is_profile_of(each, member) for each in (*in_card, *menu[_MENU_LINK_BACK]))


def _somebody_is_invitable(card: Sightings, menu: Sightings) -> bool:
    """Tell whether there is a Connect, which then is not recognised as this member's."""
    on_card = (profile.CONNECT, profile.CONNECT_BUTTON, profile.CONNECT_ICON)
    in_menu = (profile.MENU_CONNECT, profile.MENU_CONNECT_ICON)
    return any(card[each.name] for each in on_card) or any(menu[each.name] for each in in_menu)


def is_of_first_degree(sighting: Sighting, member: Member) -> bool:
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
    if who := named_in(pending.href):
        return member.is_named(who)
    return not pending.label or names(pending.label, member.name)


def _names(labelled: Sighting, member: Member) -> bool:
    return names(labelled.label or "", member.name)


def _is_profile_of(link: Sighting, member: Member) -> bool:
    """Tell whether a link leads to the profile itself, and to no page below it."""
    parts = urlsplit(link.href or "").path.strip("/").split("/")
    return len(parts) == 2 and member.is_named(named_in(link.href))  # noqa: PLR2004 - /in/someone


def _invites(connect: Sighting, member: Member) -> bool:
    vanities = parse_qs(urlsplit(connect.href or "").query).get("vanityName", [])
    return len(vanities) == 1 and member.is_named(vanities[0])


def _writes_to(message: Sighting, member: Member) -> bool:
    query = parse_qs(urlsplit(message.href or "").query)
    return query.get("recipient") == [member.profile_id]
