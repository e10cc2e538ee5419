"""The list of invitations that the account has sent and that nobody has answered yet."""

from __future__ import annotations

from executor.locators.element import element, seen

# The list of received invitations looks alike, but for its address; and suggestions of people stand
# beside both, with links but without a key (2026-10).
_CARD = '[role="listitem"][componentkey^="urn:li:invitation:"]'
_WITHDRAWABLE = (
    '[role="listitem"]:has(:is(a[aria-label^="Withdraw invitation sent to "], '
    'a[aria-label^="Einladung an "][aria-label$=" zurückziehen"]))'
)

CARD = element(
    "sent_invitations.card",
    seen("2026", f"main {_CARD}"),
    seen("2026-10-09", f"main {_WITHDRAWABLE}"),
)

MEMBER = element(
    "sent_invitations.member",
    seen("2026", f'main {_CARD} a[href*="/in/"]'),
    seen("2026-10-09", f'main {_WITHDRAWABLE} a[href*="/in/"]'),
)

PATHS = ("/mynetwork/invitation-manager/sent",)
"""Where the list is (2026-10); newest first, some ten at a time."""
