"""List the invitations that wait for the account's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from executor.actions.action import Action, Done
from executor.models import StrictModel
from executor.pending_invitation import PendingInvitation

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn


class FetchReceivedInvitationsInput(StrictModel):
    """How many of them to list."""

    count: Annotated[int, Field(ge=1, le=100)] = 20


class FetchReceivedInvitationsOutput(StrictModel):
    """Received invitations, the newest first."""

    invitations: list[PendingInvitation]
    complete: bool
    """Whether there are no more, or as many as were asked for."""


class FetchReceivedInvitations(
    Action[FetchReceivedInvitationsInput, FetchReceivedInvitationsOutput]
):
    """Read the list of received invitations as LinkedIn shows it.

    It shows some ten, and more only once these are answered (2026-04).
    """

    task_type = "fetch_received_invitations"
    input_model = FetchReceivedInvitationsInput
    output_model = FetchReceivedInvitationsOutput

    async def perform(
        self,
        linkedin: LinkedIn,
        order: FetchReceivedInvitationsInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[FetchReceivedInvitationsOutput]:
        found = await linkedin.read_received_invitations(order.count)
        output = FetchReceivedInvitationsOutput(
            invitations=[PendingInvitation.listed(each) for each in found.invitations],
            complete=found.complete,
        )
        return Done(output=output, evidence={"method": "page"})
