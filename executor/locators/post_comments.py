"""The comments below a post: what tells of each of them, and what brings more."""

from __future__ import annotations

from executor.locators.element import element, seen

LOAD_MORE = element(
    "post_comments.load_more",
    seen("2026-05", "button.comments-comments-list__load-more-comments-button--cr"),
    seen("2025", "button.comments-comments-list__load-more-comments-button"),
    # React lists bring more to the mouse wheel; some are told to have a button as well.
    seen("2026-05", 'button, [role="button"]', "Load more comments"),
)

AUTHOR = 'a[href*="/in/"], a[href*="/company/"]'
"""Two links, the first around the picture (2026-08); others may stand in the words."""

NAME = '.comments-comment-meta__description-title, span[aria-hidden="true"]'
"""Inside such a link (classic 2026-05, React 2026-08)."""

REPLY = ".comments-comment-entity--reply"
"""Marks answers on the classic page (2026-05); React's are told by their indent alone (2026-08)."""

PICTURE = "figure, img, .comments-comment-meta__image-link"
"""Where a comment begins, for its indent (2026-08)."""

REACTIONS = (
    ".comments-comment-social-bar__reactions-count--cr, "
    '[data-testid^="ReactionFacepileCollection-"]'
)
"""How many have reacted to a comment (classic 2026-05, React 2026-08-05)."""
