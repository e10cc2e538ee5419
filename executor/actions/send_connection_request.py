"""Invite a member to connect, with or without a note."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from executor.actions.action import Content, Done, Write
from executor.pace import Pace
from executor.person import Person
from storage.acceptance import Undoing

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.invitation import InvitationReceipt
    from executor.pages.linkedin import LinkedIn
    from storage.tasks import JsonObject

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


class SendConnectionRequest(Write[SendConnectionRequestInput, SendConnectionRequestOutput]):
    """Invite somebody through the invite page, after reading how you two stand."""

    task_type = "send_connection_request"
    input_model = SendConnectionRequestInput
    output_model = SendConnectionRequestOutput
    # LinkedIn's weekly limit is about 100 (2026); OpenOutreach came down to 20 a day after
    # accounts had been restricted at 50 (2026-07).
    pace = Pace(gap=timedelta(seconds=60), jitter=timedelta(seconds=30), per_day=20, per_week=90)
    undone_by = Undoing(task_type="withdraw_invitation", names="invitee_profile_id")

    def content(self, order: SendConnectionRequestInput) -> Content:
        return Content(target=order.invitee, text=order.note or "")

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
        return _done(await invitation.send(invitation.baseline(relationship), attempt))

    async def read_back(
        self,
        linkedin: LinkedIn,
        order: SendConnectionRequestInput,  # noqa: ARG002 - the baseline names the invitee
        baseline: JsonObject,
    ) -> Done[SendConnectionRequestOutput] | None:
        receipt = await linkedin.find_sent_invitation(baseline)
        return None if receipt is None else _done(receipt)


def _done(receipt: InvitationReceipt) -> Done[SendConnectionRequestOutput]:
    return Done(
        output=SendConnectionRequestOutput(
            invitee_profile_id=receipt.invitee_profile_id,
            invitation_urn=receipt.invitation_urn,
        ),
        evidence=receipt.evidence,
    )
