"""The list of sent invitations, and looking for one of them after the fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from executor.components.member import Member
from executor.components.profile_ids import named_in
from executor.components.relationship import Relationship
from executor.errors import Refused, UiChanged
from executor.locators import sent_invitations
from executor.pages.invitation import InvitationReceipt
from executor.pages.profile import ProfilePage
from executor.person import Person

if TYPE_CHECKING:
    from executor.browser.tab import Tab
    from storage.tasks import JsonObject

log = structlog.get_logger(__name__)

_LIST_SECONDS = 5.0
_QUIET_SECONDS = 0.4


class SentInvitationsPage:
    """The newest invitations of the account that are still pending."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab

    @classmethod
    async def open(cls, tab: Tab) -> SentInvitationsPage:
        """Open the list; an account without pending invitations has an empty one.

        Raises:
            UiChanged: LinkedIn leads elsewhere.
        """
        await tab.open(f"{sent_invitations.PATHS[0]}/")
        page = cls(tab)
        if await tab.wait_for(sent_invitations.MEMBER, seconds=_LIST_SECONDS) is not None:
            await tab.settle(_QUIET_SECONDS)
        page._require_place()
        return page

    async def names(self, member: Member) -> bool:
        """Tell whether a card is about this member, by the id or vanity in its link."""
        seen = await self._tab.whole.read(sent_invitations.CARD, sent_invitations.MEMBER)
        # On the list of received ones, this very member's card would mean the opposite.
        self._require_place()
        people = {named_in(link.href) for link in seen[sent_invitations.MEMBER.name]}
        if len(people) > len(seen[sent_invitations.CARD.name]):
            # A card links somebody else besides, such as a shared connection.
            raise UiChanged("The list of sent invitations does not tell whom each one is to.")
        return any(member.is_named(who) for who in people)

    def _require_place(self) -> None:
        if not self._tab.is_at(sent_invitations.PATHS):
            raise UiChanged("LinkedIn does not show the list of sent invitations.")


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
