"""A single post on its own page, in the two generations that are about (2026-08-05)."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from executor.locators.element import Address, Element, NetworkCall, element, seen

if TYPE_CHECKING:
    from collections.abc import Mapping

# A post that shares another one again holds that one's card, with a URN of its own.
_CLASSIC = (
    'main .update-outlet div[data-urn][role="article"]'
    ':not(div[data-urn][role="article"] div[data-urn][role="article"])'
)
_NOT_REACTED = "svg#thumbs-up-outline-small"
_REACTED = 'svg[id*="-consumption-"]'
_FACEPILE = '[data-testid^="ReactionFacepileCollection-"]'

CLASSIC = element("post.classic", seen("2026-08-05", _CLASSIC))

SHELL = element(
    "post.shell",
    seen("2026-08-05", 'main div[id^="expanded"][id$="FeedType_FEED_DETAIL"]'),
)

SHELL_ID = r"expanded(?P<key>.+)FeedType_FEED_DETAIL"
"""Reads what React's markup calls the post out of its shell's id (2026-08-05)."""

FACEPILE = element(
    "post.facepile",
    # Comments have such collections of their own.
    seen("2026-08-05", f'{_FACEPILE}:not([data-testid*="urn:li:comment:"])'),
)

FACEPILE_ID = r"ReactionFacepileCollection-(?P<urn>urn:li:\w+:\d+)"
"""Reads the post's URN out of the collection's `data-testid` (2026-08-05)."""

ANY_TRACE = element(
    "post.any_trace",
    seen(
        "2026-08-05",
        f"main :is([data-urn], {_FACEPILE}, .feed-shared-social-action-bar, "
        f'button:has({_NOT_REACTED}), [id$="FeedType_FEED_DETAIL"])',
    ),
)

# A comment's own button has the very same label, but is no <button> on React, and stands outside
# the action bar on the classic page (2026-08-05).
TRIGGER = element(
    "post.trigger",
    seen(
        "2026-08-05",
        ".feed-shared-social-action-bar .reactions-react-button "
        "button[aria-pressed]:not(.reactions-menu *)",
    ),
    seen("2026-08-05", 'button[aria-label^="Reaction button state"]'),
    seen("2026-08-05", f"button:has({_NOT_REACTED}, {_REACTED}):not({_FACEPILE} *)"),
)

# The classic trigger says by `aria-pressed` whether there is a reaction, and names it in its label;
# React's has icons instead.
NOT_REACTED = element("post.not_reacted", seen("2026-08-05", _NOT_REACTED))
REACTED = element("post.reacted", seen("2026-08-05", _REACTED))
UNREACT_LABEL = "Unreact "
"""How the classic trigger's label begins in English, with the reaction's word behind (2026-08-05);
other languages: not measured."""

STATE_LABEL = "Reaction button state: "
"""How the newer trigger's label begins in English (2026-08-05)."""

NO_REACTION = "no reaction"
"""What follows there when the account has not reacted."""

# By LinkedIn's own names; icons are the same in every language.
REACTION_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "like": "Like",
        "praise": "Celebrate",
        "appreciation": "Support",
        "empathy": "Love",
        "interest": "Insightful",
        "entertainment": "Funny",
    }
)
_ICONS = {name: name for name in REACTION_WORDS} | {"appreciation": "support"}

REACTED_WITH: Mapping[str, Element] = MappingProxyType(
    {
        name: element(
            f"post.reacted_with.{name}", seen("2026-08-05", f'svg[id^="{icon}-consumption-"]')
        )
        for name, icon in _ICONS.items()
    }
)
"""On React: what the trigger carries when one has reacted so."""

CHOICES: Mapping[str, Element] = MappingProxyType(
    {
        name: element(
            f"post.choices.{name}",
            # Comments have such menus as well, but outside the action bar.
            seen(
                "2026-08-05",
                ".feed-shared-social-action-bar span.reactions-menu "
                f'button:has([data-test-reactions-icon-type="{name.upper()}"])',
            ),
            # On React they stand below the page's body; smaller icons stand for counts.
            seen("2026-08-05", f'button:has(svg[id^="{icon}-consumption-large"])'),
        )
        for name, icon in _ICONS.items()
    }
)
"""What the menu of reactions offers, once it is open."""

REACTIONS_MENU = element(
    "post.reactions_menu",
    # On React alone; elsewhere the menu comes to those who rest on the trigger.
    seen("2026-08-05", "button:has(svg#chevron-up-small)"),
    seen("2026-08-05", 'button[aria-label="Open reactions menu"]'),
)

COMMENT = element(
    "post.comment",
    seen("2026-08-05", ".feed-shared-social-action-bar button.comment-button"),
    seen("2026-08-05", "button:has(svg#comment-small)"),
)

COMPOSER = element(
    "post.composer",
    seen("2026-08-05", 'div.ql-editor[contenteditable="true"][role="textbox"]'),
    seen(
        "2026-08-05",
        '[data-testid="ui-core-tiptap-text-editor-wrapper"] '
        '[contenteditable="true"][role="textbox"]',
    ),
)

SUBMIT = element(
    "post.submit",
    # Neither has a label, and the name on the first is padded with line breaks.
    seen("2026-08-05", "button.comments-comment-box__submit-button--cr"),
    seen("2026-08-05", 'div[id*="commentButtonSection"] button'),
)

COMMENT_ITEM = (
    'article.comments-comment-entity[data-id^="urn:li:comment:"], '
    '[componentkey^="replaceableComment_urn:li:comment:"]'
)
"""A comment that the server knows (2026-08-05)."""

COMMENTS = element("post.comments", seen("2026-08-05", COMMENT_ITEM))

UNFOLD = (
    '[data-testid="expandable-text-button"], '
    ".feed-shared-inline-show-more-text__see-more-less-toggle"
)
"""Stands at the end of long words, inside their box, and is none of them (React 2026-08, classic
2026-05)."""

COMMENT_WORDS = '.comments-comment-item__main-content, span[data-testid="expandable-text-box"]'
COMMENT_URN = r"urn:li:comment:\([^()]+,\d+\)"

CHANGE_REACTION = NetworkCall(
    name="change_reaction",
    endpoint="voyagerSocialDashReactions",
    also=(
        Address(endpoint="graphql", parameter="queryId", value="voyagerSocialDashReactions."),
        Address(
            endpoint="actions/server-request",
            parameter="sduiid",
            value="com.linkedin.sdui.reactions.",
            opaque=True,
        ),
    ),
    measured="2026-08",
    irreversible=True,
)
"""Giving a reaction and taking it back; only their contents tell them apart everywhere."""

CREATE_COMMENT = NetworkCall(
    name="create_comment",
    endpoint="voyagerSocialDashNormComments",
    also=(
        Address(
            endpoint="actions/server-request",
            parameter="sduiid",
            value="com.linkedin.sdui.comments.createComment",
            opaque=True,
        ),
    ),
    measured="2026-08",
    irreversible=True,
)


def card(key: str) -> Element:
    """Name the React post that the shell's id speaks of (2026-08-05).

    A wrapper may carry the same key, as around top cards, so it is the innermost that counts.
    """
    keyed = f'div[componentkey="{key}"]'
    return element("post.card", seen("2026-08-05", f"{keyed}:not(:has({keyed}))"))
