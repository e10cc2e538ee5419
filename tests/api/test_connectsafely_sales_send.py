"""Writing from Sales Navigator in ConnectSafely's dialect: answers and beginnings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from storage.tasks import ErrorCode

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, World

# With a slash, which Base64 may have.
THREAD = "2-ODFkYjU4M2Itfd/hYS00YTVjLThlNTQtZjI5YTE4ZWUyZDk5XzEwMA=="
OWN = "urn:li:msg_conversation:(urn:li:fsd_profile:ACoAA1,2-b3du)"
LEAD = "urn:li:fs_salesProfile:(ACwAADSoo60,NAME_SEARCH,Ab1c)"


async def test_an_answer_in_a_thread_has_the_documented_shape(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """With both ids, and how much of the quota is left."""
    call = connectsafely.post("/sales-nav/send", {"threadId": THREAD, "body": "Thank you"})
    async with connectsafely.calling(call) as calling:
        (task,) = await world.tasks()
        await world.succeed(thread_id=THREAD, message_id="2-bWVzc2FnZQ==")
        answer = await calling

    assert task.task_type == "send_sales_message"
    assert task.input == {"thread_id": THREAD, "message": "Thank you"}
    assert answer.json() == {
        "success": True,
        "message": "Message sent successfully",
        "threadId": THREAD,
        "messageId": "2-bWVzc2FnZQ==",
        "accountId": world.admin.id,
    }
    assert answer.headers["X-RateLimit-Action"] == "MESSAGE"
    assert answer.headers["X-RateLimit-Limit"] == "150"


@pytest.mark.parametrize(
    ("named", "recipient"),
    [
        (LEAD, {"profile_id": "ACwAADSoo60", "found_by": "NAME_SEARCH", "token": "Ab1c"}),
        ("urn:li:fsd_profile:ACoAABCDEFG", {"profile_id": "ACoAABCDEFG", "vanity": None}),
    ],
)
async def test_a_conversation_is_begun_with_either_kind_of_urn(
    connectsafely: ConnectSafelyClient, world: World, named: str, recipient: dict[str, Any]
) -> None:
    """The subject is ours, since LinkedIn's own form asks for it; the answer is the documented."""
    body = {"recipients": [named], "subject": " Lanterns ", "body": "Hello"}
    call = connectsafely.post("/sales-nav/send", body)
    async with connectsafely.calling(call) as calling:
        (task,) = await world.tasks()
        await world.succeed(thread_id=THREAD, message_id="2-bWVzc2FnZQ==", credits_left=9)
        answer = await calling

    assert task.task_type == "send_sales_inmail"
    assert task.input == {
        "recipient": recipient,
        "subject": "Lanterns",
        "message": "Hello",
        "subject_is_optional": False,
    }
    assert answer.json() == {
        "success": True,
        "message": "Message sent successfully",
        "threadId": THREAD,
        "messageId": "2-bWVzc2FnZQ==",
        "accountId": world.admin.id,
    }


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"body": "Hi"}, "Either threadId or recipients is required"),
        ({"threadId": THREAD}, "body is required"),
        ({"threadId": THREAD, "body": " "}, "body is invalid"),
        ({"threadId": "thread", "body": "Hi"}, "threadId is invalid"),
        ({"threadId": THREAD, "body": "Hi", "copyToCrm": True}, "copyToCrm must be False"),
        ({"recipients": [], "body": "Hi"}, "Either threadId or recipients is required"),
        ({"recipients": [LEAD, LEAD], "body": "Hi"}, "recipients must be 1 or fewer"),
        ({"recipients": LEAD, "body": "Hi"}, "recipients is invalid"),
        ({"recipients": ["urn:li:company:1"], "body": "Hi"}, "recipients is invalid"),
        ({"recipients": ["urn:li:fs_salesProfile:(a,b)"], "body": "Hi"}, "recipients is invalid"),
        ({"recipients": [7], "body": "Hi"}, "recipients is invalid"),
        (
            {"recipients": [LEAD], "threadId": THREAD, "body": "Hi"},
            "threadId and recipients exclude each other",
        ),
        (
            {"threadId": THREAD, "subject": "Lanterns", "body": "Hi"},
            "subject goes with recipients; an answer has none",
        ),
        ({"recipients": [LEAD], "body": "x" * 1901}, "body must be 1900 characters or fewer"),
        (
            {"recipients": [LEAD], "subject": "x" * 201, "body": "Hi"},
            "subject must be 200 characters or fewer",
        ),
    ],
)
async def test_what_cannot_be_sent_is_said(
    connectsafely: ConnectSafelyClient, world: World, body: dict[str, Any], text: str
) -> None:
    """Before anything is accepted, with what to use instead."""
    answer = await connectsafely.post("/sales-nav/send", body)

    assert (answer.status_code, answer.json()) == (400, {"error": text})
    assert await world.tasks() == []


async def test_a_message_in_doubt_is_no_success(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """It is said where to look, and that it must not be sent again."""
    call = connectsafely.post("/sales-nav/send", {"threadId": THREAD, "body": "Thank you"})
    async with connectsafely.calling(call) as calling:
        task_id = await world.fail(ErrorCode.UNCONFIRMED)
        answer = await calling

    assert answer.status_code == 409
    assert answer.json() == {
        "error": "It did not work.",
        "code": "unconfirmed",
        "taskId": task_id,
        "statusUrl": f"/tasks/{task_id}",
        "retrySafe": False,
    }


@pytest.mark.parametrize(
    "named",
    [
        {"conversationUrn": f"urn:li:salesNav_thread:{THREAD}"},
        {"conversationUrn": f"urn:li:salesNav_thread:{THREAD}", "threadId": THREAD},
        {"threadId": THREAD, "messagingChannel": "sales_navigator"},
        {"threadId": THREAD, "messagingChannel": "auto", "attachments": []},
    ],
)
async def test_the_newer_sending_endpoint_reaches_sales_navigators_conversations(
    connectsafely: ConnectSafelyClient, world: World, named: dict[str, Any]
) -> None:
    """By whichever name they are known; the answer names the conversation."""
    call = connectsafely.post("/conversations/send", {**named, "message": "Thank you"})
    async with connectsafely.calling(call) as calling:
        (task,) = await world.tasks()
        await world.succeed(thread_id=THREAD, message_id="2-bWVzc2FnZQ==")
        answer = await calling

    assert task.task_type == "send_sales_message"
    assert task.input == {"thread_id": THREAD, "message": "Thank you"}
    assert answer.json() == {
        "success": True,
        "message": "Message sent successfully",
        "recipientProfileUrn": None,
        "sentMessage": {
            "messageUrn": "2-bWVzc2FnZQ==",
            "text": "Thank you",
            "sentAt": None,
            "senderProfileId": None,
            "senderName": None,
            "senderPhoto": None,
            "isSentByOwner": True,
        },
        "threadId": THREAD,
    }


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            {"threadId": THREAD, "messagingChannel": "linkedin_inbox"},
            "messagingChannel linkedin_inbox reaches no conversation of Sales Navigator's",
        ),
        (
            {"conversationUrn": OWN, "messagingChannel": "sales_navigator"},
            "messagingChannel sales_navigator reaches no conversation of LinkedIn's own",
        ),
        (
            {
                "recipientProfileId": "jane",
                "messagingChannel": "sales_navigator",
                "subject": "x" * 201,
            },
            "message or subject is too long for InMail",
        ),
        (
            {"threadId": THREAD, "conversationUrn": "urn:li:salesNav_thread:2-b3RoZXI="},
            "conversationUrn and threadId name two conversations",
        ),
        (
            {"threadId": THREAD, "recipientProfileId": "jane-doe"},
            "a recipient cannot be checked in Sales Navigator; name the conversation alone",
        ),
        ({"conversationUrn": "urn:li:salesNav_thread:x"}, "conversationUrn is invalid"),
        ({"threadId": "x"}, "threadId is invalid"),
        (
            {"threadId": THREAD, "messagingChannel": "pigeon"},
            "messagingChannel must be 'auto', 'linkedin_inbox' or 'sales_navigator'",
        ),
    ],
)
async def test_a_channel_that_does_not_fit_is_refused(
    connectsafely: ConnectSafelyClient, world: World, body: dict[str, Any], text: str
) -> None:
    """Nothing goes another way than the one that was asked for."""
    answer = await connectsafely.post("/conversations/send", {**body, "message": "Hi"})

    assert (answer.status_code, answer.json()) == (400, {"error": text})
    assert await world.tasks() == []


async def test_a_recipient_is_written_to_in_sales_navigator_where_that_is_asked_for(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """With the documented subject; the answer names the conversation that it began."""
    body = {
        "recipientProfileId": "jane-doe",
        "messagingChannel": "sales_navigator",
        "subject": "Lanterns",
        "message": "Hello",
    }
    call = connectsafely.post("/conversations/send", body)
    async with connectsafely.calling(call) as calling:
        (task,) = await world.tasks()
        await world.succeed(thread_id=THREAD, message_id="2-bWVzc2FnZQ==", credits_left=9)
        answer = (await calling).json()

    assert task.task_type == "send_sales_inmail"
    assert task.input == {
        "recipient": {"profile_id": None, "vanity": "jane-doe"},
        "subject": "Lanterns",
        "message": "Hello",
        "subject_is_optional": False,
    }
    assert (answer["threadId"], answer["recipientProfileUrn"]) == (THREAD, None)
    assert answer["sentMessage"]["messageUrn"] == "2-bWVzc2FnZQ=="
