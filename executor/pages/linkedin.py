"""LinkedIn as an action sees it: one signed-in account, one page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.errors import TimedOut
from executor.locators import shell
from executor.pages.conversation import ConversationPage
from executor.pages.history import find_sent_message
from executor.pages.invitation import InvitationPage
from executor.pages.profile import ProfilePage
from executor.pages.sent_invitations import find_sent_invitation

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from executor.browser.tab import Tab
    from executor.components.member import Member
    from executor.pages.conversation import MessageReceipt
    from executor.pages.invitation import InvitationReceipt
    from executor.person import Person
    from storage.tasks import JsonObject


class LinkedIn:
    """The door through which every action goes."""

    def __init__(self, tab: Tab, *, remember: Callable[[Member], Awaitable[None]]) -> None:
        self._tab = tab
        self._remember = remember

    async def open_profile(self, person: Person) -> ProfilePage:
        """Open a profile, prove that it is this person's, and remember id and vanity."""
        page = await ProfilePage.open(self._tab, person)
        await self._remember(page.member)
        return page

    async def open_conversation(self, member: Member) -> ConversationPage:
        """Open the message box for a member, with the history if there is one."""
        return await ConversationPage.open(self._tab, member)

    async def open_invitation(self, member: Member) -> InvitationPage:
        """Open the dialog that invites a member."""
        return await InvitationPage.open(self._tab, member)

    async def find_sent_message(self, text: str, baseline: JsonObject) -> MessageReceipt | None:
        """Look for a message whose delivery is in doubt; `None` proves nothing."""
        return await find_sent_message(self._tab, text, baseline)

    async def find_sent_invitation(self, baseline: JsonObject) -> InvitationReceipt | None:
        """Look for an invitation whose delivery is in doubt; `None` proves nothing."""
        return await find_sent_invitation(self._tab, baseline)

    async def verify_sign_in(self) -> None:
        """Look at the feed to see whether the account is signed in.

        Raises:
            SessionBlocked: it is not.
        """
        await self._tab.open("/feed/")
        if await self._tab.wait_for(shell.NAVIGATION) is None:
            raise TimedOut("LinkedIn's feed did not appear.")
