"""The full-page messenger: composer, recipient, thread."""

from __future__ import annotations

from dataclasses import dataclass

from executor.locators.element import Element, NetworkCall, element, quoted_in_css, seen

COMPOSER = element(
    "messaging.composer",
    seen("2026-10-04", 'main .msg-form__contenteditable[role="textbox"]'),
    seen("2026-09-20", 'main form.msg-form [contenteditable="true"][role="textbox"]'),
)

FORM = element(
    "messaging.form",
    seen("2026-10-04", 'main form.msg-form:has([contenteditable="true"])'),
    seen("2026-09-20", 'main .msg-form:has([contenteditable="true"])'),
    # The box of an InMail was described by its class alone.
    seen("2026-08", 'main .msg-inmail-compose-form-v2:has([contenteditable="true"])'),
)

SEND = element(
    "messaging.send",
    seen("2026-10-04", 'button.msg-form__send-button[type="submit"]'),
    seen("2026-09-20", "button.msg-form__send-button, button.msg-form__send-btn"),
    seen("2026-10-04", 'button[type="submit"]', "Send"),
)

SEND_TOGGLE = element(
    "messaging.send_toggle",
    seen("2026-10-04", "button.msg-form__send-toggle"),
)

RECIPIENT_LINK = element(
    "messaging.recipient_link",
    seen("2026-10-09", "main a.msg-thread__link-to-profile"),
)

RECIPIENT_PILL = element(
    "messaging.recipient_pill",
    seen("2026-10-04", "main .msg-connections-typeahead__added-recipients .artdeco-pill--dismiss"),
    seen("2026-10-04", "main button.artdeco-pill--dismiss"),
)

ITEM = element(
    "messaging.item",
    seen("2026-10-04", "main .msg-s-event-listitem[data-event-urn]"),
)

OLDEST_EVENT = element(
    "messaging.oldest_event",
    seen(
        "2026-10-04",
        "main li.msg-s-message-list__event"
        ":not(.msg-s-message-list__event ~ .msg-s-message-list__event)",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxElements:
    """What a message box is made of, wherever it stands."""

    composer: Element
    form: Element
    item: Element
    """One message of the history above it."""
    recipient_link: Element
    recipient_pill: Element


PAGE_BOX = BoxElements(
    composer=COMPOSER,
    form=FORM,
    item=ITEM,
    recipient_link=RECIPIENT_LINK,
    recipient_pill=RECIPIENT_PILL,
)
"""The full page's own."""

BUBBLE_COMPOSER = element(
    "messaging.bubble_composer",
    seen("2026-08", '.msg-form__contenteditable[role="textbox"]'),
    seen("2026-08", '[contenteditable="true"][role="textbox"]'),
)

BUBBLE_FORM = element("messaging.bubble_form", seen("2026-08", ".msg-form"))

BUBBLE_ITEM = element(
    "messaging.bubble_item", seen("2026-08", ".msg-s-event-listitem[data-event-urn]")
)

BUBBLE_RECIPIENT_LINK = element(
    "messaging.bubble_recipient_link",
    seen("2026-08", '.msg-overlay-bubble-header__title a[href*="/in/"]'),
    seen("2026-08", 'a.msg-overlay-bubble-header__title[href*="/in/"]'),
)

BUBBLE_RECIPIENT_PILL = element(
    "messaging.bubble_recipient_pill", seen("2026-08", ".artdeco-pill--dismiss")
)

BUBBLE_BOX = BoxElements(
    composer=BUBBLE_COMPOSER,
    form=BUBBLE_FORM,
    item=BUBBLE_ITEM,
    recipient_link=BUBBLE_RECIPIENT_LINK,
    recipient_pill=BUBBLE_RECIPIENT_PILL,
)
"""That of one bubble of the overlay, which is looked for inside it."""

_BUBBLE = ".msg-overlay-conversation-bubble"
INMAIL_BUBBLE = "msg-overlay-conversation-bubble--inmail"
"""Class of a bubble that sends for a credit (2026-08)."""


def bubble_to(name: str, profile_id: str) -> Element:
    """Name the overlay's bubble that says whom it is to, by a link or in words."""
    quoted = quoted_in_css(name)
    return element(
        "messaging.bubble",
        seen("2026-08", f'{_BUBBLE}:has(header a[href*="/in/{profile_id}"])'),
        seen("2026-08", f"{_BUBBLE}:has(.msg-overlay-bubble-header__title:has-text({quoted}))"),
        seen("2026-08", f"{_BUBBLE}:has(.artdeco-pill--dismiss:has-text({quoted}))"),
    )


ITEM_FROM_OTHER = ".msg-s-event-listitem--other"
"""Marks an item of the other side; LinkedIn no longer marks one's own (2026-09-20)."""

ITEM_BODY = ".msg-s-event-listitem__body"
ITEM_QUOTE = 'blockquote, [class*="quote"], [class*="repl" i]:not([class*="actions" i])'
"""What an answer quotes may stand in one of these, which nobody has measured; where they leave
several bodies, the place of the quote beside the answer has to tell (2026-11-30)."""
ITEM_SENT = ".msg-s-event-with-indicator__sending-indicator--sent"
"""Stands beside an own message that LinkedIn has taken (2026-08)."""

ITEM_SENDER = ".msg-s-message-group__name"
ITEM_SENDER_LINK = "a[href*='/in/']:not(.msg-s-event-listitem__body *)"
"""Name and link of whoever wrote; only the first message of a group has them (2026-09-20), and
lines of the conversation itself have no name (2026-11-30)."""

SERVER_MESSAGE_URN = r"urn:li:msg_message:\(urn:li:fsd_profile:[^,]+,2-[^)]+\)"
"""A message's id once the server has given it one; until then a placeholder stands there."""

THREAD_PATH = r"/messaging/thread/(?P<thread_id>2-[^/]+)/?"
"""The path of an existing conversation (2026-10)."""

INMAIL = element(
    "messaging.inmail",
    seen("2026-08", "main .msg-inmail-compose-form-v2, main .msg-inmail-credits-display"),
    seen("2026-08", 'main form.msg-form input[name="subject"]'),
)

SUBJECT = element(
    "messaging.subject",
    seen("2026-08", 'main .msg-inmail-compose-form-v2 input[name="subject"]'),
    seen("2026-08", 'main form.msg-form input[name="subject"]'),
)

INMAIL_CREDITS = element(
    "messaging.inmail_credits",
    seen("2026-08", "main .msg-inmail-credits-display"),
)

CONVERSATION = element(
    "messaging.conversation",
    seen("2026-09-20", "li.msg-conversation-listitem:has(.msg-conversation-listitem__link)"),
    seen("2026-09-20", "li.msg-conversation-listitem"),
)

LOAD_MORE_CONVERSATIONS = element(
    "messaging.load_more_conversations",
    # The only button behind the rows; it brings twenty more (2026-09).
    seen("2026-09", "main ul.msg-conversations-container__conversations-list ~ button"),
    seen("2026-09", "main .msg-conversations-container__conversations-list > button"),
    seen("2026-09", "main button", "Load more conversations"),
)

LAST_CONVERSATION = element(
    "messaging.last_conversation",
    # Brought into view, it makes the page draw its row, and load what comes behind it.
    seen("2026-09", "main ul.msg-conversations-container__conversations-list > li:last-child"),
)

WENT_WRONG = element(
    "messaging.went_wrong",
    # In a conversation's place, also of one that exists, for some accounts (2026-08-09).
    seen("2026-08-09", "main .msg-error-page"),
    seen("2026-08-09", "main h2", "Something went wrong"),
)

UNAVAILABLE = element(
    "messaging.unavailable",
    seen("2026-08", "main .msg-sponsored-conversation-thread"),
)

OVERLAY_COMPOSER = element(
    "messaging.overlay_composer",
    # Beside a page without a box of its own; nothing is ever written into it.
    seen("2026-08", ".msg-overlay-conversation-bubble .msg-form__contenteditable"),
)

LOAD_CONVERSATIONS = NetworkCall(
    name="load_conversations",
    endpoint="voyagerMessagingGraphQL/graphql",
    parameter="queryId",
    value="messengerConversations.",
    measured="2026-09",
)

LOAD_MESSAGES = NetworkCall(
    name="load_messages",
    endpoint="voyagerMessagingGraphQL/graphql",
    parameter="queryId",
    value="messengerMessages.",
    measured="2026-09",
)

MARK_READ = NetworkCall(
    name="mark_read",
    endpoint="voyagerMessagingDashMessengerConversations",
    parameter="ids",
    value="List(",
    measured="2026-09",
)
"""Tells the other side that a conversation was read; pages send it when they open one."""

MARK_SEEN = NetworkCall(
    name="mark_seen",
    endpoint="voyagerMessagingDashMessagingBadge",
    parameter="action",
    value="markAllMessagesAsSeen",
    measured="2026-09",
)
"""Takes the number off the badge; pages send it when messaging is opened."""

TYPING = NetworkCall(
    name="typing",
    endpoint="voyagerMessagingDashMessengerConversations",
    parameter="action",
    value="typing",
    measured="2026-09",
)
"""Shows the other side that somebody types; pages send it while keys land in the message box."""

CREATE_MESSAGE = NetworkCall(
    name="create_message",
    endpoint="voyagerMessagingDashMessengerMessages",
    parameter="action",
    value="createMessage",
    measured="2026-10-09",
    irreversible=True,
)
