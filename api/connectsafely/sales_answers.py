"""What clients get of Sales Navigator's inbox.

The documentation leaves the inside of `threads`, `thread` and `paging` open (2026-11); here they
follow what it has for `/conversations`, with Sales Navigator's own facts beside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast

from api.connectsafely.answers import Answer
from api.connectsafely.inbox_answers import LatestMessage, ListedMessage, ListedParticipant
from api.connectsafely.inbox_outcomes import (
    latest_fields,
    listed_message,
    others_in,
    participant_fields,
)

if TYPE_CHECKING:
    from api.connectsafely.answers import Outcome
    from api.connectsafely.sales_bodies import SalesThreadsBody
    from storage.tasks import JsonObject


class SalesParticipant(ListedParticipant):
    """Somebody else in a conversation; `profileId` is Sales Navigator's own, mostly `ACw…`."""

    participant_urn: str | None = None
    """`urn:li:fs_salesProfile:(…)`."""
    backend_urn: str | None = None
    """`urn:li:member:…`."""


class ListedSalesThread(Answer):
    """A conversation; times are milliseconds since 1970."""

    thread_id: str
    conversation_urn: str
    conversation_url: str
    source: Literal["sales_navigator"] = "sales_navigator"
    sales_nav_thread_id: str
    last_activity_at: int
    unread_count: int
    is_read: bool
    archived: bool
    total_message_count: int | None = None
    participants: list[SalesParticipant]
    latest_message: LatestMessage | None = None
    next_page_starts_at: int
    """Where the list goes on behind it."""


class SalesPaging(Answer):
    """Which part of the list it is."""

    count: int
    """How many there are in this answer."""
    page_starts_at: int | None = None
    """Where it was asked to begin."""
    has_more: bool


class SalesThreads(Answer):
    """Conversations, the one with the newest message first; none was marked read."""

    success: Literal[True] = True
    threads: list[ListedSalesThread]
    paging: SalesPaging
    next_page_starts_at: int | None = None
    """Null at the end."""
    account_id: str


class SalesThreadMessage(ListedMessage):
    """A message; times are milliseconds since 1970."""

    subject: str | None = None
    type: str | None = None
    """LinkedIn's word, of `INMAIL`, `MESSAGE`, `SYSTEM_MESSAGE` and others."""


class SalesThreadWithMessages(ListedSalesThread):
    """A conversation and its messages, the newest first."""

    messages: list[SalesThreadMessage]
    has_more: bool
    """Whether there are older ones."""


class SalesThreadRead(Answer):
    """A conversation, which was not marked read."""

    success: Literal[True] = True
    thread: SalesThreadWithMessages
    account_id: str


class SalesThreadMarked(Answer):
    """It was done to this conversation, or was so before."""

    success: Literal[True] = True
    thread_id: str
    account_id: str


class SalesMessageSent(Answer):
    """It was sent, with evidence."""

    success: Literal[True] = True
    message: str
    """What was done, not what was written."""
    thread_id: str
    message_id: str
    account_id: str


def sales_threads(outcome: Outcome) -> SalesThreads:
    body, read = cast("SalesThreadsBody", outcome.body), outcome.output
    return SalesThreads(
        threads=[ListedSalesThread(**_thread(each)) for each in read["threads"]],
        paging=SalesPaging(
            count=len(read["threads"]),
            page_starts_at=body.page_starts_at,
            has_more=read["next"] is not None,
        ),
        next_page_starts_at=read["next"],
        account_id=outcome.account_id,
    )


def sales_thread_read(outcome: Outcome) -> SalesThreadRead:
    read = outcome.output
    return SalesThreadRead(
        thread=SalesThreadWithMessages(
            **_thread(read["thread"]),
            messages=[_message(each) for each in read["messages"]],
            has_more=read["has_more"],
        ),
        account_id=outcome.account_id,
    )


def sales_thread_marked(outcome: Outcome) -> SalesThreadMarked:
    return SalesThreadMarked(thread_id=outcome.output["thread_id"], account_id=outcome.account_id)


def sales_message_sent(outcome: Outcome) -> SalesMessageSent:
    sent = outcome.output
    return SalesMessageSent(
        message="Message sent successfully",
        thread_id=sent["thread_id"],
        message_id=sent["message_id"],
        account_id=outcome.account_id,
    )


def _thread(each: JsonObject) -> dict[str, Any]:
    latest = each["latest_message"]
    return {
        "thread_id": each["thread_id"],
        "conversation_urn": each["conversation_urn"],
        "conversation_url": each["conversation_url"],
        "sales_nav_thread_id": each["thread_id"],
        "last_activity_at": each["last_activity_at"],
        "unread_count": each["unread_count"],
        "is_read": not each["unread_count"],
        "archived": each["is_archived"],
        "total_message_count": each["message_count"],
        "participants": [_participant(who) for who in others_in(each)],
        "latest_message": LatestMessage(**latest_fields(latest)) if latest else None,
        "next_page_starts_at": each["next_page_starts_at"],
    }


def _participant(who: JsonObject) -> SalesParticipant:
    return SalesParticipant(
        **participant_fields(who),
        participant_urn=who["participant_urn"],
        backend_urn=who["backend_urn"],
    )


def _message(each: JsonObject) -> SalesThreadMessage:
    return SalesThreadMessage(
        **listed_message(each).model_dump(), subject=each["subject"], type=each["kind"]
    )
