"""Read a conversation."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from executor.actions.action import Action, Done
from executor.mailbox import ConversationUrn, MailboxMessage, Moment, Participant
from executor.models import StrictModel

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn

MESSAGES_MAX = 200
USUAL_MESSAGE_COUNT = 50


class FetchMessagesInput(StrictModel):
    """Which messages of which conversation."""

    conversation_urn: ConversationUrn
    count: Annotated[int, Field(ge=1, le=MESSAGES_MAX)] = USUAL_MESSAGE_COUNT
    """How many, the newest of those that are wanted; some more where several came at once."""
    before: Moment | None = None
    """Only what is older, in milliseconds since 1970."""
    since: Moment | None = None
    """Only what is newer."""
    after: Annotated[int, Field(ge=0, le=MESSAGES_MAX)] = 0
    """How many of those that *before* leaves out to add, the oldest of them."""


class FetchMessagesOutput(StrictModel):
    """Messages, the newest first."""

    conversation_urn: str
    messages: list[MailboxMessage]
    participants: list[Participant]
    """Everybody of whom it is known, the account's own member included."""
    has_more: bool
    """Whether there are older ones that are wanted, or may be: the page may have been too slow."""


class FetchMessages(Action[FetchMessagesInput, FetchMessagesOutput]):
    """Open a conversation and scroll back in it; it is not marked read."""

    task_type = "fetch_messages"
    input_model = FetchMessagesInput
    output_model = FetchMessagesOutput

    def extra_time(self, order: FetchMessagesInput) -> timedelta:  # noqa: ARG002 - same for all
        return timedelta(seconds=60)

    async def perform(
        self,
        linkedin: LinkedIn,
        order: FetchMessagesInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[FetchMessagesOutput]:
        found = await linkedin.read_messages(
            order.conversation_urn,
            count=order.count,
            before=order.before,
            since=order.since,
            after=order.after,
        )
        output = FetchMessagesOutput(
            conversation_urn=order.conversation_urn,
            messages=list(found.messages),
            participants=list(found.participants),
            has_more=found.has_more,
        )
        return Done(output=output, evidence={"method": "answer"})
