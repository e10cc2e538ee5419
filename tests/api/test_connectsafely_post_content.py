"""A post's content through ConnectSafely's dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, World

POST = "urn:li:activity:7123456789012345678"
TOLD = {
    "post_urn": POST,
    "post_url": f"https://www.linkedin.com/feed/update/{POST}/",
    "author_name": "Jane Doe",
    "author_url": "https://www.linkedin.com/in/jane-doe",
    "text": "We are hiring.",
    "posted_at": 1698364445927,
    "reactions": 12,
    "comments": None,
    "reposts": 0,
    "can_comment": True,
}


async def test_a_post_is_answered_with_what_its_page_shows(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """What the page does not tell is null."""
    url = "https://www.linkedin.com/posts/jane_a-week-activity-7123456789012345678-AbCd"
    async with connectsafely.calling(
        connectsafely.post("/posts/scrape", {"postUrl": url})
    ) as calling:
        (task,) = await world.tasks()
        await world.succeed(**TOLD)
        answer = await calling

    assert (task.task_type, task.is_write) == ("fetch_post", False)
    assert task.input == {"post": POST}
    found = answer.json()
    assert found.pop("accountId")
    assert found == {
        "success": True,
        "postUrn": POST,
        "postUrl": f"https://www.linkedin.com/feed/update/{POST}/",
        "authorName": "Jane Doe",
        "authorUrl": "https://www.linkedin.com/in/jane-doe",
        "text": "We are hiring.",
        "postedAt": 1698364445927,
        "reactionCount": 12,
        "commentCount": None,
        "repostCount": 0,
        "canComment": True,
    }


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "postUrl is required"),
        ({"postUrl": ""}, "postUrl is invalid"),
        ({"postUrl": "https://www.linkedin.com/in/jane-doe"}, "postUrl is invalid"),
    ],
)
async def test_a_wrong_body_is_refused_with_the_field(
    connectsafely: ConnectSafelyClient, body: dict[str, Any], error: str
) -> None:
    """As everywhere."""
    answer = await connectsafely.post("/posts/scrape", body)

    assert (answer.status_code, answer.json()["error"]) == (400, error)
