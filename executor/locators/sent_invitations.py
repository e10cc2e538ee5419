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

WITHDRAW = element(
    "sent_invitations.withdraw",
    seen("2026-10-09", 'a[aria-label^="Withdraw invitation sent to "]'),
    # The only labelled control of a card, and one that names the invitee in every language.
    seen("2026-10-09", ':is(a, button)[aria-label]:not([href*="/in/"])'),
)

LOAD_MORE = element("sent_invitations.load_more", seen("2026", "main button", "Load more"))

PATHS = ("/mynetwork/invitation-manager/sent",)
"""Where the list is (2026-10); newest first, some ten at a time."""
