"""Withdraw an invitation that nobody has answered yet."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from executor.actions.action import Content, Done, Opposite, Write
from executor.pace import Pace
from executor.person import Person
from storage.acceptance import Undoing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn
    from storage.tasks import JsonObject


class WithdrawInvitationInput(BaseModel):
    """To whom the invitation went."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    invitee: Person


class WithdrawInvitationOutput(BaseModel):
    """Whose invitation was withdrawn; for three weeks they cannot be invited again."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    invitee_profile_id: str


class WithdrawInvitation(Write[WithdrawInvitationInput, WithdrawInvitationOutput]):
    """Withdraw a pending invitation from its invitee's profile, or from the list of sent ones."""

    task_type = "withdraw_invitation"
    input_model = WithdrawInvitationInput
    output_model = WithdrawInvitationOutput
    # Nobody has measured a limit. As careful as with invitations: they are undone one by one.
    pace = Pace(gap=timedelta(seconds=60), jitter=timedelta(seconds=30), per_day=25)
    undone_by = Undoing(task_type="send_connection_request", names="invitee_profile_id")

    def content(self, order: WithdrawInvitationInput) -> Content:
        return Content(target=order.invitee, text="")

    def opposites(self, order: WithdrawInvitationInput) -> Sequence[Opposite]:
        # One with a note is known only once it was sent.
        invitation = Content(target=order.invitee, text="")
        return [Opposite(task_type="send_connection_request", asks=invitation)]

    async def perform(
        self, linkedin: LinkedIn, order: WithdrawInvitationInput, attempt: Attempt
    ) -> Done[WithdrawInvitationOutput]:
        profile = await linkedin.open_profile(order.invitee)
        withdrawal = await linkedin.open_withdrawal(profile)
        return _done(profile.member.profile_id, await withdrawal.confirm(attempt))

    async def read_back(
        self,
        linkedin: LinkedIn,
        order: WithdrawInvitationInput,  # noqa: ARG002 - the baseline names the invitee
        baseline: JsonObject,
    ) -> Done[WithdrawInvitationOutput] | None:
        evidence = await linkedin.find_withdrawal(baseline)
        return None if evidence is None else _done(baseline["member"]["profile_id"], evidence)


def _done(profile_id: str, evidence: JsonObject) -> Done[WithdrawInvitationOutput]:
    return Done(output=WithdrawInvitationOutput(invitee_profile_id=profile_id), evidence=evidence)
