"""Commenting on a post, and looking for the comment after the fact."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from executor.components.comments import new_comments, read_comments
from executor.components.post_requests import comment_problem
from executor.components.refusal import is_accepted, raise_if_refused, tells_success
from executor.components.thread import same_words
from executor.errors import (
    ComposerOccupied,
    ComposerUnavailable,
    ExecutorError,
    TimedOut,
    UiChanged,
    Unproven,
)
from executor.locators import post
from executor.pages.own_account import read_own_vanity
from executor.pages.post import PostPage, offers_comment
from executor.person import same_vanity

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.browser.call import Answer
    from executor.browser.guard import RequestBody
    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from executor.locators.element import Element
    from storage.tasks import JsonObject

_CONTROLS_SECONDS = 2.0
_COMMENTS_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentReceipt:
    """Proof of a comment."""

    comment_urn: str | None
    evidence: JsonObject


class CommentBox:
    """The open box for a comment on a post that has been proven."""

    def __init__(self, page: PostPage) -> None:
        self._page = page
        self._tab = page.tab
        self._text = ""

    @classmethod
    async def open(cls, tab: Tab, urn: str) -> CommentBox:
        """Open a post and the box for a comment on it.

        Raises:
            ComposerUnavailable: the author lets nobody comment, or not this account.
            PostNotFound, RecipientMismatch, UiChanged: as `PostPage.open`.
        """
        box = cls(await PostPage.open(tab, urn))
        # The classic page has the box open; where neither it nor a button is, comments are off.
        if not await tab.wait_until(box._is_offered, seconds=_CONTROLS_SECONDS):
            if await offers_comment(await box._page.place()) is None:
                raise UiChanged(f"{post.COMMENT.name} cannot be seen.")
            raise ComposerUnavailable("LinkedIn offers no comment on this post.")
        if not await box._has(post.COMPOSER):
            await (await (await box._page.place()).post.require(post.COMMENT)).click()
            await tab.wait_until(lambda: box._has(post.COMPOSER), seconds=tab.step_seconds)
        await box._composer()
        return box

    async def write(self, text: str) -> None:
        """Put the text into the box, and see that it stands there unchanged.

        Raises:
            ComposerOccupied: there are other words in it, which stay.
            UiChanged: the box shows something else than what was typed; it is emptied again.
        """
        composer = await self._composer()
        if (await composer.run("composer_text")).strip():
            raise ComposerOccupied("The comment box holds words, which were left untouched.")
        self._text = text
        try:
            await composer.type_text(text)
            typed = await composer.run("composer_text")
        except BaseException:
            await composer.take_back()
            raise
        if typed != text.replace("\u00a0", " "):
            await composer.take_back()
            raise UiChanged(f"{post.COMPOSER.name} does not show the text that was typed into it.")

    async def send(self, attempt: Attempt) -> CommentReceipt:
        """Send the comment, and return what proves it.

        Raises:
            NotSent: LinkedIn refused, or the request was stopped; nothing was sent.
            Unproven: it may have been sent.
        """
        await self._tab.wait_until(lambda: self._has(post.SUBMIT), seconds=self._tab.step_seconds)
        button = await (await self._whole()).require(post.SUBMIT)
        await button.wait_until_pressable(self._tab.step_seconds)
        if not same_words(await (await self._composer()).run("composer_text"), self._text):
            raise TimedOut("The comment box lost the text that was typed into it.")
        # This proves the post once more.
        known = [each.urn for each in await read_comments(await self._whole())]

        def check(body: RequestBody) -> str | None:
            return comment_problem(body, self._page.urn, self._text)

        answer = await self._tab.submit(
            post.CREATE_COMMENT,
            check=check,
            before_click=lambda: attempt.submitting({"comments": known}),
            before_request=attempt.leaving,
            click=button.click,
        )
        if answer is not None:
            raise_if_refused(answer)
            if tells_success(answer):
                return CommentReceipt(
                    comment_urn=_only_comment_in(answer),
                    evidence={"method": "network", "status": answer.status},
                )
            if is_accepted(answer) and (urn := await self._appeared(known)):
                return CommentReceipt(
                    comment_urn=urn,
                    evidence={"method": "page", "status": answer.status, "comment_urn": urn},
                )
        raise Unproven

    async def _appeared(self, known: list[str]) -> str | None:
        """Wait for the comment, with an id that the server has given it."""
        found: list[str] = []

        async def is_there() -> bool:
            shown = new_comments(await read_comments(await self._whole()), self._text, known=known)
            found[:] = [each.urn for each in shown]
            return len(found) == 1

        with suppress(ExecutorError):
            if await self._tab.wait_until(is_there, seconds=self._tab.evidence_seconds):
                return found[0]
        return None

    async def _whole(self) -> Part:
        return (await self._page.place()).whole

    async def _composer(self) -> Part:
        return await (await self._whole()).require(post.COMPOSER)

    async def _has(self, element: Element) -> bool:
        return await (await self._whole()).find(element) is not None

    async def _is_offered(self) -> bool:
        return await offers_comment(await self._page.place()) is True


async def find_comment(
    tab: Tab, urn: str, text: str, baseline: JsonObject
) -> CommentReceipt | None:
    """Look for a comment that is in doubt: new, with these words, and by the account's owner."""
    page = await PostPage.open(tab, urn)
    place = (await page.place()).whole
    await tab.wait_for(post.COMMENTS, seconds=_COMMENTS_SECONDS)
    new = new_comments(await read_comments(place), text, known=baseline["comments"])
    if not new:
        return None
    # Short words are common, so somebody else may have written the same meanwhile.
    own = await read_own_vanity(tab)
    mine = [each for each in new if each.author and same_vanity(each.author, own)]
    if len(mine) != 1:
        return None
    return CommentReceipt(
        comment_urn=mine[0].urn,
        evidence={"method": "read_back", "comment_urn": mine[0].urn},
    )


def _only_comment_in(answer: Answer) -> str | None:
    """Return the comment's URN, unless the answer names several."""
    found = set(re.findall(post.COMMENT_URN, str(answer.body)))
    return found.pop() if len(found) == 1 else None
