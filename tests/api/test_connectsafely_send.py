"""Sending through ConnectSafely's dialect: the documented requests and answers, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from storage.tasks import ErrorCode, TaskStatus

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, World

JANE = "urn:li:fsd_profile:ACoAAA24A-MBVEvT49xpVF2gnWrhvmUIPDJshSM"
JANES_ID = JANE.rpartition(":")[2]
SENDS = ["/message", "/messaging/send"]


def example(**changed: Any) -> dict[str, Any]:
    """Return the request of the vendor's page, without its account and group."""
    return {
        "recipientProfileId": "john-doe-123",
        "message": "Hello! I would like to connect with you.",
        "subject": "Quick question about your work",
        "messageType": "normal",
        **changed,
    }


@pytest.mark.parametrize("path", SENDS)
async def test_a_message_is_answered_once_it_was_sent(
    connectsafely: ConnectSafelyClient, world: World, path: str
) -> None:
    """With the documented body; what it has no room for stands in headers."""
    async with connectsafely.calling(connectsafely.post(path, example())) as calling:
        assert not calling.done()
        task_id = await world.succeed(
            recipient_profile_id=JANES_ID, message_urn="urn:li:m", conversation_urn="urn:li:c"
        )
        answer = await calling

    assert answer.status_code == 200
    assert answer.json() == {
        "success": True,
        "message": "Message sent successfully",
        "recipientProfileUrn": JANE,
    }
    assert answer.headers["X-Task-Id"] == task_id
    assert answer.headers["X-Message-Urn"] == "urn:li:m"
    assert answer.headers["X-Conversation-Urn"] == "urn:li:c"
    assert "X-Queue-Position" not in answer.headers, "it waits for nothing any more"
    task = await world.task(task_id)
    assert (task.task_type, task.dialect, task.request) == (
        "send_message",
        "connectsafely",
        example(),
    )
    assert task.input == {
        "recipient": {"profile_id": None, "vanity": "john-doe-123"},
        "message": "Hello! I would like to connect with you.",
        "conversation_urn": None,
        "show_typing": False,
        "attachments": [],
    }


@pytest.mark.parametrize("is_shown", [True, False])
async def test_a_typed_message_tells_whether_its_typing_was_shown(
    connectsafely: ConnectSafelyClient, world: World, *, is_shown: bool
) -> None:
    """As LinkedIn took it; the message may name the conversation that it goes to."""
    urn = "urn:li:msg_conversation:(urn:li:fsd_profile:ACoAAB,2-NzkzMDFlNzA=)"
    body = {"recipientProfileUrn": JANE, "message": "Hi", "conversationUrn": urn}
    call = connectsafely.post("/messaging/send-with-typing", body)
    async with connectsafely.calling(call) as calling:
        (task,) = await world.tasks()
        await world.succeed(recipient_profile_id=JANES_ID, typing_shown=is_shown)
        answer = await calling

    assert (task.input["conversation_urn"], task.input["show_typing"]) == (urn, True)
    assert answer.json() == {
        "success": True,
        "message": "Message sent successfully",
        "recipientProfileUrn": JANE,
        "typingIndicatorSent": is_shown,
    }


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ({"recipientProfileId": "john-doe-123"}, {"vanity": "john-doe-123", "profile_id": None}),
        ({"recipientProfileId": "ACoAABCDEFG"}, {"vanity": None, "profile_id": "ACoAABCDEFG"}),
        (
            {"recipientProfileUrn": "urn:li:fsd_profile:ABC123"},
            {"vanity": None, "profile_id": "ABC123"},
        ),
        (
            {"recipientProfileUrn": JANE, "recipientProfileId": "somebody-else"},
            {"vanity": None, "profile_id": JANES_ID},
        ),
        (
            {"recipientProfileUrn": None, "recipientProfileId": "john-doe-123"},
            {"vanity": "john-doe-123", "profile_id": None},
        ),
    ],
)
async def test_the_recipient_is_named_by_id_or_urn_and_the_urn_counts(
    connectsafely: ConnectSafelyClient, world: World, given: dict[str, Any], meant: dict[str, Any]
) -> None:
    """As the vendor's newer pages prefer it."""
    answer = await connectsafely.post(
        "/message", {"message": "Hi", **given}, Prefer="respond-async"
    )

    assert answer.status_code == 202
    (task,) = await world.tasks()
    assert task.input["recipient"] == meant


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "Either recipientProfileId or recipientProfileUrn is required"),
        ({"message": "Hi"}, "Either recipientProfileId or recipientProfileUrn is required"),
        (
            {"message": "Hi", "recipientProfileId": "", "recipientProfileUrn": None},
            "Either recipientProfileId or recipientProfileUrn is required",
        ),
        ({"recipientProfileId": "john-doe-123"}, "message is required"),
        ({"recipientProfileId": "john-doe-123", "message": ""}, "message is required"),
        ({"recipientProfileId": "john-doe-123", "message": 5}, "message must be a string"),
        ({"recipientProfileId": "john-doe-123", "message": None}, "message must be a string"),
        ({"recipientProfileId": "john-doe-123", "message": " \u200b"}, "message is invalid"),
        (
            {"recipientProfileId": "john-doe-123", "message": "x" * 10_001},
            "message must be 10000 characters or fewer",
        ),
        ({"recipientProfileId": 5, "message": "Hi"}, "recipientProfileId must be a string"),
        ({"recipientProfileId": "../feed", "message": "Hi"}, "recipientProfileId is invalid"),
        ({"recipientProfileUrn": "urn:li:x", "message": "Hi"}, "recipientProfileUrn is invalid"),
        (
            {"recipientProfileId": "john-doe-123", "message": "Hi", "messageType": "telegram"},
            "messageType must be 'normal' or 'inmail'",
        ),
        (
            {"recipientProfileId": "john-doe-123", "message": "Hi", "accountId": 5},
            "accountId must be a string",
        ),
    ],
)
async def test_a_wrong_body_is_refused_with_the_field(
    connectsafely: ConnectSafelyClient, world: World, body: dict[str, Any], error: str
) -> None:
    """The documented text where there is one; nothing is accepted."""
    answer = await connectsafely.post("/message", body)

    assert answer.status_code == 400
    assert answer.json() == {"error": error, "success": False}
    assert await world.tasks() == []


@pytest.mark.parametrize("key", [None, "", "nobody's"])
async def test_without_a_valid_token_the_answer_is_unauthorized(
    connectsafely: ConnectSafelyClient, key: str | None
) -> None:
    """In the short form, which has no `success`."""
    headers = {"Authorization": "" if key is None else f"Bearer {key}"}

    answer = await connectsafely.http.post("/linkedin/message", json=example(), headers=headers)

    assert answer.status_code == 401
    assert answer.json() == {"error": "Unauthorized"}


async def test_a_recipient_who_does_not_exist_is_named_as_the_client_named_them(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Word for word as the vendor's page has it."""
    body = {"recipientProfileId": "invalid-profile-id", "message": "Hi"}
    async with connectsafely.calling(connectsafely.post("/message", body)) as calling:
        await world.fail(ErrorCode.PROFILE_NOT_FOUND)
        answer = await calling

    assert answer.status_code == 404
    assert answer.json() == {
        "error": "LinkedIn profile not found: invalid-profile-id",
        "success": False,
    }
    assert answer.headers["X-Error-Code"] == "profile_not_found"


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (ErrorCode.NOT_CONNECTED, 400),
        (ErrorCode.NOT_GROUP_MEMBER, 403),
        (ErrorCode.RATE_LIMITED, 429),
        (ErrorCode.UI_CHANGED, 500),
        (ErrorCode.ATTEMPTS_EXHAUSTED, 500),
    ],
)
async def test_a_failure_is_told_with_its_reason(
    connectsafely: ConnectSafelyClient, world: World, code: ErrorCode, status: int
) -> None:
    """In the documented shape; the code, and that asking again is safe, stand in headers."""
    async with connectsafely.calling(connectsafely.message()) as calling:
        await world.fail(code, "Jane is no connection.")
        answer = await calling

    assert answer.status_code == status
    assert answer.json() == {"error": "Jane is no connection.", "success": False}
    assert answer.headers["X-Error-Code"] == code.value
    assert answer.headers["X-Retry-Safe"] == "true"


async def test_what_nobody_could_prove_is_a_conflict(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """No success, and no status that a client would answer with a blind repetition."""
    async with connectsafely.calling(connectsafely.message()) as calling:
        task_id = await world.fail(ErrorCode.UNCONFIRMED, "Nobody could prove it.")
        answer = await calling
    again = await connectsafely.message()

    assert answer.status_code == again.status_code == 409
    assert (
        answer.json()
        == again.json()
        == {
            "error": "Nobody could prove it.",
            "success": False,
            "code": "unconfirmed",
            "taskId": task_id,
            "statusUrl": f"/tasks/{task_id}",
            "retrySafe": False,
        }
    )
    assert len(await world.tasks()) == 1


async def test_the_overview_pages_request_is_the_same_message(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """`/v1/messages` has other names for everything; it answers like `/linkedin/message`."""
    await world.store.teams.add_alias(world.admin.id, "acc_12345")
    body = {"recipientId": f"urn:li:person:{JANES_ID}", "text": "Hey Sarah"}
    headers = {"X-Account-Id": "acc_12345"}
    calling = connectsafely.http.post("/v1/messages", json=body, headers=headers)
    async with connectsafely.calling(calling) as going:
        (task,) = await world.tasks()
        await world.succeed(recipient_profile_id=JANES_ID)
        answer = await going
    unknown = await connectsafely.http.post(
        "/v1/messages", json=body, headers={"X-Account-Id": "another"}
    )
    missing = await connectsafely.http.post("/v1/messages", json={"text": "Hey"})
    nobody = await connectsafely.http.post(
        "/v1/messages", json=body, headers={"Authorization": "Bearer x"}
    )

    assert answer.json()["recipientProfileUrn"] == JANE
    assert task.input["recipient"]["profile_id"] == JANES_ID
    assert task.status is TaskStatus.QUEUED
    assert (unknown.status_code, unknown.json()["error"]) == (404, "Account not found")
    assert missing.status_code == 400
    assert (nobody.status_code, nobody.json()) == (401, {"error": "Unauthorized"})


async def test_a_conversation_alone_says_to_whom_a_message_goes(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """As the newer page has it; the answer names the one who is in it."""
    urn = "urn:li:msg_conversation:(urn:li:fsd_profile:ACoAAB,2-NzkzMDFlNzA=)"
    body = {"conversationUrn": urn, "message": "Hello again"}
    async with connectsafely.calling(connectsafely.post("/conversations/send", body)) as calling:
        (task,) = await world.tasks()
        await world.succeed(recipient_profile_id=JANES_ID, message_urn=None)
        answer = await calling

    assert (task.input["recipient"], task.input["conversation_urn"]) == (None, urn)
    assert answer.json()["recipientProfileUrn"] == JANE


async def test_a_message_to_nobody_is_refused(connectsafely: ConnectSafelyClient) -> None:
    """A conversation stands in for the recipient only where it is known."""
    answers = [
        await connectsafely.post("/conversations/send", {"message": "Hi", "conversationUrn": None}),
        await connectsafely.post(
            "/messaging/send-with-typing",
            {
                "message": "Hi",
                "conversationUrn": "urn:li:msg_conversation:(urn:li:fsd_profile:ACoAAB,2-Nw=)",
            },
        ),
    ]

    for answer in answers:
        assert answer.status_code == 400
        assert answer.json()["error"] == (
            "Either recipientProfileId or recipientProfileUrn is required"
        )
