"""What clients send to have something done in Sales Navigator's inbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from api.connectsafely.bodies import CallBody, Wanted
from api.connectsafely.inbox_bodies import ConversationCount, MessageCount, Moment
from api.texts import MessageText, Subject, person_or_lead
from executor.actions import (
    INMAIL_MAX,
    SUBJECT_MAX,
    USUAL_CONVERSATION_COUNT,
    FetchSalesThread,
    FetchSalesThreadInput,
    FetchSalesThreads,
    FetchSalesThreadsInput,
    MarkSalesThreadRead,
    MarkSalesThreadReadInput,
    Person,
    SalesLead,
    SalesThreadId,
    SendSalesInmail,
    SendSalesInmailInput,
    SendSalesMessage,
    SendSalesMessageInput,
)

_USUAL_MESSAGES = 20


Lead = Annotated[Person | SalesLead, BeforeValidator(person_or_lead, json_schema_input_type=str)]


class SalesThreadsBody(CallBody):
    """Which conversations to list."""

    count: ConversationCount = USUAL_CONVERSATION_COUNT
    """How many; a larger number is taken as the largest."""
    filter: Literal["INBOX", "UNREAD"] = "INBOX"
    """`UNREAD` leaves out what has been read; `ARCHIVED` is not offered."""
    page_starts_at: Moment = None
    """The `nextPageStartsAt` of an earlier answer."""

    @model_validator(mode="before")
    @classmethod
    def _is_offered(cls, sent: Any) -> Any:
        if isinstance(sent, Mapping) and sent.get("filter") == "ARCHIVED":
            raise PydanticCustomError(
                "archived",
                "filter ARCHIVED is not offered: it is not known how Sales Navigator's page is "
                "brought to show its archive",
            )
        return sent

    def wanted(self) -> Wanted:
        order = FetchSalesThreadsInput(
            count=self.count,
            starts_at=self.page_starts_at,
            only_unread=self.filter == "UNREAD",
        )
        return Wanted(action=FetchSalesThreads(), order=order)


class SalesThreadBody(CallBody):
    """Which conversation to read."""

    thread_id: SalesThreadId
    message_count: MessageCount = _USUAL_MESSAGES
    """How many of the newest messages; a larger number is taken as the largest."""

    def wanted(self) -> Wanted:
        order = FetchSalesThreadInput(thread_id=self.thread_id, count=self.message_count)
        return Wanted(action=FetchSalesThread(), order=order)


class SalesMarkReadBody(CallBody):
    """Which conversation to mark read."""

    thread_id: SalesThreadId

    def wanted(self) -> Wanted:
        order = MarkSalesThreadReadInput(thread_id=self.thread_id)
        return Wanted(action=MarkSalesThreadRead(), order=order)


class SalesSendBody(CallBody):
    """Which words go to whom, or into which conversation."""

    thread_id: SalesThreadId | None = None
    """The conversation that is answered in. Either this or `recipients` is required."""
    recipients: Annotated[list[Lead], Field(min_length=1, max_length=1)] | None = None
    """Whom to begin a conversation with: one URN, as `urn:li:fsd_profile:ACoA…`, or as Sales
    Navigator's own answers name people, `urn:li:fs_salesProfile:(…)`."""
    subject: Subject = None
    """The InMail's, which everybody but connections needs; this field is ours."""
    body: MessageText
    """The text, with something to see in it; delivered as it stands. To `recipients` it has at most
    1900 characters."""
    copy_to_crm: Literal[False] = False
    """Nothing is copied to a CRM."""

    @model_validator(mode="before")
    @classmethod
    def _goes_somewhere(cls, sent: Any) -> Any:
        if not isinstance(sent, Mapping):
            return sent
        named = [name for name in ("threadId", "recipients") if sent.get(name)]
        if not named:
            raise PydanticCustomError("nobody", "Either threadId or recipients is required")
        if len(named) > 1:
            raise PydanticCustomError("both", "threadId and recipients exclude each other")
        if "threadId" in named and sent.get("subject"):
            raise PydanticCustomError("subject", "subject goes with recipients; an answer has none")
        return {name: each for name, each in sent.items() if name in named or each != []}

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.recipients and len(self.body) > INMAIL_MAX:
            raise PydanticCustomError(
                "inmail", "body must be {most} characters or fewer", {"most": INMAIL_MAX}
            )
        if self.subject is not None and len(self.subject) > SUBJECT_MAX:
            raise PydanticCustomError(
                "inmail", "subject must be {most} characters or fewer", {"most": SUBJECT_MAX}
            )
        return self

    def wanted(self) -> Wanted:
        if self.thread_id is not None:
            answer = SendSalesMessageInput(thread_id=self.thread_id, message=self.body)
            return Wanted(action=SendSalesMessage(), order=answer)
        order = SendSalesInmailInput(
            recipient=self._recipient, subject=self.subject, message=self.body
        )
        return Wanted(action=SendSalesInmail(), order=order)

    @property
    def _recipient(self) -> Person | SalesLead:
        return (self.recipients or [])[0]
