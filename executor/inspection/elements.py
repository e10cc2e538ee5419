"""Which candidate finds an element on a page."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from executor.errors import UiChanged
from executor.locators import post, profile, shell
from executor.locators.catalogue import all_elements
from executor.pages.post import find_post

if TYPE_CHECKING:
    from collections.abc import Iterable

    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from executor.locators.element import Element
    from storage.tasks import JsonObject


class Match(StrEnum):
    """Which of an element's candidates matches."""

    FIRST = "first"
    FALLBACK = "fallback"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundElement:
    """How an element was found, or not."""

    name: str
    match: Match
    candidate: int | None
    """The number of the candidate that matched, from 0."""
    count: int
    """How many visible matches that candidate has; a control that writes needs exactly one."""

    def as_json(self) -> JsonObject:
        return asdict(self)


async def elements_of(tab: Tab, groups: Iterable[str]) -> list[FoundElement]:
    """Look for every element of these groups, and of the frame of all pages."""
    wanted = {*groups, _group(shell.NAVIGATION)}
    places = await _places(tab)
    looks = [
        find_element(place, each)
        for each in all_elements().values()
        if _group(each) in wanted and (place := _place_of(each, places)) is not None
    ]
    return await asyncio.gather(*looks)


async def find_element(place: Part, element: Element) -> FoundElement:
    """Look for one element below a part of the page."""
    counts = await place.count(element)
    for number, count in enumerate(counts):
        if count:
            match = Match.FALLBACK if number else Match.FIRST
            return FoundElement(name=element.name, match=match, candidate=number, count=count)
    return FoundElement(name=element.name, match=Match.NONE, candidate=None, count=0)


def _group(element: Element) -> str:
    return element.name.partition(".")[0]


_MENU = f"{profile.MENU.name}."
_FROM_THE_TOP = {
    profile.TOP_CARD.name,
    profile.CARD_OF_ANYBODY.name,
    profile.CONTROLS_READY.name,
    profile.LABELLED.name,
    profile.MENU.name,
    profile.MENU_ITEM.name,
    post.CLASSIC.name,
    post.SHELL.name,
    post.ANY_TRACE.name,
}
"""What is looked for on the whole page, because its selectors begin there."""


async def _places(tab: Tab) -> dict[str, Part | None]:
    """Return the parts in which elements are looked for when the executor acts."""
    card = shown = None
    with suppress(UiChanged):
        card = await tab.whole.find(profile.TOP_CARD)
    menu = await tab.whole.last(profile.MENU)
    with suppress(UiChanged):
        shown = (await find_post(tab)).whole
    return {"page": tab.whole, "card": card, "menu": menu, "post": shown}


def _place_of(element: Element, places: dict[str, Part | None]) -> Part | None:
    """Return where an element belongs: strangers have the same controls outside the card."""
    if element.name in _FROM_THE_TOP:
        return places["page"]
    if element.name.startswith(_MENU):
        return places["menu"]
    if _group(element) == _group(profile.TOP_CARD):
        return places["card"]
    return places["post"] if _group(element) == _group(post.SHELL) else places["page"]
