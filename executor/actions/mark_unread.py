"""Mark a conversation unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.actions.action import Action, Done, Opposite
from executor.mailbox import ConversationUrn
from executor.models import StrictModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn


class MarkUnreadInput(StrictModel):
    """Which conversation of the focused inbox."""

    conversation_urn: ConversationUrn


class MarkUnreadOutput(StrictModel):
    """Which conversation counts as unread now."""

    conversation_urn: str
    already_unread: bool
    """Whether it did before."""


class MarkUnread(Action[MarkUnreadInput, MarkUnreadOutput]):
    """Mark a conversation unread by its row's menu in the inbox, which opens nothing.

    Done twice it is as if done once, so that it needs no care against repetition.
    """

    task_type = "mark_unread"
    input_model = MarkUnreadInput
    output_model = MarkUnreadOutput

    def opposites(self, order: MarkUnreadInput) -> Sequence[Opposite]:
        return [Opposite(task_type="mark_read", asks=order)]

    async def perform(
        self,
        linkedin: LinkedIn,
        order: MarkUnreadInput,
        attempt: Attempt,  # noqa: ARG002 - there is no harm in doing it again
    ) -> Done[MarkUnreadOutput]:
        proof = await linkedin.mark_unread(order.conversation_urn)
        output = MarkUnreadOutput(
            conversation_urn=order.conversation_urn, already_unread=proof == "already_unread"
        )
        return Done(output=output, evidence={"method": proof})
