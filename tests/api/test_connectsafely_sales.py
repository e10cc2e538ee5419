"""Sales Navigator's inbox through ConnectSafely's dialect: what is asked for, what is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from storage.tasks import ErrorCode

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, World

# With a slash, which Base64 may have.
THREAD = "2-ODFkYjU4M2Itfd/hYS00YTVjLThlNTQtZjI5YTE4ZWUyZDk5XzEwMA=="
JOHN: dict[str, Any] = {
    "participant_urn": "urn:li:fs_salesProfile:(ACwAA1,NAME_SEARCH,Ab1c)",
    "backend_urn": "urn:li:member:883467181",
    "profile_urn": None,
    "profile_id": "ACwAA1",
    "name": "John Doe",
    "headline": None,
    "profile_url": "https://www.linkedin.com/sales/lead/ACwAA1,NAME_SEARCH,Ab1c",
    "picture_url": "https://media.licdn.com/dms/image/john",
    "distance": "DISTANCE_2",
    "badge": None,
}
ME: dict[str, Any] = {**JOHN, "profile_id": "ACwAA2", "distance": "SELF"}
HELLO: dict[str, Any] = {
    "message_urn": "2-MTc3",
    "backend_urn": None,
    "conversation_urn": f"urn:li:salesNav_thread:{THREAD}",
    "text": "Hello, how are you?",
    "subject": "Lanterns",
    "sent_at": 1771950346603,
    "is_own": False,
    "sender": JOHN,
    "attachments": [],
    "reactions": [],
    "is_recalled": False,
    "kind": "INMAIL",
}
FOUND: dict[str, Any] = {
    "thread_id": THREAD,
    "conversation_urn": f"urn:li:salesNav_thread:{THREAD}",
    "conversation_url": f"https://www.linkedin.com/sales/inbox/{quote(THREAD, safe='')}",
    "participants": [ME, JOHN],
    "unread_count": 2,
    "is_archived": False,
    "message_count": 7,
    "last_activity_at": 1771950346603,
    "next_page_starts_at": 1771950346602,
    "latest_message": HELLO,
}
LISTED: dict[str, Any] = {
    "threadId": THREAD,
    "conversationUrn": f"urn:li:salesNav_thread:{THREAD}",
    "conversationUrl": FOUND["conversation_url"],
    "source": "sales_navigator",
    "salesNavThreadId": THREAD,
    "lastActivityAt": 1771950346603,
    "unreadCount": 2,
    "isRead": False,
    "archived": False,
    "totalMessageCount": 7,
    "participants": [
        {
            "profileId": "ACwAA1",
            "name": "John Doe",
            "headline": None,
            "profileUrl": "https://www.linkedin.com/sales/lead/ACwAA1,NAME_SEARCH,Ab1c",
            "profilePicture": "https://media.licdn.com/dms/image/john",
            "distance": "DISTANCE_2",
            "participantUrn": "urn:li:fs_salesProfile:(ACwAA1,NAME_SEARCH,Ab1c)",
            "backendUrn": "urn:li:member:883467181",
        }
    ],
    "latestMessage": {
        "text": "Hello, how are you?",
        "sentAt": 1771950346603,
        "senderName": "John Doe",
        "hasAttachment": False,
    },
    "nextPageStartsAt": 1771950346602,
}


async def test_threads_follow_what_conversations_look_like(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """With where to go on, which leads to what comes behind it."""
    call = connectsafely.get("/sales-nav/threads", count=1)
    async with connectsafely.calling(call) as calling:
        await world.succeed(threads=[FOUND], next=1771950346602)
        answer = (await calling).json()
    place = answer["nextPageStartsAt"]
    call = connectsafely.get("/sales-nav/threads", pageStartsAt=place)
    async with connectsafely.calling(call) as calling:
        (task, *_) = await world.tasks()
        await world.succeed(threads=[], next=None)
        last = (await calling).json()

    assert answer == {
        "success": True,
        "threads": [LISTED],
        "paging": {"count": 1, "pageStartsAt": None, "hasMore": True},
        "nextPageStartsAt": 1771950346602,
        "accountId": world.admin.id,
    }
    assert task.input == {"count": 20, "starts_at": place, "only_unread": False}
    assert last["paging"] == {"count": 0, "pageStartsAt": place, "hasMore": False}
    assert (last["threads"], last["nextPageStartsAt"]) == ([], None)


@pytest.mark.parametrize("path", [THREAD, quote(THREAD, safe="")])
async def test_a_thread_has_its_messages(
    connectsafely: ConnectSafelyClient, world: World, path: str
) -> None:
    """However its id is encoded in the address."""
    call = connectsafely.get(f"/sales-nav/threads/{path}", messageCount=3)
    async with connectsafely.calling(call) as calling:
        (task,) = await world.tasks()
        await world.succeed(thread=FOUND, messages=[HELLO], has_more=True)
        answer = (await calling).json()

    assert task.input == {"thread_id": THREAD, "count": 3, "before": None, "since": None}
    assert answer == {
        "success": True,
        "thread": {
            **LISTED,
            "messages": [
                {
                    "messageUrn": "2-MTc3",
                    "text": "Hello, how are you?",
                    "sentAt": 1771950346603,
                    "senderProfileId": "ACwAA1",
                    "senderName": "John Doe",
                    "senderPhoto": "https://media.licdn.com/dms/image/john",
                    "isSentByOwner": False,
                    "hasAttachment": False,
                    "attachments": [],
                    "subject": "Lanterns",
                    "type": "INMAIL",
                }
            ],
            "hasMore": True,
        },
        "accountId": world.admin.id,
    }


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ({}, {"count": 20, "only_unread": False, "starts_at": None}),
        ({"count": 500, "filter": "UNREAD"}, {"count": 100, "only_unread": True}),
        ({"pageStartsAt": ""}, {"starts_at": None}),
    ],
)
async def test_threads_are_asked_for_with_their_filters(
    connectsafely: ConnectSafelyClient, world: World, query: dict[str, Any], asked: dict[str, Any]
) -> None:
    """In a query everything is text; a count beyond the largest is taken as that."""
    connectsafely.http.headers["Prefer"] = "respond-async"

    answer = await connectsafely.get("/sales-nav/threads", **query)

    assert answer.status_code == 202, answer.text
    (task,) = await world.tasks()
    assert asked.items() <= task.input.items()


@pytest.mark.parametrize(
    ("path", "query", "text"),
    [
        ("/threads", {"filter": "SENT"}, "filter must be 'INBOX' or 'UNREAD'"),
        ("/threads", {"filter": "ARCHIVED"}, "filter ARCHIVED is not offered: "),
        ("/threads", {"count": "0"}, "count must be 1 or more"),
        ("/threads/thread", {}, "threadId is invalid"),
        ("/threads", {"accountId": "acc_unknown"}, "Account not found"),
    ],
)
async def test_what_is_wrong_is_said_without_success(
    connectsafely: ConnectSafelyClient, path: str, query: dict[str, Any], text: str
) -> None:
    """Errors of these paths have nothing but their text."""
    answer = await connectsafely.get(f"/sales-nav{path}", **query)

    assert answer.status_code == (404 if "accountId" in query else 400)
    assert set(answer.json()) == {"error"}
    assert answer.json()["error"].startswith(text)


@pytest.mark.parametrize(
    ("code", "status", "text"),
    [
        (ErrorCode.REFUSED, 400, "It did not work."),
        (ErrorCode.CONVERSATION_NOT_FOUND, 404, "Conversation not found"),
        (ErrorCode.UI_CHANGED, 500, "It did not work."),
    ],
)
async def test_a_failed_read_is_said_without_success(
    connectsafely: ConnectSafelyClient, world: World, code: ErrorCode, status: int, text: str
) -> None:
    """With the code in its header."""
    call = connectsafely.get(f"/sales-nav/threads/{quote(THREAD, safe='')}")
    async with connectsafely.calling(call) as calling:
        await world.fail(code)
        answer = await calling

    assert (answer.status_code, answer.json()) == (status, {"error": text})
    assert answer.headers["X-Error-Code"] == code.value


async def test_a_thread_is_marked_read(connectsafely: ConnectSafelyClient, world: World) -> None:
    """The answer names it."""
    call = connectsafely.post("/sales-nav/mark-read", {"threadId": THREAD})
    async with connectsafely.calling(call) as calling:
        (task,) = await world.tasks()
        await world.succeed(thread_id=THREAD, already_read=True)
        answer = (await calling).json()
    missing = await connectsafely.post("/sales-nav/mark-read", {})

    assert (task.task_type, task.input) == ("mark_sales_thread_read", {"thread_id": THREAD})
    assert answer == {"success": True, "threadId": THREAD, "accountId": world.admin.id}
    assert (missing.status_code, missing.json()) == (400, {"error": "threadId is required"})
