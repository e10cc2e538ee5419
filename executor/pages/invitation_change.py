"""Withdrawing or answering a pending invitation: the request, and what it leaves behind."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from executor.components.invitation_requests import Deed, invitation_problem
from executor.components.member import Member
from executor.components.refusal import is_accepted, raise_if_refused
from executor.components.relationship import Relationship
from executor.errors import ExecutorError, Unproven
from executor.locators import invitation_change
from executor.pages.profile import ProfilePage
from executor.person import Person

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from executor.attempt import Attempt
    from executor.browser.tab import Tab
    from executor.components.invitation_requests import Invitation
    from storage.tasks import JsonObject

_PROVES: dict[Deed, frozenset[Relationship]] = {
    Deed.WITHDRAW: frozenset({Relationship.REINVITE_BLOCKED, Relationship.CONNECTABLE}),
    Deed.ACCEPT: frozenset({Relationship.CONNECTED}),
    Deed.IGNORE: frozenset({Relationship.CONNECTABLE}),
}
"""What only the deed, or somebody's by hand, makes of a pending invitation."""

_FITS: dict[Deed, frozenset[Relationship]] = {
    deed: proves if deed is Deed.ACCEPT else proves | {Relationship.FOLLOW_ONLY}
    for deed, proves in _PROVES.items()
}
"""What proves it once the server has agreed: those who can only be followed show no more."""


class InvitationChange:
    """One deed that is about to be done to one invitation."""

    def __init__(
        self, tab: Tab, invitation: Invitation, deed: Deed, relationship: Relationship
    ) -> None:
        self._tab = tab
        self._invitation = invitation
        self._deed = deed
        self._relationship = relationship
        self.has_left = False
        """Whether the page's request has been let out of the browser."""

    async def submit(self, press: Callable[[], Awaitable[None]], attempt: Attempt) -> JsonObject:
        """Do it by *press*, and return what proves it.

        Raises:
            NotSent: LinkedIn refused, or the request was stopped; nothing has changed.
            Unproven: it may be done.
        """
        baseline = {
            "member": self._invitation.member.as_json,
            "number": self._invitation.number,
            "relationship": self._relationship.value,
        }

        async def leaving(marks: JsonObject) -> None:
            await attempt.leaving(marks)
            self.has_left = True

        answer = await self._tab.submit(
            invitation_change.CHANGE_INVITATION,
            check=lambda body: invitation_problem(body, self._invitation, self._deed),
            before_click=lambda: attempt.submitting(baseline),
            before_request=leaving,
            click=press,
        )
        if answer is not None:
            raise_if_refused(answer)
            # React's answers cannot be read: a failure looks like a success (2026).
            if is_accepted(answer):
                with suppress(ExecutorError):
                    relationship = await _relationship_now(self._tab, self._invitation.member)
                    if relationship in _FITS[self._deed]:
                        return _evidence("reload", relationship, status=answer.status)
        raise Unproven


async def find_change(tab: Tab, baseline: JsonObject, deed: Deed) -> JsonObject | None:
    """Look on the other side's profile for what the deed leaves behind.

    Raises:
        ExecutorError: the profile cannot be read.
    """
    relationship = await _relationship_now(tab, Member.from_json(baseline["member"]))
    return _evidence("read_back", relationship) if relationship in _PROVES[deed] else None


async def _relationship_now(tab: Tab, member: Member) -> Relationship:
    profile = await ProfilePage.open(tab, Person(profile_id=member.profile_id))
    return await profile.relationship()


def _evidence(method: str, relationship: Relationship, **more: int) -> JsonObject:
    return {"method": method, "relationship": relationship.value, **more}
