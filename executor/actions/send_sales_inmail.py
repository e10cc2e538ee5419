"""Begin a conversation in Sales Navigator."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import StringConstraints

from executor.actions.action import MESSAGE, RECALL, Content, Done, Write
from executor.actions.send_inmail import INMAIL_MAX, InMailSubject
from executor.models import StrictModel
from executor.pace import Pace
from executor.person import Person
from executor.sales_mailbox import SalesLead

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.components.member import Member
    from executor.pages.linkedin import LinkedIn
    from executor.pages.sales_box import SalesReceipt
    from executor.pages.sales_inmail import SalesInMail
    from storage.tasks import JsonObject

_TIME_PER_LINE = timedelta(seconds=0.2)
# The inbox, the profile and the lead's page, the last of which may take 15 s to offer Message.
_TIME_FOR_PAGES = timedelta(seconds=60)


class SendSalesInmailInput(StrictModel):
    """Who gets which words."""

    recipient: Person | SalesLead
    """By LinkedIn's own names, or as Sales Navigator names them."""
    subject: InMailSubject | None = None
    """Needed for everybody but connections, who are written to without one."""
    subject_is_optional: bool = False
    """Whether the subject is left out where Sales Navigator asks for none, as for connections;
    else nothing is sent there."""
    message: Annotated[str, StringConstraints(min_length=1, max_length=INMAIL_MAX)]
    """Delivered as it stands; lines are separated by a line feed."""


class SendSalesInmailOutput(StrictModel):
    """What was delivered, and where."""

    thread_id: str
    message_id: str
    recipient_profile_id: str | None = None
    """LinkedIn's own id of whom it went to; null for who was named as Sales Navigator does."""
    credits_left: int | None
    """What the dialog said before, less what it cost; null for a message that is free."""


class SendSalesInmail(Write[SendSalesInmailInput, SendSalesInmailOutput]):
    """Write to somebody from their page in Sales Navigator, for a credit where one is needed."""

    task_type = "send_sales_inmail"
    input_model = SendSalesInmailInput
    output_model = SendSalesInmailOutput
    # That of LinkedIn's own InMails.
    pace = Pace(gap=timedelta(seconds=60), jitter=timedelta(seconds=30), per_day=20)
    effect = MESSAGE
    undone_by = RECALL

    def extra_time(self, order: SendSalesInmailInput) -> timedelta:
        return _TIME_FOR_PAGES + order.message.count("\n") * _TIME_PER_LINE

    def content(self, order: SendSalesInmailInput) -> Content:
        return Content(target=_target(order.recipient), text=order.message, subject=order.subject)

    async def perform(
        self, linkedin: LinkedIn, order: SendSalesInmailInput, attempt: Attempt
    ) -> Done[SendSalesInmailOutput]:
        newest_at = await linkedin.sales.newest_at()
        box, member = await _open(linkedin, order.recipient)
        await box.write_first(
            order.subject, order.message, subject_is_optional=order.subject_is_optional
        )
        baseline: JsonObject = {
            "member": None if member is None else member.as_json,
            "recipient_id": box.recipient_id,
            "newest_at": newest_at,
            "credits_left": box.credits_left,
        }
        return _done(await box.send(baseline, attempt), baseline)

    async def read_back(
        self, linkedin: LinkedIn, order: SendSalesInmailInput, baseline: JsonObject
    ) -> Done[SendSalesInmailOutput] | None:
        receipt = await linkedin.sales.find_begun(order.message, baseline)
        return None if receipt is None else _done(receipt, baseline)


def _target(recipient: Person | SalesLead) -> Person | str:
    return recipient if isinstance(recipient, Person) else recipient.profile_id


async def _open(
    linkedin: LinkedIn, recipient: Person | SalesLead
) -> tuple[SalesInMail, Member | None]:
    """Open the dialog; the second is who that is in LinkedIn's own names, where it was seen."""
    if isinstance(recipient, SalesLead):
        return await linkedin.sales.open_lead(recipient), None
    profile = await linkedin.open_profile(recipient)
    return await linkedin.sales.open_member(await profile.sales_path()), profile.member


def _done(receipt: SalesReceipt, baseline: JsonObject) -> Done[SendSalesInmailOutput]:
    member = baseline.get("member")
    output = SendSalesInmailOutput(
        thread_id=receipt.thread_id,
        message_id=receipt.message_id,
        recipient_profile_id=None if member is None else member["profile_id"],
        credits_left=baseline["credits_left"],
    )
    return Done(output=output, evidence=receipt.evidence)
