"""What ConnectSafely's answers tell of a post; the names are ours, as nobody has published any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.connectsafely.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping


class PostAnswer(Answer):
    """A post; null is what the page does not tell."""

    post_urn: str | None = None
    """Null on LinkedIn's newer pages of search results, which name posts nowhere."""
    post_url: str | None = None
    author_name: str | None = None
    author_url: str | None = None
    text: str
    posted_at: int | None = None
    """In milliseconds since 1970."""
    reaction_count: int | None = None
    comment_count: int | None = None
    repost_count: int | None = None


def post_fields(read: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of `PostAnswer` from a task's output."""
    return {
        "post_urn": read["post_urn"],
        "post_url": read["post_url"],
        "author_name": read["author_name"],
        "author_url": read["author_url"],
        "text": read["text"],
        "posted_at": read["posted_at"],
        "reaction_count": read["reactions"],
        "comment_count": read["comments"],
        "repost_count": read["reposts"],
    }
