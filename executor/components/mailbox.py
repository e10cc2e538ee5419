"""What LinkedIn's server tells its messaging page: conversations and messages, in either shape.

An answer holds its entities nested, or in normalised form: apart in `included`, with references to
their urns under names that begin with an asterisk (2026-09). Both are read here, by the same names.
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass
from re import match
from typing import TYPE_CHECKING, Any

from executor.components.profile_ids import profile_ids_in
from executor.mailbox import (
    Attachment,
    Conversation,
    MailboxMessage,
    Participant,
    Reaction,
    thread_id_of,
)
from executor.person import profile_urn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CONVERSATION = "urn:li:msg_conversation:"
_MESSAGE = "urn:li:msg_message:"
_BY_CATEGORY = "ByCategory"
_NO_FILES = frozenset(
    {
        "awayMessage",
        "conversationAdsMessageContent",
        "forwardedMessageContent",
        "hostUrnData",
        "messageAdRenderContent",
        "repliedMessageContent",
        "unavailableContent",
        "videoMeeting",
    }
)
"""What messages show that is neither a file nor a picture (2026-09)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPiece:
    """A piece of the list of conversations, as one answer brings it."""

    conversations: Sequence[Conversation]
    is_page: bool
    """Whether it is a page of the list, rather than what has changed lately."""
    has_more: bool


def list_pieces(answer: Mapping[str, Any]) -> Iterator[ListPiece]:
    """Read the pieces of the list that an answer holds."""
    known = _Entities(answer)
    for name, found in known.collections("messengerConversations"):
        entities = known.listed(found, "elements")
        metadata = found.get("metadata") or {}
        conversations = [_conversation(each, known) for each in entities if _is_conversation(each)]
        yield ListPiece(
            conversations=conversations,
            is_page=_BY_CATEGORY in name,
            has_more=bool(metadata.get("nextCursor")),
        )


def messages_in(answer: Mapping[str, Any], conversation_urn: str) -> list[MailboxMessage] | None:
    """Read the messages of one conversation that an answer holds; `None`: it tells of none."""
    known = _Entities(answer)
    collections = [found for _, found in known.collections("messengerMessages")]
    if not collections:
        return None
    return [
        _message(entity, known, conversation_urn)
        for found in collections
        for entity in known.listed(found, "elements")
        if str(entity.get("entityUrn", "")).startswith(_MESSAGE)
    ]


def sent_at_of(message_urn: str) -> int | None:
    """Read the time that LinkedIn writes into a message's id: `2-` and Base64 of it (2026-09)."""
    encoded = message_urn.rpartition(",2-")[2].rstrip(")")
    try:
        told = b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    except (NotBase64, UnicodeDecodeError, ValueError):
        return None
    found = match(r"(\d{13})b", told)
    return int(found[1]) if found else None


class _Entities:
    """An answer, with its references resolved."""

    def __init__(self, answer: Mapping[str, Any]) -> None:
        self._answer = answer
        self._by_urn = {
            each["entityUrn"]: each
            for each in answer.get("included") or ()
            if isinstance(each, dict) and isinstance(each.get("entityUrn"), str)
        }

    def collections(self, prefix: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Find the collections by the beginning of their names, however deep `data` is nested."""
        data: Any = self._answer
        while isinstance(data, dict) and isinstance(data.get("data"), dict):
            data = data["data"]
        if isinstance(data, dict):
            for name, found in data.items():
                if name.lstrip("*").startswith(prefix) and isinstance(found, dict):
                    yield name, found

    def listed(self, holder: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
        """Return a list's entities, nested or referred to."""
        nested = holder.get(name)
        if isinstance(nested, list):
            return [each for each in nested if isinstance(each, dict)]
        urns = holder.get(f"*{name}")
        found = [self._by_urn.get(urn) for urn in urns] if isinstance(urns, list) else []
        return [each for each in found if each is not None]

    def one(self, holder: Mapping[str, Any], name: str) -> dict[str, Any] | None:
        """Return one entity, nested or referred to."""
        nested = holder.get(name)
        if isinstance(nested, dict):
            return nested
        urn = holder.get(f"*{name}")
        return self._by_urn.get(urn) if isinstance(urn, str) else None


def _is_conversation(entity: Mapping[str, Any]) -> bool:
    return str(entity.get("entityUrn", "")).startswith(CONVERSATION)


def _conversation(entity: Mapping[str, Any], known: _Entities) -> Conversation:
    urn = str(entity["entityUrn"])
    participants = [_participant(each) for each in known.listed(entity, "conversationParticipants")]
    held = entity.get("messages") or {}
    latest = known.listed(held, "elements") if isinstance(held, dict) else []
    unread = _number(entity.get("unreadCount")) or 0
    thread_id = thread_id_of(urn)
    return Conversation(
        conversation_urn=urn,
        backend_urn=_text(entity.get("backendUrn")),
        thread_id=thread_id,
        conversation_url=_text(entity.get("conversationUrl"))
        or f"https://www.linkedin.com/messaging/thread/{thread_id}/",
        title=_text(entity.get("title")),
        is_group=bool(entity.get("groupChat")),
        categories=[str(each) for each in entity.get("categories") or ()],
        participants=participants,
        unread_count=unread,
        is_read=bool(entity.get("read", not unread)),
        last_activity_at=_number(entity.get("lastActivityAt")) or 0,
        created_at=_number(entity.get("createdAt")),
        last_read_at=_number(entity.get("lastReadAt")),
        state=_text(entity.get("state")),
        latest_message=_latest([_message(each, known, urn, participants) for each in latest]),
    )


def _latest(messages: Sequence[MailboxMessage]) -> MailboxMessage | None:
    return max(messages, key=lambda each: each.sent_at or 0, default=None)


def _participant(entity: Mapping[str, Any]) -> Participant:
    ids = profile_ids_in(str(entity.get("hostIdentityUrn") or entity.get("entityUrn")))
    profile_id = ids[0] if ids else None
    kinds = entity.get("participantType") or {}
    member = kinds.get("member") or {}
    company = kinds.get("organization") or kinds.get("company") or {}
    names = (_text(member.get("firstName")), _text(member.get("lastName")))
    return Participant(
        participant_urn=_text(entity.get("entityUrn")),
        backend_urn=_text(entity.get("backendUrn")),
        profile_urn=profile_urn(profile_id) if profile_id else None,
        profile_id=profile_id,
        name=" ".join(filter(None, names)) or _text(company.get("name")) or "",
        headline=_text(member.get("headline")) or _text(company.get("tagline")),
        profile_url=_text(member.get("profileUrl")) or _text(company.get("pageUrl")),
        picture_url=picture_in(member.get("profilePicture") or company.get("logo")),
        distance=_text(member.get("distance")),
        badge=_text(member.get("memberBadgeType")),
    )


def _message(
    entity: Mapping[str, Any],
    known: _Entities,
    conversation_urn: str,
    participants: Sequence[Participant] = (),
) -> MailboxMessage:
    urn = str(entity["entityUrn"])
    sender = _sender(entity, known, participants)
    owners = profile_ids_in(conversation_urn)
    return MailboxMessage(
        message_urn=urn,
        backend_urn=_text(entity.get("backendUrn")),
        conversation_urn=conversation_urn,
        text=_text(entity.get("body")) or "",
        subject=_text(entity.get("subject")),
        sent_at=_number(entity.get("deliveredAt")) or sent_at_of(urn),
        is_own=sender.profile_id in owners if sender and sender.profile_id and owners else None,
        sender=sender,
        attachments=attachments_of(entity) or [],
        reactions=[
            Reaction(
                emoji=str(each.get("emoji")),
                count=_number(each.get("count")) or 0,
                by_account=bool(each.get("viewerReacted")),
            )
            for each in entity.get("reactionSummaries") or ()
            if isinstance(each, dict)
        ],
        # Of `DEFAULT`, `EDITED`, `RECALLED` and `SYSTEM` (2026).
        is_recalled=entity.get("messageBodyRenderFormat") == "RECALLED",
    )


def _sender(
    entity: Mapping[str, Any], known: _Entities, participants: Sequence[Participant]
) -> Participant | None:
    """Return who wrote a message; where it only refers to them, as the conversation names them."""
    told = known.one(entity, "sender")
    found = _participant(told) if told is not None else None
    if found is not None and found.name:
        return found
    ids = profile_ids_in(str(entity.get("sender") or entity.get("*sender") or ""))
    named = next((each for each in participants if ids and each.profile_id == ids[0]), None)
    if named is not None or found is not None or not ids:
        return named or found
    return _participant({"hostIdentityUrn": profile_urn(ids[0])})


def attachments_of(message: Mapping[str, Any]) -> list[Attachment] | None:
    """Read what came with a message; `None` when the answer does not tell."""
    content = message.get("renderContent", message.get("renderContentUnions"))
    if not isinstance(content, list):
        return None
    return [found for each in content for found in _attachments(each)]


def _attachments(content: Any) -> Iterator[Attachment]:
    if not isinstance(content, dict):
        return
    for kind, held in content.items():
        if not isinstance(held, dict) or kind in _NO_FILES:
            continue
        stream = _stream(held)
        file_type = _text(held.get("mediaType")) or _text(held.get("mimeType"))
        yield Attachment(
            kind=kind,
            name=_text(held.get("name")) or _text(held.get("filename")) or _text(held.get("title")),
            media_type=file_type or _text(stream.get("mediaType")),
            byte_size=_number(held.get("byteSize")) or _number(stream.get("size")),
            url=_text(held.get("url")) or picture_in(held) or _location(stream) or _media_url(held),
            asset_urn=_text(held.get("assetUrn"))
            or _text(held.get("digitalmediaAsset"))
            or _text(held.get("media")),
        )


def _stream(video: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a video's largest stream that is one file."""
    streams = [each for each in video.get("progressiveStreams") or () if isinstance(each, dict)]
    return max(streams, key=lambda each: _number(each.get("size")) or 0, default={})


def _location(stream: Mapping[str, Any]) -> str | None:
    places = [each for each in stream.get("streamingLocations") or () if isinstance(each, dict)]
    return _text(places[0].get("url")) if places else None


def _media_url(held: Mapping[str, Any]) -> str | None:
    """Return the address of a moving picture from elsewhere."""
    media = held.get("media")
    return _text(media.get("url")) if isinstance(media, dict) else None


def picture_in(image: Any) -> str | None:
    """Return the largest of a picture's addresses, whose two halves stand apart (2026-09)."""
    if not isinstance(image, dict):
        return None
    artifacts = [each for each in image.get("artifacts") or () if isinstance(each, dict)]
    largest = max(artifacts, key=lambda each: _number(each.get("width")) or 0, default={})
    root, rest = _text(image.get("rootUrl")), _text(largest.get("fileIdentifyingUrlPathSegment"))
    return f"{root}{rest}" if root and rest else None


def _text(value: Any) -> str | None:
    """Return a text, which may stand in an object of its own."""
    if isinstance(value, dict):
        value = value.get("text")
    return value if isinstance(value, str) and value else None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
