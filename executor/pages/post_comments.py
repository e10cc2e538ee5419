"""All the comments below a post, as far as its page brings them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from executor.components.comments import CommentThread, read_comments
from executor.locators import post, post_comments
from executor.pages.post import PostPage, offers_comment
from executor.pages.post_list import read_single_post

if TYPE_CHECKING:
    from executor.browser.tab import Tab
    from executor.components.comments import ThreadedComment
    from executor.pages.post import Place

_FIRST_SECONDS = 5.0
"""Comments come well after the post itself (2026-07)."""
_QUIET_SECONDS = 0.4
_MORE_SECONDS = 3.0
_WHEEL = 2000
_TURNS = 2
"""The first may have had to reach the list's end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadComments:
    """What a post's page tells of its comments."""

    comments: list[ThreadedComment]
    """In the page's order, which is LinkedIn's choice of what is most relevant at first."""
    total: int | None
    """How many there are by the post's own figure; answers that are folded up count as well."""
    has_more: bool | None
    """Whether the page offers more than these; `None` when it does not say."""
    can_comment: bool | None


class PostCommentsPage:
    """A post that has been proven to be the one asked for, with what is written below it."""

    def __init__(self, page: PostPage) -> None:
        self._page = page
        self._tab = page.tab
        self._thread = CommentThread()

    @classmethod
    async def open(cls, tab: Tab, urn: str) -> PostCommentsPage:
        """Open a post and wait for comments; it may have none.

        Raises:
            PostNotFound, RecipientMismatch, UiChanged: as `PostPage.open`.
        """
        page = cls(await PostPage.open(tab, urn))
        if await tab.wait_for(post.COMMENTS, seconds=_FIRST_SECONDS) is not None:
            await tab.settle(_QUIET_SECONDS)
        return page

    async def read(self, enough: int) -> ReadComments:
        """Read comments, and have the page bring more, until so many are found or it ends."""
        told = await read_single_post(self._tab)
        can_comment = await offers_comment(await self._page.place())
        while True:
            place = await self._page.place()
            # What was passed is taken from the page, so each stretch is read when it is there.
            self._thread.add(await read_comments(place.whole))
            if len(self._thread.comments) > enough or await self._is_whole(place, told.comments):
                break
            if not await self._goes_on(place):
                break
        found = self._thread.comments
        return ReadComments(
            comments=found[:enough],
            total=told.comments,
            has_more=len(found) > enough or await self._offers_more(told.comments),
            can_comment=can_comment,
        )

    async def _goes_on(self, place: Place) -> bool:
        """Have the page bring more, and tell whether it did."""
        button = await place.whole.last(post_comments.LOAD_MORE)
        if button is not None:
            await button.click()
            return await self._tab.wait_until(self._has_news, seconds=self._tab.step_seconds)
        last = await place.whole.last(post.COMMENTS)
        if last is None or _is_classic(place):
            return False
        for _ in range(_TURNS):
            # Only a real turn of the wheel brings more (2026-08).
            await last.wheel(_WHEEL)
            if await self._tab.wait_until(self._has_news, seconds=_MORE_SECONDS):
                return True
        return False

    async def _is_whole(self, place: Place, total: int | None) -> bool:
        """Tell whether all are read by the post's own figure, so that nobody waits for more."""
        is_complete = total is not None and len(self._thread.comments) >= total
        return is_complete and await place.whole.last(post_comments.LOAD_MORE) is None

    async def _has_news(self) -> bool:
        place = await self._page.place()
        return self._thread.has_news(await read_comments(place.whole))

    async def _offers_more(self, total: int | None) -> bool | None:
        place = await self._page.place()
        if await place.whole.last(post_comments.LOAD_MORE) is not None:
            return True
        # On React the control has no mark but its words, which are known in English only.
        return False if _is_classic(place) or await self._is_whole(place, total) else None


def _is_classic(place: Place) -> bool:
    return place.whole is place.post
