"""The comments below a post, as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from executor.company import company_address
from executor.components.company import company_named_in
from executor.components.counts import agreed, figure_in
from executor.components.profile_ids import named_in
from executor.components.thread import same_words
from executor.locators import post, post_comments
from executor.person import profile_address

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from executor.browser.part import Part

_INDENT = 16
"""Pixels by which answers begin further in, at least; their pictures are some fifty (2026-08)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownComment:
    """A comment that the server knows; `None` is what the page does not tell."""

    urn: str
    author: str
    """Id or vanity in the link to a member's profile; empty for a company."""
    author_name: str | None
    author_url: str | None
    text: str
    reactions: int | None
    is_marked_reply: bool
    parent: str | None
    """URN of the comment inside which it stands."""
    indent: float


async def read_comments(place: Part) -> list[ShownComment]:
    """Read what is shown; LinkedIn loads some ten and leaves it at that."""
    items = await place.run(
        "comment_items",
        {
            "item": post.COMMENT_ITEM,
            "words": post.COMMENT_WORDS,
            "unfold": post.UNFOLD,
            "author": post_comments.AUTHOR,
            "name": post_comments.NAME,
            "reply": post_comments.REPLY,
            "picture": post_comments.PICTURE,
            "reactions": post_comments.REACTIONS,
            "urn": post.COMMENT_URN,
        },
    )
    return [_comment(item) for item in items]


def new_comments(
    shown: list[ShownComment], text: str, *, known: Collection[str]
) -> list[ShownComment]:
    """Return those with these words that were not there before."""
    return [each for each in shown if each.urn not in known and same_words(each.text, text)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadedComment:
    """A comment at its place in the thread."""

    shown: ShownComment
    is_reply: bool
    parent: str | None
    """What it answers; `None` also where that was not on the page at the same time."""


class CommentThread:
    """What several looks at a page that empties what was passed have shown, put together."""

    def __init__(self) -> None:
        self._found: dict[str, ThreadedComment] = {}
        self._margin: float | None = None

    @property
    def comments(self) -> list[ThreadedComment]:
        return list(self._found.values())

    def add(self, shown: Iterable[ShownComment]) -> None:
        """Take in what one look has shown, in the page's order."""
        looked = list(shown)
        # What answers nothing begins at the same place on all looks.
        margins = [each.indent for each in looked]
        self._margin = min(margins if self._margin is None else [*margins, self._margin], default=0)
        above: str | None = None
        for each in looked:
            is_reply = self._is_reply(each)
            above = above if is_reply else each.urn
            parent = (each.parent or above) if is_reply else None
            told = ThreadedComment(shown=each, is_reply=is_reply, parent=parent)
            self._found.setdefault(each.urn, told)

    def has_news(self, shown: Iterable[ShownComment]) -> bool:
        """Tell whether a look shows what none has shown before."""
        return any(each.urn not in self._found for each in shown)

    def _is_reply(self, shown: ShownComment) -> bool:
        is_marked = shown.is_marked_reply or shown.parent is not None
        return is_marked or shown.indent > (self._margin or 0) + _INDENT


def _comment(item: Mapping[str, Any]) -> ShownComment:
    member, company = named_in(item["href"]), company_named_in(item["href"])
    member_url = profile_address(member) if member else None
    # The degree follows the name in the same line: "Jane Doe • 2nd" (2026-08).
    name = item["name"].partition("\n")[0].partition("•")[0].strip()
    lines = [line for text in item["reactions"] for line in text.splitlines()]
    return ShownComment(
        urn=item["urn"],
        author=member,
        author_name=name or None,
        author_url=company_address(company) if company else member_url,
        text=item["text"],
        # Beside the figure, somebody may be named.
        reactions=agreed(figure_in(line) for line in lines if not _has_letters(line)),
        is_marked_reply=item["is_reply"],
        parent=item["parent"] or None,
        indent=item["indent"],
    )


def _has_letters(line: str) -> bool:
    return any(letter.isalpha() for letter in line)
