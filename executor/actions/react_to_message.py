"""Put an emoji below a message, or take one's own away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import StringConstraints

from executor.actions.action import Content, Done, Opposite, Write
from executor.mailbox import ConversationUrn, MessageUrn
from executor.models import StrictModel
from executor.pace import Pace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn
    from storage.tasks import JsonObject
EMOJI_MAX = 16
"""Code points; families and flags are made of several."""
Emoji = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x7f]\S*$", max_length=EMOJI_MAX),
]


class ReactToMessageInput(StrictModel):
    """Which emoji, and below which message."""

    conversation_urn: ConversationUrn
    message_urn: MessageUrn
    emoji: Emoji
    """One of those that LinkedIn's page offers."""
    react: bool = True
    """False takes the account's own away."""


class ReactToMessageOutput(StrictModel):
    """Whether the account's emoji stands below the message now."""

    conversation_urn: str
    message_urn: str
    emoji: str
    react: bool
    was_so: bool
    """Whether it was so before; then nothing has changed."""


class ReactToMessage(Write[ReactToMessageInput, ReactToMessageOutput]):
    """React to a message, or take the reaction away; the conversation is not marked read."""

    task_type = "react_to_message"
    input_model = ReactToMessageInput
    output_model = ReactToMessageOutput
    # As for likes; nobody has measured a limit.
    pace = Pace(gap=timedelta(seconds=60), jitter=timedelta(seconds=30), per_day=50)

    def content(self, order: ReactToMessageInput) -> Content:
        return Content(target=order.message_urn, text=f"{'+' if order.react else '-'}{order.emoji}")

    def opposites(self, order: ReactToMessageInput) -> Sequence[Opposite]:
        other = order.model_copy(update={"react": not order.react})
        return [Opposite(task_type=self.task_type, asks=self.content(other))]

    async def perform(
        self, linkedin: LinkedIn, order: ReactToMessageInput, attempt: Attempt
    ) -> Done[ReactToMessageOutput]:
        reaction = await linkedin.open_reaction(
            order.conversation_urn, order.message_urn, order.emoji
        )
        if reaction.is_given is order.react:
            return _done(order, {"method": "page", "given": order.react})
        return _done(order, await reaction.change(gives=order.react, attempt=attempt))

    async def read_back(
        self,
        linkedin: LinkedIn,
        order: ReactToMessageInput,
        baseline: JsonObject,
    ) -> Done[ReactToMessageOutput] | None:
        if baseline.get("given") is not (not order.react):
            return None  # What is there now may have been there before.
        evidence = await linkedin.find_message_reaction(
            order.conversation_urn, order.message_urn, order.emoji, given=order.react
        )
        return None if evidence is None else _done(order, evidence)


def _done(order: ReactToMessageInput, evidence: JsonObject) -> Done[ReactToMessageOutput]:
    output = ReactToMessageOutput(
        conversation_urn=order.conversation_urn,
        message_urn=order.message_urn,
        emoji=order.emoji,
        react=order.react,
        was_so=evidence["method"] == "page",
    )
    return Done(output=output, evidence=evidence)
