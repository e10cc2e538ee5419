"""The list of the account's connections."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from executor.components.people_cards import person_in
from executor.errors import UiChanged
from executor.locators import connections, profile_sections

if TYPE_CHECKING:
    from executor.browser.tab import Tab
    from executor.components.people_cards import ListedPerson

_LIST_SECONDS = 6.0
_QUIET_SECONDS = 0.7
_BOUT_SECONDS = 3.0
"""How long one bout of scrolling may take before it is looked whether enough has come."""
_MOST_BOUTS = 40


class ConnectionsPage:
    """The account's 1st-degree connections, the newest first."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab

    @classmethod
    async def open(cls, tab: Tab) -> ConnectionsPage:
        """Open the list; an account without connections has an empty one.

        Raises:
            UiChanged: LinkedIn leads elsewhere.
        """
        tab.scrolling.watch()
        await tab.open(f"{connections.PATHS[0]}/")
        await tab.wait_for(connections.CONTACT, seconds=_LIST_SECONDS)
        if not tab.is_at(connections.PATHS):
            raise UiChanged(f"LinkedIn leads from the list of connections to {tab.path}.")
        return cls(tab)

    async def read(
        self, *, keyword: str, start: int, count: int
    ) -> tuple[list[ListedPerson], bool]:
        """Return some connections, and whether the list was followed for as long as needed.

        Args:
            keyword: words that must be in the name; empty for everybody.
        """
        wanted = keyword.casefold().split()
        for _ in range(_MOST_BOUTS):
            ended = await self._tab.scrolling.to_end(
                profile_sections.SCROLLER, quiet=_QUIET_SECONDS, seconds=_BOUT_SECONDS
            )
            people = [each for each in await shown_connections(self._tab) if _fits(each, wanted)]
            if ended or len(people) >= start + count:
                return people[start : start + count], True
        return people[start : start + count], False


async def shown_connections(tab: Tab) -> list[ListedPerson]:
    """Read those of the list that are on the page now."""
    cards = await tab.whole.run("people_cards", {"within": connections.LIST, "line": "p"})
    found = (person_in(card) for card in cards)
    # Who cannot be written to is no connection, but somebody whom the page suggests; and below the
    # headline stands the day on which they connected, no place (2026-06).
    return [
        replace(each, location=None)
        for each in found
        if each is not None and each.profile_id is not None
    ]


def _fits(person: ListedPerson, wanted: list[str]) -> bool:
    return all(word in person.name.casefold() for word in wanted)
