"""Posts, what members wrote below them, and how the accounts have reacted to them."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from executor.sandbox import ids


class Reaction(StrEnum):
    """A reaction by LinkedIn's own name; the interface words them differently."""

    LIKE = "LIKE"
    PRAISE = "PRAISE"
    """Celebrate."""
    APPRECIATION = "APPRECIATION"
    """Support."""
    EMPATHY = "EMPATHY"
    """Love."""
    INTEREST = "INTEREST"
    """Insightful."""
    ENTERTAINMENT = "ENTERTAINMENT"
    """Funny."""


class Comment(BaseModel):
    """What somebody wrote below a post."""

    model_config = ConfigDict(frozen=True)

    id: str
    author: str
    """Profile id of the member, or number of the company, that wrote it."""
    text: str
    at: datetime
    reactions: int = 0
    reply_to: str | None = None
    """Id of the comment that it answers; threads are one level deep (2026-08)."""


class Post(BaseModel):
    """An invented post."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[0-9]{5,25}$")
    kind: Literal["activity", "ugcPost", "share"] = "activity"
    author: str
    """Profile id of the member, or number of the company, that wrote it."""
    text: str
    at: datetime
    reactions: int = 0
    """How many others have reacted."""
    reposts: int = 0
    comments: tuple[Comment, ...] = ()
    comments_off: bool = False
    """The author lets nobody comment: no comment button and no composer (2026-08-05)."""
    gone: bool = False
    original: str | None = None
    """URN of the post that this one shares again; its link stands on the page as well."""

    @property
    def urn(self) -> str:
        return f"urn:li:{self.kind}:{self.id}"

    @property
    def key(self) -> str:
        """What React's markup calls the post; it tells nothing of the URN."""
        return ids.token(22, "post", self.urn)

    def threads(self) -> list[tuple[Comment, list[Comment]]]:
        """List the comments, newest first, each with its answers in the order of their writing."""
        return [
            (first, [each for each in self.comments if each.reply_to == first.id])
            for first in reversed(self.comments)
            if first.reply_to is None
        ]

    def comment_urn(self, comment: str) -> str:
        """Name a comment; its thread has an id of its own, which is not the post's (2026-08-05)."""
        thread = ids.invitation_id(ids.derived_uuid("ugcPost", self.urn))
        return f"urn:li:comment:(ugcPost:{thread},{comment})"


class PostBoard:
    """Every post by its URN, and each account's reactions."""

    def __init__(self) -> None:
        self._posts: dict[str, Post] = {}
        self._reactions: dict[tuple[int, str], Reaction] = {}

    def put(self, post: Post) -> None:
        self._posts[post.urn] = post

    def get(self, urn: str) -> Post | None:
        """Find a post that can be seen."""
        post = self._posts.get(urn)
        return None if post is None or post.gone else post

    def written_by(self, author: str) -> list[Post]:
        """List somebody's posts, newest first."""
        return [post for post in self.seen() if post.author == author]

    def seen(self) -> list[Post]:
        """List the posts that can be seen, newest first."""
        found = [post for post in self._posts.values() if not post.gone]
        return sorted(found, key=lambda post: post.at, reverse=True)

    def others(self, urn: str, number: int) -> list[Post]:
        """List the newest posts but one."""
        return [post for post in self.seen() if post.urn != urn][:number]

    def reaction(self, account: int, urn: str) -> Reaction | None:
        return self._reactions.get((account, urn))

    def react(self, account: int, urn: str, reaction: Reaction | None) -> None:
        """Set or take away an account's one reaction to a post."""
        if reaction is None:
            self._reactions.pop((account, urn), None)
        else:
            self._reactions[account, urn] = reaction

    def add_comment(self, urn: str, comment: Comment) -> None:
        post = self._posts[urn]
        self._posts[urn] = post.model_copy(update={"comments": (*post.comments, comment)})
