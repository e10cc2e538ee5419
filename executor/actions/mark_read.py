"""Mark a conversation read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.actions.action import Action, Done, Opposite
from executor.mailbox import ConversationUrn
from executor.models import StrictModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn


class MarkReadInput(StrictModel):
    """Which conversation."""

    conversation_urn: ConversationUrn


class MarkReadOutput(StrictModel):
    """Which conversation counts as read now."""

    conversation_urn: str
    already_read: bool
    """Whether it did before."""


class MarkRead(Action[MarkReadInput, MarkReadOutput]):
    """Open a conversation, by which LinkedIn's page marks it read.

    Done twice it is as if done once, so that it needs no care against repetition.
    """

    task_type = "mark_read"
    input_model = MarkReadInput
    output_model = MarkReadOutput

    def opposites(self, order: MarkReadInput) -> Sequence[Opposite]:
        return [Opposite(task_type="mark_unread", asks=order)]

    async def perform(
        self,
        linkedin: LinkedIn,
        order: MarkReadInput,
        attempt: Attempt,  # noqa: ARG002 - there is no harm in doing it again
    ) -> Done[MarkReadOutput]:
        proof = await linkedin.mark_read(order.conversation_urn)
        output = MarkReadOutput(
            conversation_urn=order.conversation_urn, already_read=proof == "already_read"
        )
        return Done(output=output, evidence={"method": proof})
