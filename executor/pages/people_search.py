"""People search, page after page."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from executor.components.people_cards import person_in
from executor.errors import CommercialUseLimit
from executor.locators import people_search, shell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from executor.browser.tab import Tab
    from executor.components.people_cards import ListedPerson

_PATH = "/search/results/people/"
_QUIET_SECONDS = 0.4
_AFTER_NOTICE_SECONDS = 1.5
_PER_PAGE = 10
_MOST_PAGES = 20
"""More pages than any allowed number of people needs; a list that never ends stops here."""

COMMERCIAL_USE_LIMIT = "commercial_use_limit"
UNCLEAR = "unclear"


@dataclass(slots=True, kw_only=True)
class FoundPeople:
    """What a search has found."""

    people: list[ListedPerson] = field(default_factory=list)
    has_more: bool = False
    """Whether there are more than these."""
    cut_short: str | None = None
    """Why there may be more: LinkedIn's commercial-use limit, or a page without any results that
    did not say so (`unclear`), which may be the same limit."""


class PeopleSearchPage:
    """A search for people."""

    def __init__(self, tab: Tab, asked: Mapping[str, str]) -> None:
        self._tab = tab
        self._asked = asked

    @classmethod
    def of(
        cls, tab: Tab, *, keywords: str, facets: Mapping[str, Sequence[str]]
    ) -> PeopleSearchPage:
        """Prepare a search.

        Args:
            facets: LinkedIn's numbers by the filter's name in its address; names are ignored there.
        """
        numbers = {name: json.dumps(list(ids)) for name, ids in facets.items() if ids}
        asked = {"keywords": keywords} if keywords else {}
        return cls(tab, {**asked, **numbers, "origin": "FACETED_SEARCH"})

    async def find(self, count: int, *, start: int = 0) -> FoundPeople:
        """Turn pages until so many people are found, or there are no more.

        Args:
            start: how many to pass over; whole pages of them are not opened.

        Raises:
            CommercialUseLimit: LinkedIn's limit was reached before anybody was found.
        """
        found = FoundPeople()
        passed, wanted = divmod(start, _PER_PAGE)
        wanted += count
        for number in range(passed + 1, passed + _MOST_PAGES + 1):
            shown = await self._open(number)
            if shown is people_search.LIMIT or self._tab.is_at(shell.COMMERCIAL_LIMIT_PATHS):
                found.cut_short = COMMERCIAL_USE_LIMIT
                break
            if shown is people_search.NO_RESULTS:
                break
            if shown is None and not found.people:
                raise self._tab.whole.missing(people_search.CARD)
            if shown is None:
                found.cut_short = UNCLEAR
                break
            more = await self._read(found)
            if not more and await self._tab.whole.last(people_search.LIMIT) is not None:
                # A few people stand above the notice at times.
                found.cut_short = COMMERCIAL_USE_LIMIT
            if not found.people and found.cut_short is None:
                # There are cards, and none tells whose it is.
                found.cut_short = UNCLEAR
            found.has_more = more or len(found.people) > wanted
            if len(found.people) >= wanted or not more:
                break
        if found.cut_short == COMMERCIAL_USE_LIMIT and not found.people:
            raise CommercialUseLimit
        found.people = found.people[start % _PER_PAGE : wanted]
        return found

    async def _open(self, number: int) -> object:
        await self._tab.open(f"{_PATH}?{urlencode({**self._asked, 'page': str(number)})}")
        shown = await self._tab.wait_for(
            people_search.CARD,
            people_search.LIMIT,
            people_search.NO_RESULTS,
            unless_at=shell.COMMERCIAL_LIMIT_PATHS,
        )
        if shown is people_search.LIMIT:
            # Offers of Premium stand beside results as well; they count only in their place.
            return (
                await self._tab.wait_for(people_search.CARD, seconds=_AFTER_NOTICE_SECONDS) or shown
            )
        return shown

    async def _read(self, found: FoundPeople) -> bool:
        """Add this page's people, and tell whether another page is offered."""
        await self._tab.settle(_QUIET_SECONDS)
        known = {(each.profile_id, each.vanity) for each in found.people}
        for person in await shown_people(self._tab):
            # A page may show somebody twice.
            if (person.profile_id, person.vanity) not in known:
                known.add((person.profile_id, person.vanity))
                found.people.append(person)
        return await self._tab.whole.last(people_search.NEXT_PAGE) is not None


async def shown_people(tab: Tab) -> list[ListedPerson]:
    """Read the people on the page of results that is open already, without hidden members."""
    cards = await tab.whole.run(
        "people_cards",
        {"card": tab.whole.selectors(people_search.CARD), "line": people_search.LINE},
    )
    return [person for card in cards if (person := person_in(card)) is not None]
