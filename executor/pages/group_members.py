"""A group's list of members, and the message box that it opens."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from executor.components.people_cards import own_link, person_in
from executor.components.profile_ids import named_in
from executor.errors import NotGroupMember, TimedOut, UiChanged
from executor.locators import groups, messaging, profile_sections, shell
from executor.pages.conversation import ConversationPage

if TYPE_CHECKING:
    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from executor.components.member import Member
    from executor.components.people_cards import ListedPerson
    from executor.locators.messaging import BoxElements

_LIST_SECONDS = 6.0
_SEARCH_SECONDS = 4.0
_BUBBLE_SECONDS = 6.0
_HISTORY_SECONDS = 3.0
_QUIET_SECONDS = 0.7
_BOUT_SECONDS = 3.0
_MOST_BOUTS = 50
"""How often to scroll on for twenty more, before somebody counts as too far down."""


class GroupMessageBox(ConversationPage):
    """The bubble of the overlay that a card of the list opens."""

    _elements: ClassVar[BoxElements] = messaging.BUBBLE_BOX

    async def _wait_for_history(self) -> None:
        async def has_item() -> bool:
            return await self._scope.last(self._elements.item) is not None

        if self._linked:
            await self._tab.wait_until(has_item, seconds=_HISTORY_SECONDS)

    async def _require_kind(self) -> None:
        if messaging.INMAIL_BUBBLE in (await self._scope.attribute("class") or ""):
            raise NotGroupMember("LinkedIn offers this member an InMail only, not a message.")


class GroupMembersPage:
    """The members of a group that the acting account is in."""

    def __init__(self, tab: Tab, group_id: str) -> None:
        self._tab = tab
        self._paths = groups.members_paths(group_id)

    @classmethod
    async def open(cls, tab: Tab, group_id: str) -> GroupMembersPage:
        """Open the list.

        Raises:
            NotGroupMember: LinkedIn does not show it to the acting account.
            TimedOut: nobody appeared in it.
        """
        page = cls(tab, group_id)
        tab.scrolling.watch()
        await tab.open(f"{page._paths[0]}/")
        shown = await tab.wait_for(
            groups.MEMBER, seconds=_LIST_SECONDS, unless_at=shell.NOT_FOUND_PATHS
        )
        if tab.status == HTTPStatus.NOT_FOUND or not tab.is_at(page._paths):
            raise NotGroupMember("LinkedIn does not show this group's members to the account.")
        if shown is None:
            raise TimedOut("The group's members did not appear.")
        return page

    async def read(self, *, start: int, count: int) -> tuple[list[ListedPerson], bool]:
        """Return some members in the list's order, and whether there are more, or may be.

        Raises:
            TimedOut: the page did not bring as many as are to be passed over.
        """
        people: list[ListedPerson] = []
        ended = False
        for _ in range(_MOST_BOUTS):
            ended = await self._scroll_on()
            people = [each for card in await self._cards() if (each := _member_in(card))]
            if ended or len(people) > start + count:
                break
        if not ended and len(people) <= start:
            # Without any, nobody could go on behind the last one.
            raise TimedOut("The group's list was not followed that far in time.")
        return people[start : start + count], not ended or len(people) > start + count

    async def open_message_box(self, member: Member) -> GroupMessageBox:
        """Click the card's own Message, and prove whom the box is to that it opens.

        Raises:
            NotGroupMember: the list does not have this member.
            UiChanged: their card has no control of its own for that, or no box opens.
        """
        link = await self._find(member)
        if link is None:
            raise NotGroupMember
        card = await self._tab.whole.require(groups.linking(link))
        await (await card.require(groups.MESSAGE)).click()
        bubble = messaging.bubble_to(member.name, member.profile_id)

        async def has_box() -> bool:
            found = await self._tab.whole.find(bubble)
            return found is not None and await found.find(messaging.BUBBLE_COMPOSER) is not None

        await self._tab.wait_until(has_box, seconds=_BUBBLE_SECONDS)
        box = GroupMessageBox(self._tab, member, scope=await self._tab.whole.require(bubble))
        await box.prove_recipient()
        return box

    async def _find(self, member: Member) -> str | None:
        """Return the link of the member's card, searching for the name, then scrolling on."""
        if link := await self._shown_link(member):
            return link
        search = await self._search_field()
        if search is not None:
            await search.clear()
            await search.type_text(member.name)
            await self._tab.wait_until(lambda: self._shows(member), seconds=_SEARCH_SECONDS)
            if link := await self._shown_link(member):
                return link
            await search.clear()
        for _ in range(_MOST_BOUTS):
            ended = await self._scroll_on()
            if link := await self._shown_link(member):
                return link
            if ended:
                break
        return None

    async def _search_field(self) -> Part | None:
        try:
            return await self._tab.whole.find(groups.SEARCH)
        except UiChanged:
            return None  # There are several; the list can be followed as well.

    async def _shows(self, member: Member) -> bool:
        return await self._shown_link(member) is not None

    async def _shown_link(self, member: Member) -> str | None:
        """Return the link of the one card that is this member's, as it is written.

        Raises:
            UiChanged: there are several.
        """
        found = {
            link
            for card in await self._cards()
            if (link := own_link(card)) and member.is_named(named_in(link))
        }
        if len(found) > 1:
            raise UiChanged("The group lists the same member several times.")
        return found.pop() if found else None

    async def _cards(self) -> list[dict[str, Any]]:
        cards: list[dict[str, Any]] = await self._tab.whole.run(
            "people_cards",
            {"card": self._tab.whole.selectors(groups.MEMBER), "line": groups.LINE},
        )
        return cards

    async def _scroll_on(self) -> bool:
        """Scroll through what is there, and tell whether that was the end."""
        return await self._tab.scrolling.to_end(
            profile_sections.SCROLLER, quiet=_QUIET_SECONDS, seconds=_BOUT_SECONDS
        )


def _member_in(card: dict[str, Any]) -> ListedPerson | None:
    return person_in(card, has_location=False)
