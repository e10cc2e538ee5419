"""Like a post, or react to it in another way."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from executor.actions.action import Content, Done, Opposite, Write
from executor.models import Documented
from executor.pace import Pace
from executor.post import PostUrn, Reaction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn
    from storage.tasks import JsonObject


class LikePostInput(Documented):
    """Which post, and how to react to it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    post: PostUrn
    reaction: Reaction = Reaction.LIKE
    replaces: bool = False
    """Whether another reaction of the account gives way; else it stays, and the task fails."""


class LikePostOutput(BaseModel):
    """To which post the account has reacted now."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    post_urn: str
    reaction: Reaction
    already_liked: bool
    """Whether it had reacted so before, and nothing was clicked."""


class LikePost(Write[LikePostInput, LikePostOutput]):
    """Give a post a reaction, by default "Like", unless it has it.

    Another reaction of the account is left alone, unless the order says that it gives way.
    """

    task_type = "like_post"
    input_model = LikePostInput
    output_model = LikePostOutput
    # Half of what a hosted vendor once allowed an account (OutX, 50 a day), which says no number
    # any more (2026-10); the gap is the one for messages.
    pace = Pace(gap=timedelta(seconds=60), jitter=timedelta(seconds=30), per_day=25)

    def content(self, order: LikePostInput) -> Content:
        return Content(target=order.post, text=order.reaction)

    def opposites(self, order: LikePostInput) -> Sequence[Opposite]:
        taking_back = Content(target=order.post, text="")
        others = [
            Opposite(task_type=self.task_type, asks=Content(target=order.post, text=each))
            for each in Reaction
            if each is not order.reaction
        ]
        if order.reaction is Reaction.LIKE:
            others.append(Opposite(task_type="unlike_post", asks=taking_back))
        return others

    async def perform(
        self, linkedin: LinkedIn, order: LikePostInput, attempt: Attempt
    ) -> Done[LikePostOutput]:
        page = await linkedin.open_post(order.post)
        if await page.has(order.reaction, replaces=order.replaces):
            return _done(order, {"method": "page", "reaction": order.reaction}, already=True)
        return _done(order, await page.give(order.reaction, attempt))

    async def read_back(
        self, linkedin: LinkedIn, order: LikePostInput, baseline: JsonObject
    ) -> Done[LikePostOutput] | None:
        evidence = await linkedin.find_reaction(order.post, order.reaction, baseline)
        return None if evidence is None else _done(order, evidence)


def _done(
    order: LikePostInput, evidence: JsonObject, *, already: bool = False
) -> Done[LikePostOutput]:
    output = LikePostOutput(post_urn=order.post, reaction=order.reaction, already_liked=already)
    return Done(output=output, evidence=evidence)
