"""Reading the mailbox: conversations, messages and counts, as LinkedIn's GraphQL answers them."""

import re
from typing import Any
from urllib.parse import unquote

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from executor.sandbox import deeds, ids
from executor.sandbox.accounts import Account
from executor.sandbox.entry import Caller
from executor.sandbox.files import SentFile
from executor.sandbox.people import Person, Relation
from executor.sandbox.stage import OnStage, Stage
from executor.sandbox.threads import Message, Thread

router = APIRouter(prefix="/voyager/api")

_MOST_PER_PAGE = 25
"""Counts of 30 and more get an empty answer from LinkedIn."""
_NEWEST = 20
"""So many messages come with a conversation; the page asks for older ones by their time."""


_GATES = {"premium": "premium_redirect"}


def gate(stage: Stage, account: Account, person: Person, thread: Thread | None) -> str | None:
    """Say what stands in the composer's place for this conversation, if anything does."""
    if person.gone:
        return "notice"  # Their conversations stay, with a notice in the composer's place.
    if thread is not None and (thread.sponsored or thread.category == "INMAIL"):
        return _gate_of_kind(person, thread)
    if deeds.inmail_terms(stage.world, account, person) is not None:
        return "inmail_box"
    if person.messaging != "composer":
        return _GATES.get(person.messaging, person.messaging)
    if deeds.may_message(stage.world, account, person):
        return None
    shown = stage.world.toggles.not_connected_compose
    return "inmail" if shown == "inmail_gate" else shown


def _gate_of_kind(person: Person, thread: Thread) -> str | None:
    if thread.sponsored:
        return "sponsored"
    # Whoever has sent an InMail waits for its answer.
    answered = any(each.sender == person.id for each in thread.messages)
    return None if answered else "inmail_awaits"


@router.get("/voyagerMessagingGraphQL/graphql")
async def graphql(request: Request, account: Caller, stage: OnStage) -> JSONResponse:
    """Answer a persisted query; the name before the dot decides, the hash rotates."""
    # The parentheses of Rest.li mean something only while its values are still encoded.
    raw = re.search(r"variables=\((.*)\)$", request.url.query)
    variables = raw.group(1) if raw else ""
    name = request.query_params.get("queryId", "").partition(".")[0]
    if name == "messengerConversations":
        key, elements, metadata = _conversations(stage, account, variables)
    elif name == "messengerMessages":
        key, elements = _messages(stage, account, variables)
        metadata = {}
    elif name == "messengerMailboxCounts":
        key, metadata = "messengerMailboxCountsByMailbox", {}
        unread = stage.world.unread(account)
        elements = [{"category": "PRIMARY_INBOX", "unreadConversationCount": unread}]
    else:
        return JSONResponse({"errors": [{"message": "Unknown query"}]})
    if "normalized" not in request.headers.get("accept", ""):
        return JSONResponse({"data": {key: {"elements": elements, "metadata": metadata}}})
    urns = [element.get("entityUrn") for element in elements]
    data = {key: {"*elements": urns, "metadata": metadata}}
    return JSONResponse({"data": {"data": data}, "included": elements})


def _value(variables: str, name: str) -> str | None:
    """Read one value out of Rest.li variables."""
    found = re.search(rf"(?:^|[(,]){name}:(List\([^)]*\)|[^,()]+)", variables)
    return unquote(found.group(1)) if found else None


def _conversations(
    stage: Stage, account: Account, variables: str
) -> tuple[str, list[dict[str, Any]], dict[str, Any]]:
    threads = stage.world.mailbox(account)
    metadata: dict[str, Any] = {"newSyncToken": "sandbox", "deletedUrns": []}
    key = "messengerConversationsBySyncToken"
    if recipients := _value(variables, "recipients"):
        wanted = ids.profile_of(recipients.removeprefix("List(").removesuffix(")"))
        key = "messengerConversationsByRecipients"
        threads = [thread for thread in threads if thread.person == wanted]
    elif category := _value(variables, "category"):
        key = "messengerConversationsByCategoryQuery"
        count = int(_value(variables, "count") or 20)
        start = int(_value(variables, "nextCursor") or 0)
        found = [thread for thread in threads if category in _categories(thread)]
        threads = found[start : start + count] if count <= _MOST_PER_PAGE else []
        more = start + count < len(found) and threads
        metadata = {"nextCursor": str(start + count) if more else None}
    else:
        threads = threads[:20]
    return key, [_conversation(stage, account, thread) for thread in threads], metadata


def _categories(thread: Thread) -> list[str]:
    # Rows of InMails stand in the ordinary list, with a pill of their own (2026-09-20).
    also = ["PRIMARY_INBOX"] if thread.category == "INMAIL" else []
    return [thread.category, *also, "INBOX", *(["STARRED"] if thread.starred else [])]


def _conversation(stage: Stage, account: Account, thread: Thread) -> dict[str, Any]:
    world = stage.world
    owner, person = world.owner(account), world.people[thread.person]
    reason = gate(stage, account, person, thread)
    connected = world.tie(account, person).relation is Relation.CONNECTED
    distance = "DISTANCE_1" if connected else f"DISTANCE_{person.distance}"
    last = [message_element(account, thread, message) for message in thread.messages[-1:]]
    at = int(thread.last_at * 1000)
    return {
        "$type": "com.linkedin.messenger.Conversation",
        "entityUrn": ids.conversation_urn(owner.id, thread.id),
        "backendUrn": f"urn:li:messagingThread:{thread.id}",
        "conversationUrl": f"https://www.linkedin.com/messaging/thread/{thread.id}/",
        "createdAt": int(thread.messages[0].at.timestamp() * 1000) if thread.messages else at,
        "lastActivityAt": at,
        "lastReadAt": int(thread.read_at * 1000),
        "read": not thread.unread,
        "unreadCount": thread.unread,
        "categories": _categories(thread),
        "groupChat": False,
        "title": None,
        "sponsored": thread.sponsored,
        "disabledFeatures": [{"disabledFeature": "REPLY", "reason": reason}] if reason else [],
        "draft": world.draft(account, person.id),
        "draftFiles": [each.wire for each in world.draft_files(account, person.id)],
        "conversationParticipants": [
            _participant(owner, "SELF"),
            _participant(person, distance),
        ],
        "messages": {"elements": last},
    }


def _participant(person: Person, distance: str) -> dict[str, Any]:
    return {
        "$type": "com.linkedin.messenger.MessagingParticipant",
        "entityUrn": f"urn:li:msg_messagingParticipant:{person.urn}",
        "backendUrn": person.member_urn,
        "hostIdentityUrn": person.urn,
        "participantType": {
            "member": {
                "firstName": {"text": person.first_name},
                "lastName": {"text": person.last_name},
                "headline": {"text": person.headline},
                "profilePicture": person.picture,
                "profileUrl": f"https://www.linkedin.com/in/{person.id}",
                "distance": distance,
            }
        },
    }


def _messages(stage: Stage, account: Account, variables: str) -> tuple[str, list[dict[str, Any]]]:
    wanted, anchor = _value(variables, "conversationUrn"), _value(variables, "deliveredAt")
    key = "messengerMessagesBySyncToken" if anchor is None else "messengerMessagesByAnchorTimestamp"
    count = int(_value(variables, "countBefore") or _NEWEST)
    for thread in stage.world.mailbox(account):
        if ids.conversation_urn(account.profile, thread.id) == wanted:
            told = [message_element(account, thread, message) for message in thread.messages]
            before = [each for each in told if not anchor or each["deliveredAt"] < int(anchor)]
            return key, before[-count:]
    return key, []


def message_element(account: Account, thread: Thread, message: Message) -> dict[str, Any]:
    """Write one message as the messaging reads show it."""
    return {
        "$type": "com.linkedin.messenger.Message",
        "entityUrn": ids.message_urn(account.profile, message.id),
        "backendUrn": f"urn:li:messagingMessage:{message.id}",
        "*conversation": ids.conversation_urn(account.profile, thread.id),
        "body": {"text": message.text, "attributes": []},
        "subject": message.subject,
        "deliveredAt": int(message.at.timestamp() * 1000),
        "sender": {"hostIdentityUrn": ids.profile_urn(message.sender)},
        "originToken": message.origin_token,
        "renderContent": [rendered(each) for each in message.files],
        "messageBodyRenderFormat": "RECALLED" if message.recalled else "DEFAULT",
        "reactionSummaries": _summaries(account, message),
    }


def rendered(file: SentFile) -> dict[str, Any]:
    """Write a file as messages show it: pictures by their address in pieces and without a name."""
    if not file.is_image:
        return {"file": {**file.wire, "url": f"https://www.linkedin.com{file.path}"}}
    root, _, rest = f"https://www.linkedin.com{file.path}".rpartition("/")
    artifact = {"width": 480, "height": 320, "fileIdentifyingUrlPathSegment": rest}
    return {
        "vectorImage": {
            "digitalmediaAsset": file.urn,
            "rootUrl": f"{root}/",
            "artifacts": [artifact],
        }
    }


def _summaries(account: Account, message: Message) -> list[dict[str, Any]]:
    emojis = dict.fromkeys(each.emoji for each in message.reactions)
    by = {emoji: [each.by for each in message.reactions if each.emoji == emoji] for emoji in emojis}
    at = int(message.at.timestamp() * 1000)
    return [
        {
            "emoji": emoji,
            "count": len(people),
            "firstReactedAt": at,
            "viewerReacted": account.profile in people,
        }
        for emoji, people in by.items()
    ]
