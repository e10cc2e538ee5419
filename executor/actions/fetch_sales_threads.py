"""List the conversations of Sales Navigator's inbox."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from executor.actions.action import Action, Done
from executor.actions.fetch_conversations import CONVERSATIONS_MAX, USUAL_CONVERSATION_COUNT
from executor.mailbox import Moment
from executor.models import StrictModel
from executor.sales_mailbox import SalesThread

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn


class FetchSalesThreadsInput(StrictModel):
    """Which conversations."""

    count: Annotated[int, Field(ge=1, le=CONVERSATIONS_MAX)] = USUAL_CONVERSATION_COUNT
    """How many; some more where several have the same place."""
    starts_at: Moment | None = None
    """Where an earlier answer has ended: its `next`."""
    only_unread: bool = False


class FetchSalesThreadsOutput(StrictModel):
    """Conversations, the one with the newest message first."""

    threads: list[SalesThread]
    next: int | None
    """Where to go on; null at the end. There may be nothing behind it that is wanted."""


class FetchSalesThreads(Action[FetchSalesThreadsInput, FetchSalesThreadsOutput]):
    """Read the list of Sales Navigator's inbox; nothing is marked read."""

    task_type = "fetch_sales_threads"
    input_model = FetchSalesThreadsInput
    output_model = FetchSalesThreadsOutput

    def extra_time(self, order: FetchSalesThreadsInput) -> timedelta:  # noqa: ARG002 - same for all
        return timedelta(seconds=60)

    async def perform(
        self,
        linkedin: LinkedIn,
        order: FetchSalesThreadsInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[FetchSalesThreadsOutput]:
        found = await linkedin.sales.read_threads(
            count=order.count,
            is_behind=lambda each: (
                order.starts_at is None or each.next_page_starts_at < order.starts_at
            ),
            wanted=lambda each: not order.only_unread or each.unread_count > 0,
        )
        output = FetchSalesThreadsOutput(threads=list(found.threads), next=found.next)
        return Done(output=output, evidence={"method": "answer"})
