"""What a member has posted, as a list.

Nobody has described this page; it is taken to be made of the same parts as the feed and as a
single post, which were measured.
"""

from __future__ import annotations

from executor.locators.element import element, seen

_REACT = 'main [data-testid="mainFeed"] [role="listitem"]:has([componentkey])'
_CLASSIC = (
    'main div[data-urn][role="article"]'
    ':not(div[data-urn][role="article"] div[data-urn][role="article"])'
)

ITEM = element("activity.item", seen("2026-08-05", _REACT), seen("2026-08-05", _CLASSIC))

POST_ITEM = f"{_REACT}, {_CLASSIC}"
POST_CARD = "[componentkey]"
POST_AUTHOR = 'a[href*="/in/"]'
"""Whoever posted it comes first in a post; inferred."""
POST_WORDS = 'span[data-testid="expandable-text-box"], .update-components-text'
POST_URN = r"urn:li:(?:activity|ugcPost|share):\d+"

PATH = "recent-activity/all"
"""Where it is, below the profile's path (2026)."""
