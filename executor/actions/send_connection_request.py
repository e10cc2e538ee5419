"""Invite a member to connect, with or without a note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from executor.actions.action import Action, Attempt, Done
from executor.person import Person

if TYPE_CHECKING:
    from executor.pages.linkedin import LinkedIn

NOTE_MAX = 300
"""Longest note, in characters; LinkedIn allows free accounts 200 (measured 2026-06-26)."""


class SendConnectionRequestInput(BaseModel):
    """Whom to invite, with which words."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    invitee: Person
    note: Annotated[str, StringConstraints(min_length=1, max_length=NOTE_MAX)] | None = None
    """`None` sends the invitation without a note."""


class SendConnectionRequestOutput(BaseModel):
    """Who was invited."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    invitee_profile_id: str
    invitation_urn: str | None = None
    """LinkedIn's own id of the invitation, when its answer carried one."""


class SendConnectionRequest(Action[SendConnectionRequestInput, SendConnectionRequestOutput]):
    """Invite somebody through the invite page, after reading how you two stand."""

    task_type = "send_connection_request"
    is_write = True
    input_model = SendConnectionRequestInput
    output_model = SendConnectionRequestOutput

    async def perform(
        self, linkedin: LinkedIn, order: SendConnectionRequestInput, attempt: Attempt
    ) -> Done[SendConnectionRequestOutput]:
        profile = await linkedin.open_profile(order.invitee)
        relationship = await profile.require_connectable()
        invitation = await linkedin.open_invitation(profile.member)
        if order.note is None:
            await invitation.leave_out_note()
        else:
            await invitation.write_note(order.note)
        baseline = {"relationship": relationship, "vanity": profile.member.vanity}
        receipt = await invitation.send(before_click=lambda: attempt.submitting(baseline))
        return Done(
            output=SendConnectionRequestOutput(
                invitee_profile_id=profile.member.profile_id,
                invitation_urn=receipt.invitation_urn,
            ),
            evidence=receipt.evidence,
        )
