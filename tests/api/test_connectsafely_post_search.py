"""Searching for posts through ConnectSafely's dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, World

FOUND = {
    "post_urn": None,
    "post_url": None,
    "author_name": "Jane Doe",
    "author_url": "https://www.linkedin.com/in/jane-doe",
    "text": "What artificial intelligence cannot do.",
    "posted_at": None,
    "reactions": 12,
    "comments": 3,
    "reposts": None,
}


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ({}, {"date_posted": None, "sort_by": "relevance", "start": 0, "count": 10}),
        (
            {"count": 50, "start": 20, "datePosted": "past-week", "sortBy": "date_posted"},
            {"date_posted": "past-week", "sort_by": "date_posted", "start": 20, "count": 50},
        ),
        (
            {"count": 10, "start": 0, "datePosted": "any-time", "sortBy": "relevance"},
            {"date_posted": None, "sort_by": "relevance", "start": 0, "count": 10},
        ),
    ],
)
async def test_posts_that_fit_are_answered(
    connectsafely: ConnectSafelyClient,
    world: World,
    asked: dict[str, Any],
    order: dict[str, Any],
) -> None:
    """What the page does not tell is null."""
    call = connectsafely.post("/posts/search", {"keywords": " artificial intelligence", **asked})
    async with connectsafely.calling(call) as calling:
        (task,) = await world.tasks()
        await world.succeed(posts=[FOUND], has_more=True, cut_short=None)
        answer = await calling

    assert (task.task_type, task.is_write) == ("search_posts", False)
    assert task.input == {"keywords": "artificial intelligence", **order}
    told = answer.json()
    assert told.pop("accountId")
    assert told == {
        "success": True,
        "posts": [
            {
                "postUrn": None,
                "postUrl": None,
                "authorName": "Jane Doe",
                "authorUrl": "https://www.linkedin.com/in/jane-doe",
                "text": "What artificial intelligence cannot do.",
                "postedAt": None,
                "reactionCount": 12,
                "commentCount": 3,
                "repostCount": None,
            }
        ],
        "count": 1,
        "start": order["start"],
        "hasMore": True,
        "cutShort": None,
    }


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "keywords is required"),
        ({"keywords": ""}, "keywords is required"),
        ({"keywords": "  "}, "keywords is invalid"),
        ({"keywords": "ai", "count": 51}, "count must be 50 or less"),
        ({"keywords": "ai", "start": 451}, "start must be 450 or less"),
        (
            {"keywords": "ai", "datePosted": "yesterday"},
            "datePosted must be 'past-24h', 'past-week', 'past-month' or 'any-time'",
        ),
        ({"keywords": "ai", "sortBy": "likes"}, "sortBy must be 'relevance' or 'date_posted'"),
    ],
)
async def test_a_wrong_body_is_refused_with_the_field(
    connectsafely: ConnectSafelyClient, body: dict[str, Any], error: str
) -> None:
    """As everywhere."""
    answer = await connectsafely.post("/posts/search", body)

    assert (answer.status_code, answer.json()["error"]) == (400, error)
