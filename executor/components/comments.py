"""The comments below a post, as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from executor.components.profile_ids import named_in
from executor.components.thread import same_words
from executor.locators import post

if TYPE_CHECKING:
    from collections.abc import Collection

    from executor.browser.part import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownComment:
    """A comment that the server knows."""

    urn: str
    author: str
    """Id or vanity in the first link to a profile."""
    text: str


async def read_comments(place: Part) -> list[ShownComment]:
    """Read what is shown; LinkedIn loads some ten and leaves it at that."""
    items = await place.run(
        "comment_items",
        {
            "item": post.COMMENT_ITEM,
            "words": post.COMMENT_WORDS,
            "author": post.COMMENT_AUTHOR,
            "urn": post.COMMENT_URN,
        },
    )
    return [
        ShownComment(urn=item["urn"], author=named_in(item["author"]), text=item["text"])
        for item in items
        if item["urn"]
    ]


def new_comments(
    shown: list[ShownComment], text: str, *, known: Collection[str]
) -> list[ShownComment]:
    """Return those with these words that were not there before."""
    return [each for each in shown if each.urn not in known and same_words(each.text, text)]
