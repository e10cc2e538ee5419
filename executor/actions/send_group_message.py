"""Send a message to somebody who is in the same group."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import StringConstraints

from executor.actions.action import MESSAGE, RECALL, Content, Done, Write
from executor.actions.send_message import MESSAGE_MAX, SendMessage
from executor.group import GroupId
from executor.models import StrictModel
from executor.person import Person

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn
    from executor.pages.message_receipt import MessageReceipt
    from storage.tasks import JsonObject

_TIME_PER_LINE = timedelta(seconds=0.2)
_SEARCHING = timedelta(seconds=60)
"""The list of members may have to be followed for a while."""


class SendGroupMessageInput(StrictModel):
    """Who gets which text, by which group."""

    recipient: Person
    group_id: GroupId
    message: Annotated[str, StringConstraints(min_length=1, max_length=MESSAGE_MAX)]
    """Delivered as it stands; lines are separated by a line feed."""


class SendGroupMessageOutput(StrictModel):
    """What was delivered, and where."""

    recipient_profile_id: str
    group_id: str
    conversation_urn: str | None
    message_urn: str | None
    """LinkedIn's own id of the message, when its answer carried one."""
    sent_at: int | None
    """In milliseconds since 1970, as LinkedIn's id of the message tells it."""


class SendGroupMessage(Write[SendGroupMessageInput, SendGroupMessageOutput]):
    """Write to a fellow member of a group, who need not be a connection, at no cost."""

    task_type = "send_group_message"
    input_model = SendGroupMessageInput
    output_model = SendGroupMessageOutput
    pace = SendMessage.pace
    effect = MESSAGE
    undone_by = RECALL

    def extra_time(self, order: SendGroupMessageInput) -> timedelta:
        return _SEARCHING + order.message.count("\n") * _TIME_PER_LINE

    def content(self, order: SendGroupMessageInput) -> Content:
        return Content(target=order.recipient, text=order.message, group_id=order.group_id)

    async def perform(
        self, linkedin: LinkedIn, order: SendGroupMessageInput, attempt: Attempt
    ) -> Done[SendGroupMessageOutput]:
        profile = await linkedin.open_profile(order.recipient)
        box = await linkedin.open_group_message(profile.member, order.group_id)
        await box.write(order.message)
        receipt = await box.send(await box.read_baseline(), attempt)
        return _done(receipt, order)

    async def read_back(
        self, linkedin: LinkedIn, order: SendGroupMessageInput, baseline: JsonObject
    ) -> Done[SendGroupMessageOutput] | None:
        receipt = await linkedin.find_listed_message(order.message, baseline)
        return None if receipt is None else _done(receipt, order)


def _done(receipt: MessageReceipt, order: SendGroupMessageInput) -> Done[SendGroupMessageOutput]:
    return Done(
        output=SendGroupMessageOutput(
            recipient_profile_id=receipt.recipient_profile_id,
            group_id=order.group_id,
            conversation_urn=receipt.conversation_urn,
            message_urn=receipt.message_urn,
            sent_at=receipt.sent_at,
        ),
        evidence=receipt.evidence,
    )
