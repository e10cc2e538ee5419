"""The comments below a post through ConnectSafely's dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, World

POST = "urn:li:activity:7123456789012345678"
URL = "https://www.linkedin.com/posts/jane_a-week-activity-7123456789012345678-AbCd"


def comment(number: int) -> dict[str, Any]:
    return {
        "comment_urn": f"urn:li:comment:(activity:7123456789012345678,{number})",
        "author_name": "Jane Doe",
        "author_url": "https://www.linkedin.com/in/jane-doe",
        "author_vanity": "jane-doe",
        "is_own": False,
        "text": "Well done!",
        "created_at": None,
        "reactions": 7,
        "is_reply": False,
        "parent_urn": None,
    }


def told(number: int, *, has_more: bool | None) -> dict[str, Any]:
    return {
        "post_urn": POST,
        "post_url": f"https://www.linkedin.com/feed/update/{POST}/",
        "comments": [comment(each) for each in range(number)],
        "total": 30,
        "has_more": has_more,
        "can_comment": True,
    }


async def asked(
    connectsafely: ConnectSafelyClient,
    world: World,
    path: str,
    body: dict[str, Any],
    **output: Any,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the task is to do, and the answer once it has told *output*."""
    async with connectsafely.calling(connectsafely.post(path, body)) as calling:
        task, *_ = await world.tasks()
        await world.succeed(**output)
        answer = await calling
    assert (answer.status_code, task.task_type, task.is_write) == (200, "fetch_comments", False)
    return dict(task.input), answer.json()


async def test_a_part_of_the_comments_is_answered_with_the_way_to_the_next(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """The token of an answer asks for what is behind it."""
    body = {"postUrl": URL, "maxComments": 100, "batchSize": 50, "commentCount": 2, "start": 4}
    order, answer = await asked(
        connectsafely, world, "/posts/comments", body, **told(2, has_more=True)
    )

    assert order == {"post": POST, "start": 4, "count": 2}
    token = answer.pop("paginationToken")
    first, _ = answer.pop("comments")
    assert answer.pop("accountId")
    assert first == {
        "commentUrn": "urn:li:comment:(activity:7123456789012345678,0)",
        "authorName": "Jane Doe",
        "authorUrl": "https://www.linkedin.com/in/jane-doe",
        "authorVanityName": "jane-doe",
        "isOwn": False,
        "text": "Well done!",
        "createdAt": None,
        "reactionCount": 7,
        "isReply": False,
        "parentUrn": None,
    }
    assert answer == {
        "success": True,
        "postUrn": POST,
        "postUrl": f"https://www.linkedin.com/feed/update/{POST}/",
        "count": 2,
        "total": 30,
        "hasMore": True,
        "canComment": True,
        "start": 4,
    }
    body = {"postUrl": POST, "commentCount": 100, "start": 4, "paginationToken": token}
    order, answer = await asked(
        connectsafely, world, "/posts/comments", body, **told(1, has_more=None)
    )
    assert order == {"post": POST, "start": 6, "count": 100}
    assert (answer["start"], answer["hasMore"], answer["paginationToken"]) == (6, None, None)


@pytest.mark.parametrize(
    ("path", "body", "order"),
    [
        ("/posts/comments", {}, {"start": 0, "count": 50}),
        ("/posts/comments", {"commentCount": 80, "maxComments": 10}, {"start": 0, "count": 10}),
        ("/posts/comments", {"paginationToken": ""}, {"start": 0, "count": 50}),
        ("/posts/comments/all", {}, {"start": 0, "count": 1000}),
        ("/posts/comments/all", {"maxComments": 300, "batchSize": 100}, {"start": 0, "count": 300}),
        ("/posts/comments/all", {"maxComments": 5000}, {"start": 0, "count": 1000}),
    ],
)
async def test_what_is_left_out_has_the_documented_value(
    connectsafely: ConnectSafelyClient,
    world: World,
    path: str,
    body: dict[str, Any],
    order: dict[str, Any],
) -> None:
    """Beyond what one task reads, as much as it does."""
    made, _ = await asked(
        connectsafely, world, path, {"postUrl": POST, **body}, **told(0, has_more=False)
    )

    assert made == {"post": POST, **order}


OTHERS_TOKEN = "WzYsICJ1cm46bGk6YWN0aXZpdHk6NzAwMDAwMDAwMDAwMDAwMDAwMSJd"


@pytest.mark.parametrize("path", ["/posts/comments", "/posts/comments/all"])
@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "postUrl is required"),
        ({"postUrl": "https://www.linkedin.com/in/jane-doe"}, "postUrl is invalid"),
        ({"postUrl": POST, "maxComments": 5001}, "maxComments must be 5000 or less"),
        ({"postUrl": POST, "batchSize": 0}, "batchSize must be 1 or more"),
    ],
)
async def test_a_wrong_body_is_refused_with_the_field(
    connectsafely: ConnectSafelyClient, path: str, body: dict[str, Any], error: str
) -> None:
    """As everywhere."""
    answer = await connectsafely.post(path, body)

    assert (answer.status_code, answer.json()["error"]) == (400, error)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"commentCount": 101}, "commentCount must be 100 or less"),
        ({"start": -1}, "start must be 0 or more"),
        ({"paginationToken": "none"}, "paginationToken is invalid"),
        ({"paginationToken": "ö"}, "paginationToken is invalid"),
        ({"paginationToken": OTHERS_TOKEN}, "paginationToken is invalid"),
    ],
)
async def test_a_part_that_cannot_be_is_refused(
    connectsafely: ConnectSafelyClient, body: dict[str, Any], error: str
) -> None:
    """A token belongs to the post of the answer that it came with."""
    answer = await connectsafely.post("/posts/comments", {"postUrl": POST, **body})

    assert (answer.status_code, answer.json()["error"]) == (400, error)
