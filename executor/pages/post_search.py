"""Content search: posts by their words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from executor.errors import CommercialUseLimit, TimedOut, UiChanged
from executor.locators import activity, post_search, shell
from executor.pages.people_search import COMMERCIAL_USE_LIMIT, UNCLEAR
from executor.pages.post_list import read_posts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from executor.browser.tab import Tab
    from executor.pages.post_list import ShownPost

_QUIET_SECONDS = 0.4
_AFTER_NOTICE_SECONDS = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPosts:
    """What a search has found."""

    posts: list[ShownPost]
    has_more: bool
    """Whether there are more behind these, or may be."""
    cut_short: str | None
    """Why there may be more: LinkedIn's commercial-use limit, or posts that were not understood
    (`unclear`)."""


async def search_posts(
    tab: Tab, *, keywords: str, filters: Mapping[str, str], start: int, count: int
) -> FoundPosts:
    """Search for posts, and scroll on until so many are found or there are no more.

    Args:
        filters: LinkedIn's own words by the filter's name in its address.
        start: how many to pass over.

    Raises:
        CommercialUseLimit: LinkedIn's limit was reached before anything was found.
        TimedOut: the page did not bring as many as are to be passed over.
        UiChanged: the page is not understood.
    """
    told = {name: json.dumps([value]) for name, value in filters.items()}
    asked = urlencode({"keywords": keywords, "origin": "FACETED_SEARCH", **told})
    tab.scrolling.watch()
    await tab.open(f"{post_search.PATHS[0]}/?{asked}")
    shown = await _wait(tab)
    if tab.is_at(shell.COMMERCIAL_LIMIT_PATHS) or shown is post_search.LIMIT:
        raise CommercialUseLimit
    if not tab.is_at(post_search.PATHS):
        raise UiChanged(f"LinkedIn leads from the search for posts to {tab.path}.")
    if shown is post_search.NO_RESULTS:
        return FoundPosts(posts=[], has_more=False, cut_short=None)
    if shown is None:
        raise tab.whole.missing(post_search.ITEM)
    await tab.settle(_QUIET_SECONDS)
    wanted = start + count
    found, goes_on = await read_posts(
        tab,
        None,
        author=activity.COMPANY_POST_AUTHOR,
        item=post_search.POST_ITEM,
        enough=wanted + 1,
    )
    is_limited = await tab.whole.last(post_search.LIMIT) is not None
    has_more = len(found) > wanted or (goes_on and bool(found) and not is_limited)
    if has_more and len(found) <= start:
        # Without any, nobody could go on behind the last one.
        raise TimedOut("The list of posts was not followed that far in time.")
    reason = COMMERCIAL_USE_LIMIT if is_limited else None if found else UNCLEAR
    return FoundPosts(
        posts=found[start:wanted], has_more=has_more, cut_short=None if has_more else reason
    )


async def shown_posts(tab: Tab) -> list[ShownPost]:
    """Read those posts that the page shows now."""
    author, item = activity.COMPANY_POST_AUTHOR, post_search.POST_ITEM
    posts, _ = await read_posts(tab, None, author=author, item=item)
    return posts


async def _wait(tab: Tab) -> object:
    shown = await tab.wait_for(
        post_search.ITEM,
        post_search.LIMIT,
        post_search.NO_RESULTS,
        unless_at=shell.COMMERCIAL_LIMIT_PATHS,
    )
    if shown is post_search.LIMIT:
        # Offers of Premium may stand above results; they count only in their place.
        return await tab.wait_for(post_search.ITEM, seconds=_AFTER_NOTICE_SECONDS) or shown
    return shown
