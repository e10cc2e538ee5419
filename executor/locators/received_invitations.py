"""The list of invitations that others have sent to the account."""

from __future__ import annotations

from executor.locators.element import element, seen

# The list of sent invitations looks alike, but for its address and controls.
_CARD = '[role="listitem"][componentkey^="urn:li:invitation:"]'
_ANSWERABLE = '[role="listitem"]:has(button[aria-label^="Ignore an invitation to connect from "])'

CARD = element(
    "received_invitations.card",
    seen("2026", f"main {_CARD}"),
    seen("2026-09", f"main {_ANSWERABLE}"),
)

ANSWERS = element(
    "received_invitations.answers",
    # Ignore comes first, then Accept, which for some is a link that does nothing (2026-04).
    seen("2026-09", ':is(a, button)[aria-label]:not([href*="/in/"])'),
)

# On React cards it stands behind the day, in front of "Reply to …", and may end in "… show more"
# (2026). That it has the box of all longer texts there is inferred. The headline, which may have
# one too, is part of the link to the person.
NOTE = element(
    "received_invitations.note",
    seen("2026", '[data-testid="expandable-text-box"]:not(a *)'),
    seen("2025", ".invitation-card__custom-message"),
)
NOTE_MORE = element(
    "received_invitations.note_more",
    seen("2026", '[data-testid="expandable-text-box"] button'),
    seen("2025", ".lt-line-clamp__more"),
)
"""What shows the rest of a long note."""

ACCEPT_LABEL = "Accept "
IGNORE_LABEL = "Ignore "
"""How the two labels begin in English (2026-09); what stands where in others is not known."""

PATHS = ("/mynetwork/invitation-manager/received",)
"""Where the list is (2026-10); some ten invitations, and no more for scrolling (2026-04)."""
