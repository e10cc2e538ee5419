"""Read what a company has posted lately."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from executor.actions.action import Action, Done
from executor.company import CompanySlug, company_urn
from executor.models import StrictModel
from executor.post import post_address

if TYPE_CHECKING:
    from executor.attempt import Attempt
    from executor.pages.linkedin import LinkedIn
    from executor.pages.post_list import ShownPost

COMPANY_POSTS_MAX = 20
"""Most posts that one task reads."""


class FetchCompanyPostsInput(StrictModel):
    """Which company's posts to read."""

    company: CompanySlug


class CompanyPost(StrictModel):
    """A post on a company's page; null is what the page does not tell."""

    post_urn: str | None
    post_url: str | None
    author_url: str | None
    """Who wrote it: not the company for what it only passed on."""
    is_own: bool
    text: str
    reactions: int | None
    comments: int | None
    reposts: int | None


class FetchCompanyPostsOutput(StrictModel):
    """The company's newest posts, in the order of its page, which may put a pinned one first."""

    company_urn: str | None
    slug: str
    posts: list[CompanyPost]
    unclear: bool
    """Whether the page shows no post: the company has none, or it was not understood."""


class FetchCompanyPosts(Action[FetchCompanyPostsInput, FetchCompanyPostsOutput]):
    """Open a company's page, then its posts, and scroll through the newest of them."""

    task_type = "fetch_company_posts"
    input_model = FetchCompanyPostsInput
    output_model = FetchCompanyPostsOutput

    def extra_time(self, order: FetchCompanyPostsInput) -> timedelta:  # noqa: ARG002 - same for all
        return timedelta(seconds=30)

    async def perform(
        self,
        linkedin: LinkedIn,
        order: FetchCompanyPostsInput,
        attempt: Attempt,  # noqa: ARG002 - a read leaves nothing behind
    ) -> Done[FetchCompanyPostsOutput]:
        page = await linkedin.open_company(order.company)
        own = page.company
        posts = [_post(each) for each in await page.posts(COMPANY_POSTS_MAX)]
        output = FetchCompanyPostsOutput(
            company_urn=company_urn(own.number) if own.number else None,
            slug=own.slug,
            posts=posts,
            unclear=not posts,
        )
        return Done(output=output, evidence={"method": "page"})


def _post(shown: ShownPost) -> CompanyPost:
    return CompanyPost(
        post_urn=shown.urn,
        post_url=post_address(shown.urn) if shown.urn else None,
        author_url=shown.author_url,
        is_own=shown.is_own,
        text=shown.text,
        reactions=shown.reactions,
        comments=shown.comments,
        reposts=shown.reposts,
    )
