"""Read a single post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.actions.action import Action, Done
from executor.models import StrictModel
from executor.post import PostUrn, moment_in, post_address

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn


class FetchPostInput(StrictModel):
    """Which post."""

    post: PostUrn


class FetchPostOutput(StrictModel):
    """A post as its page shows it; null is what the page does not tell."""

    post_urn: str
    """As it was asked for; LinkedIn has several kinds of URN for the same post."""
    post_url: str
    author_name: str | None
    author_url: str | None
    text: str
    posted_at: int | None
    """In milliseconds since 1970, from the post's number."""
    reactions: int | None
    comments: int | None
    reposts: int | None
    can_comment: bool | None
    """Whether LinkedIn offers the account to comment; false where the author has turned it off."""


class FetchPost(Action[FetchPostInput, FetchPostOutput]):
    """Open a post, prove that it is the one asked for, and read what its page shows."""

    task_type = "fetch_post"
    input_model = FetchPostInput
    output_model = FetchPostOutput

    async def perform(
        self,
        linkedin: LinkedIn,
        order: FetchPostInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[FetchPostOutput]:
        read = await linkedin.posts.read(order.post)
        output = FetchPostOutput(
            post_urn=order.post,
            post_url=post_address(order.post),
            author_name=read.shown.author_name,
            author_url=read.shown.author_url,
            text=read.shown.text,
            posted_at=moment_in(order.post),
            reactions=read.shown.reactions,
            comments=read.shown.comments,
            reposts=read.shown.reposts,
            can_comment=read.can_comment,
        )
        return Done(output=output, evidence={"method": "page"})
