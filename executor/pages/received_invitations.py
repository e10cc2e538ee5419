"""The list of received invitations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from executor.components.invitation_requests import Deed
from executor.components.member import names
from executor.errors import UiChanged
from executor.locators import invitation_card, received_invitations
from executor.pages.invitation_list import InvitationList, ListedInvitations

if TYPE_CHECKING:
    from executor.browser.part import Part, Sighting
    from executor.components.invitation_cards import ListedInvitation
    from executor.components.member import Member

_SHOWN = 10
"""How many LinkedIn renders at once, whatever one scrolls (2026-04)."""
_UNFOLDING_SECONDS = 3.0
_LABELS = {
    Deed.ACCEPT: received_invitations.ACCEPT_LABEL,
    Deed.IGNORE: received_invitations.IGNORE_LABEL,
}


class ReceivedInvitationsPage(InvitationList):
    """The newest invitations that the account has not answered yet."""

    _card = received_invitations.CARD
    _paths = received_invitations.PATHS

    async def read(self, count: int) -> ListedInvitations:
        """Read the newest; those beyond the first ten come up once these are answered."""
        shown = await self.shown()
        read = shown[:count]
        if await self._tab.whole.has(received_invitations.NOTE):
            read = [replace(each, note=await self._note(each)) for each in read]
        return ListedInvitations(
            invitations=read, complete=len(shown) >= count or len(shown) < _SHOWN
        )

    async def _note(self, invitation: ListedInvitation) -> str | None:
        """Read what was written with an invitation; `None` unless it is surely that, and whole."""
        try:
            card = await self._tab.whole.require(invitation.card)
            note = await card.find(received_invitations.NOTE)
            if note is None or not await self._unfolded(note, card):
                return None
            return await note.text() or None
        except UiChanged:
            # Two cards, or two texts, that cannot be told from each other; all else is known.
            return None

    async def _unfolded(self, note: Part, card: Part) -> bool:
        """Have a long note shown as a whole, and tell whether it is."""
        more = await card.find(received_invitations.NOTE_MORE)
        if more is None:
            return True
        before = await note.text()
        await more.click()

        async def is_whole() -> bool:
            is_folded = await card.find(received_invitations.NOTE_MORE) is not None
            return not is_folded and await note.text() != before

        return await self._tab.wait_until(is_whole, seconds=_UNFOLDING_SECONDS)

    async def control(
        self, invitation: ListedInvitation, member: Member, deed: Deed
    ) -> Part | None:
        """Return the button that answers an invitation; `None` when it is a link.

        That link leads back to the list, and no click makes it accept anything (2026-04).

        Raises:
            UiChanged: the card has not just these two controls that name the member.
        """
        card = await self._tab.whole.require(invitation.card)
        seen = await card.read(received_invitations.ANSWERS)
        named = [
            each
            for each in seen[received_invitations.ANSWERS.name]
            if names(each.label or "", member.name)
        ]
        if len(named) != 2:  # noqa: PLR2004 - Ignore and Accept
            raise UiChanged("The invitation's card has not just Accept and Ignore.")
        chosen = _chosen(named, deed)
        if chosen.href is not None:
            return None
        return await card.require(invitation_card.labelled(chosen.label or ""))


def _chosen(pair: list[Sighting], deed: Deed) -> Sighting:
    """Choose by words where they are known; where none is, by order, the same everywhere (2026-09).

    The request itself says which of the two it is, and is compared once more before it leaves.
    """
    by_words = {
        each: [one for one in pair if (one.label or "").startswith(start)]
        for each, start in _LABELS.items()
    }
    if all(len(found) == 1 for found in by_words.values()):
        return by_words[deed][0]
    if any(by_words.values()):
        raise UiChanged("Accept and Ignore are not labelled as expected.")
    return pair[1] if deed is Deed.ACCEPT else pair[0]
