"""Posts to read, as an action sees them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from executor.errors import UiChanged
from executor.pages.own_account import read_own_vanity
from executor.pages.post_comments import PostCommentsPage

if TYPE_CHECKING:
    from executor.browser.tab import Tab
    from executor.pages.post_comments import ReadComments


class Posts:
    """Single posts, and what is written below them."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab

    async def read_comments(self, urn: str, *, enough: int) -> ReadComments:
        """Read so many of a post's comments, from the first on."""
        page = await PostCommentsPage.open(self._tab, urn)
        return await page.read(enough)

    async def own_vanity(self) -> str | None:
        """Find out under which name the account's owner is linked, if LinkedIn tells."""
        with suppress(UiChanged):
            return await read_own_vanity(self._tab)
        return None
