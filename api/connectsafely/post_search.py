"""ConnectSafely's endpoint for searching for posts.

The fields of the request are those that the vendor's public node for n8n sends; nobody has
published what is answered, so the answer's fields are ours (2026-11-30).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, cast

from pydantic import AfterValidator, Field

from api.connectsafely.answers import Answer
from api.connectsafely.bodies import CallBody, Wanted
from api.connectsafely.endpoint import Endpoint
from api.connectsafely.post_answers import PostAnswer, post_fields
from api.texts import not_blank, readable
from executor.actions import (
    FARTHEST_POST,
    POSTS_MAX,
    USUAL_POSTS,
    SearchPosts,
    SearchPostsInput,
)

if TYPE_CHECKING:
    from api.connectsafely.answers import Outcome

_LONGEST_WORDS = 200
_ANY_TIME = "any-time"
_POST = "urn:li:activity:7123456789012345678"

_Words = Annotated[
    str,
    Field(min_length=1, max_length=_LONGEST_WORDS),
    AfterValidator(readable),
    AfterValidator(not_blank),
    AfterValidator(str.strip),
]


class SearchPostsBody(CallBody):
    """What to look for."""

    keywords: _Words
    count: int = Field(default=USUAL_POSTS, ge=1, le=POSTS_MAX)
    start: int = Field(default=0, ge=0, le=FARTHEST_POST)
    """How many to pass over."""
    date_posted: Literal["past-24h", "past-week", "past-month", "any-time"] = "any-time"
    sort_by: Literal["relevance", "date_posted"] = "relevance"

    def wanted(self) -> Wanted:
        order = SearchPostsInput.model_validate(
            {
                "keywords": self.keywords,
                "date_posted": None if self.date_posted == _ANY_TIME else self.date_posted,
                "sort_by": self.sort_by,
                "start": self.start,
                "count": self.count,
            }
        )
        return Wanted(action=SearchPosts(), order=order)


class PostsFound(Answer):
    """What fits, in LinkedIn's order."""

    success: Literal[True] = True
    account_id: str
    posts: list[PostAnswer]
    count: int
    start: int
    has_more: bool
    cut_short: str | None = None
    """Why there may be more: `commercial_use_limit`, or `unclear`."""


def _found(outcome: Outcome) -> PostsFound:
    body, read = cast("SearchPostsBody", outcome.body), outcome.output
    posts = [PostAnswer(**post_fields(each)) for each in read["posts"]]
    return PostsFound(
        account_id=outcome.account_id,
        posts=posts,
        count=len(posts),
        start=body.start,
        has_more=read["has_more"],
        cut_short=read["cut_short"],
    )


SEARCH_POSTS = Endpoint(
    path="/posts/search",
    body=SearchPostsBody,
    answer=_found,
    answer_model=PostsFound,
    summary="Search for posts",
    description="What is passed over is scrolled through as well.",
    examples={
        "this week's": {
            "keywords": "artificial intelligence",
            "count": 10,
            "start": 0,
            "datePosted": "past-week",
            "sortBy": "date_posted",
        }
    },
    done={
        "success": True,
        "accountId": "acc_12345",
        "posts": [
            {
                "postUrn": _POST,
                "postUrl": f"https://www.linkedin.com/feed/update/{_POST}/",
                "authorName": "John Doe",
                "authorUrl": "https://www.linkedin.com/in/john-doe-123",
                "text": "What artificial intelligence cannot do.",
                "postedAt": 1698364445927,
                "reactionCount": 12,
                "commentCount": 3,
                "repostCount": None,
            }
        ],
        "count": 1,
        "start": 0,
        "hasMore": False,
        "cutShort": None,
    },
)
