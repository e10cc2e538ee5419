"""ConnectSafely's endpoints for the inbox; what reads it marks nothing read."""

from __future__ import annotations

from types import MappingProxyType

from api.connectsafely import inbox_answers, inbox_outcomes, sync_answers
from api.connectsafely.endpoint import Endpoint
from api.connectsafely.inbox_bodies import (
    ConversationDetailsBody,
    ConversationExistsBody,
    ConversationMessagesBody,
    ConversationsBody,
    DownloadMediaBody,
    MarkAllReadBody,
    MarkSeenBody,
    RecentMessagesBody,
    SyncBody,
    TypingBody,
)

_OWNER = "urn:li:fsd_profile:ACoAAATPlQ0Bc8wdg-Iy8wZgEDuSdIVWJiE1Aio"
_JOHNS_ID = "ACoAADSoo60BM6hxemTbnN2aA_Z1-WlNFRhRYhU"
_JOHNS_PAGE = f"https://www.linkedin.com/in/{_JOHNS_ID}"
_THREAD = "2-ODFkYjU4M2ItZDlmYS00YTVjLThlNTQtZjI5YTE4ZWUyZDk5XzEwMA=="
_URN = f"urn:li:msg_conversation:({_OWNER},{_THREAD})"
_MESSAGE = f"urn:li:msg_message:({_OWNER},2-MTc3MTk1MDM0NjYwM2I5NzY0NS0xMDA=)"
_BACKEND_MESSAGE = "urn:li:messagingMessage:2-MTc3MTk1MDM0NjYwM2I5NzY0NS0xMDA="
_PARTICIPANT = f"urn:li:msg_messagingParticipant:urn:li:fsd_profile:{_JOHNS_ID}"
_UNREAD = "\n\nNothing is marked read, and nobody is told."

_JOHN = MappingProxyType(
    {
        "profileId": _JOHNS_ID,
        "name": "John Doe",
        "headline": "Software Engineer at Tech Company",
        "profileUrl": _JOHNS_PAGE,
        "profilePicture": None,
        "distance": "DISTANCE_1",
    }
)

INBOX_ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        path="/messaging/recent-messages",
        method="GET",
        body=RecentMessagesBody,
        answer=inbox_outcomes.recent_messages,
        answer_model=inbox_answers.RecentMessages,
        takes_look=True,
        summary="List the conversations of the focused inbox",
        description=(
            f"The one with the newest message comes first.{_UNREAD}\n\nWhere inboxes are watched, "
            "a fresh look answers it, and `Age` says how many seconds ago that was."
        ),
        done={
            "success": True,
            "accountId": "696ce9e780e0483585e4e553",
            "profileUrn": _OWNER,
            "conversations": [
                {
                    "conversationId": _THREAD,
                    "conversationUrn": _URN,
                    "backendConversationUrn": f"urn:li:messagingThread:{_THREAD}",
                    "conversationUrl": f"https://www.linkedin.com/messaging/thread/{_THREAD}/",
                    "participants": [
                        {
                            **_JOHN,
                            "memberBadgeType": None,
                            "participantUrn": _PARTICIPANT,
                            "backendUrn": "urn:li:member:883467181",
                            "hostIdentityUrn": f"urn:li:fsd_profile:{_JOHNS_ID}",
                        }
                    ],
                    "unreadCount": 0,
                    "lastActivityAt": 1771950346603,
                    "createdAt": 1771317337868,
                    "lastReadAt": 1771950726332,
                    "isRead": True,
                    "state": None,
                    "latestMessage": {
                        "text": "Hello, how are you?",
                        "sentAt": 1771950346603,
                        "senderName": "John Doe",
                        "hasAttachment": False,
                        "messageUrn": _MESSAGE,
                        "backendMessageUrn": _BACKEND_MESSAGE,
                        "senderProfileUrl": _JOHNS_PAGE,
                        "senderUrn": _PARTICIPANT,
                    },
                }
            ],
            "total": 1,
            "nextCursor": None,
        },
    ),
    Endpoint(
        path="/conversations",
        method="GET",
        body=ConversationsBody,
        answer=inbox_outcomes.conversations,
        answer_model=inbox_answers.Conversations,
        summary="List the conversations of the focused inbox and of Sales Navigator's",
        description=(
            "The one with the newest message comes first. Sales Navigator's are listed with "
            "`source` and `salesNavThreadId`, for an account whose seat was seen within 30 days. A "
            "runner looks for it once a day at most, behind all other work, after this list was "
            "asked for."
            f"{_UNREAD}"
        ),
        done={
            "success": True,
            "conversations": [
                {
                    "conversationUrn": _URN,
                    "conversationId": _THREAD,
                    "lastActivityAt": 1771950346603,
                    "unreadCount": 0,
                    "participants": [dict(_JOHN)],
                    "latestMessage": {
                        "text": "Hello, how are you?",
                        "sentAt": 1771950346603,
                        "senderName": "John Doe",
                        "hasAttachment": False,
                    },
                }
            ],
            "accounts": [{"id": "696ce9e780e0483585e4e553", "name": "John Doe"}],
            "nextCursor": None,
            "hasMore": False,
            "fromCache": False,
        },
    ),
    Endpoint(
        path="/conversations/sync",
        body=SyncBody,
        answer=sync_answers.conversations_synced,
        answer_model=sync_answers.ConversationsSynced,
        takes_empty_body=True,
        summary="Read the newest conversations anew",
        description=(
            "The newest 100 are listed, and how many that were, and how many latest messages, is "
            "told. Nothing is kept for later calls but that: all of them ask LinkedIn themselves."
            f"{_UNREAD}"
        ),
        examples={"the default account": {}},
        done={
            "success": True,
            "accountId": "696ce9e780e0483585e4e553",
            "conversationsProcessed": 42,
            "messagesProcessed": 42,
            "durationMs": 2310,
            "durationSeconds": "2.31",
            "error": None,
        },
    ),
    Endpoint(
        path="/conversations/exists/{profileId}",
        method="GET",
        body=ConversationExistsBody,
        answer=inbox_outcomes.conversation_exists,
        answer_model=inbox_answers.ConversationExists,
        summary="Ask whether the account has written with somebody",
        description="The focused inbox is looked through; of several, the newest counts.",
        done={
            "success": True,
            "hasConversation": True,
            "conversationUrn": _URN,
            "profileUrn": f"urn:li:fsd_profile:{_JOHNS_ID}",
            "accountId": "696ce9e780e0483585e4e553",
        },
    ),
    Endpoint(
        path="/messaging/conversation-details",
        method="GET",
        body=ConversationDetailsBody,
        answer=inbox_outcomes.conversation_details,
        answer_model=inbox_answers.ConversationDetails,
        summary="Read a conversation",
        description=f"The newest message comes first.{_UNREAD}",
        done={
            "success": True,
            "accountId": "696ce9e780e0483585e4e553",
            "profileUrn": _OWNER,
            "conversationUrn": _URN,
            "messages": [
                {
                    "messageId": _MESSAGE,
                    "backendMessageUrn": _BACKEND_MESSAGE,
                    "text": "Hello",
                    "subject": None,
                    "sentAt": 1771950346603,
                    "sender": {
                        "profileId": _JOHNS_ID,
                        "name": "John Doe",
                        "profileUrl": _JOHNS_PAGE,
                        "profilePicture": None,
                        "participantUrn": _PARTICIPANT,
                    },
                    "attachments": None,
                    "reactions": None,
                    "hasAttachment": False,
                }
            ],
            "total": 1,
        },
    ),
    Endpoint(
        path="/conversations/{conversationUrn:path}/messages",
        method="GET",
        body=ConversationMessagesBody,
        answer=inbox_outcomes.conversation_messages,
        answer_model=inbox_answers.ConversationMessages,
        summary="Read a conversation, under newer names",
        description=(
            "The newest message comes first. `urn:li:salesNav_thread:…` reads a conversation of "
            f"Sales Navigator.{_UNREAD}"
        ),
        done={
            "success": True,
            "messages": [
                {
                    "messageUrn": _MESSAGE,
                    "text": "Hello",
                    "sentAt": 1771950346603,
                    "senderProfileId": _JOHNS_ID,
                    "senderName": "John Doe",
                    "senderPhoto": None,
                    "isSentByOwner": False,
                    "hasAttachment": False,
                    "attachments": [],
                }
            ],
            "participants": [
                {
                    "profileId": _JOHNS_ID,
                    "name": "John Doe",
                    "headline": "Software Engineer at Tech Company",
                    "profilePicture": None,
                }
            ],
            "hasMore": False,
            "cursor": None,
            "note": None,
        },
    ),
    Endpoint(
        path="/conversations/download-media",
        body=DownloadMediaBody,
        answer=inbox_outcomes.fetched_file,
        answer_model=inbox_answers.FetchedFile,
        answers_file=True,
        summary="Fetch a file of a message",
        description=(
            "The answer is the file, with the content type that LinkedIn gives it. It is given "
            "once, and then asked for anew."
        ),
        examples={
            "a file": {
                "accountId": "acc_12345",
                "url": "https://www.linkedin.com/dms/prv/D4E0/report.pdf",
            }
        },
        done={"mediaType": "application/pdf", "byteSize": 4711},
    ),
    Endpoint(
        path="/messaging/typing-indicator",
        body=TypingBody,
        answer=inbox_outcomes.typing_shown,
        answer_model=inbox_answers.ConversationChanged,
        has_longer_401=True,
        echoes_conversation=True,
        summary="Show that somebody types",
        description="Keys are pressed in the message box and taken back. Nothing is marked read.",
        examples={"a conversation": {"conversationUrn": _URN}},
        done={
            "success": True,
            "accountId": "696ce9e780e0483585e4e553",
            "conversationUrn": _URN,
            "message": "Typing indicator sent successfully",
        },
    ),
    Endpoint(
        path="/messaging/mark-seen",
        body=MarkSeenBody,
        answer=inbox_outcomes.marked_seen,
        answer_model=inbox_answers.ConversationChanged,
        has_longer_401=True,
        echoes_conversation=True,
        summary="Mark a conversation read",
        description="It is opened; the other side may see that it was read.",
        examples={"a conversation": {"conversationUrn": _URN}},
        done={
            "success": True,
            "accountId": "696ce9e780e0483585e4e553",
            "conversationUrn": _URN,
            "message": "Conversation marked as seen successfully",
        },
    ),
    Endpoint(
        path="/messaging/mark-all-read",
        body=MarkAllReadBody,
        answer=inbox_outcomes.all_marked_read,
        answer_model=inbox_answers.InboxChanged,
        takes_empty_body=True,
        summary="Mark the focused inbox read",
        description="Its unread conversations are opened one after the other, so it takes a while.",
        examples={"the default account": {}},
        done={
            "success": True,
            "accountId": "696ce9e780e0483585e4e553",
            "message": "All messages marked as read successfully",
        },
    ),
)
