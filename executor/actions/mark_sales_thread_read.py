"""Mark a conversation of Sales Navigator read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.actions.action import Action, Done
from executor.models import StrictModel
from executor.sales_mailbox import SalesThreadId

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn


class MarkSalesThreadReadInput(StrictModel):
    """Which conversation."""

    thread_id: SalesThreadId


class MarkSalesThreadReadOutput(StrictModel):
    """Which conversation counts as read now."""

    thread_id: str
    already_read: bool
    """Whether it did before."""


class MarkSalesThreadRead(Action[MarkSalesThreadReadInput, MarkSalesThreadReadOutput]):
    """Open a conversation of Sales Navigator, by which its page marks it read.

    Done twice it is as if done once, so that it needs no care against repetition.
    """

    task_type = "mark_sales_thread_read"
    input_model = MarkSalesThreadReadInput
    output_model = MarkSalesThreadReadOutput

    async def perform(
        self,
        linkedin: LinkedIn,
        order: MarkSalesThreadReadInput,
        attempt: Attempt,  # noqa: ARG002 - there is no harm in doing it again
    ) -> Done[MarkSalesThreadReadOutput]:
        proof = await linkedin.sales.mark_read(order.thread_id)
        output = MarkSalesThreadReadOutput(
            thread_id=order.thread_id, already_read=proof == "already_read"
        )
        return Done(output=output, evidence={"method": proof})
