"""Star a conversation, or take its star."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.actions.action import Action, Done, Opposite
from executor.mailbox import ConversationUrn
from executor.models import StrictModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn


class StarConversationInput(StrictModel):
    """Which conversation."""

    conversation_urn: ConversationUrn
    starred: bool = True
    """Whether it is to have a star."""


class StarConversationOutput(StrictModel):
    """Which conversation has a star now, or none."""

    conversation_urn: str
    starred: bool
    was_so: bool
    """Whether it was so before; then nothing has changed."""


class StarConversation(Action[StarConversationInput, StarConversationOutput]):
    """Press the star at the head of a conversation, which is not marked read by that.

    Done twice it is as if done once, so that it needs no care against repetition.
    """

    task_type = "star_conversation"
    input_model = StarConversationInput
    output_model = StarConversationOutput

    def opposites(self, order: StarConversationInput) -> Sequence[Opposite]:
        other = order.model_copy(update={"starred": not order.starred})
        return [Opposite(task_type=self.task_type, asks=other)]

    async def perform(
        self,
        linkedin: LinkedIn,
        order: StarConversationInput,
        attempt: Attempt,  # noqa: ARG002 - there is no harm in doing it again
    ) -> Done[StarConversationOutput]:
        proof = await linkedin.star_conversation(order.conversation_urn, starred=order.starred)
        output = StarConversationOutput(
            conversation_urn=order.conversation_urn,
            starred=order.starred,
            was_so=proof != "network",
        )
        return Done(output=output, evidence={"method": proof})
