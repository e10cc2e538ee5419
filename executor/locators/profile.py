"""A member's profile: the top card, its controls, and the More menu."""

from __future__ import annotations

from executor.locators.element import element, seen

# A wrapper may carry the same key, so it is the innermost section that counts (2026-09).
_CARD = (
    ':is(section, div)[componentkey^="com.linkedin.sdui.profile.card.ref"][componentkey$="Topcard"]'
)

# The page before 2026-02, which some accounts still get.
_CLASSIC_CARD = "section[data-member-id]"

_LISTED = ':is(li, aside, article, [role="listitem"])'

TOP_CARD = element(
    "profile.top_card",
    seen("2026-10-09", f"{_CARD}:not(:has({_CARD}))"),
    seen("2026-09", f"{_CLASSIC_CARD}:not(:has({_CLASSIC_CARD}))"),
)

CONTROLS_READY = element(
    "profile.controls",
    seen(
        "2026-10-09",
        f'{_CARD} :is(a[href*="/messaging/compose/"], a[href*="/custom-invite/"], '
        'a[href*="/edit/intro/"], :is(a, button)[componentkey$="_pending"], '
        'button[componentkey$="_withdrawn"], button[aria-expanded], '
        'button[aria-label="More actions"])',
    ),
    seen(
        "2026-09",
        f'{_CLASSIC_CARD} :is(a[href*="/messaging/compose/"], a[href*="/edit/intro/"], '
        ".artdeco-dropdown__trigger, .pvs-profile-actions button[aria-label])",
    ),
)

TOP_CARD_KEY = r"com\.linkedin\.sdui\.profile\.card\.ref(?P<profile_id>[A-Za-z0-9_-]+)Topcard"
"""Reads the profile's id out of the top card's `componentkey` (2026-10-09)."""

CARD_KEY = "com.linkedin.sdui.profile.card.ref"
"""How the keys of a profile's cards begin; its id, or its vanity, comes next (2026-10-09)."""

CLASSIC_MEMBER_ATTRIBUTE = "data-member-id"
"""Holds the member's number on the classic page, which its own data leads to the profile's id."""

CLASSIC_DATA = "code"
"""Hidden elements with the classic page's own data as JSON (2026-09)."""

NAME = element("profile.name", seen("2026-10", "h2"), seen("2026-01", "h1"))

OWN_PAGE = element(
    "profile.own_page",
    # The link to the contact details is on every card, and leads below the profile itself.
    seen("2026-03", 'a[href*="/in/"][href*="/overlay/"]'),
    seen("2026-03", 'a[href*="/in/"][href*="/edit/intro/"]'),
)

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
    # The icon is the same in every language.
    seen("2026", ":is(a, button):has(svg#connect-small)"),
)

CONNECT_ICON = element(
    "profile.connect_icon",
    # The classic page's button leads nowhere by itself; its icon is the same in every language.
    seen("2026-07", 'button.artdeco-button:has([data-test-icon^="connect-"])'),
    seen("2025", 'button.artdeco-button:has(use[href^="#connect-"])'),
)

DEGREE = element(
    "profile.degree",
    # Read by its digit: "· 1st", "· 1.", "· 1er", "· 1次".
    # Lists inside the card are of other people.
    seen("2026-10", f":is(p, span):not(:has(*), {_CARD} {_LISTED} *)"),
)

DEGREE_MARK = r"(?:·|•)\s*\D{0,3}(?P<degree>[123])\D{0,6}"
"""Reads the degree out of its own line (2026-10); names of months or numbers do not fit."""

DISTANCE_BADGE = element("profile.distance_badge", seen("2026-07", ".distance-badge"))

PENDING = element(
    "profile.pending",
    seen("2026-10-09", ':is(a, button)[componentkey$="_pending"]'),
    seen("2026-09", 'button.artdeco-button:has([data-test-icon^="clock-"])'),
    seen("2026-10-09", 'a[aria-label^="Pending, click to withdraw invitation sent to "]'),
    # Without a key of its own it still has the clock, in every language (a capture of 2026-03).
    seen("2026-03", 'a[aria-label][href*="/in/"]:has(svg[id^="clock-"])'),
)

LINK_BACK = element(
    "profile.link_back",
    # Without a key, Pending is a labelled link that leads to the profile that it stands on.
    seen(
        "2026-10-09",
        'a[aria-label][href*="/in/"]:not(:has(h1, h2, img), :is(h1, h2) *)',
    ),
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
    seen("2026-10", 'button[aria-label^="Follow "], button[aria-label^="Following "]'),
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

LABELLED = element(
    "profile.labelled",
    # Accept and Ignore are the only two that name the member (2026-06-11).
    seen("2026-06-11", f"{_CARD} button[aria-label]:not([aria-expanded], [componentkey])"),
)

MORE = element(
    "profile.more",
    seen("2026-10", "button[aria-expanded]:not([aria-label])"),
    seen("2026-09-15", 'button[aria-expanded][aria-label="Open actions overflow menu"]'),
    seen("2026-10", 'button[aria-expanded][aria-label="More"]'),
    seen("2026-01", 'button[aria-label="More actions"]'),
    seen("2026-10", "button[aria-expanded]"),
    seen("2026-07", "button.artdeco-dropdown__trigger"),
)

MORE_OPENED = element(
    "profile.more_opened",
    # Its menu stands under the page's body, so this alone says whose menu is open (2026-03).
    seen("2026-03", 'button[aria-expanded="true"]'),
)

_PENDING_LABEL = '[aria-label^="Pending, click to withdraw invitation sent to "]'
_UNEXPLAINED = (
    ':not([href], [componentkey^="FollowButton"], '
    ":has([href], svg[id], use, [data-test-icon], li-icon[type]))"
)

CARD_OF_ANYBODY = element(
    "profile.card_of_anybody",
    seen("2026-08-09", '[componentkey^="com.linkedin.sdui.profile.card.refACoA"]'),
)

MENU = element(
    "profile.more_menu",
    seen("2026-10", '[data-floating-ui-portal] [role="menu"]'),
    seen("2026-10", '[role="menu"]'),
    seen("2026-07", f'{_CLASSIC_CARD} .artdeco-dropdown__content:not([aria-hidden="true"])'),
)

MENU_ITEM = element(
    "profile.more_menu.item",
    seen("2026-10", '[role="menuitem"]'),
    seen("2026-07", f"{_CLASSIC_CARD} .artdeco-dropdown__item"),
)

MENU_IN_ENGLISH = element(
    "profile.more_menu.in_english",
    # Only where the words are known does the absence of one of them mean anything.
    seen("2026-10", '[role="menuitem"], .artdeco-dropdown__item', "Report / Block", "Save to PDF"),
)

MENU_SALES = element("profile.more_menu.sales", seen("2026-10", 'a[href*="/sales/people/"]'))

MENU_CONNECT = element(
    "profile.more_menu.connect",
    seen("2026-10", 'a[role="menuitem"][href*="/custom-invite/"][href*="vanityName="]'),
    seen("2026-10", '[role="menuitem"] a[href*="/custom-invite/"][href*="vanityName="]'),
)

MENU_CONNECT_ICON = element(
    "profile.more_menu.connect_icon",
    seen("2026-07", '.artdeco-dropdown__item:has([data-test-icon^="connect-"])'),
    seen("2025", '.artdeco-dropdown__item:has(use[href^="#connect-"], li-icon[type^="connect"])'),
    seen("2026", '[role="menuitem"]:has(svg[id^="connect-"])'),
    seen("2026-08-26", '[role="menuitem"]', "Connect"),
    seen("2025", ".artdeco-dropdown__item", "Connect"),
)

MENU_PENDING = element(
    "profile.more_menu.pending",
    seen("2026-10", '[role="menuitem"][componentkey$="_pending"]'),
    # Wrappers around Connect have had such a key, too (2026-08-09).
    seen("2026-10", '[role="menuitem"] :is(a, button)[componentkey$="_pending"]'),
    seen("2026-09", '.artdeco-dropdown__item:has([data-test-icon^="clock-"])'),
    seen("2025", '.artdeco-dropdown__item:has(use[href^="#clock-"], li-icon[type^="clock"])'),
    seen("2026-03", 'a[role="menuitem"][href*="/in/"]:has(svg[id^="clock-"])'),
    seen("2026-10-09", f'[role="menuitem"]{_PENDING_LABEL}, [role="menuitem"] {_PENDING_LABEL}'),
    seen("2025", f".artdeco-dropdown__item{_PENDING_LABEL}"),
    seen("2026-10", '[role="menuitem"], .artdeco-dropdown__item', "Pending"),
)

MENU_UNEXPLAINED = element(
    "profile.more_menu.unexplained",
    # Has neither link nor icon nor a key that says what it is for, only words.
    seen("2026-03", f'[role="menuitem"]{_UNEXPLAINED}'),
    seen("2025", f".artdeco-dropdown__item{_UNEXPLAINED}"),
)

MENU_LINK_BACK = element(
    "profile.more_menu.link_back",
    # "Verifications" leads back to the profile as well (a capture of 2026-03).
    seen("2026-10", 'a[role="menuitem"][href*="/in/"]:not(:has(svg[id^="verified-"]))'),
)

MENU_REMOVE_CONNECTION = element(
    "profile.more_menu.remove_connection",
    seen("2026-10", '[role="menuitem"]', "Remove connection", "Remove Connection"),
    seen("2025", '.artdeco-dropdown__item[aria-label^="Remove your connection to "]'),
)

MENU_FOLLOW = element(
    "profile.more_menu.follow",
    seen("2026-10", '[role="menuitem"][componentkey^="FollowButton"]'),
    seen("2026-10", '[role="menuitem"]', "Follow", "Following"),
)
