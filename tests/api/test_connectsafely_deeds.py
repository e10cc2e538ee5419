"""Doing something to conversations and messages through ConnectSafely's dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from storage.tasks import ErrorCode
from tests.api.test_connectsafely_inbox import URN

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, World

MESSAGE = "urn:li:msg_message:(urn:li:fsd_profile:ACoAAB,2-MTc3MTk1+/MDM0=)"
CONVERSATION = f"/conversations/{quote(URN, safe='')}"
ONE_MESSAGE = f"{CONVERSATION}/messages/{quote(MESSAGE, safe='')}"
BOTH = {"conversation_urn": URN, "message_urn": MESSAGE}


@pytest.mark.parametrize(
    ("deed", "task_type", "more"),
    [
        ("star", "star_conversation", {"starred": True}),
        ("unstar", "star_conversation", {"starred": False}),
        ("mark-unread", "mark_unread", {}),
    ],
)
async def test_a_mark_of_a_conversation_is_answered_once_it_was_made(
    connectsafely: ConnectSafelyClient,
    world: World,
    deed: str,
    task_type: str,
    more: dict[str, Any],
) -> None:
    """Without a body; the URN stands encoded in the path."""
    call = connectsafely.http.patch(f"/linkedin{CONVERSATION}/{deed}")
    async with connectsafely.calling(call) as calling:
        (task,) = await world.tasks()
        await world.succeed(conversation_urn=URN)
        answer = await calling
    wrong_key = await connectsafely.http.patch(
        f"/linkedin{CONVERSATION}/{deed}", headers={"Authorization": "Bearer x"}
    )

    assert (task.task_type, task.input) == (task_type, {"conversation_urn": URN, **more})
    assert (answer.status_code, answer.json()) == (200, {"success": True, "conversationUrn": URN})
    assert (wrong_key.status_code, wrong_key.json()) == (401, {"error": "Unauthorized"})


async def test_a_message_is_recalled(connectsafely: ConnectSafelyClient, world: World) -> None:
    """By two URNs in the path; the account stands in the query."""
    await world.store.teams.add_alias(world.admin.id, "acc_12345")
    call = connectsafely.http.delete(f"/linkedin{ONE_MESSAGE}?accountId=acc_12345")
    async with connectsafely.calling(call) as calling:
        (task,) = await world.tasks()
        await world.succeed(**BOTH, already_recalled=False)
        answer = await calling

    assert (task.task_type, task.input, task.is_write) == ("recall_message", BOTH, True)
    assert (answer.status_code, answer.json()) == (200, {"success": True, "messageUrn": MESSAGE})


@pytest.mark.parametrize("react", [True, False])
async def test_a_message_is_reacted_to(
    connectsafely: ConnectSafelyClient, world: World, *, react: bool
) -> None:
    """Path, query and body together say what is wanted."""
    await world.store.teams.add_alias(world.admin.id, "acc_12345")
    body = {"emoji": "👍", "react": react}
    path = f"{ONE_MESSAGE}/react?accountId=acc_12345"
    async with connectsafely.calling(connectsafely.post(path, body)) as calling:
        (task,) = await world.tasks()
        await world.succeed(**BOTH, emoji="👍", react=react)
        answer = await calling

    assert (task.task_type, task.input) == ("react_to_message", {**BOTH, **body})
    assert (answer.status_code, answer.json()) == (
        200,
        {"success": True, "messageUrn": MESSAGE, **body},
    )


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"react": True}, "emoji is required"),
        ({"emoji": "👍"}, "react is required"),
        ({"emoji": "yes", "react": True}, "emoji is invalid"),
        ({"emoji": "👍", "react": "true"}, "react must be true or false"),
    ],
)
async def test_a_reaction_that_is_not_described_is_refused(
    connectsafely: ConnectSafelyClient, world: World, body: dict[str, Any], text: str
) -> None:
    """Nothing is accepted."""
    answer = await connectsafely.post(f"{ONE_MESSAGE}/react", body)

    assert (answer.status_code, answer.json()) == (400, {"error": text})
    assert await world.tasks() == []


@pytest.mark.parametrize("deed", ["star", "unstar", "mark-unread"])
async def test_what_is_no_urn_is_refused(
    connectsafely: ConnectSafelyClient, world: World, deed: str
) -> None:
    """It names its field."""
    answer = await connectsafely.http.patch(f"/linkedin/conversations/2-abc/{deed}")

    assert answer.status_code == 400
    assert answer.json()["error"] == "conversationUrn is invalid"
    assert await world.tasks() == []


@pytest.mark.parametrize(
    ("code", "status", "text"),
    [
        (ErrorCode.CONVERSATION_NOT_FOUND, 404, "Conversation not found"),
        (ErrorCode.MESSAGE_NOT_FOUND, 404, "Message not found"),
        (ErrorCode.DELETION_NOT_OFFERED, 400, None),
        (ErrorCode.REFUSED, 400, None),
        (ErrorCode.UI_CHANGED, 500, None),
    ],
)
async def test_a_recall_that_failed_has_a_documented_status(
    connectsafely: ConnectSafelyClient,
    world: World,
    code: ErrorCode,
    status: int,
    text: str | None,
) -> None:
    """And its code in a header."""
    call = connectsafely.http.delete(f"/linkedin{ONE_MESSAGE}")
    async with connectsafely.calling(call) as calling:
        await world.fail(code)
        answer = await calling

    assert (answer.status_code, answer.headers["X-Error-Code"]) == (status, code.value)
    assert text in {None, answer.json()["error"]}
