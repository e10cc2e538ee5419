"""What comes up when an invitation is withdrawn or answered, and what is asked of the server."""

from __future__ import annotations

from executor.locators.element import Address, NetworkCall, element, seen

# As for invitations, four shapes of dialog are about, with decoys of each (2026-10-09). One counts
# only with its screen's name, or a button that says what it does.
_SHAPE = ':is([role="dialog"], [role="alertdialog"], [aria-modal="true"], dialog[open])'
_DIALOG = f"{_SHAPE}:not(:has({_SHAPE}))"
_SCREEN = '[data-sdui-screen$=".WithdrawConfirmationDialog"]'
_WITHDRAWS = 'button[aria-label^="Withdraw invitation sent to "]'

WITHDRAW_DIALOG = element(
    "invitation_change.withdraw_dialog",
    seen("2026-10-09", f"{_DIALOG}:has({_SCREEN})"),
    seen("2026-10-09", f"{_DIALOG}:has({_WITHDRAWS})"),
)

WITHDRAW = element(
    "invitation_change.withdraw",
    seen("2026-10-09", _WITHDRAWS),
    # Cancel has no label in any language; this one's names the invitee.
    seen("2026-10-09", f"{_SCREEN} button[aria-label]"),
)

ACCEPT_ANYWAY = element(
    "invitation_change.accept_anyway",
    # In the dialog "Take care when connecting", which comes up at times. Its words in other
    # languages are not known; there the invitation stays as it is.
    seen("2026-04", f"{_DIALOG} button", "Accept invite"),
)

CHANGE_INVITATION = NetworkCall(
    name="change_invitation",
    endpoint="voyagerRelationshipsDashInvitations",
    names_target=True,
    also=(
        Address(
            endpoint="actions/server-request",
            parameter="sduiid",
            value="com.linkedin.sdui.requests.mynetwork.addaWithdrawInvitation",
            opaque=True,
        ),
        Address(
            endpoint="actions/server-request",
            parameter="sduiid",
            value="com.linkedin.sdui.requests.mynetwork.addaInvitationAction",
            opaque=True,
        ),
    ),
    measured="2026-06",
    irreversible=True,
)
"""Withdrawing, accepting and ignoring; only address and contents tell them apart (2026-06)."""
