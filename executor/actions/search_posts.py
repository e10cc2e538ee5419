"""Find posts by words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints

from executor.actions.action import Action, Done
from executor.models import StrictModel
from executor.post import moment_in, post_address

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn
    from executor.pages.post_list import ShownPost

POSTS_MAX = 50
"""Most posts that one search returns, as the vendor's node for n8n allows (2026-11-30)."""
USUAL_POSTS = 10
FARTHEST_POST = 450

_TIME_PER_POST = timedelta(seconds=1.5)


class SearchPostsInput(StrictModel):
    """What to look for."""

    keywords: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    date_posted: Literal["past-24h", "past-week", "past-month"] | None = None
    """How old the posts may be; by default any age."""
    sort_by: Literal["relevance", "date_posted"] = "relevance"
    start: Annotated[int, Field(ge=0, le=FARTHEST_POST)] = 0
    """How many to pass over."""
    count: Annotated[int, Field(ge=1, le=POSTS_MAX)] = USUAL_POSTS


class FoundPost(StrictModel):
    """A post that the search has found; null is what the page does not tell."""

    post_urn: str | None
    """Null on LinkedIn's newer pages, which name found posts nowhere (2026-11)."""
    post_url: str | None
    author_name: str | None
    author_url: str | None
    text: str
    posted_at: int | None
    """In milliseconds since 1970, from the post's number."""
    reactions: int | None
    comments: int | None
    reposts: int | None


class SearchPostsOutput(StrictModel):
    """What was found, in LinkedIn's order."""

    posts: list[FoundPost]
    has_more: bool
    """Whether there are more behind these, or may be: the page may have been too slow."""
    cut_short: str | None
    """Why there may be more than this: `commercial_use_limit`; `unclear` when posts stand there and
    none is understood. Null when nothing kept it from its end."""


class SearchPosts(Action[SearchPostsInput, SearchPostsOutput]):
    """Search for posts, and scroll through what is found."""

    task_type = "search_posts"
    input_model = SearchPostsInput
    output_model = SearchPostsOutput

    def extra_time(self, order: SearchPostsInput) -> timedelta:
        return timedelta(seconds=30) + (order.start + order.count) * _TIME_PER_POST

    async def perform(
        self,
        linkedin: LinkedIn,
        order: SearchPostsInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[SearchPostsOutput]:
        filters: dict[str, str] = {"sortBy": order.sort_by}
        if order.date_posted is not None:
            filters["datePosted"] = order.date_posted
        found = await linkedin.posts.search(
            keywords=order.keywords, filters=filters, start=order.start, count=order.count
        )
        output = SearchPostsOutput(
            posts=[_post(each) for each in found.posts],
            has_more=found.has_more,
            cut_short=found.cut_short,
        )
        return Done(output=output, evidence={"method": "page"})


def _post(shown: ShownPost) -> FoundPost:
    return FoundPost(
        post_urn=shown.urn,
        post_url=post_address(shown.urn) if shown.urn else None,
        author_name=shown.author_name,
        author_url=shown.author_url,
        text=shown.text,
        posted_at=moment_in(shown.urn) if shown.urn else None,
        reactions=shown.reactions,
        comments=shown.comments,
        reposts=shown.reposts,
    )
