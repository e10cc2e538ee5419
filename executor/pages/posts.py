"""Posts to read, as an action sees them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from executor.errors import UiChanged
from executor.pages.own_account import read_own_vanity
from executor.pages.post import PostPage, offers_comment
from executor.pages.post_comments import PostCommentsPage
from executor.pages.post_list import read_single_post
from executor.pages.post_search import search_posts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from executor.browser.tab import Tab
    from executor.pages.post_comments import ReadComments
    from executor.pages.post_list import ShownPost
    from executor.pages.post_search import FoundPosts


_QUIET_SECONDS = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPost:
    """What a post's own page tells of it."""

    shown: ShownPost
    can_comment: bool | None
    """`None` when its controls do not say."""


class Posts:
    """Posts by their words, single ones, and what is written below them."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab

    async def read(self, urn: str) -> ReadPost:
        """Read a post that has been proven to be the one with this URN."""
        page = await PostPage.open(self._tab, urn)
        await self._tab.settle(_QUIET_SECONDS)
        shown = await read_single_post(self._tab)
        # The page may have changed to another one meanwhile.
        place = await page.place()
        return ReadPost(shown=shown, can_comment=await offers_comment(place))

    async def read_comments(self, urn: str, *, enough: int) -> ReadComments:
        """Read so many of a post's comments, from the first on."""
        page = await PostCommentsPage.open(self._tab, urn)
        return await page.read(enough)

    async def search(
        self, *, keywords: str, filters: Mapping[str, str], start: int, count: int
    ) -> FoundPosts:
        """Search for posts until so many are found, or there are no more."""
        return await search_posts(
            self._tab, keywords=keywords, filters=filters, start=start, count=count
        )

    async def own_vanity(self) -> str | None:
        """Find out under which name the account's owner is linked, if LinkedIn tells."""
        with suppress(UiChanged):
            return await read_own_vanity(self._tab)
        return None
