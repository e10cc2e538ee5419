"""Read what was written below a post."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from executor.actions.action import Action, Done
from executor.models import StrictModel
from executor.person import same_vanity
from executor.post import PostUrn, moment_in, post_address

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.components.comments import ThreadedComment
    from executor.pages.linkedin import LinkedIn

COMMENTS_MAX = 1000
"""Most comments that one task returns; pages bring some ten at a time."""
USUAL_COMMENTS = 50
FARTHEST_COMMENT = 1000

_TIME_PER_COMMENT = timedelta(seconds=0.5)


class FetchCommentsInput(StrictModel):
    """Which comments of which post."""

    post: PostUrn
    start: Annotated[int, Field(ge=0, le=FARTHEST_COMMENT)] = 0
    """How many to pass over."""
    count: Annotated[int, Field(ge=1, le=COMMENTS_MAX)] = USUAL_COMMENTS
    """How many, answers to comments among them."""


class PostComment(StrictModel):
    """A comment; null is what the page does not tell."""

    comment_urn: str
    author_name: str | None
    author_url: str | None
    author_vanity: str | None
    """The last part of a member's address; null for a company."""
    is_own: bool | None
    """Whether the acting account's person wrote it."""
    text: str
    created_at: int | None
    """In milliseconds since 1970, from the comment's number."""
    reactions: int | None
    is_reply: bool
    parent_urn: str | None
    """The comment that it answers."""


class FetchCommentsOutput(StrictModel):
    """A part of a post's comments, in the order of its page: LinkedIn's choice, not time."""

    post_urn: str
    post_url: str
    comments: list[PostComment]
    total: int | None
    """LinkedIn's own figure, which counts answers that are folded up and are not read."""
    has_more: bool | None
    """Whether there are more behind these; null when the page does not say."""
    can_comment: bool | None
    """Whether LinkedIn offers the account to comment; false where the author has turned it off."""


class FetchComments(Action[FetchCommentsInput, FetchCommentsOutput]):
    """Open a post and have its page bring comments until there are enough."""

    task_type = "fetch_comments"
    input_model = FetchCommentsInput
    output_model = FetchCommentsOutput

    def extra_time(self, order: FetchCommentsInput) -> timedelta:
        return timedelta(seconds=30) + (order.start + order.count) * _TIME_PER_COMMENT

    async def perform(
        self,
        linkedin: LinkedIn,
        order: FetchCommentsInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[FetchCommentsOutput]:
        read = await linkedin.posts.read_comments(order.post, enough=order.start + order.count)
        wanted = read.comments[order.start :]
        is_by_members = any(each.shown.author for each in wanted)
        own = await linkedin.posts.own_vanity() if is_by_members else None
        output = FetchCommentsOutput(
            post_urn=order.post,
            post_url=post_address(order.post),
            comments=[_comment(each, own) for each in wanted],
            total=read.total,
            has_more=read.has_more,
            can_comment=read.can_comment,
        )
        return Done(output=output, evidence={"method": "page"})


def _comment(told: ThreadedComment, own: str | None) -> PostComment:
    shown = told.shown
    return PostComment(
        comment_urn=shown.urn,
        author_name=shown.author_name,
        author_url=shown.author_url,
        author_vanity=shown.author or None,
        is_own=_is_own(shown.author, own) if shown.author_url else None,
        text=shown.text,
        created_at=moment_in(shown.urn),
        reactions=shown.reactions,
        is_reply=told.is_reply,
        parent_urn=told.parent,
    )


def _is_own(author: str, own: str | None) -> bool | None:
    if not author:
        return False
    return None if own is None else same_vanity(author, own)
