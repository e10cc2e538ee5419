"""Liking and commenting on posts through OutX's endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from storage.tasks import ErrorCode, TaskError, TaskFilter

if TYPE_CHECKING:
    import httpx

    from tests.api.conftest import NativeClient, OutxClient, World

URN = "urn:li:activity:7123456789012345678"
LIKE, COMMENT = "/linkedin-agent/like-post", "/linkedin-agent/comment-post"
NO_POST = "Missing or invalid 'social_urn'"
NO_TEXT = "Missing or invalid 'comment_text'"
TOO_LONG = "Comment text is too long (max 1250 characters)"
NO_POSTS = [
    None,
    5,
    "",
    "7123456789012345678",
    "urn:li:activity:",
    "urn:li:activity:12ab",
    "urn:li:comment:(activity:7123456789012345678,1)",
    "urn:li:person:ACoAABCDEFG",
    "urn:li:activity:7123456789012345678/../../in/me",
    "https://example.com/feed/update/urn:li:activity:7123456789012345678/",
    "https://www.linkedin.com/in/jane-doe/",
    "x" * 3000,
]


async def post(outx: OutxClient, path: str, body: dict[str, Any]) -> httpx.Response:
    return await outx.http.post(path, json=body)


async def shown(outx: OutxClient, task_id: str) -> dict[str, Any]:
    data: dict[str, Any] = (await outx.status(task_id)).json()["data"]
    return data


@pytest.mark.parametrize(
    ("path", "body", "task_type", "message"),
    [
        (LIKE, {"social_urn": URN}, "agent_like_post", "Like post task created successfully"),
        (
            COMMENT,
            {"social_urn": URN, "comment_text": " Well done!\r\n"},
            "agent_comment_post",
            "Comment post task created successfully",
        ),
    ],
)
async def test_a_task_is_accepted_and_echoed_as_it_was_sent(
    outx: OutxClient, path: str, body: dict[str, Any], task_type: str, message: str
) -> None:
    """The answer has the shape that all of OutX's have."""
    answer = (await post(outx, path, body)).json()
    task_id = answer.pop("api_agent_task_id")

    assert str(UUID(task_id)) == task_id
    assert answer == {"success": True, "message": message}
    data = await shown(outx, task_id)
    assert (data["status"], data["task_output"]) == ("pending", None)
    assert data["task_input"] == {"task_type": task_type, **body}


@pytest.mark.parametrize(
    "post_reference",
    [
        URN,
        f"https://www.linkedin.com/feed/update/{URN}/",
        f"linkedin.com/feed/update/{URN.replace(':', '%3A')}?utm_source=share",
        "https://www.linkedin.com/posts/jane-doe_a-week-activity-7123456789012345678-AbC_/",
    ],
)
async def test_a_post_is_named_by_its_urn_or_address(
    outx: OutxClient, world: World, post_reference: str
) -> None:
    """Whatever was sent, the task is about one URN."""
    answer = await post(outx, LIKE, {"social_urn": post_reference})

    task = await world.task(answer.json()["api_agent_task_id"])
    assert (task.task_type, task.input, task.is_write) == (
        "like_post",
        {"post": URN, "reaction": "like", "replaces": False},
        True,
    )


@pytest.mark.parametrize("sent", NO_POSTS, ids=lambda sent: repr(sent)[:30])
@pytest.mark.parametrize("path", [LIKE, COMMENT])
async def test_what_names_no_post_is_refused(
    outx: OutxClient, world: World, path: str, sent: object
) -> None:
    """The text is the documented one, and nothing is accepted."""
    answer = await post(outx, path, {"social_urn": sent, "comment_text": "Hi"})

    assert (answer.status_code, answer.json()) == (400, {"error": NO_POST})
    assert await world.store.reports.list(TaskFilter()) == []


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (None, NO_TEXT),
        (5, NO_TEXT),
        ("", NO_TEXT),
        (" \n\u200b", NO_TEXT),
        ("a\u0000b", NO_TEXT),
        ("x" * 1251, TOO_LONG),
    ],
    ids=lambda value: repr(value)[:20],
)
async def test_a_comment_needs_words_that_can_be_seen(
    outx: OutxClient, text: object, refusal: str
) -> None:
    """Texts follow the pattern of the messages' ones."""
    answer = await post(outx, COMMENT, {"social_urn": URN, "comment_text": text})

    assert (answer.status_code, answer.json()) == (400, {"error": refusal})


@pytest.mark.parametrize(
    ("path", "deed"), [(LIKE, "liked"), (COMMENT, "commented")], ids=["like", "comment"]
)
@pytest.mark.parametrize("failed", [False, True], ids=["done", "failed"])
async def test_the_output_says_what_became_of_it(
    outx: OutxClient, world: World, path: str, deed: str, *, failed: bool
) -> None:
    """A failure has the same word, and the reason."""
    answer = await post(outx, path, {"social_urn": URN, "comment_text": "Hi"})
    task_id = answer.json()["api_agent_task_id"]
    if not failed:
        await world.succeed()
        assert (await shown(outx, task_id))["task_output"] == {deed: True}
        return
    lease, _ = await world.claim()
    gone = TaskError(code=ErrorCode.POST_NOT_FOUND, message="There is none.", retry_safe=True)
    await world.store.queue.fail(lease, task_id, error=gone)

    data = await shown(outx, task_id)
    assert data["status"] == "failed"
    assert data["task_output"] == {
        deed: False,
        "error": {"code": "post_not_found", "message": "There is none.", "retry_safe": True},
    }


async def test_the_same_like_is_accepted_once(outx: OutxClient, world: World) -> None:
    """Two names of one post are one post; another post, and a comment, are something else."""
    for named in (URN, f"https://www.linkedin.com/feed/update/{URN}/"):
        await post(outx, LIKE, {"social_urn": named})
    assert len(await world.tasks()) == 1

    await post(outx, LIKE, {"social_urn": URN.replace("7123", "7124")})
    for text in ("One", "One", "Two"):
        await post(outx, COMMENT, {"social_urn": URN, "comment_text": text})
    assert len(await world.tasks()) == 4


@pytest.mark.parametrize("task_type", ["like_post", "unlike_post"])
async def test_our_own_contract_has_them_as_well(native: NativeClient, task_type: str) -> None:
    """The post is shown by its URN, however it was named."""
    address = f"https://www.linkedin.com/feed/update/{URN}/"
    answer = await native.http.post(
        "/tasks", json={"task_type": task_type, "input": {"post": address}}
    )

    assert answer.status_code == 201
    assert answer.json()["input"]["post"] == URN


async def test_a_post_that_is_none_is_refused_by_our_own_contract(native: NativeClient) -> None:
    """The text names the field and quotes nothing."""
    answer = await native.http.post(
        "/tasks", json={"task_type": "like_post", "input": {"post": "urn:li:person:ACoAABCDEFG"}}
    )

    assert answer.status_code == 400
    message = answer.json()["error"]["message"]
    assert "input.post" in message
    assert "ACoA" not in message


async def test_an_own_contracts_like_can_be_polled_as_outx_shows_it(
    outx: OutxClient, native: NativeClient
) -> None:
    """A repeated request through this contract may be answered with that task."""
    made = await native.http.post("/tasks", json={"task_type": "like_post", "input": {"post": URN}})

    data = await shown(outx, made.json()["id"])
    assert data["task_input"] == {"task_type": "agent_like_post", "social_urn": URN}
