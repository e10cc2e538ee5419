"""Mark every conversation of the inbox read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from executor.actions.action import Action, Done
from executor.models import StrictModel

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn
_AT_ONCE = 100


class MarkAllReadInput(StrictModel):
    """Nothing is asked."""


class MarkAllReadOutput(StrictModel):
    """Which conversations were unread."""

    conversation_urns: list[str]


class MarkAllRead(Action[MarkAllReadInput, MarkAllReadOutput]):
    """Open one unread conversation after the other: LinkedIn has no control for all (2026).

    A try that is cut short has marked some of them; the next one goes on with the rest.
    """

    task_type = "mark_all_read"
    input_model = MarkAllReadInput
    output_model = MarkAllReadOutput

    def extra_time(self, order: MarkAllReadInput) -> timedelta:  # noqa: ARG002 - nothing is told
        return timedelta(minutes=10)

    async def perform(
        self,
        linkedin: LinkedIn,
        order: MarkAllReadInput,  # noqa: ARG002 - nothing is told
        attempt: Attempt,  # noqa: ARG002 - there is no harm in doing it again
    ) -> Done[MarkAllReadOutput]:
        marked: list[str] = []
        while True:
            found = await linkedin.read_inbox(
                count=_AT_ONCE,
                behind=None,
                wanted=lambda each: not each.is_read and each.conversation_urn not in marked,
            )
            for each in found.conversations:
                await linkedin.mark_read(each.conversation_urn)
                marked.append(each.conversation_urn)
            if found.next is None:
                output = MarkAllReadOutput(conversation_urns=marked)
                return Done(output=output, evidence={"method": "network"})
