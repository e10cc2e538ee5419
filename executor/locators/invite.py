"""The invite page and its two-step dialog."""

from __future__ import annotations

from executor.locators.element import NetworkCall, element, seen

# Four shapes of dialog are about (2026-10-09): role=dialog, role=alertdialog, aria-modal only,
# and a native <dialog open> without a role, one inside the other at times. Closed ones, adverts
# and the messaging overlay share them, so a dialog counts only with something that no other has.
_SHAPE = ':is([role="dialog"], [role="alertdialog"], [aria-modal="true"], dialog[open])'
_DIALOG = f"{_SHAPE}:not(:has({_SHAPE}))"

# In either step the deed stands behind the way out of it; "Got it" in a notice stands alone.
_CHOICE = "button.artdeco-button--secondary ~ button.artdeco-button--primary"

DIALOG = element(
    "invite.dialog",
    seen("2026-10-09", f"{_DIALOG}:has(#send-invite-modal, textarea#custom-message)"),
    seen(
        "2026-10-09",
        f'{_DIALOG}:has(button[aria-label="Add a note"], '
        'button[aria-label="Send without a note"], button[aria-label="Send invitation"])',
    ),
)

UNMARKED_DIALOG = element(
    "invite.unmarked_dialog",
    # In other languages a native dialog keeps neither id nor known label; the name of the invitee
    # in its text has to tell it from an advert.
    seen(
        "2026-10-09",
        f'{_DIALOG}:not(:has([contenteditable], a[href*="/premium/"])):has({_CHOICE})',
    ),
)

NOTE = element(
    "invite.note",
    seen("2026-10-09", "textarea#custom-message"),
    seen("2026-10-09", 'textarea[name="message"]'),
)

ADD_NOTE = element(
    "invite.add_note",
    seen("2026-10-09", 'button[aria-label="Add a note"]'),
    seen("2026-09", "button.artdeco-button--secondary"),
)

SEND_WITHOUT_NOTE = element(
    "invite.send_without_note",
    seen("2026-10-09", 'button[aria-label="Send without a note"]'),
    seen("2026-05", 'button[aria-label="Send now"]'),
    seen("2026-09", _CHOICE),
)

SEND = element(
    "invite.send",
    seen("2026-10-09", 'button[aria-label="Send invitation"]'),
    seen("2026-09", _CHOICE),
)

LIMIT_REACHED = element(
    "invite.limit_reached",
    seen("2026-10", '[class*="ip-fuse-limit-alert"]:has(svg[data-test-icon="locked"])'),
)

LIMIT_ALERT = element(
    "invite.limit_alert",
    seen("2026-10", '[class*="ip-fuse-limit-alert"]'),
)

EMAIL_GATE = element(
    "invite.email_gate",
    seen(
        "2026-10",
        f"{_DIALOG}:has(#send-invite-modal, textarea#custom-message, {_CHOICE}) "
        'input[type="email"]',
    ),
)

NOTE_UPSELL = element(
    "invite.note_upsell",
    seen("2026-10", f'{_DIALOG}:not(:has(textarea, [contenteditable])) a[href*="/premium/"]'),
)

UPSELL = element(
    "invite.upsell",
    # The dialog around such a link; an advert's looks the same.
    seen(
        "2026-10",
        f'{_DIALOG}:has(a[href*="/premium/"]):not(:has(textarea, [contenteditable]))',
    ),
)

PREMIUM_LINK = element("invite.premium_link", seen("2026-10", 'a[href*="/premium/"]'))

PREMIUM_ORIGIN = "upsellOrderOrigin"
"""Says in the link's address where it stands; not all have it (2026-10)."""

ABOUT_INVITATIONS = "invit"
"""Stands in origins and in the words of several languages (2026-10)."""

USED_UP = r"\b(?:used|out of|no more|left|limit|reached)\b"
"""Words of the notice in English: "all personalized invitations are used" (2026-10)."""

CREATE_INVITATION = NetworkCall(
    name="create_invitation",
    endpoint="voyagerRelationshipsDashMemberRelationships",
    parameter="action",
    value="verifyQuotaAndCreate",
    measured="2026-09",
    irreversible=True,
)

ADD_CONNECTION = NetworkCall(
    name="create_connection",
    endpoint="actions/server-request",
    parameter="sduiid",
    value="com.linkedin.sdui.requests.mynetwork.addaAddConnection",
    measured="2026-06",
    irreversible=True,
)
"""A Connect that asks nothing more, as on the cards of My Network (2026-07-14); no task sends it,
so that it is always stopped."""
