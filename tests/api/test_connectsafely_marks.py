"""Changing the inbox through ConnectSafely's dialect: showing that one types, marking read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from storage.tasks import ErrorCode
from tests.api.test_connectsafely_inbox import URN

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, World


@pytest.mark.parametrize(
    ("path", "task_type", "text"),
    [
        ("/messaging/typing-indicator", "show_typing", "Typing indicator sent successfully"),
        ("/messaging/mark-seen", "mark_read", "Conversation marked as seen successfully"),
    ],
)
async def test_a_change_to_a_conversation_is_answered_once_it_was_made(
    connectsafely: ConnectSafelyClient, world: World, path: str, task_type: str, text: str
) -> None:
    """Word for word; what is missing, and a wrong key, have the texts of these pages."""
    async with connectsafely.calling(connectsafely.post(path, {"conversationUrn": URN})) as calling:
        (task,) = await world.tasks()
        await world.succeed(conversation_urn=URN, already_read=False)
        answer = await calling
    missing = await connectsafely.post(path, {})
    wrong_key = await connectsafely.http.post(
        f"/linkedin{path}", json={}, headers={"Authorization": "Bearer x"}
    )

    assert (task.task_type, task.input) == (task_type, {"conversation_urn": URN})
    assert answer.json() == {
        "success": True,
        "accountId": world.admin.id,
        "conversationUrn": URN,
        "message": text,
    }
    assert (missing.status_code, missing.json()) == (
        400,
        {"success": False, "error": "conversationUrn is required"},
    )
    assert (wrong_key.status_code, wrong_key.json()) == (
        401,
        {"error": "Unauthorized - Invalid credentials"},
    )


@pytest.mark.parametrize("path", ["/messaging/typing-indicator", "/messaging/mark-seen"])
async def test_a_change_that_failed_names_its_conversation(
    connectsafely: ConnectSafelyClient, world: World, path: str
) -> None:
    """As these pages have it for 500; what is the client's to mend names nothing."""
    await world.store.teams.add_alias(world.admin.id, "acc_12345")
    body = {"accountId": "acc_12345", "conversationUrn": URN}
    answers = []
    for code in (ErrorCode.UI_CHANGED, ErrorCode.CONVERSATION_NOT_FOUND):
        async with connectsafely.calling(connectsafely.post(path, body)) as calling:
            await world.fail(code)
            answers.append(await calling)

    failed, missing = answers
    assert (failed.status_code, failed.json()) == (
        500,
        {
            "success": False,
            "accountId": "acc_12345",
            "conversationUrn": URN,
            "error": "It did not work.",
        },
    )
    assert (missing.status_code, missing.json()) == (
        404,
        {"success": False, "error": "Conversation not found"},
    )


@pytest.mark.parametrize("body", [None, {}, {"accountId": "acc_12345"}])
async def test_the_whole_inbox_is_marked_read_with_or_without_a_body(
    connectsafely: ConnectSafelyClient, world: World, body: dict[str, Any] | None
) -> None:
    """There is nothing that would have to be said."""
    await world.store.teams.add_alias(world.admin.id, "acc_12345")
    call = connectsafely.http.post("/linkedin/messaging/mark-all-read", json=body)
    async with connectsafely.calling(call) as calling:
        await world.succeed(conversation_urns=[URN])
        answer = await calling

    assert answer.json() == {
        "success": True,
        "accountId": "acc_12345",
        "message": "All messages marked as read successfully",
    }
