"""A member's recent activity: the posts that the page shows when it opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from executor.components.profile_ids import named_in
from executor.errors import RecipientMismatch, UiChanged
from executor.locators import activity, post

if TYPE_CHECKING:
    from executor.browser.tab import Tab
    from executor.components.member import Member

_POSTS_SECONDS = 5.0
_QUIET_SECONDS = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPost:
    """A post in a list."""

    urn: str | None
    """React tells it only of posts that somebody has reacted to."""
    author: str
    """Id or vanity in the first link to a profile; empty when there is none."""
    text: str


async def read_activity(tab: Tab, member: Member) -> list[ShownPost]:
    """Read the newest posts on a member's page; LinkedIn loads more when somebody scrolls.

    None are read where the member has not posted, and where the page is not understood: nobody
    has described how the two look.

    Raises:
        RecipientMismatch: LinkedIn leads elsewhere.
        UiChanged: the member's address is not known.
    """
    if member.vanity is None:
        raise UiChanged("The profile's vanity name is nowhere on its page.")
    await tab.open(f"/in/{quote(member.vanity, safe='')}/{activity.PATH}/")
    if await tab.wait_for(activity.ITEM, seconds=_POSTS_SECONDS) is not None:
        await tab.settle(_QUIET_SECONDS)
    if not member.is_named(named_in(tab.path)) or not tab.path.strip("/").endswith(activity.PATH):
        raise RecipientMismatch("LinkedIn shows another page than the member's activity.")
    items = await tab.whole.run(
        "post_items",
        {
            "item": activity.POST_ITEM,
            "card": activity.POST_CARD,
            "author": activity.POST_AUTHOR,
            "words": activity.POST_WORDS,
            "facepile": post.FACEPILE.candidates[0].css,
            "urn": activity.POST_URN,
        },
    )
    return [
        ShownPost(urn=item["urn"] or None, author=named_in(item["href"]), text=item["text"])
        for item in items
    ]
