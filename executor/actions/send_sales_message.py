"""Answer in a conversation of Sales Navigator."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import StringConstraints

from executor.actions.action import MESSAGE, RECALL, Content, Done, Write
from executor.actions.send_message import MESSAGE_MAX
from executor.models import StrictModel
from executor.pace import Pace
from executor.sales_mailbox import SalesThreadId

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn
    from executor.pages.sales_box import SalesReceipt
    from storage.tasks import JsonObject

_TIME_PER_LINE = timedelta(seconds=0.2)


class SendSalesMessageInput(StrictModel):
    """Which words go where."""

    thread_id: SalesThreadId
    message: Annotated[str, StringConstraints(min_length=1, max_length=MESSAGE_MAX)]
    """Delivered as it stands; lines are separated by a line feed."""


class SendSalesMessageOutput(StrictModel):
    """What was delivered, and where."""

    thread_id: str
    message_id: str


class SendSalesMessage(Write[SendSalesMessageInput, SendSalesMessageOutput]):
    """Write into a conversation of Sales Navigator, from its address to the proven delivery."""

    task_type = "send_sales_message"
    input_model = SendSalesMessageInput
    output_model = SendSalesMessageOutput
    # That of ordinary messages.
    pace = Pace(gap=timedelta(seconds=60), jitter=timedelta(seconds=30), per_day=50)
    effect = MESSAGE
    undone_by = RECALL

    def extra_time(self, order: SendSalesMessageInput) -> timedelta:
        return order.message.count("\n") * _TIME_PER_LINE

    def content(self, order: SendSalesMessageInput) -> Content:
        return Content(target=order.thread_id, text=order.message, thread_id=order.thread_id)

    async def perform(
        self, linkedin: LinkedIn, order: SendSalesMessageInput, attempt: Attempt
    ) -> Done[SendSalesMessageOutput]:
        reply = await linkedin.sales.open_reply(order.thread_id)
        await reply.write(order.message)
        return _done(await reply.send(reply.read_baseline(), attempt))

    async def read_back(
        self, linkedin: LinkedIn, order: SendSalesMessageInput, baseline: JsonObject
    ) -> Done[SendSalesMessageOutput] | None:
        receipt = await linkedin.sales.find_sent(order.message, baseline)
        return None if receipt is None else _done(receipt)


def _done(receipt: SalesReceipt) -> Done[SendSalesMessageOutput]:
    output = SendSalesMessageOutput(thread_id=receipt.thread_id, message_id=receipt.message_id)
    return Done(output=output, evidence=receipt.evidence)
