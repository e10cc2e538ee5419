"""A member's profile page."""

from __future__ import annotations

import asyncio
import re
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from executor.components.member import Member, names
from executor.components.profile_ids import named_in, profile_ids_in
from executor.components.relationship import (
    CARD_ELEMENTS,
    MENU_ELEMENTS,
    Relationship,
    by_card,
    by_closed_card,
    by_menu,
    by_open_menu,
    is_positive,
    writes_to,
)
from executor.errors import (
    AlreadyConnected,
    AlreadyPending,
    CommercialUseLimit,
    FollowOnly,
    NotConnected,
    ProfileNotFound,
    RecipientMismatch,
    Refused,
    ReinviteBlocked,
    UiChanged,
)
from executor.locators import follow, profile, shell
from executor.pages.profile_sections import ProfileSections
from executor.person import normalise_vanity

if TYPE_CHECKING:
    from executor.browser.part import Part, Sightings
    from executor.browser.tab import Tab
    from executor.pages.profile_sections import ProfileFacts
    from executor.person import Person

_NOT_CONNECTABLE: dict[Relationship, Refused] = {
    Relationship.SELF: RecipientMismatch("The acting account cannot invite itself."),
    Relationship.CONNECTED: AlreadyConnected(),
    Relationship.PENDING: AlreadyPending(),
    Relationship.SEEMS_PENDING: AlreadyPending(),
    Relationship.INCOMING: AlreadyPending(
        "This person has already invited the acting account; answer that invitation instead."
    ),
    Relationship.REINVITE_BLOCKED: ReinviteBlocked(),
    Relationship.FOLLOW_ONLY: FollowOnly(),
}

_MAY_BE_CONNECTED = (Relationship.CONNECTED, Relationship.UNKNOWN, Relationship.SEEMS_PENDING)


class ProfilePage:
    """A profile that is open, and known to be the one that was asked for."""

    def __init__(self, tab: Tab, card: Part, member: Member, seen: Sightings) -> None:
        self._tab = tab
        self._card = card
        self._seen = seen
        """What the card showed when it was found."""
        self.member = member

    @classmethod
    async def open(cls, tab: Tab, person: Person) -> ProfilePage:
        """Open the profile and make sure that it is this person's.

        Raises:
            ProfileNotFound: there is no such profile, or it is not shown to this account.
            CommercialUseLimit: LinkedIn led away from the profile.
            RecipientMismatch: the page shows somebody else.
            UiChanged: there is no profile on the page, or more than one.
        """
        await tab.open(person.path)
        if tab.status == HTTPStatus.NOT_FOUND:
            raise ProfileNotFound
        elsewhere = (*shell.NOT_FOUND_PATHS, *shell.COMMERCIAL_LIMIT_PATHS)
        ready = await tab.wait_for(profile.CONTROLS_READY, unless_at=elsewhere)
        if tab.is_at(shell.NOT_FOUND_PATHS):
            raise ProfileNotFound
        if tab.is_at(shell.COMMERCIAL_LIMIT_PATHS):
            raise CommercialUseLimit
        if ready is None:
            raise tab.whole.missing(profile.CONTROLS_READY)
        page = await cls.shown(tab)
        # A vanity that leads elsewhere was renamed: LinkedIn itself says whose it is now. An id, on
        # the other hand, never changes.
        if person.profile_id not in {None, page.member.profile_id}:
            raise RecipientMismatch
        return page

    @classmethod
    async def shown(cls, tab: Tab) -> ProfilePage:
        """Read whose profile the page shows that is open already.

        Raises:
            UiChanged: there is no profile on the page, or more than one.
        """
        # Asked side by side: a page that is still being built takes its time for every answer.
        (card, seen), cards, title = await asyncio.gather(
            tab.whole.require_and_read(
                profile.TOP_CARD, profile.NAME, profile.OWN_PAGE, *CARD_ELEMENTS
            ),
            tab.whole.read(profile.CARD_OF_ANYBODY),
            tab.title(),
        )
        profile_id = await _profile_id_of(tab, card)
        _require_one_profile(cards, profile_id)
        vanity = await _vanity_of(tab, seen, profile_id)
        name = _name_of(title, seen)
        if name is None:
            raise card.missing(profile.NAME)
        member = Member(profile_id=profile_id, vanity=vanity, name=name)
        return cls(tab, card, member, seen)

    async def shown_relationship(self) -> tuple[Relationship, str | None]:
        """Read how the account stands with this member without touching anything.

        Returns:
            The relationship, and where it was read from: `topcard`, `more_menu` (when it is open
            already), or `None` when it is unknown.

        Raises:
            UiChanged: the More menu is open and cannot be told from others.
        """
        card = await self._card.read(*CARD_ELEMENTS)
        if await self._card.last(profile.MORE_OPENED) is None:
            decided, place = by_closed_card(card, self.member), "topcard"
        else:
            menu = await (await self._tab.whole.require(profile.MENU)).read(*MENU_ELEMENTS)
            decided, place = by_open_menu(card, menu, self.member)
        return decided, None if decided is Relationship.UNKNOWN else place

    async def can_message(self, relationship: Relationship) -> bool | None:
        """Tell whether a message may be written; `None` when that cannot be told.

        Others than connections may have a message box as well, by InMail or an open profile (2026).
        """
        card = await self._card.read(profile.MESSAGE)
        offered = any(writes_to(each, self.member) for each in card[profile.MESSAGE.name])
        if offered:
            return True if relationship is Relationship.CONNECTED else None
        return None if relationship in _MAY_BE_CONNECTED else False

    async def relationship(self) -> Relationship:
        """Find out how the account stands with this member, opening More when needed."""
        decided = await self._decide()
        if decided is Relationship.UNKNOWN:
            # A page that is still being built may contradict itself for a moment.
            await self._tab.settle(_QUIET_SECONDS)
            return await self._decide()
        return decided

    async def _decide(self) -> Relationship:
        card = await self._card.read(*CARD_ELEMENTS)
        decided = by_card(card, self.member)
        if decided is not None:
            return decided
        opened = await self.open_menu()
        if opened is None:
            return Relationship.UNKNOWN
        more, menu = opened
        seen = await menu.read(*MENU_ELEMENTS)
        if not is_positive(card, seen, self.member):
            # The decision would rest on what is absent, so everything has to be there.
            await self._tab.settle(_QUIET_SECONDS)
            card, seen = await self._card.read(*CARD_ELEMENTS), await menu.read(*MENU_ELEMENTS)
        await more.press("Escape")
        return by_card(card, self.member) or by_menu(card, seen, self.member)

    async def facts(self) -> ProfileFacts:
        """Read everything that the profile tells; it leads away from the profile's page."""
        return await ProfileSections(self._tab, self._card, self.member).read()

    async def becomes_pending(self) -> bool:
        """Tell whether an invitation is pending; the page may take some seconds to say so."""
        if await self.relationship() is Relationship.PENDING:
            return True
        await self._tab.wait_until(self._card_is_pending, seconds=_PENDING_SECONDS)
        return await self.relationship() is Relationship.PENDING

    async def pending_control(self) -> Part:
        """Return the control that stands for the invitation to this member; it may open More.

        Raises:
            UiChanged: there is none, or there are several.
        """
        found = await self._card.find(profile.PENDING)
        opened = await self.open_menu() if found is None else None
        if opened is not None:
            return await opened[1].require(profile.MENU_PENDING)
        return found or await self._card.require(profile.PENDING)

    async def follow_control(self) -> Part | None:
        """Return the control that follows this member, or ends that; it may open More.

        Raises:
            RecipientMismatch: the profile is the account's own.
            UiChanged: there are several.
        """
        if await self._card.last(profile.EDIT_INTRO) is not None:
            raise RecipientMismatch("Nobody can follow themselves.")
        # The card's controls do not come all at once, and Connect's menu has a Follow as well.
        await self._tab.settle(_QUIET_SECONDS)
        found = await self._card.find(follow.CONTROL)
        opened = await self.open_menu() if found is None else None
        return found if opened is None else await opened[1].find(follow.MENU_CONTROL)

    async def member_number(self, control: Part) -> str | None:
        """Return the number by which LinkedIn knows the member, where keys or the card tell it.

        Raises:
            UiChanged: they tell of several members.
        """
        keys = {await control.attribute("componentkey") or ""}
        keys |= {each.key or "" for each in (await self._card.read(follow.MEMBER_KEY))[_KEYED]}
        told = {found["number"] for key in keys if (found := re.search(follow.MEMBER_NUMBER, key))}
        classic = await self._card.attribute(profile.CLASSIC_MEMBER_ATTRIBUTE)
        told |= {classic} if classic else set()
        if len(told) > 1:
            raise UiChanged("The card names more than one member.")
        return told.pop() if told else None

    async def answer_control(self, *, accept: bool) -> Part | None:
        """Return the card's Accept or Ignore; `None` where their words are not known.

        Follow and others may stand in their place (2026-07-29), so both have to be there.
        """
        seen = await self._card.read(profile.ACCEPT, profile.IGNORE)
        pair = [each for found in seen.values() for each in found]
        both = all(len(found) == 1 for found in seen.values())
        if not both or not all(names(each.label or "", self.member.name) for each in pair):
            return None
        return await self._card.require(profile.ACCEPT if accept else profile.IGNORE)

    async def _card_is_pending(self) -> bool:
        card = await self._card.read(*CARD_ELEMENTS)
        return by_card(card, self.member) is Relationship.PENDING

    async def _has_more(self) -> bool:
        return await self._card.last(profile.MORE) is not None

    async def open_menu(self) -> tuple[Part, Part] | None:
        """Open the More menu, and return its button and the menu; `None` when there is none.

        A button that is not alive yet loses the first click (2026).
        """
        if await self._card.last(profile.MORE) is None:
            await self._tab.wait_until(self._has_more, seconds=_MENU_SECONDS)
        more = await self._card.last(profile.MORE)
        if more is None:
            return None
        for _ in range(2):
            await more.click()
            if await self._tab.wait_for(profile.MENU_ITEM, seconds=_MENU_SECONDS) is not None:
                menu = await self._tab.whole.last(profile.MENU)
                return None if menu is None else (more, menu)
        return None

    async def sales_path(self) -> str:
        """Return where Sales Navigator shows this member, as the More menu links to it.

        Raises:
            Refused: the menu has no such link, as for accounts without a seat.
            RecipientMismatch: it leads to somebody else.
            UiChanged: there are several.
        """
        opened = await self.open_menu()
        link = await opened[1].find(profile.MENU_SALES) if opened is not None else None
        if opened is None or link is None:
            raise Refused(
                "The profile offers no way into Sales Navigator: the account has no seat."
            )
        path = urlsplit(await link.attribute("href") or "").path
        await opened[0].press("Escape")
        # Sales Navigator's own ids say nothing here; LinkedIn's have to be this member's.
        named = re.fullmatch(r"/sales/people/(ACo[A-Za-z0-9_-]+),.*", unquote(path))
        if named is not None and named[1] != self.member.profile_id:
            raise RecipientMismatch
        return path

    async def require_connection(self) -> None:
        """Go on only when the member is a 1st-degree connection.

        Raises:
            NotConnected: the member is not.
            UiChanged: the page does not tell.
        """
        if by_closed_card(self._seen, self.member) is Relationship.CONNECTED:
            # What it denies, on the other hand, it may not have finished to show.
            return
        relationship = await self.relationship()
        if relationship is Relationship.UNKNOWN:
            raise UiChanged("The profile does not tell how the account stands with its member.")
        if relationship is not Relationship.CONNECTED:
            raise NotConnected

    async def require_connectable(self) -> Relationship:
        """Go on only when the member can be invited.

        Raises:
            Refused: the error says what stands in the way.
        """
        relationship = await self.relationship()
        if relationship is Relationship.UNKNOWN:
            raise UiChanged("The profile does not tell how the account stands with its member.")
        if refusal := _NOT_CONNECTABLE.get(relationship):
            raise type(refusal)(refusal.message)
        return relationship


_KEYED = follow.MEMBER_KEY.name
_MENU_SECONDS = 3.0
_PENDING_SECONDS = 3.0
_QUIET_SECONDS = 0.4
"""How long nothing may have changed before absence counts."""


def _require_one_profile(cards: Sightings, profile_id: str) -> None:
    """Refuse a page whose other cards are somebody else's: it is halfway to another profile."""
    keys = [each.key or "" for each in cards[profile.CARD_OF_ANYBODY.name]]
    if not all(key.startswith(f"{profile.CARD_KEY}{profile_id}") for key in keys):
        raise UiChanged("The page has cards of more than one profile.")


async def _profile_id_of(tab: Tab, card: Part) -> str:
    """Read the id from the card's key, or from what the classic page's data says of its number."""
    found = re.fullmatch(profile.TOP_CARD_KEY, await card.attribute("componentkey") or "")
    if found is not None:
        return found["profile_id"]
    number = await card.attribute(profile.CLASSIC_MEMBER_ATTRIBUTE)
    known = await tab.whole.run("embedded_profiles", {"data": profile.CLASSIC_DATA})
    ids = {
        profile_id
        for each in known
        if each["objectUrn"] == f"urn:li:member:{number}"
        for profile_id in profile_ids_in(each["entityUrn"])
    }
    if len(ids) != 1:
        raise UiChanged(f"{profile.TOP_CARD.name} does not carry the profile's id.")
    return ids.pop()


def _name_of(title: str, card: Sightings) -> str | None:
    """Read the name from the title, its most stable source, or from the card's heading."""
    titled = re.fullmatch(r"(?:\(\d+\+?\)\s*)?(.+?)\s*\|\s*LinkedIn", title)
    headings = [each.text.partition("\n")[0].strip() for each in card[profile.NAME.name]]
    # A title may be left over from the page before; what stands in the card is its member's.
    if titled is not None and (len(headings) != 1 or _is_name_in(titled[1], headings[0])):
        return titled[1]
    return headings[0] if headings else None


def _is_name_in(title: str, heading: str) -> bool:
    """Tell whether the heading is the title's name, or has no more than pronouns or a title too."""
    rest = heading.removeprefix(title).strip()
    return heading.startswith(title) and not rest[:1].isalpha()


async def _vanity_of(tab: Tab, card: Sightings, profile_id: str) -> str | None:
    """Read the vanity from the card's own links, the page's word for its address, or the latter."""
    found = {named_in(each.href) for each in card[profile.OWN_PAGE.name]} - {profile_id, ""}
    if found:
        return normalise_vanity(found.pop()) if len(found) == 1 else None
    for path in (*await tab.own_paths(), tab.path):
        parts = path.strip("/").split("/")
        if parts[0] == "in" and len(parts) > 1 and parts[1] not in {profile_id, "me"}:
            return normalise_vanity(parts[1])
    return None
