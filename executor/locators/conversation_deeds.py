"""What the inbox offers to be done to a conversation besides writing into it."""

from __future__ import annotations

from executor.locators.element import Element, NetworkCall, element, seen

STAR = element(
    "conversation_deeds.star",
    # At the head of the open conversation; one button does both.
    seen("2026-09-20", "main .msg-thread button.msg-thread__star-icon"),
    seen("2026-09-20", "main button.msg-thread__star-icon"),
)

ROWS = "main ul.msg-conversations-container__conversations-list > li"
"""One for each conversation, the newest first; most are placeholders until they come into view."""
ROW = (
    ".msg-conversation-listitem, .msg-conversations-container__convo-item, "
    ".msg-conversation-card--occluded"
)
"""What a row is told by among other items of the list (2026-09-20)."""
ROW_NAMES = (
    ".msg-conversation-listitem__participant-names, .msg-conversation-card__participant-names"
)


def row(number: int) -> Element:
    """Return a row of the list, counted from 1."""
    return element(
        "conversation_deeds.row",
        seen("2026-09-20", f":nth-match({ROWS}:is({ROW}), {number})"),
    )


ROW_OPTIONS = element(
    "conversation_deeds.row_options",
    seen(
        "2026-09-20",
        ".msg-conversation-card__inbox-shortcuts button.msg-thread-actions__control",
    ),
    seen("2026-09-20", "button.msg-thread-actions__control"),
)

ROW_MENU = element(
    "conversation_deeds.row_menu",
    seen(
        "2026-09-20",
        ".msg-thread-actions__dropdown-options--inbox-shortcuts:has(.artdeco-dropdown__item)",
    ),
    seen(
        "2026-09-20", '.msg-thread-actions__dropdown-options--inbox-shortcuts:has([role="button"])'
    ),
)

MARK_UNREAD = element(
    "conversation_deeds.mark_unread",
    seen("2026-09-20", '.artdeco-dropdown__item, [role="button"]', "Mark as unread"),
    # The menu's first item; what it asks for is compared before it leaves the browser.
    seen("2026-09-20", "li:first-child .artdeco-dropdown__item"),
    seen("2026-09-20", ".artdeco-dropdown__item:first-child"),
)

MARK_CONVERSATION = NetworkCall(
    name="mark_conversation",
    # Marks, categories, muting: whatever is done to one goes there.
    endpoint="voyagerMessagingDashMessengerConversations",
    names_target=True,
    measured="2026",
)
