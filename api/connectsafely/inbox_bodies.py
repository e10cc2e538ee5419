"""What clients send to read the inbox."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from api.connectsafely.bodies import CallBody, NotOffered, PersonBody, Wanted
from api.refusals import InvalidField
from executor.actions import (
    CONVERSATIONS_MAX,
    MESSAGES_MAX,
    USUAL_CONVERSATION_COUNT,
    USUAL_MESSAGE_COUNT,
    ConversationUrn,
    DownloadMedia,
    DownloadMediaInput,
    FetchConversations,
    FetchConversationsInput,
    FetchMessages,
    FetchMessagesInput,
    FetchSalesThread,
    FetchSalesThreadInput,
    FindConversation,
    FindConversationInput,
    MarkAllRead,
    MarkAllReadInput,
    MarkRead,
    MarkReadInput,
    MarkSalesThreadRead,
    MarkSalesThreadReadInput,
    MediaUrl,
    Person,
    SalesThreadUrn,
    ShowTyping,
    ShowTypingInput,
    sales_thread_id_in,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.tasks import JsonObject

_USUAL_DETAILS = 20
_LONGEST_WORDS = 200
_LATEST = 10**14
_DIGITS = 18
"""As many as are read of a number; whatever is longer is too large for anything here."""


def encode_place(place: JsonObject | None) -> str | None:
    """Return a place in the list of conversations as clients hand it back."""
    if place is None:
        return None
    written = json.dumps([place["last_activity_at"], place["conversation_urn"]])
    return urlsafe_b64encode(written.encode()).decode().rstrip("=")


def _decode_place(cursor: str) -> dict[str, Any]:
    try:
        read = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        at, urn = read
    except (NotBase64, ValueError, TypeError, RecursionError) as error:
        raise ValueError("no cursor of an earlier answer") from error
    if not (isinstance(at, int) and isinstance(urn, str) and 0 <= at < _LATEST):
        raise ValueError("no cursor of an earlier answer")
    return {"last_activity_at": at, "conversation_urn": urn}


def _plain(value: Any) -> Any:
    """Return a number for digits, and nothing for an empty text, as a query has them."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value[:_DIGITS])
    return None if value == "" else value


def _plain_text(value: Any) -> Any:
    return None if value == "" else value


def _at_most(most: int) -> BeforeValidator:
    """Take a larger number as the largest, since the documentation names no error for it."""

    def bring(value: Any) -> Any:
        plain = _plain(value)
        return min(plain, most) if isinstance(plain, int) else plain

    return BeforeValidator(bring)


ConversationCount = Annotated[
    int,
    Field(ge=1, le=CONVERSATIONS_MAX),
    _at_most(CONVERSATIONS_MAX),
]
MessageCount = Annotated[int, Field(ge=1, le=MESSAGES_MAX), _at_most(MESSAGES_MAX)]
FurtherMessages = Annotated[int, Field(ge=0, le=MESSAGES_MAX), _at_most(MESSAGES_MAX)]
Words = Annotated[
    Annotated[str, Field(max_length=_LONGEST_WORDS)] | None, BeforeValidator(_plain_text)
]
Cursor = Annotated[str | None, BeforeValidator(_plain_text)]
Moment = Annotated[Annotated[int, Field(ge=0, lt=_LATEST)] | None, BeforeValidator(_plain)]


class _ListBody(CallBody):
    """Which part of the list of conversations."""

    count: ConversationCount = USUAL_CONVERSATION_COUNT
    """How many; a larger number is taken as the largest."""
    next_cursor: Cursor = None
    """The `nextCursor` of an earlier answer."""

    @model_validator(mode="after")
    def _has_a_known_cursor(self) -> Self:
        try:
            _ = self._behind
        except ValueError:
            raise PydanticCustomError("cursor", "nextCursor is invalid") from None
        return self

    @property
    def _behind(self) -> dict[str, Any] | None:
        return None if self.next_cursor is None else _decode_place(self.next_cursor)

    def _listing(self, *, words: str | None, is_read: bool | None) -> Wanted:
        order = FetchConversationsInput.model_validate(
            {
                "count": self.count,
                "behind": self._behind,
                "words": words,
                "is_read": is_read,
            }
        )
        return Wanted(action=FetchConversations(), order=order)


class RecentMessagesBody(_ListBody):
    """Which conversations to list."""

    keywords: Words = None
    """Words of a name, of the title, or of the latest message."""
    read: bool | None = None
    """Only what has been read, or only what has not."""

    def wanted(self) -> Wanted:
        return self._listing(words=self.keywords, is_read=self.read)


class ConversationsBody(_ListBody):
    """Which conversations to list."""

    keyword: Words = None
    """Words of a name, of the title, or of the latest message; this field is ours."""
    linkedin_account_ids: str | None = None
    """Another name for `accountId`: one account, whose conversations are listed."""
    unread_only: bool = False
    labeled_only: Literal[False] = False
    """LinkedIn's pages have no labels."""
    label_id: NotOffered = None
    """Has to be empty, for the same reason."""
    messaging_channel: Literal["auto", "linkedin_inbox"] = "auto"
    """`auto` lists Sales Navigator's conversations as well, for accounts that are known to have a
    seat; this field is ours."""

    @classmethod
    def account_in(cls, sent: Mapping[str, Any]) -> Any:
        listed = str(sent.get("linkedinAccountIds") or "").split(",")
        named = {each for each in (sent.get("accountId"), *map(str.strip, listed)) if each}
        if len(named) > 1:
            raise InvalidField("linkedinAccountIds must name one account; ask for each by itself")
        return next(iter(named), None)

    def wanted(self) -> Wanted:
        return self._listing(words=self.keyword, is_read=False if self.unread_only else None)

    @property
    def heeds_seat(self) -> bool:
        return self.messaging_channel == "auto"

    def with_seat(self, wanted: Wanted) -> Wanted:
        return _of_both_inboxes(wanted)


class SyncBody(CallBody):
    """Whose inbox to read anew."""

    force: bool = False
    """Changes nothing: LinkedIn is asked in any case."""

    @property
    def heeds_seat(self) -> bool:
        return True

    def with_seat(self, wanted: Wanted) -> Wanted:
        return _of_both_inboxes(wanted)

    def wanted(self) -> Wanted:
        order = FetchConversationsInput(count=CONVERSATIONS_MAX)
        return Wanted(action=FetchConversations(), order=order)


def _of_both_inboxes(wanted: Wanted) -> Wanted:
    order = wanted.order.model_copy(update={"with_sales_navigator": True})
    return Wanted(action=wanted.action, order=order)


class ConversationDetailsBody(CallBody):
    """Which messages of a conversation."""

    conversation_urn: ConversationUrn
    delivered_at: Moment = None
    """A moment in milliseconds since 1970, around which messages are wanted."""
    count_before: MessageCount = _USUAL_DETAILS
    """How many from before that moment; without one, how many of the newest."""
    count_after: FurtherMessages = 0
    """How many from then on."""

    def wanted(self) -> Wanted:
        order = FetchMessagesInput(
            conversation_urn=self.conversation_urn,
            count=self.count_before,
            before=self.delivered_at,
            after=self.count_after,
        )
        return Wanted(action=FetchMessages(), order=order)


class ConversationMessagesBody(CallBody):
    """Which messages of a conversation."""

    conversation_urn: ConversationUrn | SalesThreadUrn
    """`urn:li:salesNav_thread:…` is one of Sales Navigator's."""
    count: MessageCount = USUAL_MESSAGE_COUNT
    """How many; a larger number is taken as the largest."""
    cursor: Moment = None
    """The `cursor` of an earlier answer: only what is older."""
    since: Moment = None
    """Only what is newer than this, in milliseconds since 1970."""
    sync: bool = True
    """Nothing is kept between two calls, so that LinkedIn is always asked."""

    def wanted(self) -> Wanted:
        thread_id = sales_thread_id_in(self.conversation_urn)
        if thread_id is not None:
            asked = FetchSalesThreadInput(
                thread_id=thread_id, count=self.count, before=self.cursor, since=self.since
            )
            return Wanted(action=FetchSalesThread(), order=asked)
        order = FetchMessagesInput(
            conversation_urn=self.conversation_urn,
            count=self.count,
            before=self.cursor,
            since=self.since,
        )
        return Wanted(action=FetchMessages(), order=order)


class DownloadMediaBody(CallBody):
    """Which file of a message to fetch."""

    account_id: str = Field(min_length=1)
    """The account that may see it; required here."""
    url: MediaUrl
    """As messages tell it: below `https://www.linkedin.com/dms/prv/`, or on
    `https://media.licdn.com`."""

    def wanted(self) -> Wanted:
        return Wanted(action=DownloadMedia(), order=DownloadMediaInput(url=self.url))


class TypingBody(CallBody):
    """Where to show that somebody types."""

    conversation_urn: ConversationUrn

    def wanted(self) -> Wanted:
        order = ShowTypingInput(conversation_urn=self.conversation_urn)
        return Wanted(action=ShowTyping(), order=order)


class MarkSeenBody(CallBody):
    """Which conversation to mark read."""

    conversation_urn: ConversationUrn | SalesThreadUrn
    """`urn:li:salesNav_thread:…` is one of Sales Navigator's."""

    def wanted(self) -> Wanted:
        thread_id = sales_thread_id_in(self.conversation_urn)
        if thread_id is not None:
            asked = MarkSalesThreadReadInput(thread_id=thread_id)
            return Wanted(action=MarkSalesThreadRead(), order=asked)
        order = MarkReadInput(conversation_urn=self.conversation_urn)
        return Wanted(action=MarkRead(), order=order)


class MarkAllReadBody(CallBody):
    """Whose inbox to mark read."""

    def wanted(self) -> Wanted:
        return Wanted(action=MarkAllRead(), order=MarkAllReadInput())


class ConversationExistsBody(PersonBody):
    """With whom."""

    def wanted(self) -> Wanted:
        order = FindConversationInput(person=Person.parse(self.profile_id))
        return Wanted(action=FindConversation(), order=order)
