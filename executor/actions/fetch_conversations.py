"""List the conversations of the account's inbox."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from executor.actions.action import Action, Done
from executor.mailbox import Conversation, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn

CONVERSATIONS_MAX = 100
USUAL_CONVERSATION_COUNT = 20

_STRICT = ConfigDict(
    frozen=True, extra="forbid", hide_input_in_errors=True, use_attribute_docstrings=True
)


class FetchConversationsInput(BaseModel):
    """Which conversations."""

    model_config = _STRICT

    count: Annotated[int, Field(ge=1, le=CONVERSATIONS_MAX)] = USUAL_CONVERSATION_COUNT
    behind: Place | None = None
    """Where an earlier answer has ended: its `next`."""
    words: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    """Looked for in the names, in the title, and in the latest message."""
    is_read: bool | None = None


class FetchConversationsOutput(BaseModel):
    """Conversations, the one with the newest message first."""

    model_config = _STRICT

    conversations: list[Conversation]
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
        output = FetchConversationsOutput(conversations=list(found.conversations), next=found.next)
        return Done(output=output, evidence={"method": "answer"})


def _is_wanted(conversation: Conversation, order: FetchConversationsInput) -> bool:
    if order.is_read is not None and conversation.is_read is not order.is_read:
        return False
    return order.words is None or _folded(order.words) in _folded(_told(conversation))


def _is_behind(conversation: Conversation, place: Place) -> bool:
    own = (conversation.last_activity_at, conversation.conversation_urn)
    return own < (place.last_activity_at, place.conversation_urn)


def _place_of(conversation: Conversation) -> Place:
    return Place(
        last_activity_at=conversation.last_activity_at,
        conversation_urn=conversation.conversation_urn,
    )


def _told(conversation: Conversation) -> str:
    latest = conversation.latest_message
    return "\n".join(
        [
            *(each.name for each in conversation.participants),
            conversation.title or "",
            *([latest.text, latest.subject or ""] if latest else []),
        ]
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
