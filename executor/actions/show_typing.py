"""Show the other side of a conversation that somebody types."""

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


class ShowTypingInput(BaseModel):
    """Where."""

    model_config = _STRICT

    conversation_urn: ConversationUrn


class ShowTypingOutput(BaseModel):
    """Where it was shown."""

    model_config = _STRICT

    conversation_urn: str


class ShowTyping(Action[ShowTypingInput, ShowTypingOutput]):
    """Press some keys in a message box and take them back; nothing stays, and nothing is read.

    LinkedIn shows it to the other side for a few seconds.
    """

    task_type = "show_typing"
    input_model = ShowTypingInput
    output_model = ShowTypingOutput

    async def perform(
        self,
        linkedin: LinkedIn,
        order: ShowTypingInput,
        attempt: Attempt,  # noqa: ARG002 - it leaves nothing behind
    ) -> Done[ShowTypingOutput]:
        await linkedin.show_typing(order.conversation_urn)
        output = ShowTypingOutput(conversation_urn=order.conversation_urn)
        return Done(output=output, evidence={"method": "network"})
