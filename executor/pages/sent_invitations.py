"""The list of sent invitations, and looking for one of them after the fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from executor.components.member import Member, names
from executor.components.profile_ids import named_in
from executor.components.relationship import Relationship
from executor.errors import Refused, UiChanged
from executor.locators import profile_sections, sent_invitations
from executor.pages.invitation import InvitationReceipt
from executor.pages.invitation_list import InvitationList, ListedInvitations
from executor.pages.profile import ProfilePage
from executor.person import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from executor.browser.part import Part
    from executor.browser.tab import Tab
    from executor.components.invitation_cards import ListedInvitation
    from storage.tasks import JsonObject

log = structlog.get_logger(__name__)

_QUIET_SECONDS = 0.5
_BOUT_SECONDS = 3.0
_MOST_BOUTS = 40
"""How often to ask for ten more, before an invitation counts as too far down."""


class SentInvitationsPage(InvitationList):
    """The invitations of the account that are still pending."""

    _card = sent_invitations.CARD
    _paths = sent_invitations.PATHS

    async def read(self, count: int) -> ListedInvitations:
        """Read the newest, asking for more until there are so many or no more come."""
        shown = await self._shown_until(lambda found: len(found) >= count)
        total = await self.total()
        enough = len(shown) >= (count if total is None else min(count, total))
        return ListedInvitations(invitations=shown[:count], complete=enough)

    async def to_member(self, member: Member) -> ListedInvitation | None:
        """Return the invitation to a member, asking for more until it comes.

        Raises:
            UiChanged: there are several.
        """
        await self._shown_until(lambda found: any(each.is_with(member) for each in found))
        return await self.with_member(member)

    async def control(self, invitation: ListedInvitation, member: Member) -> Part:
        """Return what withdraws an invitation.

        Raises:
            UiChanged: its card has no control that names the member, or several.
        """
        card = await self._tab.whole.require(invitation.card)
        control = await card.require(sent_invitations.WITHDRAW)
        if not names(await control.attribute("aria-label") or "", member.name):
            raise UiChanged(f"{sent_invitations.WITHDRAW.name} does not name the invitee.")
        return control

    async def _shown_until(
        self, enough: Callable[[list[ListedInvitation]], bool]
    ) -> list[ListedInvitation]:
        shown = await self.shown()
        for _ in range(_MOST_BOUTS):
            if enough(shown):
                break
            before = len(shown)
            await self._ask_for_more()
            shown = await self.shown()
            if len(shown) <= before:
                break
        return shown

    async def _ask_for_more(self) -> None:
        """Scroll to the end, and press "Load more" where that alone brings nothing."""
        before = len(await self.shown())
        await self._tab.scrolling.to_end(
            profile_sections.SCROLLER, quiet=_QUIET_SECONDS, seconds=_BOUT_SECONDS
        )
        more = await self._tab.whole.find(sent_invitations.LOAD_MORE)
        if more is None or len(await self.shown()) > before:
            return

        async def has_answered() -> bool:
            if len(await self.shown()) > before:
                return True
            return await self._tab.whole.last(sent_invitations.LOAD_MORE) is None

        await more.click()
        await self._tab.wait_until(has_answered, seconds=self._tab.step_seconds)

    async def names(self, member: Member) -> bool:
        """Tell whether a card is about this member, by the id or vanity in its link."""
        seen = await self._tab.whole.read(sent_invitations.CARD, sent_invitations.MEMBER)
        # On the list of received ones, this very member's card would mean the opposite.
        self.require_place()
        people = {named_in(link.href) for link in seen[sent_invitations.MEMBER.name]}
        if len(people) > len(seen[sent_invitations.CARD.name]):
            # A card links somebody else besides, such as a shared connection.
            raise UiChanged("The list of sent invitations does not tell whom each one is to.")
        return any(member.is_named(who) for who in people)


async def find_sent_invitation(tab: Tab, baseline: JsonObject) -> InvitationReceipt | None:
    """Look for an invitation on its invitee's profile, then in the list of sent ones.

    That the two are connected by now proves nothing: the other side may have asked.

    Raises:
        SessionBlocked: the account cannot look.
        Transient: not everything could be seen, and nothing was found in the rest.
        UiChanged: as above.
    """
    if baseline["relationship"] != Relationship.CONNECTABLE:
        return None
    member = Member.from_json(baseline["member"])
    try:
        profile = await ProfilePage.open(tab, Person(profile_id=member.profile_id))
        member = profile.member  # Its vanity may have changed since.
        if await profile.becomes_pending():
            return _receipt(member, {"relationship": "pending"})
    except Refused as refusal:
        log.info("read_back_refused", why=refusal.code)
    # Not every profile shows what is pending, and some do it late (2026-09-29).
    if await (await SentInvitationsPage.open(tab)).names(member):
        return _receipt(member, {"listed": "sent"})
    return None


def _receipt(member: Member, seen: JsonObject) -> InvitationReceipt:
    return InvitationReceipt(
        invitee_profile_id=member.profile_id,
        invitation_urn=None,
        evidence={"method": "read_back", **seen},
    )
