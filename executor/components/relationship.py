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
from executor.components.profile_ids import named_in, profile_ids_in
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
    profile.MORE,
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
    profile.MENU_UNEXPLAINED,
)


_MENU_LINK_BACK = profile.MENU_LINK_BACK.name
_CONTRARY_TO_CONNECTED = (
    profile.PENDING,
    profile.CONNECT,
    profile.CONNECT_BUTTON,
    profile.CONNECT_ICON,
    profile.WITHDRAWN,
    profile.ACCEPT,
    profile.IGNORE,
)


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


def by_card(card: Sightings, member: Member) -> Relationship | None:
    """Return what the card alone decides; `None` means that the More menu has to be read."""
    said = _said_by_card(card, member)
    # Hidden duplicates are about (2026-08): with one that looks visible, the card denies itself.
    against = _is_connected_by_links(card, member) and said not in {None, Relationship.SELF}
    return Relationship.UNKNOWN if against else said


def by_closed_card(card: Sightings, member: Member) -> Relationship:
    """Return what the card proves while its More menu stays closed.

    What it leaves open stays unknown: Connect or Pending may be in the menu (2026-09-29).
    """
    if decided := by_card(card, member):
        return decided
    degrees = degrees_in(card, member)
    denied = any(card[each.name] for each in _CONTRARY_TO_CONNECTED)
    if denied or (degrees and 1 not in degrees):
        return Relationship.UNKNOWN
    if any(_asks_for_circles(each) for each in _links_of_connections(card, member)):
        return Relationship.CONNECTED
    back = any(_is_profile_of(each, member) for each in _unexplained_links_back(card, member))
    written_to = any(writes_to(each, member) for each in card[profile.MESSAGE.name])
    shown = degrees == {1} or _links_of_connections(card, member)
    sure = shown and written_to and not back and not card[profile.FOLLOW.name]
    return Relationship.CONNECTED if sure else Relationship.UNKNOWN


def _said_by_card(  # noqa: PLR0911 - a decision list reads best as one
    card: Sightings, member: Member
) -> Relationship | None:
    if owners := [named_in(each.href) for each in card[profile.EDIT_INTRO.name]]:
        is_own = all(member.is_named(each) for each in owners)
        return Relationship.SELF if is_own else Relationship.UNKNOWN
    if any(_is_about(each, member) for each in card[profile.PENDING.name]):
        return Relationship.PENDING
    if any(_invites(each, member) for each in card[profile.CONNECT.name]):
        return Relationship.CONNECTABLE
    if any(_is_about(each, member) for each in card[profile.WITHDRAWN.name]):
        return Relationship.REINVITE_BLOCKED
    if any(_names(each, member) for each in card[profile.CONNECT_ICON.name]):
        return Relationship.CONNECTABLE
    accept, ignore = card[profile.ACCEPT.name], card[profile.IGNORE.name]
    if len(accept) == len(ignore) == 1 and not card[profile.MESSAGE.name]:
        is_theirs = all(_is_about(each, member) for each in (*accept, *ignore))
        return Relationship.INCOMING if is_theirs else None
    return None


def by_menu(  # noqa: PLR0911 - a decision list reads best as one
    card: Sightings, menu: Sightings, member: Member
) -> Relationship:
    """Return what the card and the opened More menu decide together."""
    if decided := _by_menu_alone(menu, member):
        against = _is_connected_by_links(card, member) and decided is not Relationship.CONNECTED
        return Relationship.UNKNOWN if against else decided
    if _somebody_is_invited_or_invitable(card, menu) or not menu[profile.MENU_ITEM.name]:
        return Relationship.UNKNOWN
    if _is_connected_by_links(card, member):
        return Relationship.CONNECTED
    degree = degree_in(card, member)
    # A Message alone may be an open profile's or an InMail; only with the degree does it count.
    if degree == 1:
        writable = any(writes_to(each, member) for each in card[profile.MESSAGE.name])
        return Relationship.CONNECTED if writable else Relationship.UNKNOWN
    if _links_back(card, menu, member):
        return Relationship.SEEMS_PENDING
    if card[profile.FOLLOW.name] or menu[profile.MENU_FOLLOW.name]:
        # Connections can be followed and unfollowed as well: something has to say that it is none.
        # Those who can only be followed have Follow in their card; below More it stands beside
        # Connect, and is all that is left where an account is shown no Connect (2026-08-26).
        # In other languages a Connect that has only words passes for anything else.
        is_explained = degree is not None and not menu[profile.MENU_UNEXPLAINED.name]
        is_no_connection = is_explained or menu[profile.MENU_IN_ENGLISH.name]
        only = card[profile.FOLLOW.name] and is_no_connection
        return Relationship.FOLLOW_ONLY if only else Relationship.UNKNOWN
    return Relationship.INCOMING if _asks(card, menu, member) else Relationship.UNKNOWN


def by_open_menu(card: Sightings, menu: Sightings, member: Member) -> tuple[Relationship, str]:
    """Return what the card and a menu that is open already decide, and which of them did.

    Unlike `by_menu`, it was not this program that opened the menu, and nothing can be read again.
    """
    on_card, in_menu = by_card(card, member), _by_menu_alone(menu, member)
    if on_card is None:
        return by_menu(card, menu, member), "more_menu"
    if {on_card, in_menu} == {Relationship.PENDING, Relationship.CONNECTABLE}:
        # A Connect may be left over from before the invitation (2026-09).
        return Relationship.PENDING, "topcard" if on_card is Relationship.PENDING else "more_menu"
    return (Relationship.UNKNOWN if in_menu not in {None, on_card} else on_card), "topcard"


def degree_in(card: Sightings, member: Member) -> int | None:
    """Return the degree that the card shows, by its digit; `None` when it shows none, or two."""
    found = degrees_in(card, member)
    return found.pop() if len(found) == 1 else None


def degrees_in(card: Sightings, member: Member) -> set[int]:
    """Return all degrees that the card shows; both texts are always in the page (2026-03).

    People whom the card suggests have theirs beside the links to them.
    """
    own = [each for each in card[profile.DEGREE.name] if _is_beside(each, member)]
    marks = [re.fullmatch(profile.DEGREE_MARK, each.text) for each in own]
    found = {int(mark["degree"]) for mark in marks if mark}
    for badge in card[profile.DISTANCE_BADGE.name]:
        if _is_beside(badge, member):
            found |= {int(digit) for digit in re.findall(r"[123]", badge.text)}
    return found


def is_positive(card: Sightings, menu: Sightings, member: Member) -> bool:
    """Tell whether something on the page says outright how the two stand.

    Other decisions rest on what is absent, and a menu may not be complete yet.
    """
    return by_card(card, member) is not None or _by_menu_alone(menu, member) is not None


def _by_menu_alone(menu: Sightings, member: Member) -> Relationship | None:
    if any(_is_about(each, member) for each in menu[profile.MENU_PENDING.name]):
        denied = menu[profile.MENU_REMOVE_CONNECTION.name]
        return Relationship.UNKNOWN if denied else Relationship.PENDING
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
    # More has no words beside Accept and Ignore, and has some beside everything else (2026-06-11).
    has_words = any(each.text or each.label for each in card[profile.MORE.name])
    return len(named) == 2 and not (  # noqa: PLR2004 - a pair
        card[profile.MESSAGE.name] or menu[profile.MENU_SALES.name] or has_words
    )


def _links_back(card: Sightings, menu: Sightings, member: Member) -> bool:
    in_card = [each for each in card[profile.LINK_BACK.name] if _names(each, member)]
    return any(_is_profile_of(each, member) for each in (*in_card, *menu[_MENU_LINK_BACK]))


def _somebody_is_invited_or_invitable(card: Sightings, menu: Sightings) -> bool:
    """Tell whether there is a Connect or a Pending, which is not recognised as this member's."""
    on_card = (profile.CONNECT, profile.CONNECT_BUTTON, profile.CONNECT_ICON, profile.PENDING)
    in_menu = (profile.MENU_CONNECT, profile.MENU_CONNECT_ICON, profile.MENU_PENDING)
    return any(card[each.name] for each in on_card) or any(menu[each.name] for each in in_menu)


def _is_connected_by_links(card: Sightings, member: Member) -> bool:
    return bool(_links_of_connections(card, member))


def _links_of_connections(card: Sightings, member: Member) -> list[Sighting]:
    return [each for each in card[profile.FIRST_DEGREE.name] if is_of_first_degree(each, member)]


def _unexplained_links_back(card: Sightings, member: Member) -> list[Sighting]:
    """Return labelled links to the profile that are not known to be about notifications."""
    known = {each.label for each in _links_of_connections(card, member)}
    return [each for each in card[profile.LINK_BACK.name] if each.label not in known]


def _is_beside(sighting: Sighting, member: Member) -> bool:
    """Tell whether something stands beside this member, or beside nobody who is linked."""
    people = [named_in(href) for href in sighting.beside]
    return not people or any(member.is_named(each) for each in people)


def _asks_for_circles(link: Sighting) -> bool:
    return bool(parse_qs(urlsplit(link.href or "").query).get("connectionOf"))


def is_of_first_degree(sighting: Sighting, member: Member) -> bool:
    """Tell whether a link to the member's connections is one that only connections get.

    A mutual-connections link looks alike, but asks for the first circle only (2026).
    """
    if sighting.href is None:
        return False
    query = parse_qs(urlsplit(sighting.href).query)
    if not query.get("connectionOf"):
        # Not a link to connections: "Manage notifications", which only they have.
        return not sighting.label or names(sighting.label, member.name)
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


def writes_to(message: Sighting, member: Member) -> bool:
    """Tell whether a Message control leads to the message box for this very member."""
    query = parse_qs(urlsplit(message.href or "").query)
    ids = [*query.get("recipient", [""]), *profile_ids_in(query.get("profileUrn", [""])[0])]
    return set(ids) == {member.profile_id}
