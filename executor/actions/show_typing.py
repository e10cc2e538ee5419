"""Show the other side of a conversation that somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.actions.action import Action, Done
from executor.mailbox import ConversationUrn
from executor.models import StrictModel

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn


class ShowTypingInput(StrictModel):
    """Where."""

    conversation_urn: ConversationUrn


class ShowTypingOutput(StrictModel):
    """Where it was shown."""

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
