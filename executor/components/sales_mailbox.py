"""What Sales Navigator's server tells its own page, plain or normalised (2026-11-22).

Plain answers hold the people in each conversation's `participantsResolutionResults`; normalised
ones have everything below `data`, and the people apart in `included`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from executor.address import PUBLIC_SITE
from executor.components.mailbox import picture_in
from executor.components.own_account import objects_in
from executor.locators import sales
from executor.mailbox import Attachment, Participant
from executor.person import profile_urn
from executor.sales_mailbox import SalesMessage, SalesThread, sales_thread_urn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from executor.sales_mailbox import SalesLead

_PERSON = re.compile(r"urn:li:fs_salesProfile:\((?P<id>[A-Za-z0-9_-]+),[^()]*\)")
_THREAD = re.compile(r"/sales-api/salesApiMessagingThreads/(?P<thread_id>[^/]+)(?:/messages)?/?")
_MEMBERS_OWN_ID = "ACo"
"""How ids begin that LinkedIn itself has; those of Sales Navigator's own begin with `ACw`."""
_DISTANCES = {0: "SELF", 1: "DISTANCE_1", 2: "DISTANCE_2", 3: "DISTANCE_3"}


def sales_thread_path(thread_id: str) -> str:
    """Return a conversation's own address."""
    return f"/sales/inbox/{quote(thread_id, safe='')}"


def sales_lead_path(lead: SalesLead) -> str:
    """Return the address of a member's page."""
    return f"/sales/lead/{lead.profile_id},{lead.found_by},{lead.token}"


def sales_thread_in(path: str) -> str | None:
    """Return the conversation that an address's decoded path leads to."""
    found = re.fullmatch(sales.THREAD_PATH, path)
    return found["thread_id"] if found else None


def sales_thread_asked_for(url: str) -> str | None:
    """Return the conversation that a page asks for, or tells something of, at this address."""
    found = _THREAD.fullmatch(urlsplit(url).path)
    return unquote(found["thread_id"]) if found else None


def sales_profile_in(urn: object) -> str | None:
    """Return the id by which Sales Navigator knows whom such a URN names."""
    found = _PERSON.fullmatch(str(urn))
    return found["id"] if found else None


def lead_in(path: str) -> str | None:
    """Return the same id in the decoded path of a member's page."""
    found = re.fullmatch(sales.LEAD_PATH, path)
    return found["profile_id"] if found else None


def is_last_piece(url: str, parameter: str, found: int) -> bool:
    """Tell whether less was *found* than this address had asked for, so that nothing is behind it.

    Args:
        parameter: says in the address how much it asks for.
    """
    wanted = "".join(parse_qs(urlsplit(url).query).get(parameter, ()))
    return not found or (wanted.isdecimal() and found < int(wanted))


def is_list(answer: Mapping[str, Any]) -> bool:
    """Tell whether an answer lists something, be it nothing; one that tells of errors does not."""
    told = answer.get("data", answer)
    return isinstance(told, dict) and isinstance(told.get("elements"), list)


def entities_in(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what an answer is about: conversations, messages, or the one conversation."""
    told = answer.get("data", answer)
    if not isinstance(told, dict):
        return []
    listed = told.get("elements")
    found = listed if isinstance(listed, list) else [told]
    return [each for each in found if isinstance(each, dict) and isinstance(each.get("id"), str)]


def messages_of(thread: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the messages that stand in a conversation, the newest first."""
    found = thread.get("messages")
    return entities_in({"elements": found}) if isinstance(found, list) else []


def people_in(answer: Mapping[str, Any]) -> dict[str, Participant]:
    """Return whoever an answer tells of, by the id in their URN."""
    found = {}
    for each in objects_in(answer):
        named = _PERSON.fullmatch(str(each.get("entityUrn")))
        if named:
            found[named["id"]] = _participant(each, named["id"])
    return found


def thread_of(thread: Mapping[str, Any], people: Mapping[str, Participant]) -> SalesThread:
    """Read a conversation."""
    latest = max(messages_of(thread), key=delivered_at, default=None)
    last_at = delivered_at(latest) if latest is not None else 0
    count = thread.get("totalMessageCount")
    return SalesThread(
        thread_id=thread["id"],
        conversation_urn=sales_thread_urn(thread["id"]),
        conversation_url=f"{PUBLIC_SITE}{sales_thread_path(thread['id'])}",
        participants=[
            people[named["id"]]
            for urn in thread.get("participants") or ()
            if (named := _PERSON.fullmatch(str(urn))) and named["id"] in people
        ],
        unread_count=unread_in(thread),
        is_archived=thread.get("archived") is True,
        message_count=count if isinstance(count, int) else None,
        last_activity_at=last_at,
        next_page_starts_at=next_page_of(thread),
        latest_message=message_of(latest, thread["id"], people) if latest is not None else None,
    )


def message_of(
    message: Mapping[str, Any], thread_id: str, people: Mapping[str, Participant]
) -> SalesMessage:
    """Read a message; who wrote it is known by the id in the author's URN."""
    named = _PERSON.fullmatch(str(message.get("author")))
    sender = people.get(named["id"]) if named else None
    return SalesMessage(
        message_urn=message["id"],
        backend_urn=None,
        conversation_urn=sales_thread_urn(thread_id),
        text=_text(message.get("body")) or "",
        subject=_text(message.get("subject")),
        sent_at=delivered_at(message) or None,
        is_own=sender.distance == "SELF" if sender and sender.distance else None,
        sender=sender,
        attachments=_attachments(message),
        reactions=[],
        kind=_text(message.get("type")),
    )


def delivered_at(message: Mapping[str, Any]) -> int:
    """Return when a message came, in milliseconds since 1970; zero where it is not told."""
    at = message.get("deliveredAt")
    return at if isinstance(at, int) else 0


def next_page_of(thread: Mapping[str, Any]) -> int:
    """Return where the list goes on behind a conversation."""
    told = thread.get("nextPageStartsAt")
    if isinstance(told, int):
        return told
    return max((delivered_at(each) for each in messages_of(thread)), default=0)


def unread_in(thread: Mapping[str, Any]) -> int:
    """Return how many messages of a conversation are unread."""
    unread = thread.get("unreadMessageCount")
    return unread if isinstance(unread, int) else 0


def _participant(told: Mapping[str, Any], profile_id: str) -> Participant:
    urn = str(told["entityUrn"])
    names = (_text(told.get("firstName")), _text(told.get("lastName")))
    degree = told.get("degree")
    return Participant(
        participant_urn=urn,
        backend_urn=_text(told.get("objectUrn")),
        profile_urn=profile_urn(profile_id) if profile_id.startswith(_MEMBERS_OWN_ID) else None,
        profile_id=profile_id,
        name=_text(told.get("fullName")) or " ".join(filter(None, names)),
        headline=None,
        profile_url=f"{PUBLIC_SITE}/sales/lead/{urn.partition('(')[2].rstrip(')')}",
        picture_url=picture_in(told.get("profilePictureDisplayImage")),
        distance=_DISTANCES.get(degree) if isinstance(degree, int) else None,
        badge=None,
    )


def _attachments(message: Mapping[str, Any]) -> list[Attachment]:
    """Return what came with a message; what it tells of itself has not been described (2026-11)."""
    return [
        Attachment(
            kind="attachment",
            name=_text(each.get("name")),
            media_type=_text(each.get("mediaType")),
            byte_size=None,
            url=_text(each.get("url")),
            asset_urn=None,
        )
        for each in message.get("attachments") or ()
        if isinstance(each, dict)
    ]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
