"""A member's newest posts through ConnectSafely's dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, World

JANES_ID = "ACoAAA24A-MBVEvT49xpVF2gnWrhvmUIPDJshSM"
JANE = f"urn:li:fsd_profile:{JANES_ID}"


def post(text: str, *, is_own: bool = True) -> dict[str, Any]:
    return {
        "profile_urn": JANE,
        "post_urn": None,
        "post_url": None,
        "author_url": "https://www.linkedin.com/in/jane-doe",
        "is_own": is_own,
        "text": text,
    }


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, ["passed on"]),
        ({"count": 2, "includeReposts": True}, ["passed on", "own"]),
        ({"count": 20, "includeReposts": False}, ["own", "older"]),
    ],
)
async def test_the_newest_posts_of_a_member_are_told(
    connectsafely: ConnectSafelyClient, world: World, asked: dict[str, Any], told: list[str]
) -> None:
    """As many as were asked for, with or without what was only passed on."""
    call = connectsafely.post("/posts/latest", {"profileUrn": JANE, **asked})
    async with connectsafely.calling(call) as calling:
        (task,) = await world.tasks()
        posts = [post("passed on", is_own=False), post("own"), post("older")]
        await world.succeed(posts=posts, unclear=[])
        answer = await calling

    assert task.task_type == "fetch_profiles_posts"
    assert task.input == {"profiles": [{"profile_id": JANES_ID, "vanity": None}]}
    found = answer.json()
    assert [each.pop("text") for each in found["posts"]] == told
    assert found["posts"][0] == {
        "postUrn": None,
        "postUrl": None,
        "authorUrl": "https://www.linkedin.com/in/jane-doe",
        "isRepost": told[0] == "passed on",
    }
    assert (found["count"], found["unclear"]) == (len(told), False)


async def test_a_page_without_posts_is_told_apart_from_few_posts(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Nobody knows whether there are none."""
    call = connectsafely.post("/posts/latest", {"profileId": "jane-doe"})
    async with connectsafely.calling(call) as calling:
        await world.succeed(posts=[], unclear=[JANE])
        answer = await calling

    assert (answer.json()["posts"], answer.json()["unclear"]) == ([], True)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "Either profileId or profileUrn is required"),
        ({"profileId": "jane-doe", "count": 21}, "count must be 20 or less"),
        (
            {"profileId": "jane-doe", "includeReposts": "no"},
            "includeReposts must be true or false",
        ),
    ],
)
async def test_a_wrong_body_is_refused_with_the_field(
    connectsafely: ConnectSafelyClient, body: dict[str, Any], error: str
) -> None:
    """As everywhere."""
    answer = await connectsafely.post("/posts/latest", body)

    assert (answer.status_code, answer.json()["error"]) == (400, error)
