"""ConnectSafely's endpoints for the comments below a post.

The fields of the requests are those that the vendor's public node for n8n sends; nobody has
published what is answered, so the answers' fields are ours (2026-11-30).
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Literal, Self, cast

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from api.connectsafely.answers import Answer
from api.connectsafely.bodies import CallBody, Wanted
from api.connectsafely.endpoint import Endpoint
from executor.actions import (
    COMMENTS_MAX,
    FARTHEST_COMMENT,
    USUAL_COMMENTS,
    FetchComments,
    FetchCommentsInput,
)
from executor.post import PostUrn

if TYPE_CHECKING:
    from api.connectsafely.answers import Outcome

_PAGE_MAX = 100
_ALL_MAX = 5000
_USUAL_ALL = 1000
_POST = "urn:li:activity:7123456789012345678"
_POST_URL = f"https://www.linkedin.com/feed/update/{_POST}/"


class _CommentsBody(CallBody):
    """Below which post to read."""

    post_url: PostUrn
    """The post's address, or its URN."""
    max_comments: int = Field(default=_USUAL_ALL, ge=1, le=_ALL_MAX)
    """Most comments to answer with; no more than 1000 are read."""
    batch_size: int = Field(default=USUAL_COMMENTS, ge=1, le=_PAGE_MAX)
    """Taken, and changes nothing: LinkedIn's page brings as many at a time as it wants."""


class CommentsBody(_CommentsBody):
    """Which part of a post's comments."""

    comment_count: int = Field(default=USUAL_COMMENTS, ge=1, le=_PAGE_MAX)
    """How many, answers to comments among them."""
    start: int = Field(default=0, ge=0, le=FARTHEST_COMMENT)
    """How many to pass over."""
    pagination_token: str = ""
    """From an earlier answer about the same post; it goes before `start`."""

    @model_validator(mode="after")
    def _has_a_token_of_this_post(self) -> Self:
        if self.pagination_token and _decoded(self.pagination_token, self.post_url) is None:
            raise PydanticCustomError("token", "paginationToken is invalid")
        return self

    @property
    def first(self) -> int:
        """How many are passed over, after all."""
        told = _decoded(self.pagination_token, self.post_url) if self.pagination_token else None
        return self.start if told is None else told

    def wanted(self) -> Wanted:
        count = min(self.comment_count, self.max_comments)
        order = FetchCommentsInput(post=self.post_url, start=self.first, count=count)
        return Wanted(action=FetchComments(), order=order)


class AllCommentsBody(_CommentsBody):
    """All of a post's comments."""

    def wanted(self) -> Wanted:
        count = min(self.max_comments, COMMENTS_MAX)
        order = FetchCommentsInput(post=self.post_url, count=count)
        return Wanted(action=FetchComments(), order=order)


class Comment(Answer):
    """A comment; null is what the page does not tell."""

    comment_urn: str
    author_name: str | None = None
    author_url: str | None = None
    author_vanity_name: str | None = None
    is_own: bool | None = None
    """Whether the account's person wrote it."""
    text: str
    created_at: int | None = None
    """In milliseconds since 1970."""
    reaction_count: int | None = None
    is_reply: bool
    parent_urn: str | None = None
    """The comment that it answers."""


class Comments(Answer):
    """A post's comments, in the order of LinkedIn's page."""

    success: Literal[True] = True
    account_id: str
    post_urn: str
    post_url: str
    comments: list[Comment]
    count: int
    total: int | None = None
    """LinkedIn's own figure, with answers that are folded up and are not read."""
    has_more: bool | None = None
    """Whether there are more behind these; null when the page does not say."""
    can_comment: bool | None = None
    """Whether LinkedIn offers to comment; false where the author has turned it off."""


class CommentsPart(Comments):
    """A part of them."""

    start: int
    pagination_token: str | None = None
    """Asks for those behind these, as `paginationToken`."""


def _encoded(first: int, post: str) -> str:
    return urlsafe_b64encode(json.dumps([first, post]).encode()).decode().rstrip("=")


def _decoded(token: str, post: str) -> int | None:
    """Return where a token goes on, unless it is none of this post's."""
    try:
        first, named = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, TypeError, RecursionError):
        return None
    is_place = isinstance(first, int) and 0 <= first <= FARTHEST_COMMENT
    return first if is_place and named == post else None


def _all(outcome: Outcome) -> Comments:
    read = outcome.output
    comments = [
        Comment(
            comment_urn=each["comment_urn"],
            author_name=each["author_name"],
            author_url=each["author_url"],
            author_vanity_name=each["author_vanity"],
            is_own=each["is_own"],
            text=each["text"],
            created_at=each["created_at"],
            reaction_count=each["reactions"],
            is_reply=each["is_reply"],
            parent_urn=each["parent_urn"],
        )
        for each in read["comments"]
    ]
    return Comments(
        account_id=outcome.account_id,
        post_urn=read["post_urn"],
        post_url=read["post_url"],
        comments=comments,
        count=len(comments),
        total=read["total"],
        has_more=read["has_more"],
        can_comment=read["can_comment"],
    )


def _part(outcome: Outcome) -> CommentsPart:
    body, told = cast("CommentsBody", outcome.body), _all(outcome)
    behind = body.first + told.count
    goes_on = told.has_more and behind <= FARTHEST_COMMENT
    return CommentsPart(
        **dict(told),
        start=body.first,
        pagination_token=_encoded(behind, told.post_urn) if goes_on else None,
    )


_COMMENT = {
    "commentUrn": "urn:li:comment:(activity:7123456789012345678,7123456950335807488)",
    "authorName": "John Doe",
    "authorUrl": "https://www.linkedin.com/in/john-doe-123",
    "authorVanityName": "john-doe-123",
    "isOwn": False,
    "text": "Congratulations!",
    "createdAt": 1698364484390,
    "reactionCount": 3,
    "isReply": False,
    "parentUrn": None,
}
_DONE = {
    "success": True,
    "accountId": "acc_12345",
    "postUrn": _POST,
    "postUrl": _POST_URL,
    "comments": [_COMMENT],
    "count": 1,
    "total": 1,
    "hasMore": False,
    "canComment": True,
}

COMMENT_ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        path="/posts/comments",
        body=CommentsBody,
        answer=_part,
        answer_model=CommentsPart,
        summary="Read a part of a post's comments",
        description=(
            "They come in LinkedIn's order, the most relevant first, and answers only as far as "
            "its page shows them. Each part is read from the first comment on."
        ),
        examples={
            "ten": {"postUrl": _POST_URL, "commentCount": 10},
            "the next": {"postUrl": _POST_URL, "commentCount": 10, "start": 10},
        },
        done={**_DONE, "start": 0, "paginationToken": None},
    ),
    Endpoint(
        path="/posts/comments/all",
        body=AllCommentsBody,
        answer=_all,
        answer_model=Comments,
        summary="Read all comments of a post",
        description=(
            "The page is followed until it brings no more, or `maxComments` are read. Many take "
            "longer than the call waits."
        ),
        examples={"all": {"postUrl": _POST_URL, "maxComments": 500}},
        done=_DONE,
    ),
)
