"""A list of posts, on a member's page or a company's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from executor.company import company_address
from executor.components.company import company_named_in
from executor.components.counts import agreed, figure_in, worded
from executor.components.profile_ids import named_in
from executor.errors import UiChanged
from executor.locators import activity, post
from executor.person import profile_address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from executor.browser.tab import Tab
    from executor.components.company import Company
    from executor.components.member import Member

_POSTS_SECONDS = 5.0
_QUIET_SECONDS = 0.4
_MORE_SECONDS = 1.0
"""How long the end of a list may bring nothing, nor wait for it, before it counts as its end."""
_MOST_STEPS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPost:
    """A post in a list; `None` is what the page does not tell."""

    urn: str | None
    """React tells it only of posts that somebody has reacted to."""
    author_name: str | None
    author_url: str | None
    is_own: bool
    """Whether whoever's page it is wrote it; never where it is nobody's."""
    text: str
    reactions: int | None
    comments: int | None
    reposts: int | None


async def wait_for_posts(tab: Tab) -> None:
    """Wait until the list shows posts and stands still; some have none, so it may never."""
    if await tab.wait_for(activity.ITEM, seconds=_POSTS_SECONDS) is not None:
        await tab.settle(_QUIET_SECONDS)


async def read_posts(
    tab: Tab,
    owner: Member | Company | None,
    *,
    author: str,
    item: str = activity.POST_ITEM,
    enough: int = 0,
) -> tuple[list[ShownPost], bool]:
    """Read the list that is open, in its order, each post once.

    Args:
        owner: whose page it is, if it is somebody's.
        author: which links lead to whoever posted; the first one in a post counts.
        item: what each post is on this page.
        enough: scroll on until so many are found; none by itself reads what is shown.

    Returns:
        The posts, and whether the list may go on: it was not followed to its end.
    """
    found: dict[str, ShownPost] = {}
    goes_on = True
    for _ in range(_MOST_STEPS):
        # What was passed may be emptied again, so each stretch is read when it is in sight.
        for each in await _items(tab, item, author):
            found.setdefault(each["key"], _shown(each, owner))
        if len(found) >= enough or not goes_on:
            break
        # Chromium may carry the view past posts that come in above it, so the end is read as well.
        goes_on = await tab.scrolling.step(activity.SCROLLER, quiet=_MORE_SECONDS)
    return list(found.values())[: enough or None], goes_on


async def read_single_post(tab: Tab) -> ShownPost:
    """Read the post whose own page is open.

    Raises:
        UiChanged: there is none, or more than one.
    """
    places = [css for each in (post.CLASSIC, post.SHELL) for css in tab.whole.selectors(each)]
    items = await _items(tab, ", ".join(places), activity.COMPANY_POST_AUTHOR)
    if len(items) != 1:
        raise UiChanged(f"The page has {len(items)} posts at the place of one.")
    return _shown(items[0], None)


async def _items(tab: Tab, item: str, author: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = await tab.whole.run(
        "post_items",
        {
            "item": item,
            "card": activity.POST_CARD,
            "author": author,
            "writer": activity.POST_NAME,
            "words": activity.POST_WORDS,
            "unfold": post.UNFOLD,
            "facepile": ", ".join(tab.whole.selectors(post.FACEPILE)),
            "urn": activity.POST_URN,
            "inside": activity.POST_ASIDE,
            "counts": activity.COUNTS,
        },
    )
    return items


def _shown(item: Mapping[str, Any], owner: Member | Company | None) -> ShownPost:
    counts: Mapping[str, Sequence[str]] = item["counts"]
    member, company = named_in(item["href"]), company_named_in(item["href"])
    author_url = profile_address(member) if member else None
    name = item["name"].partition("\n")[0].partition("•")[0].strip()
    return ShownPost(
        urn=item["urn"] or None,
        author_name=name or None,
        author_url=company_address(company) if company else author_url,
        is_own=owner is not None and owner.is_named(member or company),
        text=item["text"],
        reactions=_count(counts, "reactions"),
        comments=_count(counts, "comments"),
        reposts=_count(counts, "reposts"),
    )


def _count(counts: Mapping[str, Sequence[str]], of: str) -> int | None:
    """Return a figure from the place that is its own, else from the words that tell it."""
    # A line for the eye and one for the ear may say the same.
    own = [line for text in counts[of] for line in text.splitlines()]
    if of == "reactions":
        # Beside the figure, the place may name somebody: "Ada and 251 others".
        own = [line for line in own if not any(letter.isalpha() for letter in line)]
    placed = agreed(figure_in(line) for line in own)
    return worded(counts["any"], activity.COUNT_WORDS[of]) if placed is None else placed
