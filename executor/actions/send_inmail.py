"""Send an InMail to a member who is no connection."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import StringConstraints

from executor.actions.action import MESSAGE, RECALL, Content, Done, Write
from executor.models import StrictModel
from executor.pace import Pace
from executor.person import Person

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn
    from executor.pages.message_receipt import MessageReceipt
    from storage.tasks import JsonObject

INMAIL_MAX = 1_900
"""Longest text, in characters (LinkedIn, 2026)."""
SUBJECT_MAX = 200
"""Longest subject, in characters (LinkedIn, 2026)."""

InMailSubject = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=SUBJECT_MAX, pattern=r"^[^\r\n]*$"
    ),
]

_TIME_PER_LINE = timedelta(seconds=0.2)


class SendInmailInput(StrictModel):
    """Who gets which words."""

    recipient: Person
    subject: InMailSubject
    message: Annotated[str, StringConstraints(min_length=1, max_length=INMAIL_MAX)]
    """Delivered as it stands; lines are separated by a line feed."""


class SendInmailOutput(StrictModel):
    """What was delivered, and where."""

    recipient_profile_id: str
    conversation_urn: str | None
    message_urn: str | None
    """LinkedIn's own id of the message, when its answer carried one."""
    sent_at: int | None
    """In milliseconds since 1970, as LinkedIn's id of the message tells it."""
    credits_left: int | None
    """What the box said before, less what it cost; null for a message that is free."""


class SendInmail(Write[SendInmailInput, SendInmailOutput]):
    """Write to somebody who is no connection, for a credit that is there."""

    task_type = "send_inmail"
    input_model = SendInmailInput
    output_model = SendInmailOutput
    # LinkedIn limits InMails by credits, some 15 to 150 a month; the gap is that of messages.
    pace = Pace(gap=timedelta(seconds=60), jitter=timedelta(seconds=30), per_day=20)
    effect = MESSAGE
    undone_by = RECALL

    def extra_time(self, order: SendInmailInput) -> timedelta:
        return order.message.count("\n") * _TIME_PER_LINE

    def content(self, order: SendInmailInput) -> Content:
        return Content(target=order.recipient, text=order.message, subject=order.subject)

    async def perform(
        self, linkedin: LinkedIn, order: SendInmailInput, attempt: Attempt
    ) -> Done[SendInmailOutput]:
        profile = await linkedin.open_profile(order.recipient)
        box = await linkedin.open_inmail(profile.member)
        await box.write_inmail(order.subject, order.message)
        baseline = await box.read_baseline()
        receipt = await box.send(baseline, attempt)
        return _done(receipt, baseline)

    async def read_back(
        self, linkedin: LinkedIn, order: SendInmailInput, baseline: JsonObject
    ) -> Done[SendInmailOutput] | None:
        receipt = await linkedin.find_listed_message(order.message, baseline)
        return None if receipt is None else _done(receipt, baseline)


def _done(receipt: MessageReceipt, baseline: JsonObject) -> Done[SendInmailOutput]:
    return Done(
        output=SendInmailOutput(
            recipient_profile_id=receipt.recipient_profile_id,
            conversation_urn=receipt.conversation_urn,
            message_urn=receipt.message_urn,
            sent_at=receipt.sent_at,
            credits_left=baseline["credits_left"],
        ),
        evidence=receipt.evidence,
    )
