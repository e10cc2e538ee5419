"""Send a direct message: to a 1st-degree connection, or into a conversation that exists."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from executor.actions.action import MESSAGE, RECALL, Content, Done, Write
from executor.attachment import ATTACHMENTS_MAX, AttachedFile
from executor.mailbox import ConversationUrn, thread_id_of
from executor.pace import Pace
from executor.person import Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.attempt import Attempt
    from executor.pages.conversation import ConversationPage
    from executor.pages.linkedin import LinkedIn
    from executor.pages.message_receipt import MessageReceipt
    from storage.tasks import JsonObject

MESSAGE_MAX = 10_000
"""Longest message, in characters (OutX's documented cap)."""

_TIME_PER_LINE = timedelta(seconds=0.2)
"""Line breaks are typed one by one, and the box gets slower with every one of them."""
_TYPING_TIME = timedelta(seconds=10)


class SendMessageInput(BaseModel):
    """Who gets which text."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    recipient: Person | None = None
    """A 1st-degree connection; `None` for whoever is in the conversation."""
    message: Annotated[str, StringConstraints(min_length=1, max_length=MESSAGE_MAX)]
    """Delivered as it stands; lines are separated by a line feed."""
    conversation_urn: ConversationUrn | None = None
    """The conversation that it goes to, of those with this person; needed without one."""
    show_typing: bool = False
    """Whether to press real keys at its beginning, which shows the other side that one types."""
    attachments: Annotated[list[AttachedFile], Field(max_length=ATTACHMENTS_MAX)] = []
    """Files that go with it, in this order."""

    @model_validator(mode="after")
    def _goes_somewhere(self) -> Self:
        if self.recipient is None and self.conversation_urn is None:
            raise PydanticCustomError("nobody", "recipient or conversation_urn is needed")
        return self

    @model_validator(mode="after")
    def _has_each_file_once(self) -> Self:
        if len({each.asset_urn for each in self.attachments}) < len(self.attachments):
            raise ValueError("a file is attached twice")
        return self


class SendMessageOutput(BaseModel):
    """What was delivered, and where."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    recipient_profile_id: str
    conversation_urn: str | None = None
    message_urn: str | None = None
    """LinkedIn's own id of the message, when its answer carried one."""
    sent_at: int | None = None
    """In milliseconds since 1970, as LinkedIn's id of the message tells it."""
    typing_shown: bool = False
    """Whether LinkedIn took the page's word that somebody types; only existing conversations show
    it."""


class SendMessage(Write[SendMessageInput, SendMessageOutput]):
    """Write to a connection, from the profile to the proven delivery."""

    task_type = "send_message"
    input_model = SendMessageInput
    output_model = SendMessageOutput
    # Half of what a hosted vendor allows (ConnectSafely, 100 a day, 2026-10), the gap it advises.
    pace = Pace(gap=timedelta(seconds=60), jitter=timedelta(seconds=30), per_day=50)
    effect = MESSAGE
    undone_by = RECALL

    def extra_time(self, order: SendMessageInput) -> timedelta:
        typing = _TYPING_TIME if order.show_typing else timedelta(0)
        lines = order.message.count("\n") * _TIME_PER_LINE
        uploads = sum((each.upload_time for each in order.attachments), timedelta(0))
        return lines + typing + uploads

    def content(self, order: SendMessageInput) -> Content:
        digests = sorted(each.digest for each in order.attachments)
        urn = order.conversation_urn
        return Content(
            target=order.recipient or urn or "",
            text=order.message,
            files=tuple(digests),
            thread_id=None if urn is None else thread_id_of(urn),
        )

    def files(self, order: SendMessageInput) -> Sequence[AttachedFile]:
        return order.attachments

    async def perform(
        self, linkedin: LinkedIn, order: SendMessageInput, attempt: Attempt
    ) -> Done[SendMessageOutput]:
        conversation = await self._open(linkedin, order)
        async with linkedin.laid_out(order.attachments) as files:
            typing_shown = await conversation.write(
                order.message, show_typing=order.show_typing, files=files
            )
            baseline = await conversation.read_baseline()
            receipt = await conversation.send({**baseline, "typing_shown": typing_shown}, attempt)
        return _done(receipt, typing_shown=typing_shown)

    async def _open(self, linkedin: LinkedIn, order: SendMessageInput) -> ConversationPage:
        if order.recipient is None:
            return await linkedin.open_known_conversation(order.conversation_urn or "")
        profile = await linkedin.open_profile(order.recipient)
        await profile.require_connection()
        return await linkedin.open_conversation(
            profile.member, conversation_urn=order.conversation_urn
        )

    async def read_back(
        self, linkedin: LinkedIn, order: SendMessageInput, baseline: JsonObject
    ) -> Done[SendMessageOutput] | None:
        receipt = await linkedin.find_sent_message(order.message, baseline)
        shown = bool(baseline.get("typing_shown"))
        return None if receipt is None else _done(receipt, typing_shown=shown)


def _done(receipt: MessageReceipt, *, typing_shown: bool) -> Done[SendMessageOutput]:
    return Done(
        output=SendMessageOutput(
            recipient_profile_id=receipt.recipient_profile_id,
            conversation_urn=receipt.conversation_urn,
            message_urn=receipt.message_urn,
            sent_at=receipt.sent_at,
            typing_shown=typing_shown,
        ),
        evidence=receipt.evidence,
    )
