"""List the account's invitations that wait for an answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from executor.actions.action import Action, Done
from executor.models import StrictModel
from executor.pending_invitation import PendingInvitation

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn


class FetchSentInvitationsInput(StrictModel):
    """How many of them to list."""

    count: Annotated[int, Field(ge=1, le=100)] = 20


class FetchSentInvitationsOutput(StrictModel):
    """Sent invitations, the newest first."""

    invitations: list[PendingInvitation]
    complete: bool
    """Whether there are no more, or as many as were asked for."""


class FetchSentInvitations(Action[FetchSentInvitationsInput, FetchSentInvitationsOutput]):
    """Read the list of sent invitations, asking for more until there are enough."""

    task_type = "fetch_sent_invitations"
    input_model = FetchSentInvitationsInput
    output_model = FetchSentInvitationsOutput

    def extra_time(self, order: FetchSentInvitationsInput) -> timedelta:
        return timedelta(seconds=30 + order.count)

    async def perform(
        self,
        linkedin: LinkedIn,
        order: FetchSentInvitationsInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[FetchSentInvitationsOutput]:
        found = await linkedin.read_sent_invitations(order.count)
        output = FetchSentInvitationsOutput(
            invitations=[PendingInvitation.listed(each) for each in found.invitations],
            complete=found.complete,
        )
        return Done(output=output, evidence={"method": "page"})
