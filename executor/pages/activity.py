"""A member's recent activity: the posts that the page shows when it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from executor.components.profile_ids import named_in
from executor.errors import RecipientMismatch, UiChanged
from executor.locators import activity
from executor.pages.post_list import read_posts, wait_for_posts

if TYPE_CHECKING:
    from executor.browser.tab import Tab
    from executor.components.member import Member
    from executor.pages.post_list import ShownPost


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
    await wait_for_posts(tab)
    if not member.is_named(named_in(tab.path)) or not tab.path.strip("/").endswith(activity.PATH):
        raise RecipientMismatch("LinkedIn shows another page than the member's activity.")
    posts, _ = await read_posts(tab, member, author=activity.POST_AUTHOR)
    return posts
