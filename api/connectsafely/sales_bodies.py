"""What clients send to have something done in Sales Navigator's inbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from api.connectsafely.bodies import CallBody, Wanted
from api.connectsafely.inbox_bodies import ConversationCount, MessageCount, Moment
from api.texts import MessageText
from executor.actions import (
    USUAL_CONVERSATION_COUNT,
    FetchSalesThread,
    FetchSalesThreadInput,
    FetchSalesThreads,
    FetchSalesThreadsInput,
    MarkSalesThreadRead,
    MarkSalesThreadReadInput,
    SalesThreadId,
    SendSalesMessage,
    SendSalesMessageInput,
)

_USUAL_MESSAGES = 20


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
    """Which words go into which conversation."""

    thread_id: SalesThreadId
    """The conversation that is answered in."""
    body: MessageText
    """The text, with something to see in it; delivered as it stands."""
    copy_to_crm: Literal[False] = False
    """Nothing is copied to a CRM."""

    @model_validator(mode="before")
    @classmethod
    def _goes_into_a_thread(cls, sent: Any) -> Any:
        if not isinstance(sent, Mapping):
            return sent
        if sent.get("recipients"):
            raise PydanticCustomError(
                "recipients",
                "recipients is not offered: a conversation is begun by POST /linkedin/message with "
                "messageType inmail; threadId answers in one that is there",
            )
        if not sent.get("threadId"):
            raise PydanticCustomError("nobody", "Either threadId or recipients is required")
        return sent

    def wanted(self) -> Wanted:
        order = SendSalesMessageInput(thread_id=self.thread_id, message=self.body)
        return Wanted(action=SendSalesMessage(), order=order)
