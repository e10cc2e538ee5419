"""What the two lists of pending invitations have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

from executor.components.invitation_cards import invitation_in
from executor.errors import UiChanged
from executor.locators import invitation_card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.browser.tab import Tab
    from executor.components.invitation_cards import ListedInvitation
    from executor.components.member import Member
    from executor.locators.element import Element

_LIST_SECONDS = 5.0
_QUIET_SECONDS = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedInvitations:
    """Some of a list's invitations."""

    invitations: Sequence[ListedInvitation]
    complete: bool
    """Whether there are no more, or as many as were asked for."""


class InvitationList:
    """A list of pending invitations, the newest first."""

    _card: ClassVar[Element]
    _paths: ClassVar[tuple[str, ...]]

    def __init__(self, tab: Tab) -> None:
        self._tab = tab

    @classmethod
    async def open(cls, tab: Tab) -> Self:
        """Open the list; an account without such invitations has an empty one.

        Raises:
            UiChanged: LinkedIn leads elsewhere, or the list says that there are some, and shows
                none that is understood.
        """
        await tab.open(f"{cls._paths[0]}/")
        page = cls(tab)
        if await tab.wait_for(cls._card, seconds=_LIST_SECONDS) is not None:
            await tab.settle(_QUIET_SECONDS)
        elif await page.total():
            raise tab.whole.missing(cls._card)
        page.require_place()
        return page

    async def total(self) -> int | None:
        """Read from the header how many there are; the first number in brackets is people's."""
        seen = await self._tab.whole.read(invitation_card.COUNT)
        for each in seen[invitation_card.COUNT.name]:
            if found := re.fullmatch(invitation_card.COUNT_MARK, each.text):
                return int(re.sub(r"\D", "", found["count"]))
        return None

    async def shown(self) -> list[ListedInvitation]:
        """Read the cards that are on the page now."""
        cards = await self._tab.whole.run(
            "people_cards",
            {"card": self._tab.whole.selectors(self._card), "line": invitation_card.LINE},
        )
        # On the other list, this very card would mean the opposite.
        self.require_place()
        found = (invitation_in(card) for card in cards)
        return [each for each in found if each is not None]

    async def with_member(self, member: Member) -> ListedInvitation | None:
        """Return the invitation between the account and a member, among those shown.

        Raises:
            UiChanged: there are several.
        """
        found = [each for each in await self.shown() if each.is_with(member)]
        if len(found) > 1:
            raise UiChanged("The list has several invitations with the same person.")
        return found[0] if found else None

    def require_place(self) -> None:
        """Go on only while the list is shown.

        Raises:
            UiChanged: LinkedIn leads elsewhere.
        """
        if not self._tab.is_at(self._paths):
            raise UiChanged("LinkedIn does not show the list of invitations that was asked for.")
