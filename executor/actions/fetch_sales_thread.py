"""Read a conversation of Sales Navigator."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from executor.actions.action import Action, Done
from executor.actions.fetch_messages import MESSAGES_MAX, USUAL_MESSAGE_COUNT
from executor.mailbox import Moment
from executor.models import StrictModel
from executor.sales_mailbox import SalesMessage, SalesThread, SalesThreadId

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn


class FetchSalesThreadInput(StrictModel):
    """Which conversation, and how much of it."""

    thread_id: SalesThreadId
    count: Annotated[int, Field(ge=1, le=MESSAGES_MAX)] = USUAL_MESSAGE_COUNT
    """How many messages, the newest."""
    before: Moment | None = None
    """Only what is older, in milliseconds since 1970."""
    since: Moment | None = None
    """Only what is newer."""


class FetchSalesThreadOutput(StrictModel):
    """A conversation with its messages, the newest first."""

    thread: SalesThread
    messages: list[SalesMessage]
    has_more: bool
    """Whether there are older ones."""


class FetchSalesThread(Action[FetchSalesThreadInput, FetchSalesThreadOutput]):
    """Open a conversation of Sales Navigator and scroll back in it; it is not marked read."""

    task_type = "fetch_sales_thread"
    input_model = FetchSalesThreadInput
    output_model = FetchSalesThreadOutput

    def extra_time(self, order: FetchSalesThreadInput) -> timedelta:  # noqa: ARG002 - same for all
        return timedelta(seconds=60)

    async def perform(
        self,
        linkedin: LinkedIn,
        order: FetchSalesThreadInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[FetchSalesThreadOutput]:
        found = await linkedin.sales.read_thread(
            order.thread_id, count=order.count, before=order.before, since=order.since
        )
        output = FetchSalesThreadOutput(
            thread=found.thread, messages=list(found.messages), has_more=found.has_more
        )
        return Done(output=output, evidence={"method": "answer"})
