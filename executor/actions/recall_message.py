"""Take a message back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from executor.actions.action import Content, Done, Write
from executor.mailbox import ConversationUrn, MessageUrn
from executor.models import StrictModel
from executor.pace import Pace

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn
    from storage.tasks import JsonObject


class RecallMessageInput(StrictModel):
    """Which message of the account's own."""

    conversation_urn: ConversationUrn
    message_urn: MessageUrn


class RecallMessageOutput(StrictModel):
    """Which message is deleted for everybody in the conversation."""

    conversation_urn: str
    message_urn: str
    already_recalled: bool
    """Whether it was before; then nothing was clicked."""


class RecallMessage(Write[RecallMessageInput, RecallMessageOutput]):
    """Delete an own message by its menu, which offers that for about an hour.

    The conversation is not marked read.
    """

    task_type = "recall_message"
    input_model = RecallMessageInput
    output_model = RecallMessageOutput
    # Nobody has measured a limit. It is done right after a message, so it need not wait long.
    pace = Pace(gap=timedelta(seconds=30), jitter=timedelta(seconds=15), per_day=50)

    def content(self, order: RecallMessageInput) -> Content:
        return Content(target=order.message_urn, text="")

    async def perform(
        self, linkedin: LinkedIn, order: RecallMessageInput, attempt: Attempt
    ) -> Done[RecallMessageOutput]:
        recall = await linkedin.open_recall(order.conversation_urn, order.message_urn)
        if recall.is_done:
            return _done(order, {"method": "page", "message": "recalled"}, already_recalled=True)
        return _done(order, await recall.confirm(attempt))

    async def read_back(
        self, linkedin: LinkedIn, order: RecallMessageInput, baseline: JsonObject
    ) -> Done[RecallMessageOutput] | None:
        evidence = await linkedin.find_recall(baseline)
        return None if evidence is None else _done(order, evidence)


def _done(
    order: RecallMessageInput, evidence: JsonObject, *, already_recalled: bool = False
) -> Done[RecallMessageOutput]:
    output = RecallMessageOutput(
        conversation_urn=order.conversation_urn,
        message_urn=order.message_urn,
        already_recalled=already_recalled,
    )
    return Done(output=output, evidence=evidence)
