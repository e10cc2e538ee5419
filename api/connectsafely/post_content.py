"""ConnectSafely's endpoint for a post's content.

The request's field is the one that the vendor's public node for n8n sends; nobody has published
what is answered, so the answer's fields are ours (2026-11-30).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from api.connectsafely.bodies import CallBody, Wanted
from api.connectsafely.endpoint import Endpoint
from api.connectsafely.post_answers import PostAnswer, post_fields
from executor.actions import FetchPost, FetchPostInput
from executor.post import PostUrn

if TYPE_CHECKING:
    from api.connectsafely.answers import Outcome

_POST = "urn:li:activity:7123456789012345678"
_POST_URL = f"https://www.linkedin.com/feed/update/{_POST}/"


class ScrapeBody(CallBody):
    """Which post to read."""

    post_url: PostUrn
    """The post's address, or its URN."""

    def wanted(self) -> Wanted:
        return Wanted(action=FetchPost(), order=FetchPostInput(post=self.post_url))


class PostContent(PostAnswer):
    """A post as its page shows it; null is what the page does not tell."""

    success: Literal[True] = True
    account_id: str
    post_urn: str
    post_url: str
    can_comment: bool | None = None
    """Whether LinkedIn offers to comment; false where the author has turned it off."""


def _content(outcome: Outcome) -> PostContent:
    read = outcome.output
    return PostContent(
        account_id=outcome.account_id, can_comment=read["can_comment"], **post_fields(read)
    )


SCRAPE_POST = Endpoint(
    path="/posts/scrape",
    body=ScrapeBody,
    answer=_content,
    answer_model=PostContent,
    summary="Read a post's content",
    description=(
        "It is read as the account, so posts that are not public are read as well, as far as "
        "LinkedIn shows them to it."
    ),
    examples={"one": {"postUrl": _POST_URL}},
    done={
        "success": True,
        "accountId": "acc_12345",
        "postUrn": _POST,
        "postUrl": _POST_URL,
        "authorName": "John Doe",
        "authorUrl": "https://www.linkedin.com/in/john-doe-123",
        "text": "We are hiring.",
        "postedAt": 1698364445927,
        "reactionCount": 12,
        "commentCount": 3,
        "repostCount": None,
        "canComment": True,
    },
)
