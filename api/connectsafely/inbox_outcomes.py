"""Answers about the inbox, made of what its tasks have read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from api.connectsafely.inbox_answers import (
    ConversationChanged,
    ConversationDetails,
    ConversationExists,
    ConversationMessages,
    Conversations,
    DetailedMessage,
    FetchedFile,
    InboxChanged,
    LatestMessage,
    ListedConversation,
    ListedMessage,
    ListedParticipant,
    MergedConversation,
    MessageParticipant,
    MessageSender,
    NamedAccount,
    RecentConversation,
    RecentLatestMessage,
    RecentMessages,
    RecentParticipant,
)
from api.connectsafely.inbox_bodies import encode_place
from executor.person import profile_urn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.connectsafely.answers import Outcome
    from storage.tasks import JsonObject

_OWN = "SELF"


def typing_shown(outcome: Outcome) -> ConversationChanged:
    return _changed(outcome, "Typing indicator sent successfully")


def fetched_file(outcome: Outcome) -> FetchedFile:
    read = outcome.output
    return FetchedFile(media_type=read["media_type"], byte_size=read["byte_size"])


def marked_seen(outcome: Outcome) -> ConversationChanged:
    return _changed(outcome, "Conversation marked as seen successfully")


def all_marked_read(outcome: Outcome) -> InboxChanged:
    return InboxChanged(
        account_id=outcome.account_id, message="All messages marked as read successfully"
    )


def _changed(outcome: Outcome, message: str) -> ConversationChanged:
    return ConversationChanged(
        account_id=outcome.account_id,
        conversation_urn=outcome.body.conversation_urn,
        message=message,
    )


def recent_messages(outcome: Outcome) -> RecentMessages:
    found: Sequence[JsonObject] = outcome.output["conversations"]
    return RecentMessages(
        account_id=outcome.account_id,
        profile_urn=_owner(found, outcome.account_profile_id),
        conversations=[_recent(each) for each in found],
        total=len(found),
        next_cursor=encode_place(outcome.output["next"]),
    )


def conversations(outcome: Outcome) -> Conversations:
    read = outcome.output
    cursor = encode_place(read["next"])
    listed = [
        *(ListedConversation(**_listed(each)) for each in read["conversations"]),
        *(
            MergedConversation(**_listed(each), sales_nav_thread_id=each["thread_id"])
            for each in read.get("sales_threads") or ()
        ),
    ]
    return Conversations(
        conversations=sorted(
            listed, key=lambda each: (each.last_activity_at, each.conversation_urn), reverse=True
        ),
        accounts=[NamedAccount(id=outcome.account_id, name=outcome.account_name)],
        next_cursor=cursor,
        has_more=cursor is not None,
    )


def conversation_details(outcome: Outcome) -> ConversationDetails:
    read, urn = outcome.output, outcome.output["conversation_urn"]
    messages = [_detailed(each) for each in read["messages"]]
    return ConversationDetails(
        account_id=outcome.account_id,
        profile_urn=_owner_in(urn),
        conversation_urn=urn,
        messages=messages,
        total=len(messages),
    )


def conversation_messages(outcome: Outcome) -> ConversationMessages:
    read = outcome.output
    messages: Sequence[JsonObject] = read["messages"]
    oldest = messages[-1]["sent_at"] if messages else None
    goes_on = read["has_more"] and oldest is not None
    return ConversationMessages(
        messages=[listed_message(each) for each in messages],
        participants=[
            MessageParticipant(
                profile_id=each["profile_id"],
                name=each["name"],
                headline=each["headline"],
                profile_picture=each["picture_url"],
            )
            for each in _participants(read)
        ],
        has_more=goes_on,
        cursor=str(oldest) if goes_on else None,
        note=None,
    )


def _participants(read: JsonObject) -> Sequence[JsonObject]:
    """Return who is in it; a conversation of Sales Navigator comes with its own entry."""
    people: Sequence[JsonObject] = read.get("thread", read)["participants"]
    return people


def conversation_exists(outcome: Outcome) -> ConversationExists:
    urns = outcome.output["conversation_urns"]
    return ConversationExists(
        has_conversation=bool(urns),
        conversation_urn=urns[0] if urns else None,
        profile_urn=outcome.output["profile_urn"],
        account_id=outcome.account_id,
    )


def _recent(each: JsonObject) -> RecentConversation:
    return RecentConversation(
        conversation_id=each["thread_id"],
        conversation_urn=each["conversation_urn"],
        backend_conversation_urn=each["backend_urn"],
        conversation_url=each["conversation_url"],
        participants=[
            RecentParticipant(
                **participant_fields(who),
                member_badge_type=who["badge"],
                participant_urn=who["participant_urn"],
                backend_urn=who["backend_urn"],
                host_identity_urn=who["profile_urn"],
            )
            for who in others_in(each)
        ],
        unread_count=each["unread_count"],
        last_activity_at=each["last_activity_at"],
        created_at=each["created_at"],
        last_read_at=each["last_read_at"],
        is_read=each["is_read"],
        state=each["state"],
        latest_message=_recent_latest(each["latest_message"]),
    )


def _listed(each: JsonObject) -> dict[str, Any]:
    latest = each["latest_message"]
    return {
        "conversation_urn": each["conversation_urn"],
        "conversation_id": each["thread_id"],
        "last_activity_at": each["last_activity_at"],
        "unread_count": each["unread_count"],
        "participants": [ListedParticipant(**participant_fields(who)) for who in others_in(each)],
        "latest_message": LatestMessage(**latest_fields(latest)) if latest else None,
    }


def _recent_latest(latest: JsonObject | None) -> RecentLatestMessage | None:
    if latest is None:
        return None
    sender = latest["sender"] or {}
    return RecentLatestMessage(
        **latest_fields(latest),
        message_urn=latest["message_urn"],
        backend_message_urn=latest["backend_urn"],
        sender_profile_url=sender.get("profile_url"),
        sender_urn=sender.get("participant_urn"),
    )


def latest_fields(latest: JsonObject) -> dict[str, Any]:
    return {
        "text": latest["text"],
        "sent_at": latest["sent_at"],
        "sender_name": (latest["sender"] or {}).get("name") or None,
        "has_attachment": bool(latest["attachments"]),
    }


def participant_fields(who: JsonObject) -> dict[str, Any]:
    return {
        "profile_id": who["profile_id"],
        "name": who["name"],
        "headline": who["headline"],
        "profile_url": who["profile_url"],
        "profile_picture": who["picture_url"],
        "distance": who["distance"],
    }


def _detailed(each: JsonObject) -> DetailedMessage:
    sender = each["sender"]
    return DetailedMessage(
        message_id=each["message_urn"],
        backend_message_urn=each["backend_urn"],
        text=each["text"],
        subject=each["subject"],
        sent_at=each["sent_at"],
        sender=MessageSender(
            profile_id=sender["profile_id"],
            name=sender["name"],
            profile_url=sender["profile_url"],
            profile_picture=sender["picture_url"],
            participant_urn=sender["participant_urn"],
        )
        if sender
        else None,
        attachments=_attachments(each) or None,
        reactions=[dict(reaction) for reaction in each["reactions"]] or None,
        has_attachment=bool(each["attachments"]),
    )


def listed_message(each: JsonObject) -> ListedMessage:
    sender = each["sender"] or {}
    return ListedMessage(
        message_urn=each["message_urn"],
        text=each["text"],
        sent_at=each["sent_at"],
        sender_profile_id=sender.get("profile_id"),
        sender_name=sender.get("name") or None,
        sender_photo=sender.get("picture_url"),
        is_sent_by_owner=each["is_own"],
        has_attachment=bool(each["attachments"]),
        attachments=_attachments(each),
    )


def _attachments(message: JsonObject) -> list[dict[str, Any]]:
    """Return attachments in the shape in which they are sent, with what else is known."""
    return [
        {
            "type": each["kind"],
            "name": each["name"],
            "mediaType": each["media_type"],
            "byteSize": each["byte_size"],
            "url": each["url"],
            "assetUrn": each["asset_urn"],
        }
        for each in message["attachments"]
    ]


def others_in(conversation: JsonObject) -> list[JsonObject]:
    people = cast("list[JsonObject]", conversation["participants"])
    return [each for each in people if each["distance"] != _OWN]


def _owner(found: Sequence[JsonObject], profile_id: str | None) -> str | None:
    """Return whose mailbox it is, which an empty one does not tell by itself."""
    if found:
        return _owner_in(found[0]["conversation_urn"])
    return profile_urn(profile_id) if profile_id else None


def _owner_in(conversation_urn: str) -> str | None:
    """Return whose mailbox it is, which a conversation's URN names first."""
    return conversation_urn.partition("(")[2].partition(",")[0] or None
