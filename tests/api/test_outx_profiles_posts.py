"""Reading members' posts through OutX's endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.api.conftest import NativeClient, OutxClient, World

PATH = "/linkedin-agent/fetch-profiles-posts"
URN = "urn:li:fsd_profile:ACoAABCDEFG"
POST = "urn:li:activity:7123456789012345678"
READ = {
    "posts": [
        {
            "profile_urn": URN,
            "post_urn": POST,
            "post_url": f"https://www.linkedin.com/feed/update/{POST}/",
            "author_url": "https://www.linkedin.com/in/jane-doe",
            "is_own": True,
            "text": "What a week.",
        }
    ],
    "unclear": [],
}


async def test_posts_can_be_asked_for_and_polled(outx: OutxClient, world: World) -> None:
    """The output has `posts`, each with the URN that `like-post` takes."""
    answer = (await outx.http.post(PATH, json={"profile_urns": [URN]})).json()
    task_id = answer.pop("api_agent_task_id")
    assert answer["success"] is True
    task = await world.task(task_id)
    assert (task.task_type, task.is_write) == ("fetch_profiles_posts", False)
    lease, _ = await world.claim()
    await world.store.queue.succeed(lease, task_id, output=READ, evidence={"method": "page"})

    data = (await outx.status(task_id)).json()["data"]

    assert data["task_input"] == {
        "task_type": "agent_fetch_profiles_posts",
        "profile_urns": [URN],
    }
    assert data["task_output"] == {
        "posts": [
            {
                "social_urn": POST,
                "post_url": f"https://www.linkedin.com/feed/update/{POST}/",
                "text": "What a week.",
                "author_url": "https://www.linkedin.com/in/jane-doe",
                "is_own": True,
                "profile_urn": URN,
            }
        ],
        "total": 1,
        "unclear": [],
    }


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ({}, "Missing or invalid 'profile_urns'"),
        ({"profile_urns": URN}, "Missing or invalid 'profile_urns'"),
        ({"profile_urns": []}, "Missing or invalid 'profile_urns'"),
        ({"profile_urns": [URN, 5]}, "Missing or invalid 'profile_urns'"),
        ({"profile_urns": ["no body"]}, "Missing or invalid 'profile_urns'"),
        ({"profile_urns": [URN] * 11}, "Invalid 'profile_urns': must be 10 or fewer"),
    ],
)
async def test_what_names_no_members_is_refused(
    outx: OutxClient, sent: dict[str, Any], text: str
) -> None:
    """The texts follow the pattern of the documented ones."""
    answer = await outx.http.post(PATH, json=sent)

    assert (answer.status_code, answer.json()) == (400, {"error": text})


async def test_our_own_contract_takes_members_in_any_form(
    outx: OutxClient, native: NativeClient
) -> None:
    """A list may mix URNs, addresses and parts."""
    members = [URN, "https://www.linkedin.com/in/jane-doe/", {"vanity": "john-doe"}]
    order = {"task_type": "fetch_profiles_posts", "input": {"profiles": members}}

    answer = await native.http.post("/tasks", json=order)

    assert answer.status_code == 201
    assert answer.json()["input"]["profiles"] == [
        {"profile_id": "ACoAABCDEFG", "vanity": None},
        {"profile_id": None, "vanity": "jane-doe"},
        {"profile_id": None, "vanity": "john-doe"},
    ]
    data = (await outx.status(answer.json()["id"])).json()["data"]
    assert data["task_input"]["profile_urns"] == [URN, "jane-doe", "john-doe"]


async def test_our_own_contract_refuses_a_list_with_nobody_in_it(native: NativeClient) -> None:
    """One wrong name is enough."""
    order = {"task_type": "fetch_profiles_posts", "input": {"profiles": [URN, "no body"]}}

    answer = await native.http.post("/tasks", json=order)

    assert answer.status_code == 400
    assert "input.profiles" in answer.json()["error"]["message"]
