"""ConnectSafely's endpoint for a member's newest posts; its answer's fields are ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from pydantic import Field

from api.connectsafely.answers import Answer
from api.connectsafely.bodies import MemberBody, Wanted
from api.connectsafely.endpoint import Endpoint
from executor.actions import FetchProfilesPosts, FetchProfilesPostsInput

if TYPE_CHECKING:
    from api.connectsafely.answers import Outcome

_POSTS_MAX = 20
_POST = "urn:li:activity:7123456789012345678"


class LatestPostsBody(MemberBody):
    """Whose newest posts to read."""

    count: int = Field(default=1, ge=1, le=_POSTS_MAX)
    """How many; the page shows some, and those are all that there are here."""
    include_reposts: bool = True
    """Whether what the member only passed on is among them."""

    def wanted(self) -> Wanted:
        order = FetchProfilesPostsInput(profiles=[self.person])
        return Wanted(action=FetchProfilesPosts(), order=order)


class LatestPost(Answer):
    """A post on the member's page; null is what the page does not tell."""

    post_urn: str | None = None
    post_url: str | None = None
    author_url: str | None = None
    is_repost: bool
    text: str


class LatestPosts(Answer):
    """The member's newest posts, in LinkedIn's order."""

    success: Literal[True] = True
    account_id: str
    posts: list[LatestPost]
    count: int
    unclear: bool
    """Whether the page shows no post: there is none, or it was not understood."""


def _latest_posts(outcome: Outcome) -> LatestPosts:
    body, read = cast("LatestPostsBody", outcome.body), outcome.output
    posts = [
        LatestPost(
            post_urn=each["post_urn"],
            post_url=each["post_url"],
            author_url=each["author_url"],
            is_repost=not each["is_own"],
            text=each["text"],
        )
        for each in read["posts"]
        if each["is_own"] or body.include_reposts
    ][: body.count]
    return LatestPosts(
        account_id=outcome.account_id,
        posts=posts,
        count=len(posts),
        unclear=bool(read["unclear"]),
    )


LATEST_POSTS = Endpoint(
    path="/posts/latest",
    body=LatestPostsBody,
    answer=_latest_posts,
    answer_model=LatestPosts,
    summary="Read a member's newest posts",
    description="Two pages are visited: the profile, and its posts.",
    examples={"five": {"profileId": "john-doe-123", "count": 5, "includeReposts": False}},
    done={
        "success": True,
        "accountId": "acc_12345",
        "posts": [
            {
                "postUrn": _POST,
                "postUrl": f"https://www.linkedin.com/feed/update/{_POST}/",
                "authorUrl": "https://www.linkedin.com/in/john-doe-123",
                "isRepost": False,
                "text": "We are hiring.",
            }
        ],
        "count": 1,
        "unclear": False,
    },
)
