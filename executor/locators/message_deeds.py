"""What a conversation's page offers to be done to one of its messages."""

from __future__ import annotations

from executor.locators.element import Address, Element, NetworkCall, element, seen

_SHAPE = ':is([role="dialog"], [role="alertdialog"], [aria-modal="true"], dialog[open])'
"""Four shapes of dialog are about (2026-10-09)."""
_OTHERS = '[class*="msg-overlay"], [class*="vjs-"]'
"""Dialogs that stand open on any page (2026-09)."""
_DELETE = ("Delete", "Löschen")
"""In the languages in which it was seen (2026-09-30); elsewhere its place tells."""


def message(urn: str) -> Element:
    """Return the message with this URN."""
    return element(
        "message_deeds.message",
        seen("2026-10-04", f'main .msg-s-event-listitem[data-event-urn="{urn}"]'),
    )


OPTIONS = element(
    "message_deeds.options",
    # Comes when the mouse is over the message.
    seen("2026-09-30", "button.msg-s-event-listitem__options-trigger"),
)

MENU = element(
    "message_deeds.menu",
    seen("2026-09-30", ".artdeco-dropdown__content:has(.artdeco-dropdown__item)"),
    seen("2026-09-30", '.artdeco-dropdown__content:has([role="button"], [role="menuitem"])'),
)

DELETE = element(
    "message_deeds.delete",
    seen("2026-09-30", ".artdeco-dropdown__item", *_DELETE),
    seen("2026-09-30", '[role="button"], [role="menuitem"]', *_DELETE),
    # Forward, Share via email, Delete, Edit; the last two together, for as long as they are there.
    seen("2026-09-30", "li:nth-child(3):nth-last-child(2) .artdeco-dropdown__item"),
    seen("2026-09-30", ".artdeco-dropdown__item:nth-child(3):nth-last-child(2)"),
)

DELETE_DIALOG = element(
    "message_deeds.delete_dialog",
    # Not captured; one counts only with a button of the kind that such a dialog has to have.
    seen(
        "2026-10-09",
        f"{_SHAPE}:not({_OTHERS}):not(:has({_SHAPE})):has(button.artdeco-button--primary)",
    ),
    seen("2026-10-09", f"{_SHAPE}:not({_OTHERS}):not(:has({_SHAPE})):has(button)"),
)

CONFIRM_DELETE = element(
    "message_deeds.confirm_delete",
    seen("2026-10-09", "button.artdeco-button--primary"),
    seen("2026-09-30", "button", *_DELETE),
)

REACT = element(
    "message_deeds.react",
    # Comes when the mouse is over the message; the message box has a button of the same name.
    seen("2026-05-29", "button.msg-reactions__entry-point"),
)

EMOJIS = element(
    "message_deeds.emojis",
    # Some five, which come when the mouse is over the button.
    seen("2026-05-29", '.emoji-popular-list__item[role="menuitem"]'),
    seen("2026-05-29", ".emoji-popular-list__item"),
)


def offered(emoji: str) -> Element:
    """Return the emoji in the list of those that are offered."""
    css = '.emoji-popular-list__item[role="menuitem"]'
    return element("message_deeds.offered", seen("2026-05-29", css, *spellings(emoji)))


def given(emoji: str) -> Element:
    """Return the emoji below a message, where it stands with a number beside it."""
    css = ".msg-reactions-reaction-summary-presenter__pill-emoji"
    return element("message_deeds.given", seen("2026", css, *spellings(emoji)))


def spellings(emoji: str) -> tuple[str, str]:
    """Return an emoji without and with the sign that only asks for its coloured form."""
    plain = emoji.replace("\ufe0f", "")
    return plain, f"{plain}\ufe0f"


RECALL_MESSAGE = NetworkCall(
    name="recall_message",
    endpoint="voyagerMessagingDashMessengerMessages",
    parameter="action",
    value="recall",
    measured="2026",
    irreversible=True,
)

CHANGE_MESSAGE_REACTION = NetworkCall(
    name="change_message_reaction",
    endpoint="voyagerMessagingDashMessengerMessages",
    parameter="action",
    value="reactWithEmoji",
    also=(
        Address(
            endpoint="voyagerMessagingDashMessengerMessages",
            parameter="action",
            value="unreactWithEmoji",
        ),
    ),
    measured="2026",
    irreversible=True,
)
