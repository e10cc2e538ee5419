"""Reading the inbox through ConnectSafely's dialect: what is asked for, and what is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from storage.tasks import ErrorCode

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, World

OWNER = "urn:li:fsd_profile:ACoAAATPlQ0Bc8wdg-Iy8wZgEDuSdIVWJiE1Aio"
JOHNS_ID = "ACoAADSoo60BM6hxemTbnN2aA_Z1-WlNFRhRYhU"
# With a slash, which Base64 may have.
THREAD = "2-ODFkYjU4M2Itfd/hYS00YTVjLThlNTQtZjI5YTE4ZWUyZDk5XzEwMA=="
URN = f"urn:li:msg_conversation:({OWNER},{THREAD})"
MESSAGE = f"urn:li:msg_message:({OWNER},2-MTc3MTk1MDM0NjYwM2I5NzY0NS0xMDA=)"

JOHN: dict[str, Any] = {
    "participant_urn": f"urn:li:msg_messagingParticipant:urn:li:fsd_profile:{JOHNS_ID}",
    "backend_urn": "urn:li:member:883467181",
    "profile_urn": f"urn:li:fsd_profile:{JOHNS_ID}",
    "profile_id": JOHNS_ID,
    "name": "John Doe",
    "headline": "Software Engineer at Tech Company",
    "profile_url": f"https://www.linkedin.com/in/{JOHNS_ID}",
    "picture_url": "https://media.licdn.com/dms/image/john",
    "distance": "DISTANCE_1",
    "badge": None,
}
ME: dict[str, Any] = {**JOHN, "profile_id": OWNER.rpartition(":")[2], "distance": "SELF"}
FILE = {
    "kind": "file",
    "name": "offer.pdf",
    "media_type": "application/pdf",
    "byte_size": 12,
    "url": "https://www.linkedin.com/dms/prv/offer",
    "asset_urn": "urn:li:digitalmediaAsset:1",
}
HELLO: dict[str, Any] = {
    "message_urn": MESSAGE,
    "backend_urn": "urn:li:messagingMessage:2-MTc3MTk1MDM0NjYwM2I5NzY0NS0xMDA=",
    "conversation_urn": URN,
    "text": "Hello, how are you?",
    "subject": None,
    "sent_at": 1771950346603,
    "is_own": False,
    "sender": JOHN,
    "attachments": [FILE],
    "reactions": [],
}
CONVERSATION: dict[str, Any] = {
    "conversation_urn": URN,
    "backend_urn": f"urn:li:messagingThread:{THREAD}",
    "thread_id": THREAD,
    "conversation_url": f"https://www.linkedin.com/messaging/thread/{THREAD}/",
    "title": None,
    "is_group": False,
    "categories": ["PRIMARY_INBOX"],
    "participants": [ME, JOHN],
    "unread_count": 0,
    "is_read": True,
    "last_activity_at": 1771950346603,
    "created_at": 1771317337868,
    "last_read_at": 1771950726332,
    "state": None,
    "latest_message": HELLO,
}
PLACE = {"last_activity_at": 1771950346603, "conversation_urn": URN}


async def test_recent_messages_have_the_documented_shape(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Key by key as the vendor's example has them."""
    call = connectsafely.get("/messaging/recent-messages")
    async with connectsafely.calling(call) as calling:
        await world.succeed(conversations=[CONVERSATION], next=None)
        answer = await calling

    assert answer.json() == {
        "success": True,
        "accountId": world.admin.id,
        "profileUrn": OWNER,
        "conversations": [
            {
                "conversationId": THREAD,
                "conversationUrn": URN,
                "backendConversationUrn": f"urn:li:messagingThread:{THREAD}",
                "conversationUrl": f"https://www.linkedin.com/messaging/thread/{THREAD}/",
                "participants": [
                    {
                        "profileId": JOHNS_ID,
                        "name": "John Doe",
                        "headline": "Software Engineer at Tech Company",
                        "profileUrl": f"https://www.linkedin.com/in/{JOHNS_ID}",
                        "profilePicture": "https://media.licdn.com/dms/image/john",
                        "distance": "DISTANCE_1",
                        "memberBadgeType": None,
                        "participantUrn": JOHN["participant_urn"],
                        "backendUrn": "urn:li:member:883467181",
                        "hostIdentityUrn": f"urn:li:fsd_profile:{JOHNS_ID}",
                    }
                ],
                "unreadCount": 0,
                "lastActivityAt": 1771950346603,
                "createdAt": 1771317337868,
                "lastReadAt": 1771950726332,
                "isRead": True,
                "state": None,
                "latestMessage": {
                    "messageUrn": MESSAGE,
                    "backendMessageUrn": HELLO["backend_urn"],
                    "text": "Hello, how are you?",
                    "sentAt": 1771950346603,
                    "senderName": "John Doe",
                    "senderProfileUrl": f"https://www.linkedin.com/in/{JOHNS_ID}",
                    "senderUrn": JOHN["participant_urn"],
                    "hasAttachment": True,
                },
            }
        ],
        "total": 1,
        "nextCursor": None,
    }


async def test_conversations_have_the_newer_shape_and_go_on(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """The cursor of an answer leads to what comes behind it, in both generations."""
    async with connectsafely.calling(connectsafely.get("/conversations", count=1)) as calling:
        await world.succeed(conversations=[CONVERSATION], next=PLACE)
        answer = (await calling).json()
    cursor = answer["nextCursor"]
    for path in ("/conversations", "/messaging/recent-messages"):
        async with connectsafely.calling(connectsafely.get(path, nextCursor=cursor)) as calling:
            (task, *_) = await world.tasks()
            assert task.input["behind"] == PLACE
            await world.succeed(conversations=[], next=None)
            last = (await calling).json()
            assert (last["conversations"], last["nextCursor"]) == ([], None)

    assert answer == {
        "success": True,
        "conversations": [
            {
                "conversationUrn": URN,
                "conversationId": THREAD,
                "lastActivityAt": 1771950346603,
                "unreadCount": 0,
                "participants": [
                    {
                        "profileId": JOHNS_ID,
                        "name": "John Doe",
                        "headline": "Software Engineer at Tech Company",
                        "profileUrl": f"https://www.linkedin.com/in/{JOHNS_ID}",
                        "profilePicture": "https://media.licdn.com/dms/image/john",
                        "distance": "DISTANCE_1",
                    }
                ],
                "latestMessage": {
                    "text": "Hello, how are you?",
                    "sentAt": 1771950346603,
                    "senderName": "John Doe",
                    "hasAttachment": True,
                },
            }
        ],
        "accounts": [{"id": world.admin.id, "name": "Ada"}],
        "nextCursor": cursor,
        "hasMore": True,
        "fromCache": False,
    }


@pytest.mark.parametrize(
    ("path", "query", "asked"),
    [
        ("/messaging/recent-messages", {}, {"count": 20, "words": None, "is_read": None}),
        (
            "/messaging/recent-messages",
            {"count": 500, "keywords": "offer", "read": "false", "nextCursor": ""},
            {"count": 100, "words": "offer", "is_read": False},
        ),
        ("/messaging/recent-messages", {"read": "true"}, {"count": 20, "is_read": True}),
        (
            "/conversations",
            {"unreadOnly": "true", "keyword": "offer", "labeledOnly": "false", "labelId": ""},
            {"words": "offer", "is_read": False},
        ),
        (
            "/conversations",
            {"unreadOnly": "false", "keyword": ""},
            {"words": None, "is_read": None},
        ),
    ],
)
async def test_lists_are_asked_for_with_their_filters(
    connectsafely: ConnectSafelyClient,
    world: World,
    path: str,
    query: dict[str, Any],
    asked: dict[str, Any],
) -> None:
    """In a query everything is text; a count beyond the largest is taken as that."""
    connectsafely.http.headers["Prefer"] = "respond-async"

    answer = await connectsafely.get(path, **query)

    assert answer.status_code == 202, answer.text
    task = await world.task(answer.json()["taskId"])
    assert asked.items() <= task.input.items()


async def test_conversation_details_have_the_documented_shape(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """With the moment around which they are asked for."""
    query = {"conversationUrn": URN, "deliveredAt": 5, "countBefore": 7, "countAfter": 2}
    call = connectsafely.get("/messaging/conversation-details", **query)
    async with connectsafely.calling(call) as calling:
        (task,) = await world.tasks()
        plain = {**HELLO, "attachments": [], "subject": None}
        await world.succeed(
            conversation_urn=URN, messages=[plain], participants=[ME, JOHN], has_more=True
        )
        answer = await calling

    assert task.input == {
        "conversation_urn": URN,
        "count": 7,
        "before": 5,
        "since": None,
        "after": 2,
    }
    assert answer.json() == {
        "success": True,
        "accountId": world.admin.id,
        "profileUrn": OWNER,
        "conversationUrn": URN,
        "messages": [
            {
                "messageId": MESSAGE,
                "backendMessageUrn": HELLO["backend_urn"],
                "text": "Hello, how are you?",
                "subject": None,
                "sentAt": 1771950346603,
                "sender": {
                    "profileId": JOHNS_ID,
                    "name": "John Doe",
                    "profileUrl": f"https://www.linkedin.com/in/{JOHNS_ID}",
                    "profilePicture": "https://media.licdn.com/dms/image/john",
                    "participantUrn": JOHN["participant_urn"],
                },
                "attachments": None,
                "reactions": None,
                "hasAttachment": False,
            }
        ],
        "total": 1,
    }


async def test_messages_of_a_conversation_have_the_newer_shape_and_go_on(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """The URN stands in the path, encoded; the cursor is the oldest message's time."""
    path = f"/conversations/{quote(URN, safe='')}/messages"
    async with connectsafely.calling(connectsafely.get(path, count=1, since=5)) as calling:
        (first,) = await world.tasks()
        await world.succeed(
            conversation_urn=URN, messages=[HELLO], participants=[JOHN], has_more=True
        )
        answer = (await calling).json()
    async with connectsafely.calling(connectsafely.get(path, cursor=answer["cursor"])) as calling:
        second = (await world.tasks())[0]
        await world.succeed(conversation_urn=URN, messages=[], participants=[], has_more=False)
        end = (await calling).json()

    assert (first.input["conversation_urn"], first.input["since"]) == (URN, 5)
    assert second.input["before"] == 1771950346603
    assert answer == {
        "success": True,
        "messages": [
            {
                "messageUrn": MESSAGE,
                "text": "Hello, how are you?",
                "sentAt": 1771950346603,
                "senderProfileId": JOHNS_ID,
                "senderName": "John Doe",
                "senderPhoto": "https://media.licdn.com/dms/image/john",
                "isSentByOwner": False,
                "hasAttachment": True,
                "attachments": [
                    {
                        "type": "file",
                        "name": "offer.pdf",
                        "mediaType": "application/pdf",
                        "byteSize": 12,
                        "url": "https://www.linkedin.com/dms/prv/offer",
                        "assetUrn": "urn:li:digitalmediaAsset:1",
                    }
                ],
            }
        ],
        "participants": [
            {
                "profileId": JOHNS_ID,
                "name": "John Doe",
                "headline": "Software Engineer at Tech Company",
                "profilePicture": "https://media.licdn.com/dms/image/john",
            }
        ],
        "hasMore": True,
        "cursor": "1771950346603",
        "note": None,
    }
    assert (end["hasMore"], end["cursor"]) == (False, None)


@pytest.mark.parametrize("urns", [[], [URN, "urn:li:msg_conversation:(older)"]])
async def test_whether_a_conversation_exists(
    connectsafely: ConnectSafelyClient, world: World, urns: list[str]
) -> None:
    """Of several the newest is told."""
    call = connectsafely.get("/conversations/exists/john-doe-123")
    async with connectsafely.calling(call) as calling:
        await world.succeed(
            profile_id=JOHNS_ID,
            profile_urn=JOHN["profile_urn"],
            conversation_urns=urns,
            complete=True,
        )
        answer = await calling

    assert answer.json() == {
        "success": True,
        "hasConversation": bool(urns),
        "conversationUrn": urns[0] if urns else None,
        "profileUrn": JOHN["profile_urn"],
        "accountId": world.admin.id,
    }


async def test_a_missing_conversation_is_not_found(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """In the documented words."""
    call = connectsafely.get(f"/conversations/{quote(URN, safe='')}/messages")
    async with connectsafely.calling(call) as calling:
        await world.fail(ErrorCode.CONVERSATION_NOT_FOUND)
        answer = await calling

    assert (answer.status_code, answer.json()) == (404, {"error": "Conversation not found"})


@pytest.mark.parametrize(
    ("path", "query", "error"),
    [
        ("/messaging/conversation-details", {}, "conversationUrn is required"),
        (
            "/messaging/conversation-details",
            {"conversationUrn": "urn:li:x"},
            "conversationUrn is invalid",
        ),
        (
            "/messaging/conversation-details",
            {"conversationUrn": URN, "deliveredAt": "noon"},
            "deliveredAt must be a whole number",
        ),
        ("/messaging/recent-messages", {"count": "many"}, "count must be a whole number"),
        ("/messaging/recent-messages", {"count": "0"}, "count must be 1 or more"),
        ("/messaging/recent-messages", {"read": "perhaps"}, "read must be true or false"),
        ("/messaging/recent-messages", {"nextCursor": "x"}, "nextCursor is invalid"),
        ("/messaging/recent-messages", {"nextCursor": "W10"}, "nextCursor is invalid"),
        (
            "/messaging/recent-messages",
            {"keywords": "x" * 201},
            "keywords must be 200 characters or fewer",
        ),
        ("/conversations", {"labeledOnly": "true"}, "labeledOnly must be False"),
        ("/conversations/exists/a%2Fb", {}, "Not found"),
    ],
)
async def test_a_wrong_query_is_refused_with_the_field(
    connectsafely: ConnectSafelyClient, world: World, path: str, query: dict[str, Any], error: str
) -> None:
    """Nothing is looked at on LinkedIn."""
    answer = await connectsafely.get(path, **query)

    assert answer.status_code in {400, 404}
    is_bare = path.startswith("/conversations")
    assert answer.json() == {"error": error, **({} if is_bare else {"success": False})}
    assert await world.tasks() == []
