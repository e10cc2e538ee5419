"""What clients send to have a message written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, LiteralString, Self

from pydantic import AfterValidator, Field, TypeAdapter, model_validator
from pydantic_core import PydanticCustomError

from api.connectsafely.attachment_bodies import AttachmentBody
from api.connectsafely.bodies import AboutSomebody, CallBody, NotOffered, Wanted
from api.texts import MessageText, Subject
from executor.actions import (
    ATTACHMENTS_MAX,
    INMAIL_MAX,
    SUBJECT_MAX,
    ConversationUrn,
    FetchInmailCredits,
    FetchInmailCreditsInput,
    GroupId,
    Person,
    SalesThreadId,
    SendGroupMessage,
    SendGroupMessageInput,
    SendInmail,
    SendInmailInput,
    SendMessage,
    SendMessageInput,
    SendSalesInmail,
    SendSalesInmailInput,
    SendSalesMessage,
    SendSalesMessageInput,
    sales_thread_id_in,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


class _ToRecipient(AboutSomebody):
    NAMES = ("recipientProfileId", "recipientProfileUrn")

    recipient_profile_id: str | None = None
    """The recipient's public id, as in `linkedin.com/in/john-doe-123`. Either this or
    `recipientProfileUrn` is required."""
    recipient_profile_urn: str | None = None
    """The recipient's URN, such as `urn:li:fsd_profile:ACoAA…`. It counts when both are given."""

    @property
    def _urn(self) -> str | None:
        return self.recipient_profile_urn

    @property
    def _id(self) -> str | None:
        return self.recipient_profile_id


class InboxMessageBody(_ToRecipient):
    """Whom to write, and what."""

    message: MessageText
    """The text, with something to see in it; delivered as it stands. An InMail's has at most 1900
    characters."""
    subject: Subject = None
    """Required for InMail, with at most 200 characters; a message to a connection has none, so it
    is left out there."""
    message_type: Literal["normal", "inmail"] = "normal"
    """`normal` writes to a 1st-degree connection, `inmail` to others, for an InMail credit."""
    attachments: NotOffered = None
    """Has to be empty: files go out with `/conversations/send`."""

    @model_validator(mode="after")
    def _is_a_whole_inmail(self) -> Self:
        if self.message_type != "inmail":
            return self
        if self.subject is None:
            raise PydanticCustomError("inmail", "subject is required for InMail")
        for name, text, most in (
            ("subject", self.subject, SUBJECT_MAX),
            ("message", self.message, INMAIL_MAX),
        ):
            if len(text) > most:
                told = {"name": name, "most": most}
                raise PydanticCustomError(
                    "inmail", "{name} must be {most} characters or fewer for InMail", told
                )
        return self

    def wanted(self) -> Wanted:
        if self.message_type == "inmail":
            inmail = SendInmailInput(
                recipient=self.person, subject=self.subject or "", message=self.message
            )
            return Wanted(action=SendInmail(), order=inmail)
        return Wanted(action=SendMessage(), order=self._message())

    def _message(self) -> SendMessageInput:
        return SendMessageInput(recipient=self.person, message=self.message)


class MessageBody(InboxMessageBody):
    """The same, or to somebody who is in the same group."""

    group_id: GroupId | None = None
    """A group that both are members of; then the recipient need be no connection."""

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if self.group_id is not None and self.message_type == "inmail":
            raise PydanticCustomError("group", "groupId is not supported for InMail")
        return self

    def wanted(self) -> Wanted:
        if self.group_id is None:
            return super().wanted()
        order = SendGroupMessageInput(
            recipient=self.person, group_id=self.group_id, message=self.message
        )
        return Wanted(action=SendGroupMessage(), order=order)


class TypedMessageBody(InboxMessageBody):
    """The same, typed visibly."""

    conversation_urn: ConversationUrn | None = None
    """The conversation that it goes to; by default LinkedIn chooses one with the recipient."""

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        if self.conversation_urn is not None and self.message_type == "inmail":
            raise PydanticCustomError("inmail", "conversationUrn is not supported for InMail")
        return self

    def _message(self) -> SendMessageInput:
        return SendMessageInput(
            recipient=self.person,
            message=self.message,
            conversation_urn=self.conversation_urn,
            show_typing=True,
        )


class GroupMessageBody(CallBody):
    """Whom to write, what, and by which group."""

    recipient_profile_urn: str
    """The recipient's URN, such as `urn:li:fsd_profile:ACoAA…`; a public id will do as well."""
    group_id: GroupId
    """The number in the group's address; both have to be members."""
    message: MessageText
    """The text, with something to see in it; delivered as it stands."""
    attachments: NotOffered = None
    """Has to be empty: files go out with `/conversations/send`."""

    @model_validator(mode="after")
    def _names_a_person(self) -> Self:
        try:
            Person.parse(self.recipient_profile_urn)
        except ValueError:
            raise PydanticCustomError("nobody", "recipientProfileUrn is invalid") from None
        return self

    @property
    def given_person(self) -> str:
        return self.recipient_profile_urn

    def wanted(self) -> Wanted:
        order = SendGroupMessageInput(
            recipient=Person.parse(self.recipient_profile_urn),
            group_id=self.group_id,
            message=self.message,
        )
        return Wanted(action=SendGroupMessage(), order=order)


_NO_FILES: LiteralString = "attachments is not supported in Sales Navigator"
_FLAGSHIPS: TypeAdapter[str] = TypeAdapter(ConversationUrn)


def _conversation(urn: str) -> str:
    """Return the name of a conversation, Sales Navigator's included.

    Raises:
        ValueError: it names none.
    """
    return urn if sales_thread_id_in(urn) is not None else _FLAGSHIPS.validate_python(urn)


class ConversationMessageBody(_ToRecipient):
    """Whom to write, what, and in which conversation."""

    conversation_urn: Annotated[str, AfterValidator(_conversation)] | None = None
    """The conversation that it goes to; then the recipient need not be named, nor be a connection.
    By default LinkedIn chooses one with the recipient. `urn:li:salesNav_thread:…` is one of Sales
    Navigator's, where no recipient can be checked, so that none may be named."""
    thread_id: SalesThreadId | None = None
    """The same for Sales Navigator, by its id; this field is ours."""
    message: MessageText
    """The text, with something to see in it; delivered as it stands."""
    subject: Subject = None
    """Asks for an InMail where Sales Navigator sends it, for a credit where one is needed; a
    message to a connection has none, so it is left out there. An answer in a conversation of Sales
    Navigator's has none either, and is refused with one."""
    attachments: list[AttachmentBody] = Field(default_factory=list, max_length=ATTACHMENTS_MAX)
    """Files of `/conversations/upload-attachment`, as it has answered them; not for Sales
    Navigator."""
    messaging_channel: Literal["auto", "linkedin_inbox", "sales_navigator"] = "auto"
    """`auto` goes by the conversation that is named; the others have to fit it. A recipient is
    written to in LinkedIn's own inbox; with a `subject`, from an account with Sales Navigator, in
    there. With `sales_navigator` a conversation is begun there in any case, for a credit where one
    is needed."""

    @classmethod
    def _may_name_nobody(cls, sent: Mapping[str, Any]) -> bool:
        return bool(sent.get("conversationUrn") or sent.get("threadId"))

    @property
    def sales_thread(self) -> str | None:
        """Which conversation of Sales Navigator's it goes to, if it goes there."""
        return self.thread_id or sales_thread_id_in(self.conversation_urn or "")

    @model_validator(mode="after")
    def _has_each_file_once(self) -> Self:
        urns = [each.file.asset_urn for each in self.attachments]
        if len(set(urns)) < len(urns):
            raise PydanticCustomError("twice", "attachments names a file twice")
        return self

    @model_validator(mode="after")
    def _fits_its_channel(self) -> Self:
        if problem := self._channel_problem():
            raise PydanticCustomError("channel", problem)
        return self

    @property
    def begins_in_sales_navigator(self) -> bool:
        return self.messaging_channel == "sales_navigator" and self.sales_thread is None

    def _channel_problem(self) -> LiteralString | None:
        if self.begins_in_sales_navigator:
            return self._beginning_problem()
        if self.sales_thread is None:
            return None
        return self._answer_problem()

    def _answer_problem(self) -> LiteralString | None:
        if self.messaging_channel == "linkedin_inbox":
            return "messagingChannel linkedin_inbox reaches no conversation of Sales Navigator's"
        if self.conversation_urn and sales_thread_id_in(self.conversation_urn) != self.sales_thread:
            return "conversationUrn and threadId name two conversations"
        if self.given_person:
            return "a recipient cannot be checked in Sales Navigator; name the conversation alone"
        if self.subject is not None:
            return "subject goes with a recipient; an answer in Sales Navigator has none"
        return _NO_FILES if self.attachments else None

    @property
    def _fits_inmail(self) -> bool:
        return len(self.message) <= INMAIL_MAX and len(self.subject or "") <= SUBJECT_MAX

    @property
    def _goes_by_the_account(self) -> bool:
        """Whether it is left to this service in which of the two inboxes a recipient is written to.

        What only LinkedIn's own takes goes there: files, and texts that no InMail has room for.
        """
        return (
            self.messaging_channel == "auto"
            and self.conversation_urn is None
            and self.thread_id is None
        )

    @property
    def heeds_seat(self) -> bool:
        # Without a subject nobody has asked for anything that may cost a credit.
        return (
            self._goes_by_the_account
            and self.subject is not None
            and self._fits_inmail
            and not self.attachments
        )

    def with_seat(self, wanted: Wanted) -> Wanted:
        order = SendSalesInmailInput(
            recipient=self.person,
            subject=self.subject,
            message=self.message,
            subject_is_optional=True,
        )
        return Wanted(action=SendSalesInmail(), order=order, otherwise=wanted.otherwise)

    def _beginning_problem(self) -> LiteralString | None:
        if self.conversation_urn or not self.given_person:
            return "messagingChannel sales_navigator reaches no conversation of LinkedIn's own"
        if not self._fits_inmail:
            return "message or subject is too long for InMail"
        return _NO_FILES if self.attachments else None

    def wanted(self) -> Wanted:
        if self.begins_in_sales_navigator:
            first = SendSalesInmailInput(
                recipient=self.person, subject=self.subject, message=self.message
            )
            return Wanted(action=SendSalesInmail(), order=first)
        if self.sales_thread is not None:
            answer = SendSalesMessageInput(thread_id=self.sales_thread, message=self.message)
            return Wanted(action=SendSalesMessage(), order=answer)
        order = SendMessageInput(
            recipient=self.person if self.given_person else None,
            message=self.message,
            conversation_urn=self.conversation_urn,
            attachments=[each.file.attached for each in self.attachments],
        )
        ways = {SendMessage.task_type, SendSalesInmail.task_type}
        otherwise = frozenset(ways if self._goes_by_the_account else ())
        return Wanted(action=SendMessage(), order=order, otherwise=otherwise)


class InmailCreditsBody(CallBody):
    """Whose InMail credits to look at."""

    def wanted(self) -> Wanted:
        return Wanted(action=FetchInmailCredits(), order=FetchInmailCreditsInput())
