"""What a member or a company has posted, as a list.

Nobody has described these pages; they are taken to be made of the same parts as the feed and as a
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
COMPANY_POST_AUTHOR = 'a[href*="/company/"], a[href*="/in/"]'
"""Whoever posted it comes first in a post; inferred."""
POST_NAME = '.update-components-actor__title span[aria-hidden="true"], p'
"""Inside the link to whoever posted it; else the link's own text is the name (2026-08)."""
POST_WORDS = 'span[data-testid="expandable-text-box"], .update-components-text'
POST_URN = r"urn:li:(?:activity|ugcPost|share):\d+"

PATH = "recent-activity/all"
"""Where it is, below the profile's path (2026)."""

POST_ASIDE = (
    '[data-urn] [data-urn], [data-testid="expandable-text-box"], .update-components-text, '
    '[componentkey^="replaceableComment_"], .comments-comments-list, .comments-comment-entity, '
    '[componentkey^="feed-header"], .update-components-header'
)
"""What stands in a post but tells nothing about the post itself: its own words, comments with
their reactions, the post that it shares again, and above it whose liking or commenting has brought
it there (React 2026-08, classic 2026-05)."""

COUNTS = {
    "reactions": ".social-details-social-counts__reactions-count, "
    '[data-testid^="ReactionFacepileCollection-"]',
    "comments": ".social-details-social-counts__comments, button:has(svg#comment-small)",
    "reposts": ".social-details-social-counts__item--truncate-text",
    "any": "span, p, button",
}
"""Where figures stand (the classic page 2026-08, React's reactions 2026-08-05). React tells the
others in words, as in `50 comments` (2026-09-19), or on its controls (2026-08 to 11)."""

COUNT_WORDS = {
    "reactions": r"(?P<count>[\d,]+) reactions?",
    "comments": r"(?P<count>[\d,]+) comments?",
    "reposts": r"(?P<count>[\d,]+) reposts?",
}
"""How figures are told in English (2026-09-19), the one language in which words are read."""

SCROLLER = "main#workspace"
"""What scrolls on a React page, whose window does not (2026-10)."""
