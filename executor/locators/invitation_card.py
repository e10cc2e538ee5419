"""A card of either list of invitations."""

from __future__ import annotations

from executor.locators.element import Element, element, quoted_in_css, seen

NUMBER = r"urn:li:invitation:(?P<number>\d+)"
"""Reads the invitation's number out of its card's `componentkey` (2026)."""

COUNT = element("invitation_card.count", seen("2026", "main :is(a, button)"))
"""A list's header has "People (37)" first, then "Pages (4)" (2026)."""
COUNT_MARK = r".*\((?P<count>\d[\d.,]*)\)"

LINE = "p, strong"
"""What holds one line of a card's text (2026-09)."""


def numbered(number: str) -> Element:
    """Name the card of the invitation with this number (2026)."""
    key = f'[componentkey="urn:li:invitation:{number}"]'
    return element("invitation_card.numbered", seen("2026", f'main [role="listitem"]{key}'))


def linking(href: str) -> Element:
    """Name the card that has exactly this link, for cards without a key (2026-10-09)."""
    link = f"a[href={quoted_in_css(href)}]"
    return element(
        "invitation_card.linking", seen("2026-10-09", f'main [role="listitem"]:has({link})')
    )


def labelled(label: str) -> Element:
    """Name the button with exactly this label (2026-09)."""
    button = f"button[aria-label={quoted_in_css(label)}]"
    return element("invitation_card.labelled", seen("2026-09", button))
