"""Accepting or ignoring an invitation that somebody has sent to the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.components.invitation_requests import Deed, Invitation
from executor.components.relationship import Relationship
from executor.errors import (
    AlreadyConnected,
    InvitationNotFound,
    RecipientMismatch,
    Refused,
    UiChanged,
)
from executor.locators import invitation_change
from executor.pages.invitation_change import InvitationChange
from executor.pages.profile import ProfilePage
from executor.pages.received_invitations import ReceivedInvitationsPage
from executor.person import Person

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from storage.tasks import JsonObject

_NOT_INVITED: dict[Relationship, Refused] = {
    Relationship.SELF: RecipientMismatch("The acting account cannot have invited itself."),
    Relationship.CONNECTED: AlreadyConnected("This invitation has been accepted already."),
    Relationship.PENDING: InvitationNotFound(
        "The acting account has invited this person, and not the other way round."
    ),
    Relationship.CONNECTABLE: InvitationNotFound(),
    Relationship.REINVITE_BLOCKED: InvitationNotFound(),
    Relationship.FOLLOW_ONLY: InvitationNotFound(),
}
_ASKS_SECONDS = 2.0
"""How long after Accept a second question may come, unless the request has left by then."""


class InvitationAnswer:
    """A received invitation, and the button that answers it."""

    def __init__(
        self, tab: Tab, invitation: Invitation, deed: Deed, control: Part, before: Relationship
    ) -> None:
        self._tab = tab
        self._deed = deed
        self._control = control
        self._change = InvitationChange(tab, invitation, deed, before)
        self.invitation = invitation

    @classmethod
    async def open(cls, tab: Tab, profile: ProfilePage, *, accept: bool) -> InvitationAnswer | None:
        """Find the button in the list, or else on the inviter's profile.

        The list shows ten invitations, and some of its Accepts do nothing; a profile's buttons are
        known by their words only (2026).

        Returns:
            The answer, or `None` when the two are connected, as accepting would make them.

        Raises:
            Refused: there is no invitation to answer; the error says what there is.
            UiChanged: the button is nowhere.
        """
        deed = Deed.ACCEPT if accept else Deed.IGNORE
        relationship = await profile.relationship()
        if relationship is Relationship.CONNECTED and accept:
            return None
        if refusal := _NOT_INVITED.get(relationship):
            raise type(refusal)(refusal.message)
        member = profile.member
        page = await ReceivedInvitationsPage.open(tab)
        listed = await page.with_member(member)
        control = await page.control(listed, member, deed) if listed is not None else None
        if control is None:
            person = Person(profile_id=member.profile_id)
            control = await (await ProfilePage.open(tab, person)).answer_control(accept=accept)
        if control is None:
            raise UiChanged(
                "Neither list nor profile has a button that is known to answer this invitation."
            )
        invitation = Invitation(member=member, number=listed.number if listed else None)
        return cls(tab, invitation, deed, control, relationship)

    async def submit(self, attempt: Attempt) -> JsonObject:
        """Answer the invitation, and return what proves it.

        Raises:
            NotSent, Unproven: as for every change of an invitation.
        """
        await self._control.wait_until_pressable(self._tab.step_seconds)
        press = self._accept if self._deed is Deed.ACCEPT else self._control.click
        return await self._change.submit(press, attempt)

    async def _accept(self) -> None:
        """Press Accept, and "Accept invite" where LinkedIn asks to take care (2026-04)."""
        await self._control.click()
        await self._tab.wait_until(self._left_or_asked, seconds=_ASKS_SECONDS)
        if not self._change.has_left and await self._is_asked():
            await (await self._tab.whole.require(invitation_change.ACCEPT_ANYWAY)).click()

    async def _left_or_asked(self) -> bool:
        return self._change.has_left or await self._is_asked()

    async def _is_asked(self) -> bool:
        return await self._tab.whole.find(invitation_change.ACCEPT_ANYWAY) is not None
