"""A group's list of members."""

from __future__ import annotations

from executor.locators.element import Element, element, quoted_in_css, seen

MEMBER = element(
    "groups.member",
    seen("2025", "main ul.groups-members-list__results-list > li"),
    seen("2026-09", 'main li:has(a[href*="/in/"]):not(:has(li))'),
    seen("2026-09", 'main [role="listitem"]:has(a[href*="/in/"])'),
)

LINE = (
    'p, .artdeco-entity-lockup__title, .artdeco-entity-lockup__subtitle, span[aria-hidden="true"]'
)
"""A line of a card: a paragraph (2026-09), or one of the older page's."""

MESSAGE = element(
    "groups.message",
    # In a card. What invites or follows is labelled with the member's name; this one has only its
    # text (2026-09).
    seen("2026-09", "button", "Message"),
    seen("2025", "button.artdeco-button--secondary:not([aria-label])"),
    seen("2026-09", "button:not([aria-label]):not([componentkey]):not([aria-expanded])"),
)

SEARCH = element(
    "groups.search",
    seen("2025", 'main input[placeholder="Search members"]'),
    # The search of the whole site stands outside of main.
    seen("2026-09", 'main input[type="text"], main input[type="search"]'),
)


def members_paths(group_id: str) -> tuple[str, ...]:
    """Return where the list is; who is no member is led elsewhere."""
    return (f"/groups/{group_id}/members",)


def linking(href: str) -> Element:
    """Name the card that has exactly this link."""
    link = f"a[href={quoted_in_css(href)}]"
    return element(
        "groups.linking",
        seen("2026-09", f"main li:has({link}):not(:has(li))"),
        seen("2026-09", f'main [role="listitem"]:has({link})'),
    )
