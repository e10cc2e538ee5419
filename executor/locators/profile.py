"""A member's profile: the top card, its controls, and the More menu."""

from __future__ import annotations

from executor.locators.element import element, seen

# A wrapper may carry the same key, so it is the innermost section that counts (2026-09).
_CARD = (
    ':is(section, div)[componentkey^="com.linkedin.sdui.profile.card.ref"][componentkey$="Topcard"]'
)

TOP_CARD = element("profile.top_card", seen("2026-10-09", f"{_CARD}:not(:has({_CARD}))"))

CONTROLS_READY = element(
    "profile.controls",
    seen(
        "2026-10-09",
        f'{_CARD} :is(a[href*="/messaging/compose/"], a[href*="/custom-invite/"], '
        'a[href*="/edit/intro/"], :is(a, button)[componentkey$="_pending"], '
        'button[componentkey$="_withdrawn"], button[aria-expanded], '
        'button[aria-label="More actions"])',
    ),
)

TOP_CARD_KEY = r"com\.linkedin\.sdui\.profile\.card\.ref(?P<profile_id>[A-Za-z0-9_-]+)Topcard"
"""Reads the profile's id out of the top card's `componentkey` (2026-10-09)."""

NAME = element("profile.name", seen("2026-10", "h2"), seen("2026-01", "h1"))

EDIT_INTRO = element("profile.edit_intro", seen("2026-03", 'a[href*="/edit/intro/"]'))

CONNECT = element(
    "profile.connect",
    seen("2026-10", 'a[href*="/custom-invite/"][href*="vanityName="]'),
)

CONNECT_BUTTON = element(
    "profile.connect_button",
    # Without a link there is no telling whom it invites; it only shows that somebody is invitable.
    seen("2026-08-26", 'button[aria-label^="Invite "]'),
    seen("2026-08-26", "button", "Connect"),
)

DEGREE_FIRST = element("profile.degree_first", seen("2026-03", "p, span", "· 1st", "· 1.", "· 1er"))

DEGREE_OTHER = element(
    "profile.degree_other",
    seen("2026-03", "p, span", "· 2nd", "· 3rd", "· 3rd+", "· 2.", "· 3.", "· 3.+", "· 2e", "· 3e"),
)

PENDING = element(
    "profile.pending",
    seen("2026-10-09", ':is(a, button)[componentkey$="_pending"]'),
    seen("2026-10-09", 'a[aria-label^="Pending, click to withdraw invitation sent to "]'),
)

WITHDRAWN = element(
    "profile.withdrawn",
    seen("2026-10-09", 'button[componentkey$="_withdrawn"]'),
)

MESSAGE = element(
    "profile.message",
    seen("2026-10", 'a[href*="/messaging/compose/"][href*="recipient="]'),
)

FOLLOW = element(
    "profile.follow",
    seen("2026-10", '[componentkey^="FollowButton"] button, button[componentkey^="FollowButton"]'),
    seen("2026-10", 'button[aria-label^="Follow "]'),
)

FIRST_DEGREE = element(
    "profile.first_degree",
    seen("2026-10", 'a[href*="connectionOf="][href*="network="]'),
    seen("2026-10", 'a[aria-label^="Manage notifications about "]'),
)

ACCEPT = element(
    "profile.accept",
    seen("2026-06-11", 'button[aria-label^="Accept "]'),
    seen("2026-06-11", "button", "Accept"),
)

IGNORE = element(
    "profile.ignore",
    seen("2026-06-11", 'button[aria-label^="Ignore "]'),
    seen("2026-06-11", "button", "Ignore"),
)

MORE = element(
    "profile.more",
    seen("2026-10", "button[aria-expanded]:not([aria-label])"),
    seen("2026-09-15", 'button[aria-expanded][aria-label="Open actions overflow menu"]'),
    seen("2026-10", 'button[aria-expanded][aria-label="More"]'),
    seen("2026-01", 'button[aria-label="More actions"]'),
    seen("2026-10", "button[aria-expanded]"),
)

MENU = element(
    "profile.more_menu",
    seen("2026-10", '[data-floating-ui-portal] [role="menu"]'),
    seen("2026-10", '[role="menu"]'),
)

MENU_ITEM = element("profile.more_menu.item", seen("2026-10", '[role="menuitem"]'))

MENU_CONNECT = element(
    "profile.more_menu.connect",
    seen("2026-10", 'a[role="menuitem"][href*="/custom-invite/"][href*="vanityName="]'),
    seen("2026-10", '[role="menuitem"] a[href*="/custom-invite/"][href*="vanityName="]'),
)

MENU_PENDING = element(
    "profile.more_menu.pending",
    seen("2026-10", '[role="menuitem"][componentkey$="_pending"]'),
    seen("2026-10", '[role="menuitem"] [componentkey$="_pending"]'),
)

MENU_REMOVE_CONNECTION = element(
    "profile.more_menu.remove_connection",
    seen("2026-10", '[role="menuitem"]', "Remove connection", "Remove Connection"),
)

MENU_FOLLOW = element(
    "profile.more_menu.follow",
    seen("2026-10", '[role="menuitem"][componentkey^="FollowButton"]'),
    seen("2026-10", '[role="menuitem"]', "Follow", "Following"),
)
