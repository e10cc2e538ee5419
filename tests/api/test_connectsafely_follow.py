"""ConnectSafely's follow: what it asks for, how it is answered, and how it is limited."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tests.api.conftest import ConnectSafely, ConnectSafelyClient, World

JANES_ID = "ACoAAA24A-MBVEvT49xpVF2gnWrhvmUIPDJshSM"
JANE = f"urn:li:fsd_profile:{JANES_ID}"


@pytest.mark.parametrize(
    ("body", "action", "message"),
    [
        ({"profileId": "jane-doe"}, "follow", "Successfully followed user"),
        ({"profileUrn": JANE, "action": "follow"}, "follow", "Successfully followed user"),
        (
            {"profileId": "jane-doe", "action": "unfollow"},
            "unfollow",
            "Successfully unfollowed user",
        ),
    ],
)
async def test_a_follow_is_answered_with_its_outcome(
    connectsafely: ConnectSafelyClient,
    world: World,
    body: dict[str, Any],
    action: str,
    message: str,
) -> None:
    """As the documentation has it, with the quota's headers; unfollowing is worded alike."""
    async with connectsafely.calling(connectsafely.post("/follow", body)) as calling:
        (task,) = await world.tasks()
        await world.succeed(member_profile_id=JANES_ID, action=action, changed=True)
        answer = await calling

    person = {"profile_id": JANES_ID if "profileUrn" in body else None}
    person["vanity"] = None if "profileUrn" in body else "jane-doe"
    assert (task.task_type, task.input) == ("follow_member", {"member": person, "action": action})
    assert answer.json() == {
        "success": True,
        "action": action,
        "profileUrn": JANE,
        "message": message,
    }
    told = {name: answer.headers[f"X-RateLimit-{name}"] for name in ("Action", "Limit", "Used")}
    assert told == {"Action": "FOLLOW", "Limit": "100", "Used": "1"}
    assert {"X-RateLimit-Remaining", "X-RateLimit-Reset"} <= {
        name.title().replace("Ratelimit", "RateLimit") for name in answer.headers
    }


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "Either profileId or profileUrn is required"),
        ({"profileId": "a/b"}, "profileId is invalid"),
        ({"profileId": "jane-doe", "action": "like"}, "action must be 'follow' or 'unfollow'"),
    ],
)
async def test_a_wrong_follow_is_refused_with_the_field(
    connectsafely: ConnectSafelyClient, world: World, body: dict[str, Any], error: str
) -> None:
    """Nothing is accepted, and the text names what to repair."""
    answer = await connectsafely.post("/follow", body)

    assert (answer.status_code, answer.json()) == (400, {"error": error, "success": False})
    assert await world.tasks() == []


class OneADay:
    """An operator who allows one follow a day."""

    async def of(
        self, member_id: str, task_types: Collection[str]
    ) -> Mapping[str, Sequence[tuple[int, timedelta]]]:
        assert (bool(member_id), list(task_types)) == (True, ["follow_member"])
        return {"follow_member": ((1, timedelta(days=1)),)}


async def test_follows_and_their_ends_are_counted_together(
    call_connectsafely: ConnectSafely, world: World
) -> None:
    """The operator's cap lowers the documented one, and the refusal is in its words."""
    world.caps = OneADay()
    client = call_connectsafely(answer_within=timedelta(0))
    first = await client.post("/follow", {"profileId": "jane-doe", "action": "unfollow"})

    second = await client.post("/follow", {"profileId": "john-doe"})

    assert first.status_code == 202
    assert (second.status_code, second.json()) == (
        429,
        {
            "error": "Rate limit exceeded for FOLLOW: 1/1 used. Resets at 2026-10-02T12:00:00.000Z",
            "success": False,
        },
    )
    assert second.headers["Retry-After"] == str(24 * 3600)
