"""ConnectSafely's endpoints for Sales Navigator's inbox; only one of them marks anything read."""

from __future__ import annotations

from types import MappingProxyType

from api.connectsafely import quotas, sales_answers
from api.connectsafely.endpoint import Endpoint
from api.connectsafely.sales_bodies import (
    SalesMarkReadBody,
    SalesSendBody,
    SalesThreadBody,
    SalesThreadsBody,
)

_ACCOUNT = "696ce9e780e0483585e4e553"
_THREAD = "2-ODFkYjU4M2ItZDlmYS00YTVjLThlNTQtZjI5YTE4ZWUyZDk5XzEwMA=="
_JOHNS_ID = "ACwAADSoo60BM6hxemTbnN2aA_Z1-WlNFRhRYhU"
_NEEDS = (
    "\n\nThe account needs Sales Navigator: without a seat, or where its person has to choose a "
    "contract first, the answer is 400."
)
_UNREAD = f"\n\nNothing is marked read.{_NEEDS}"
_LISTED = MappingProxyType(
    {
        "threadId": _THREAD,
        "conversationUrn": f"urn:li:salesNav_thread:{_THREAD}",
        "conversationUrl": "https://www.linkedin.com/sales/inbox/" + _THREAD.replace("=", "%3D"),
        "source": "sales_navigator",
        "salesNavThreadId": _THREAD,
        "lastActivityAt": 1771950346603,
        "unreadCount": 0,
        "isRead": True,
        "archived": False,
        "totalMessageCount": 1,
        "participants": [
            {
                "profileId": _JOHNS_ID,
                "name": "John Doe",
                "headline": None,
                "profileUrl": f"https://www.linkedin.com/sales/lead/{_JOHNS_ID},NAME_SEARCH,Ab1c",
                "profilePicture": None,
                "distance": "DISTANCE_2",
                "participantUrn": f"urn:li:fs_salesProfile:({_JOHNS_ID},NAME_SEARCH,Ab1c)",
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
)

SALES_ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        path="/sales-nav/send",
        body=SalesSendBody,
        answer=sales_answers.sales_message_sent,
        answer_model=sales_answers.SalesMessageSent,
        quota=quotas.SALES_MESSAGE,
        summary="Answer in a conversation of Sales Navigator, or begin one",
        description=(
            "The answer comes once LinkedIn has confirmed the message. `409` means that it may "
            "have been sent and nobody could prove it; `202` that it waits for its turn. "
            "With `recipients`, an InMail's `subject` and its credit are needed for everybody but "
            "connections; who is in a conversation already is answered by its `threadId`."
            f"{_NEEDS}"
        ),
        examples={
            "an answer": {"threadId": _THREAD, "body": "Thank you, Tuesday suits me."},
            "a beginning": {
                "recipients": [f"urn:li:fs_salesProfile:({_JOHNS_ID},NAME_SEARCH,Ab1c)"],
                "subject": "Lanterns",
                "body": "Hello John, may I show you ours?",
            },
        },
        done={
            "success": True,
            "message": "Message sent successfully",
            "threadId": _THREAD,
            "messageId": "2-MTc3MTk1MDM0NjYwM2I5NzY0NS0xMDA=",
            "accountId": _ACCOUNT,
        },
    ),
    Endpoint(
        path="/sales-nav/threads",
        method="GET",
        body=SalesThreadsBody,
        answer=sales_answers.sales_threads,
        answer_model=sales_answers.SalesThreads,
        summary="List the conversations of Sales Navigator's inbox",
        description=f"The one with the newest message comes first.{_UNREAD}",
        done={
            "success": True,
            "threads": [dict(_LISTED)],
            "paging": {"count": 1, "pageStartsAt": None, "hasMore": False},
            "nextPageStartsAt": None,
            "accountId": _ACCOUNT,
        },
    ),
    Endpoint(
        path="/sales-nav/threads/{threadId:path}",
        method="GET",
        body=SalesThreadBody,
        answer=sales_answers.sales_thread_read,
        answer_model=sales_answers.SalesThreadRead,
        summary="Read a conversation of Sales Navigator",
        description=f"The newest message comes first.{_UNREAD}",
        done={
            "success": True,
            "thread": {
                **_LISTED,
                "messages": [
                    {
                        "messageUrn": "2-MTc3MTk1MDM0NjYwM2I5NzY0NS0xMDA=",
                        "text": "Hello, how are you?",
                        "sentAt": 1771950346603,
                        "senderProfileId": _JOHNS_ID,
                        "senderName": "John Doe",
                        "senderPhoto": None,
                        "isSentByOwner": False,
                        "hasAttachment": False,
                        "attachments": [],
                        "subject": "Lanterns",
                        "type": "INMAIL",
                    }
                ],
                "hasMore": False,
            },
            "accountId": _ACCOUNT,
        },
    ),
    Endpoint(
        path="/sales-nav/mark-read",
        body=SalesMarkReadBody,
        answer=sales_answers.sales_thread_marked,
        answer_model=sales_answers.SalesThreadMarked,
        summary="Mark a conversation of Sales Navigator read",
        description=f"It is opened; one that is read stays so.{_NEEDS}",
        examples={"a conversation": {"threadId": _THREAD}},
        done={"success": True, "threadId": _THREAD, "accountId": _ACCOUNT},
    ),
)
