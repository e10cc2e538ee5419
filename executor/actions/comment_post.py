"""Comment on a post."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from executor.actions.action import Content, Done, Write
from executor.pace import Pace
from executor.post import PostUrn

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn
    from executor.pages.post_comment import CommentReceipt
    from storage.tasks import JsonObject

COMMENT_MAX = 1250
"""Longest comment, in characters: LinkedIn's own limit, as commonly told; not measured."""

_TIME_PER_LINE = timedelta(seconds=0.2)
"""Line breaks are typed one by one, as in messages."""


class CommentPostInput(BaseModel):
    """Which words below which post."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    post: PostUrn
    text: Annotated[str, StringConstraints(min_length=1, max_length=COMMENT_MAX)]
    """Published as it stands; lines are separated by a line feed."""


class CommentPostOutput(BaseModel):
    """What was published, and where."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    post_urn: str
    comment_urn: str | None = None
    """LinkedIn's own id of the comment, when it was told."""


class CommentPost(Write[CommentPostInput, CommentPostOutput]):
    """Write a comment of one's own below a post."""

    task_type = "comment_post"
    input_model = CommentPostInput
    output_model = CommentPostOutput
    # Nobody publishes a number. Comments are words in public under the owner's name, and the same
    # ones again and again are what LinkedIn's filters look for: fewer than likes, further apart.
    pace = Pace(gap=timedelta(seconds=120), jitter=timedelta(seconds=60), per_day=10)

    def extra_time(self, order: CommentPostInput) -> timedelta:
        return order.text.count("\n") * _TIME_PER_LINE

    def content(self, order: CommentPostInput) -> Content:
        return Content(target=order.post, text=order.text)

    async def perform(
        self, linkedin: LinkedIn, order: CommentPostInput, attempt: Attempt
    ) -> Done[CommentPostOutput]:
        box = await linkedin.open_comment_box(order.post)
        await box.write(order.text)
        return _done(order, await box.send(attempt))

    async def read_back(
        self, linkedin: LinkedIn, order: CommentPostInput, baseline: JsonObject
    ) -> Done[CommentPostOutput] | None:
        receipt = await linkedin.find_comment(order.post, order.text, baseline)
        return None if receipt is None else _done(order, receipt)


def _done(order: CommentPostInput, receipt: CommentReceipt) -> Done[CommentPostOutput]:
    return Done(
        output=CommentPostOutput(post_urn=order.post, comment_urn=receipt.comment_urn),
        evidence=receipt.evidence,
    )
