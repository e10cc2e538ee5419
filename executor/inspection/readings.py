"""What each page tells, in the words of a report, by the page objects' own reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from executor.address import PUBLIC_SITE
from executor.components.profile_ids import named_in
from executor.components.relationship import Relationship
from executor.components.thread import is_from_owner, read_thread, thread_id_in
from executor.errors import CommercialUseLimit, UiChanged
from executor.inspection.kinds import Page
from executor.locators import messaging, people_search, post_search
from executor.pages.connections import shown_connections
from executor.pages.invitation import shown_dialog
from executor.pages.people_search import shown_people
from executor.pages.post import OwnReaction, shown_post
from executor.pages.post_search import shown_posts
from executor.pages.profile import ProfilePage
from executor.pages.received_invitations import ReceivedInvitationsPage
from executor.pages.sent_invitations import SentInvitationsPage
from executor.person import profile_urn
from executor.post import post_urn

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from executor.browser.tab import Tab
    from executor.components.people_cards import ListedPerson
    from executor.components.thread import ThreadItem
    from executor.pages.invitation_list import InvitationList

UNKNOWN = "unknown"

_REACTIONS = {
    OwnReaction.LIKE: "liked",
    OwnReaction.NONE: "not_liked",
    OwnReaction.UNCLEAR: UNKNOWN,
    None: UNKNOWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a page tells."""

    facts: dict[str, Any] = field(default_factory=dict)
    is_complete: bool = True
    """Whether nothing is left open that this page is looked at for."""
    obstacle: str | None = None
    notes: tuple[str, ...] = ()


async def _profile(tab: Tab) -> Reading:
    page = await ProfilePage.shown(tab)
    notes: tuple[str, ...] = ()
    try:
        relationship, place = await page.shown_relationship()
    except UiChanged as trouble:
        relationship, place, notes = Relationship.UNKNOWN, None, (trouble.message,)
    if relationship is Relationship.SEEMS_PENDING:
        relationship, place = Relationship.UNKNOWN, None
        notes = ("A link leads back to the profile as Pending does, which proves no invitation.",)
    return Reading(
        facts={
            "profile_urn": page.member.urn,
            "vanity": page.member.vanity,
            "name": page.member.name,
            "relationship": relationship.value,
            "read_from": place,
            "can_message": await page.can_message(relationship),
        },
        is_complete=relationship is not Relationship.UNKNOWN,
        notes=notes,
    )


async def _people_search(tab: Tab) -> Reading:
    shown = await tab.shows(people_search.CARD, people_search.NO_RESULTS, people_search.LIMIT)
    if shown is people_search.LIMIT:
        return Reading(facts={"cards": []}, obstacle=CommercialUseLimit.code.value)
    people = await shown_people(tab)
    more = await tab.whole.last(people_search.NEXT_PAGE) is not None
    return Reading(
        facts={
            "cards": [_person(each) | {"action": each.offer or UNKNOWN} for each in people],
            "next_page": more,
            # Beside results it may be a mere offer of Premium.
            "limit_notice": await tab.shows(people_search.LIMIT) is not None,
        },
        is_complete=bool(people) or shown is people_search.NO_RESULTS,
    )


async def _post_search(tab: Tab) -> Reading:
    shown = await tab.shows(post_search.ITEM, post_search.NO_RESULTS, post_search.LIMIT)
    if shown is post_search.LIMIT:
        return Reading(facts={"posts": []}, obstacle=CommercialUseLimit.code.value)
    posts = await shown_posts(tab)
    return Reading(
        facts={
            "posts": [
                {"post_urn": each.urn, "author": each.author_name, "author_url": each.author_url}
                for each in posts
            ],
            "limit_notice": await tab.shows(post_search.LIMIT) is not None,
        },
        is_complete=bool(posts) or shown is post_search.NO_RESULTS,
    )


async def _connections(tab: Tab) -> Reading:
    return _list(_person(each) for each in await shown_connections(tab))


async def _invitations(page: InvitationList) -> Reading:
    return _list(
        {
            "name": each.person.name,
            "vanity": each.person.vanity,
            "profile_urn": each.person.profile_id and profile_urn(each.person.profile_id),
            "invitation_urn": each.number and f"urn:li:invitation:{each.number}",
            "lines": list(each.lines),
        }
        for each in await page.shown()
    )


async def _sent_invitations(tab: Tab) -> Reading:
    return await _invitations(SentInvitationsPage(tab))


async def _received_invitations(tab: Tab) -> Reading:
    return await _invitations(ReceivedInvitationsPage(tab))


def _list(cards: Iterable[dict[str, Any]]) -> Reading:
    """Report a list; an empty one looks like one that is not understood."""
    found = list(cards)
    return Reading(facts={"cards": found or None}, is_complete=bool(found))


def _person(person: ListedPerson) -> dict[str, Any]:
    return {
        "name": person.name,
        "vanity": person.vanity,
        "profile_urn": person.profile_id and profile_urn(person.profile_id),
        "degree": person.degree,
        "headline": person.headline,
        "location": person.location,
    }


async def _thread(tab: Tab) -> Reading:
    items = await read_thread(tab.whole)
    messages = [_message(each) for each in items]
    composer = await _composer(tab)
    return Reading(
        facts={
            "thread_id": thread_id_in(tab.path),
            **await _recipient(tab),
            "composer": composer,
            "messages": messages,
        },
        is_complete=composer != UNKNOWN and all(each["direction"] != UNKNOWN for each in messages),
    )


def _message(item: ThreadItem) -> dict[str, Any]:
    own = is_from_owner(item)
    return {
        "urn": item.urn,
        "direction": UNKNOWN if own is None else "outgoing" if own else "incoming",
        "sender": item.sender or None,
        "text": item.text or None,
        "sent_indicator": item.sent,
        "stored": item.is_stored,
    }


async def _recipient(tab: Tab) -> dict[str, Any]:
    """Read whom the message box is for; two names are no answer."""
    seen = await tab.whole.read(messaging.RECIPIENT_LINK, messaging.RECIPIENT_PILL)
    links = {named_in(each.href): each.text or "" for each in seen[messaging.RECIPIENT_LINK.name]}
    pills = [each.text or each.label or "" for each in seen[messaging.RECIPIENT_PILL.name]]
    if pills and not any(name in pill for name in links.values() for pill in pills):
        links = {}  # Whoever is linked somewhere else is not whom the box is for.
    named = next(iter(links)) if len(links) == 1 else None
    names = list(links.values()) or pills
    is_id = named is not None and named.startswith("ACoA")
    return {
        "recipient": names[0] if len(names) == 1 and names[0] else None,
        "recipient_urn": profile_urn(named) if named and is_id else None,
        "recipient_vanity": None if is_id else named or None,
    }


async def _composer(tab: Tab) -> str:
    """Say what stands in the message box's place."""
    shown = await tab.shows(messaging.INMAIL, messaging.UNAVAILABLE, messaging.COMPOSER)
    if shown is messaging.INMAIL:
        return "inmail"
    if shown is messaging.UNAVAILABLE:
        return "unavailable"
    composer = await tab.whole.find(messaging.COMPOSER)
    if composer is None:
        return UNKNOWN
    return "occupied" if (await composer.run("composer_text")).strip() else "empty"


async def _inbox(tab: Tab) -> Reading:
    seen = await tab.whole.read(messaging.CONVERSATION)
    return Reading(facts={"conversations": len(seen[messaging.CONVERSATION.name])})


async def _post(tab: Tab) -> Reading:
    shown = await shown_post(tab)
    notes: tuple[str, ...] = ()
    try:
        addressed = post_urn(f"{PUBLIC_SITE}{tab.path}")
    except ValueError:
        addressed = None
    reaction = _REACTIONS.get(shown.reaction, "other")
    if shown.urn is None and reaction != "not_liked":
        reaction = UNKNOWN
        notes = ("Nothing on the page says by its URN which post has the reaction.",)
    elif addressed and shown.urn not in {None, addressed}:
        notes = (f"The address names {addressed}.",)
    # Of kinds of URN a post may have several, but of one kind it has one: a post that is shared
    # again shows the original's.
    urns = {each for each in (addressed, shown.urn) if each is not None}
    is_denied = len({_kind_of(each) for each in urns}) < len(urns)
    told = None if is_denied else shown.urn or addressed
    return Reading(
        facts={
            "post_urn": told or UNKNOWN,
            "read_from": "page" if shown.urn else "address",
            "reaction": reaction,
            "can_comment": shown.can_comment,
        },
        is_complete=UNKNOWN not in {reaction, told or UNKNOWN} and shown.can_comment is not None,
        notes=notes,
    )


def _kind_of(urn: str) -> str:
    return urn.rpartition(":")[0]


async def _invite(tab: Tab) -> Reading:
    dialog, noticed = await shown_dialog(tab)
    return Reading(
        facts={
            "dialog": UNKNOWN if dialog is None else dialog.value,
            "limit_notice": noticed,
            "vanity": tab.query("vanityName"),
        },
        is_complete=dialog is not None,
    )


READINGS: Mapping[Page, Callable[[Tab], Awaitable[Reading]]] = {
    Page.COMPOSE: _thread,
    Page.CONNECTIONS: _connections,
    Page.INBOX: _inbox,
    Page.INVITE: _invite,
    Page.PEOPLE_SEARCH: _people_search,
    Page.POST: _post,
    Page.POST_SEARCH: _post_search,
    Page.PROFILE: _profile,
    Page.RECEIVED_INVITATIONS: _received_invitations,
    Page.SENT_INVITATIONS: _sent_invitations,
    Page.THREAD: _thread,
}
"""How each page is read; those that are missing have nothing to tell but which they are."""
