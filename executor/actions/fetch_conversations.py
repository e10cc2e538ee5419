"""List the conversations of the account's inbox, and of Sales Navigator's."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, StringConstraints

from executor.actions.action import Action, Done
from executor.errors import Refused
from executor.mailbox import Conversation, Place
from executor.models import StrictModel
from executor.sales_mailbox import SalesThread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.attempt import Attempt
    from executor.pages.inbox import ListedConversations
    from executor.pages.linkedin import LinkedIn
    from executor.pages.sales_inbox import ListedSalesThreads

CONVERSATIONS_MAX = 100
USUAL_CONVERSATION_COUNT = 20


class FetchConversationsInput(StrictModel):
    """Which conversations."""

    count: Annotated[int, Field(ge=1, le=CONVERSATIONS_MAX)] = USUAL_CONVERSATION_COUNT
    behind: Place | None = None
    """Where an earlier answer has ended: its `next`."""
    words: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    """Looked for in the names, in the title, and in the latest message."""
    is_read: bool | None = None
    with_sales_navigator: bool = False
    """Whether Sales Navigator's inbox is read as well, and cut at the same place."""


class FetchConversationsOutput(StrictModel):
    """Conversations, the one with the newest message first."""

    conversations: list[Conversation]
    sales_threads: list[SalesThread] | None = None
    """Sales Navigator's; both lists are in the same order. Null where they were not asked for, and
    for an account that LinkedIn leads away from Sales Navigator."""
    next: Place | None
    """Where to go on; null at the end. There may be nothing behind it that is wanted."""


class FetchConversations(Action[FetchConversationsInput, FetchConversationsOutput]):
    """Read the list of the focused inbox; no conversation is opened, and nothing is marked read."""

    task_type = "fetch_conversations"
    input_model = FetchConversationsInput
    output_model = FetchConversationsOutput

    def extra_time(self, order: FetchConversationsInput) -> timedelta:  # noqa: ARG002 - same for all
        return timedelta(seconds=60)

    def of_known(
        self, order: FetchConversationsInput, known: Sequence[Conversation], following: Place | None
    ) -> FetchConversationsOutput | None:
        """Answer from the beginning of the list, as it was read before; `None`: it is too little.

        Args:
            following: where the rest of the list begins.
        """
        if order.with_sales_navigator:
            return None
        wanted = [
            each
            for each in known
            if _is_wanted(each, order) and (order.behind is None or _is_behind(each, order.behind))
        ]
        kept = wanted[: order.count]
        if following is not None and len(kept) < order.count:
            return None
        is_end = following is None and len(kept) == len(wanted)
        return FetchConversationsOutput(
            conversations=kept, next=None if is_end else _place_of(kept[-1])
        )

    async def perform(
        self,
        linkedin: LinkedIn,
        order: FetchConversationsInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[FetchConversationsOutput]:
        found = await linkedin.read_inbox(
            count=order.count, behind=order.behind, wanted=lambda each: _is_wanted(each, order)
        )
        beside = await _read_sales_navigator(linkedin, order)
        if beside is None:
            output = FetchConversationsOutput(
                conversations=list(found.conversations), next=found.next
            )
        else:
            output = _merged(found, beside, order.count)
        return Done(output=output, evidence={"method": "answer"})


async def _read_sales_navigator(
    linkedin: LinkedIn, order: FetchConversationsInput
) -> ListedSalesThreads | None:
    if not order.with_sales_navigator:
        return None
    try:
        return await linkedin.sales.read_threads(
            count=order.count,
            is_behind=lambda each: order.behind is None or _is_behind(each, order.behind),
            wanted=lambda each: _is_wanted(each, order),
        )
    except Refused:
        # There is no seat, or none any more; the inbox itself has been read all the same.
        return None


def _merged(
    found: ListedConversations, beside: ListedSalesThreads, count: int
) -> FetchConversationsOutput:
    """Cut both lists where nothing of either is left out."""
    ends = [] if found.next is None else [found.next]
    if beside.next is not None:
        # What has the same moment as the last one may not have been told of yet.
        ends.append(Place(last_activity_at=beside.next + 1, conversation_urn=""))
    end = max(ends, key=_position, default=None)
    every: list[Conversation | SalesThread] = [*found.conversations, *beside.threads]
    every.sort(key=_position, reverse=True)
    known = [each for each in every if end is None or _position(each) >= _position(end)]
    kept = known[:count]
    return FetchConversationsOutput(
        conversations=[each for each in kept if isinstance(each, Conversation)],
        sales_threads=[each for each in kept if isinstance(each, SalesThread)],
        next=_place_of(kept[-1]) if len(known) > count else end,
    )


def _is_wanted(listed: Conversation | SalesThread, order: FetchConversationsInput) -> bool:
    if order.is_read is not None and _is_read(listed) is not order.is_read:
        return False
    return order.words is None or _folded(order.words) in _folded(_told(listed))


def _is_read(listed: Conversation | SalesThread) -> bool:
    return listed.is_read if isinstance(listed, Conversation) else not listed.unread_count


def _is_behind(listed: Conversation | SalesThread, place: Place) -> bool:
    return _position(listed) < _position(place)


def _position(each: Conversation | SalesThread | Place) -> tuple[int, str]:
    return each.last_activity_at, each.conversation_urn


def _place_of(listed: Conversation | SalesThread) -> Place:
    return Place(last_activity_at=listed.last_activity_at, conversation_urn=listed.conversation_urn)


def _told(listed: Conversation | SalesThread) -> str:
    latest = listed.latest_message
    title = listed.title if isinstance(listed, Conversation) else None
    return "\n".join(
        [
            *(each.name for each in listed.participants),
            title or "",
            *([latest.text, latest.subject or ""] if latest else []),
        ]
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
