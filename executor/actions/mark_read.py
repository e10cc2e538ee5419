"""Mark a conversation read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from executor.actions.action import Action, Done
from executor.documented import describe_attributes
from executor.mailbox import ConversationUrn

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn

_STRICT = ConfigDict(
    frozen=True, extra="forbid", hide_input_in_errors=True, json_schema_extra=describe_attributes
)


class MarkReadInput(BaseModel):
    """Which conversation."""

    model_config = _STRICT

    conversation_urn: ConversationUrn


class MarkReadOutput(BaseModel):
    """Which conversation counts as read now."""

    model_config = _STRICT

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
