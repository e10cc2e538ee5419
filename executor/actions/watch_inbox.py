"""Look what is new: messages that came, and invitations that were accepted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, StringConstraints, ValidationError

from executor.actions.action import Action, Done
from executor.actions.fetch_connections import CONNECTIONS_MAX, USUAL_CONNECTIONS
from executor.actions.fetch_conversations import CONVERSATIONS_MAX
from executor.actions.fetch_messages import MESSAGES_MAX
from executor.errors import ConversationNotFound, TimedOut
from executor.mailbox import Conversation, ConversationUrn, MailboxMessage, Place
from executor.models import StrictModel
from executor.person import profile_urn
from storage.webhooks import EventType, News

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn

INVITED_MAX = 500
"""Most members whose acceptance is looked for at a time."""
_MOST_LISTED = 1000
"""As many conversations as the list is ever followed for."""
_MOST_OPENED = 5
"""How many conversations a look opens; it leaves the others to the next one."""
_MOST_TRIES = 3
"""How many looks try to open a conversation that does not appear, or not all that is new in it."""
_LAG = 60_000
"""For how many milliseconds LinkedIn may show some of the news and not yet the rest."""
_LATEST = 10**14
_Moment = Annotated[int, Field(ge=0, le=_LATEST)]
_ProfileId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{3,128}$")]


class LeftConversation(StrictModel):
    """A conversation that a look has left to the next one, or a part of it."""

    conversation_urn: ConversationUrn
    since: _Moment
    """What came after this has not been told, or is in `seen`."""
    tries: Annotated[int, Field(ge=0, lt=_MOST_TRIES)] = 0
    """How often it was opened and did not appear, or not as a whole."""


class WatchInboxInput(StrictModel):
    """What is known already."""

    since: _Moment | None = None
    """Messages that came after this, in milliseconds since 1970 by LinkedIn's clock, are news: the
    `complete_until` of the look before. Null: nothing is, and `complete_until` is found out."""
    left: Annotated[list[LeftConversation], Field(max_length=_MOST_LISTED)] = Field(default=[])
    """The `left` of the look before."""
    old_until: _Moment | None = None
    """The `old_until` of the look before. With it, what LinkedIn shows late is news as well: what
    came up to a minute before *since*, after this, and is not in *seen*. Null: *since*."""
    seen: dict[str, int] = Field(default={})
    """The `seen` of the look before."""
    invited: Annotated[list[_ProfileId], Field(max_length=INVITED_MAX)] = Field(default=[])
    """Members of whom it is not known that they have accepted an invitation; nobody: the list of
    connections is not opened."""
    newest: Annotated[int, Field(ge=1, le=CONNECTIONS_MAX)] = USUAL_CONNECTIONS
    """Among how many of the newest connections they are looked for."""


class NewConnection(StrictModel):
    """Somebody who was invited and is a connection now."""

    profile_id: str
    profile_urn: str
    vanity: str | None
    full_name: str


class WatchInboxOutput(StrictModel):
    """What is new, and where the next look goes on."""

    messages: list[MailboxMessage]
    """What others have written, the oldest first."""
    accepted: list[NewConnection]
    complete_until: int
    """The newest activity that the inbox showed; later messages are the next look's."""
    left: list[LeftConversation]
    """Conversations with news that were not opened, or did not appear as a whole."""
    old_until: int
    """What came until then is never news."""
    seen: dict[str, int]
    """When that came which was seen lately, by its URN."""
    complete: bool
    """Whether everything new was told, or is `left`; else the list went on too far, a conversation
    had too many messages, or did not appear as a whole for the third time, so that only its latest
    message is told, or those that came."""
    conversations: list[Conversation]
    """The list's newest part, the newest activity first; 100 at most."""
    next: Place | None
    """Where the list goes on; null at its end."""


class WatchInbox(Action[WatchInboxInput, WatchInboxOutput]):
    """Read the focused inbox's list and a few conversations; nothing is marked read."""

    task_type = "watch_inbox"
    input_model = WatchInboxInput
    output_model = WatchInboxOutput

    def extra_time(self, order: WatchInboxInput) -> timedelta:
        return timedelta(seconds=60 + 30 * _MOST_OPENED + (60 if order.invited else 0))

    def news(self, output: WatchInboxOutput) -> list[News]:
        return [
            *(
                News(
                    type=EventType.MESSAGE_RECEIVED,
                    subject=each.message_urn,
                    detail={"message": each.model_dump(mode="json")},
                )
                for each in output.messages
            ),
            # Somebody may be invited, and accept, more than once.
            *(
                News(
                    type=EventType.INVITATION_ACCEPTED,
                    subject=None,
                    detail={"connection": each.model_dump(mode="json")},
                )
                for each in output.accepted
            ),
        ]

    async def perform(
        self,
        linkedin: LinkedIn,
        order: WatchInboxInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[WatchInboxOutput]:
        begin = _begin(order)
        listed = await linkedin.read_inbox(count=_MOST_LISTED, back_to=begin)
        found = listed.conversations
        # Times are LinkedIn's alone, so that no clock of ours can hide a message.
        until = max([order.since or 0, *map(_latest_moment, found)])
        messages, waiting, is_named = _sorted_out(order, found, begin)
        opened, left, is_read = await _open(linkedin, order, waiting, found, until=until)
        messages = sorted([*messages, *opened], key=_order)
        is_followed = listed.next is None or found[-1].last_activity_at <= begin
        kept = list(found[:CONVERSATIONS_MAX])
        output = WatchInboxOutput(
            messages=messages,
            accepted=await _accepted(linkedin, order),
            complete_until=until,
            left=left,
            old_until=until if order.since is None else _old_until(order, order.since),
            seen=_seen(order, found, messages, left, until=until),
            complete=is_named and is_read and is_followed,
            conversations=kept,
            next=listed.next if len(kept) == len(found) else _place_of(kept[-1]),
        )
        return Done(output=output, evidence={"method": "answer"})


def _begin(order: WatchInboxInput) -> int:
    """Return from when on the list is followed, and what is in it may be news."""
    if order.since is None:
        # Where nothing is news, the list's first piece tells all that is wanted.
        return _LATEST
    return max(_old_until(order, order.since), order.since - _LAG)


def _old_until(order: WatchInboxInput, since: int) -> int:
    return since if order.old_until is None else order.old_until


def _sorted_out(
    order: WatchInboxInput, found: Sequence[Conversation], begin: int
) -> tuple[list[MailboxMessage], list[LeftConversation], bool]:
    """Return what the list tells of the news, what has to be opened to know, and if that can be."""
    messages, is_named = [], True
    waiting = {each.conversation_urn: each for each in order.left}
    for each in reversed(found):
        latest = each.latest_message
        is_known = _latest_moment(each) <= begin or _mark(each) in order.seen
        if each.conversation_urn in waiting or is_known:
            continue
        if latest is not None and _is_all_news(each, latest, order, begin):
            messages.append(latest)
        elif latest is None or latest.sent_at is None or latest.sent_at > begin:
            try:
                left = LeftConversation(conversation_urn=each.conversation_urn, since=begin)
            except ValidationError:
                # No conversation that could be opened has such a name.
                is_named = False
                messages += [latest] if latest is not None and _is_news(latest, begin) else []
            else:
                waiting[each.conversation_urn] = left
    return messages, list(waiting.values()), is_named


def _is_all_news(
    conversation: Conversation, latest: MailboxMessage, order: WatchInboxInput, begin: int
) -> bool:
    """Tell whether the latest message is certainly the only one that came since then.

    One unread message proves that only where nobody has read the conversation since.
    """
    return (
        _is_news(latest, begin)
        and conversation.unread_count == 1
        and conversation.last_read_at is not None
        and conversation.last_read_at <= (order.since or 0)
    )


async def _open(
    linkedin: LinkedIn,
    order: WatchInboxInput,
    waiting: Sequence[LeftConversation],
    found: Sequence[Conversation],
    *,
    until: int,
) -> tuple[list[MailboxMessage], list[LeftConversation], bool]:
    """Read a few conversations; return their news, what is left, and whether nothing is missed."""
    latest = {each.conversation_urn: each.latest_message for each in found}
    messages: list[MailboxMessage] = []
    left, is_all = list(waiting[_MOST_OPENED:]), True
    for each in waiting[:_MOST_OPENED]:
        try:
            read = await linkedin.read_messages(
                each.conversation_urn, count=MESSAGES_MAX, before=None, since=each.since
            )
        except (ConversationNotFound, TimedOut):
            read = None
        is_tried_again = (read is None or read.is_late) and each.tries + 1 < _MOST_TRIES
        if is_tried_again:
            left.append(each.model_copy(update={"tries": each.tries + 1}))
        elif read is None or read.has_more:
            is_all = False
        if read is None:
            last = None if is_tried_again else latest.get(each.conversation_urn)
            came: Sequence[MailboxMessage] = [] if last is None else [last]
        else:
            came = read.messages
        # What has come since the list was read belongs to the next look, as the rest of its time.
        messages += [
            message
            for message in came
            if _is_news(message, each.since)
            and _time(message) <= until
            and message.message_urn not in order.seen
        ]
    return messages, left[:_MOST_LISTED], is_all and len(left) <= _MOST_LISTED


def _seen(
    order: WatchInboxInput,
    found: Sequence[Conversation],
    messages: Sequence[MailboxMessage],
    left: Sequence[LeftConversation],
    *,
    until: int,
) -> dict[str, int]:
    """Return what the next look has to know, to tell nothing twice."""
    untold = {each.conversation_urn for each in left}
    every = {
        **order.seen,
        **{
            _mark(each): _latest_moment(each)
            for each in found
            if each.conversation_urn not in untold
        },
        **{each.message_urn: _time(each) for each in messages},
    }
    # What is left is read from further back, so that nothing is forgotten until then.
    return {urn: at for urn, at in every.items() if left or at > until - _LAG}


async def _accepted(linkedin: LinkedIn, order: WatchInboxInput) -> list[NewConnection]:
    if not order.invited:
        return []
    people, _ = await linkedin.read_connections(keyword="", start=0, count=order.newest)
    return [
        NewConnection(
            profile_id=each.profile_id,
            profile_urn=profile_urn(each.profile_id),
            vanity=each.vanity,
            full_name=each.name,
        )
        for each in people
        if each.profile_id is not None and each.profile_id in order.invited
    ]


def _is_news(message: MailboxMessage, since: int) -> bool:
    # Who wrote it may be unknown; it is rather told than lost.
    return not message.is_own and _time(message) > since


def _mark(conversation: Conversation) -> str:
    """Name the newest thing in a conversation."""
    latest = conversation.latest_message
    if latest is not None:
        return latest.message_urn
    return f"{conversation.conversation_urn} {conversation.last_activity_at}"


def _place_of(conversation: Conversation) -> Place:
    return Place(
        last_activity_at=conversation.last_activity_at,
        conversation_urn=conversation.conversation_urn,
    )


def _latest_moment(conversation: Conversation) -> int:
    latest = conversation.latest_message
    return max(conversation.last_activity_at, 0 if latest is None else _time(latest))


def _time(message: MailboxMessage) -> int:
    return message.sent_at or 0


def _order(message: MailboxMessage) -> tuple[int, str]:
    return _time(message), message.message_urn
