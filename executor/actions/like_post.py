"""Like a post."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from executor.actions.action import Content, Done, Write
from executor.pace import Pace
from executor.post import PostUrn

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn
    from storage.tasks import JsonObject


class LikePostInput(BaseModel):
    """Which post."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    post: PostUrn


class LikePostOutput(BaseModel):
    """Which post the account likes now."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    post_urn: str
    already_liked: bool
    """Whether it did before, so that nothing was clicked."""


class LikePost(Write[LikePostInput, LikePostOutput]):
    """Give a post the reaction "Like", unless it has it; another reaction is left alone."""

    task_type = "like_post"
    input_model = LikePostInput
    output_model = LikePostOutput
    # Half of what a hosted vendor once allowed an account (OutX, 50 a day), which says no number
    # any more (2026-10); the gap is the one for messages.
    pace = Pace(gap=timedelta(seconds=60), jitter=timedelta(seconds=30), per_day=25)

    def content(self, order: LikePostInput) -> Content:
        return Content(target=order.post, text="")

    async def perform(
        self, linkedin: LinkedIn, order: LikePostInput, attempt: Attempt
    ) -> Done[LikePostOutput]:
        page = await linkedin.open_post(order.post)
        if await page.is_liked():
            return _done(order, {"method": "page", "reaction": "like"}, already=True)
        return _done(order, await page.give_like(attempt))

    async def read_back(
        self, linkedin: LinkedIn, order: LikePostInput, baseline: JsonObject
    ) -> Done[LikePostOutput] | None:
        evidence = await linkedin.find_like(order.post, baseline)
        return None if evidence is None else _done(order, evidence)


def _done(
    order: LikePostInput, evidence: JsonObject, *, already: bool = False
) -> Done[LikePostOutput]:
    output = LikePostOutput(post_urn=order.post, already_liked=already)
    return Done(output=output, evidence=evidence)
