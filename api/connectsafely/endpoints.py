"""ConnectSafely's endpoints that do something on LinkedIn, each said once."""

from __future__ import annotations

from types import MappingProxyType

from api.connectsafely import account_answers, answers, quotas
from api.connectsafely.acknowledging import ACKNOWLEDGING_ENDPOINTS
from api.connectsafely.bodies import (
    CommentBody,
    ConnectBody,
    ProfileBody,
    ReactBody,
    RelationshipBody,
    WithdrawBody,
)
from api.connectsafely.deed_endpoints import DEED_ENDPOINTS
from api.connectsafely.endpoint import Endpoint
from api.connectsafely.inbox_endpoints import INBOX_ENDPOINTS
from api.connectsafely.latest_posts import LATEST_POSTS
from api.connectsafely.message_bodies import (
    ConversationMessageBody,
    GroupMessageBody,
    InboxMessageBody,
    InmailCreditsBody,
    MessageBody,
    TypedMessageBody,
)
from api.connectsafely.network_endpoints import NETWORK_ENDPOINTS
from api.connectsafely.post_comments import COMMENT_ENDPOINTS
from api.connectsafely.post_content import SCRAPE_POST
from api.connectsafely.post_search import SEARCH_POSTS
from api.connectsafely.sales_endpoints import SALES_ENDPOINTS

_JANE = "urn:li:fsd_profile:ACoAAA24A-MBVEvT49xpVF2gnWrhvmUIPDJshSM"
_SENT = MappingProxyType(
    {
        "success": True,
        "message": "Message sent successfully",
        "recipientProfileUrn": _JANE,
    }
)
_TO_CONNECTION = (
    "Send a direct message to a 1st-degree connection.\n\nThe answer comes once LinkedIn has "
    "confirmed the message. `409` means that it may have been sent and nobody could prove it; "
    "`202` that it waits for its turn."
)
_GROUP = "12345678"
_TO_ANYBODY = (
    f"{_TO_CONNECTION}\n\nWith `messageType` `inmail` it goes to somebody who is no connection, "
    "with a subject and for a credit: without credits nothing is clicked, and the answer is 400. "
    "InMails count in no quota."
)
_INMAIL = MappingProxyType(
    {
        "recipientProfileUrn": _JANE,
        "message": "Hello Jane, may I ask you something?",
        "subject": "Quick question about your work",
        "messageType": "inmail",
    }
)
_POST_URL = "https://www.linkedin.com/feed/update/urn:li:activity:7123456789012345678/"

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        path="/message",
        body=MessageBody,
        answer=answers.message_sent,
        answer_model=answers.MessageSent,
        quota=quotas.MESSAGE,
        summary="Send a message",
        description=(
            f"{_TO_ANYBODY}\n\nWith `groupId` it goes to a fellow member of that group, who need "
            "be no connection; 403 says that one of the two is none."
        ),
        examples={
            "by public id": {
                "accountId": "acc_12345",
                "recipientProfileId": "john-doe-123",
                "message": "Hello! I would like to connect with you.",
                "messageType": "normal",
            },
            "by URN, from the default account": {
                "recipientProfileUrn": _JANE,
                "message": "Hello!",
            },
            "an InMail": dict(_INMAIL),
            "to a fellow member of a group": {
                "recipientProfileUrn": _JANE,
                "message": "Hello!",
                "groupId": _GROUP,
            },
        },
        done=_SENT,
    ),
    Endpoint(
        path="/messaging/send",
        body=InboxMessageBody,
        answer=answers.message_sent,
        answer_model=answers.MessageSent,
        quota=quotas.MESSAGING,
        summary="Send a message, with the quota of /messaging",
        description=_TO_ANYBODY,
        examples={
            "by URN": {"recipientProfileUrn": _JANE, "message": "Hello!"},
            "an InMail": dict(_INMAIL),
        },
        done=_SENT,
    ),
    Endpoint(
        path="/messaging/send-group",
        body=GroupMessageBody,
        answer=answers.group_message_sent,
        answer_model=answers.GroupMessageSent,
        quota=quotas.MESSAGING,
        summary="Send a message to a fellow member of a group",
        description=(
            "It is a direct message to one person, who need be no connection. 403 says that one of "
            "the two is no member of the group."
        ),
        examples={"by URN": {"recipientProfileUrn": _JANE, "groupId": _GROUP, "message": "Hello!"}},
        done={
            "success": True,
            "message": "Group context message sent successfully",
            "recipientProfileUrn": _JANE,
            "groupId": _GROUP,
        },
    ),
    Endpoint(
        path="/conversations/send",
        body=ConversationMessageBody,
        answer=answers.conversation_message_sent,
        answer_model=answers.ConversationMessageSent | answers.SalesConversationMessageSent,
        quota=quotas.MESSAGING,
        awaits_seat=True,
        summary="Send a message, under newer names",
        description=(
            f"{_TO_CONNECTION}\n\nA conversation of Sales Navigator's is answered in there, as by "
            "`/sales-nav/send`. From an account with Sales Navigator, a recipient is written to in "
            "there when there is a `subject`: for a credit, if they are no connection. Whether the "
            "account has it is looked up once a day at most, before the first such message."
        ),
        examples={
            "by URN": {"recipientProfileUrn": _JANE, "message": "Hello!"},
            "in Sales Navigator": {
                "conversationUrn": "urn:li:salesNav_thread:2-ODFkYjU4M2ItZDlmYQ==",
                "message": "Hello!",
            },
        },
        done={
            **_SENT,
            "sentMessage": {
                "messageUrn": "urn:li:msg_message:(urn:li:fsd_profile:ACoAAB,2-MTc3MTk1)",
                "text": "Hello!",
                "sentAt": 1771950346603,
                "isSentByOwner": True,
            },
        },
    ),
    Endpoint(
        path="/messaging/send-with-typing",
        body=TypedMessageBody,
        answer=answers.typed_message_sent,
        answer_model=answers.TypedMessageSent,
        quota=quotas.MESSAGING,
        summary="Send a message, and show that it is being typed",
        description=(
            "Its beginning is typed key by key; an InMail's is not.\n\nOnly a conversation that "
            "exists shows it; the answer tells whether LinkedIn took it."
        ),
        examples={"by URN": {"recipientProfileUrn": _JANE, "message": "Hello!"}},
        done={**_SENT, "typingIndicatorSent": True},
    ),
    Endpoint(
        path="/inmail/credits",
        method="GET",
        body=InmailCreditsBody,
        answer=answers.inmail_credits,
        answer_model=answers.InmailCredits,
        summary="Count the InMail credits that are left",
        description=(
            "Sales Navigator's inbox tells them. An account without Premium has none; with another "
            "Premium, LinkedIn shows them in an InMail's box only, and the answer is null."
        ),
        done={
            "success": True,
            "inMailCredits": 150,
            "totalCredits": None,
            "usedCredits": None,
            "entityUrn": _JANE,
            "accountId": "acc_12345",
            "premiumType": "SALES_NAVIGATOR",
            "message": "150 InMail credits left",
        },
    ),
    Endpoint(
        path="/account/{accountId}/premium",
        method="GET",
        body=InmailCreditsBody,
        answer=account_answers.premium,
        answer_model=account_answers.AccountPremium,
        summary="Ask what an account has paid LinkedIn for",
        description=(
            "LinkedIn's pages tell whether there is Premium, and Sales Navigator shows itself; the "
            "rest is null. For twelve hours the account's status tells the same."
        ),
        done={
            "success": True,
            "accountId": "acc_12345",
            "accountName": "John Doe",
            "premiumType": "NON_PREMIUM",
            "isPremium": False,
            "hasSalesNavigator": False,
            "hasRecruiter": None,
            "hasAwayMessages": None,
            "hasAdvertiseBadge": None,
            "hasHiringManager": None,
        },
    ),
    Endpoint(
        path="/connect",
        body=ConnectBody,
        answer=answers.invitation_sent,
        answer_model=answers.InvitationSent,
        quota=quotas.CONNECT,
        summary="Invite a member to connect",
        examples={
            "without a note": {"profileId": "john-doe-123"},
            "with a note": {"profileId": "john-doe-123", "customMessage": "Hi John, shall we?"},
        },
        done={
            "success": True,
            "message": "Connection request sent successfully",
            "profileUrn": _JANE,
        },
    ),
    Endpoint(
        path="/invitations/withdraw",
        body=WithdrawBody,
        answer=answers.invitation_withdrawn,
        answer_model=answers.InvitationWithdrawn,
        summary="Withdraw an invitation",
        examples={"an invitation": {"profileId": "john-doe-123"}},
        done={
            "success": True,
            "message": "Successfully withdrew invitation to john-doe-123",
            "accountId": "acc_12345",
        },
    ),
    Endpoint(
        path="/relationship/{profileId}",
        method="GET",
        body=RelationshipBody,
        answer=answers.relationship_read,
        answer_model=answers.RelationshipRead,
        summary="Ask how the account stands with a member",
        done={
            "connected": False,
            "invitationSent": False,
            "invitationReceived": False,
            "status": "NOT_CONNECTED",
            "profileUrn": _JANE,
            "accountId": "acc_12345",
        },
    ),
    Endpoint(
        path="/relationship/{accountId}/{profileId}",
        method="GET",
        body=RelationshipBody,
        answer=answers.relationship_read,
        answer_model=answers.RelationshipRead,
        summary="Ask how a named account stands with a member",
        done={
            "connected": True,
            "invitationSent": False,
            "invitationReceived": False,
            "status": "CONNECTED",
            "profileUrn": _JANE,
            "accountId": "acc_12345",
        },
    ),
    *(
        Endpoint(
            path="/profile",
            method=method,
            body=ProfileBody,
            answer=answers.profile_read,
            answer_model=answers.ProfileRead,
            nobody=answers.no_profile,
            summary="Read a profile",
            description=(
                "Every call visits the profile: nothing is cached, so `forceRefresh` changes "
                "nothing. A profile that does not exist is answered with an empty `profile`."
            ),
            examples={"with experience": {"profileId": "john-doe-123", "includeExperience": True}}
            if method == "POST"
            else {},
            done={
                "success": True,
                "message": "Profile fetched successfully",
                "accountId": "acc_12345",
                "profile": {"entityUrn": _JANE, "publicIdentifier": "john-doe-123"},
                "experience": [],
                "education": [],
                "skills": [],
                "cached": False,
                "cachedAt": None,
                "expiresAt": None,
            },
        )
        for method in ("GET", "POST")
    ),
    Endpoint(
        path="/posts/comment",
        body=CommentBody,
        answer=answers.commented,
        answer_model=answers.Commented,
        quota=quotas.COMMENT,
        summary="Comment on a post",
        examples={"a comment": {"postUrl": _POST_URL, "comment": "Congratulations, Jane!"}},
        done={
            "success": True,
            "message": "Successfully posted comment",
            "postDetails": {"postUrn": "urn:li:activity:7123456789012345678"},
        },
    ),
    Endpoint(
        path="/posts/react",
        body=ReactBody,
        answer=answers.reacted,
        answer_model=answers.Reacted,
        quota=quotas.REACT,
        summary="React to a post",
        description=(
            "Another reaction of the account gives way. A post to which it has reacted so already "
            "stays as it is, and the call succeeds."
        ),
        examples={
            "a like": {"postUrl": _POST_URL, "reactionType": "LIKE"},
            "a celebration": {"postUrl": _POST_URL, "reactionType": "PRAISE"},
        },
        done={
            "success": True,
            "message": "Successfully reacted to post with LIKE reaction",
            "threadUrn": "urn:li:activity:7123456789012345678",
            "postDetails": {"postUrn": "urn:li:activity:7123456789012345678"},
        },
    ),
    LATEST_POSTS,
    SCRAPE_POST,
    SEARCH_POSTS,
    *COMMENT_ENDPOINTS,
    *ACKNOWLEDGING_ENDPOINTS,
    *DEED_ENDPOINTS,
    *INBOX_ENDPOINTS,
    *NETWORK_ENDPOINTS,
    *SALES_ENDPOINTS,
)
