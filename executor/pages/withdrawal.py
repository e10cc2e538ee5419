"""Withdrawing an invitation that is still pending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.components.invitation_requests import Deed, Invitation
from executor.components.member import names
from executor.components.relationship import Relationship
from executor.errors import (
    AlreadyConnected,
    InvitationNotFound,
    RecipientMismatch,
    Refused,
    ReinviteBlocked,
    UiChanged,
)
from executor.locators import invitation_change
from executor.pages.invitation_change import InvitationChange
from executor.pages.sent_invitations import SentInvitationsPage

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from executor.pages.profile import ProfilePage
    from storage.tasks import JsonObject

_NOTHING_PENDING: dict[Relationship, Refused] = {
    Relationship.SELF: RecipientMismatch("The acting account cannot have invited itself."),
    Relationship.CONNECTED: AlreadyConnected(
        "The invitation was accepted; the two are connected by now."
    ),
    Relationship.REINVITE_BLOCKED: ReinviteBlocked(
        "The invitation has been withdrawn already; a new one is possible after three weeks."
    ),
    Relationship.INCOMING: InvitationNotFound(
        "This person has invited the acting account; there is nothing to withdraw."
    ),
    Relationship.CONNECTABLE: InvitationNotFound(),
    Relationship.FOLLOW_ONLY: InvitationNotFound(),
}


class Withdrawal:
    """An open dialog that asks whether to withdraw the invitation to one member."""

    def __init__(self, tab: Tab, invitation: Invitation, relationship: Relationship) -> None:
        self._tab = tab
        self._relationship = relationship
        self.invitation = invitation

    @classmethod
    async def open(cls, tab: Tab, profile: ProfilePage) -> Withdrawal:
        """Press Pending on the profile, or where it shows none, Withdraw in the list of sent ones.

        Raises:
            Refused: there is no invitation to withdraw; the error says what there is.
            UiChanged: nobody says so, but it is not found; or no dialog comes.
        """
        member = profile.member
        relationship = await profile.relationship()
        if refusal := _NOTHING_PENDING.get(relationship):
            raise type(refusal)(refusal.message)
        number = None
        if relationship is Relationship.PENDING:
            control = await profile.pending_control()
        else:
            page = await SentInvitationsPage.open(tab)
            listed = await page.to_member(member)
            if listed is None:
                raise UiChanged("Neither profile nor list tells of an invitation to this person.")
            number, control = listed.number, await page.control(listed, member)
        await control.click()
        if await tab.wait_for(invitation_change.WITHDRAW_DIALOG) is None:
            raise tab.whole.missing(invitation_change.WITHDRAW_DIALOG)
        return cls(tab, Invitation(member=member, number=number), relationship)

    async def confirm(self, attempt: Attempt) -> JsonObject:
        """Withdraw the invitation, and return what proves it.

        Raises:
            RecipientMismatch: the dialog is about somebody else.
            NotSent, Unproven: as for every change of an invitation.
        """
        button = await self._confirming()
        await button.wait_until_pressable(self._tab.step_seconds)
        await self._confirming()
        change = InvitationChange(self._tab, self.invitation, Deed.WITHDRAW, self._relationship)
        return await change.submit(button.click, attempt)

    async def _confirming(self) -> Part:
        dialog = await self._tab.whole.require(invitation_change.WITHDRAW_DIALOG)
        button = await dialog.require(invitation_change.WITHDRAW)
        if not names(await button.attribute("aria-label") or "", self.invitation.member.name):
            raise RecipientMismatch("The dialog is about an invitation to somebody else.")
        return button
