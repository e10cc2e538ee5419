"""Take a like back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from executor.actions.action import Content, Done, Opposite, Write
from executor.pace import Pace
from executor.post import PostUrn, Reaction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn
    from storage.tasks import JsonObject


class UnlikePostInput(BaseModel):
    """Which post."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    post: PostUrn


class UnlikePostOutput(BaseModel):
    """Which post the account does not like any more."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    post_urn: str
    was_liked: bool
    """If not, nothing was clicked."""


class UnlikePost(Write[UnlikePostInput, UnlikePostOutput]):
    """Take the reaction "Like" back from a post that has it; another reaction is left alone."""

    task_type = "unlike_post"
    input_model = UnlikePostInput
    output_model = UnlikePostOutput
    # As for likes: to LinkedIn it is one more request of the same kind.
    pace = Pace(gap=timedelta(seconds=60), jitter=timedelta(seconds=30), per_day=25)

    def content(self, order: UnlikePostInput) -> Content:
        return Content(target=order.post, text="")

    def opposites(self, order: UnlikePostInput) -> Sequence[Opposite]:
        like = Content(target=order.post, text=Reaction.LIKE)
        return [Opposite(task_type="like_post", asks=like)]

    async def perform(
        self, linkedin: LinkedIn, order: UnlikePostInput, attempt: Attempt
    ) -> Done[UnlikePostOutput]:
        page = await linkedin.open_post(order.post)
        if not await page.has(Reaction.LIKE):
            return _done(order, {"method": "page", "reaction": "none"}, was_liked=False)
        return _done(order, await page.take_like_back(attempt))

    async def read_back(
        self, linkedin: LinkedIn, order: UnlikePostInput, baseline: JsonObject
    ) -> Done[UnlikePostOutput] | None:
        evidence = await linkedin.find_reaction(order.post, None, baseline)
        return None if evidence is None else _done(order, evidence)


def _done(
    order: UnlikePostInput, evidence: JsonObject, *, was_liked: bool = True
) -> Done[UnlikePostOutput]:
    output = UnlikePostOutput(post_urn=order.post, was_liked=was_liked)
    return Done(output=output, evidence=evidence)
