"""What clients get about their network: people found, connections, invitations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, cast

from api.connectsafely.answers import Answer
from api.connectsafely.network_bodies import INVITATIONS_AT_ONCE
from executor.person import profile_urn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.connectsafely.answers import Outcome
    from api.connectsafely.network_bodies import (
        ConnectionsBody,
        FollowBody,
        GroupMembersBody,
        GroupMembersByUrlBody,
        InvitationsBody,
        RespondBody,
        SearchPeopleBody,
    )
    from storage.tasks import JsonObject

_WHEN = re.compile(r"(?:Sent )?(?P<when>(?:\d+ [a-z]+|an? [a-z]+) ago|today|yesterday)", re.ASCII)
"""How cards word a time in English: "Sent 3 weeks ago" (2026)."""
_DEGREES = {1: "1st", 2: "2nd", 3: "3rd+"}


class FoundPerson(Answer):
    """Somebody whom a search has found; null is what the page does not tell."""

    profile_id: str | None = None
    profile_urn: str | None = None
    first_name: str
    last_name: str
    headline: str | None = None
    location: str | None = None
    connection_degree: str | None = None
    current_position: None = None
    profile_url: str
    is_premium: None = None
    is_open_to_work: None = None


class SearchPagination(Answer):
    """Where the next part begins; LinkedIn's pages tell no total."""

    start: int
    count: int


class PeopleFound(Answer):
    """Who was found, in LinkedIn's order."""

    success: Literal[True] = True
    account_id: str
    people: list[FoundPerson]
    pagination: SearchPagination
    has_more: bool
    cut_short: str | None = None
    """Why there may be more than LinkedIn shows: `commercial_use_limit`, or `unclear`; ours."""


class ListedGroupMember(Answer):
    """A member of a group; null is what the list does not tell, keys are those of a search."""

    profile_id: str | None = None
    profile_urn: str | None = None
    first_name: str
    last_name: str
    headline: str | None = None
    connection_degree: str | None = None
    profile_url: str | None = None
    profile_picture: str | None = None


class GroupMembersListed(Answer):
    """Members, in the order in which LinkedIn lists them."""

    success: Literal[True] = True
    account_id: str
    group_id: str
    members: list[ListedGroupMember]
    pagination: SearchPagination
    has_more: bool


class ListedConnection(Answer):
    """A connection; null is what the list does not tell."""

    first_name: str
    last_name: str
    vanity_name: str | None = None
    headline: str | None = None
    connected_date: None = None
    profile_url: str


class ConnectionsListed(Answer):
    """Connections, the newest first."""

    success: Literal[True] = True
    account_id: str
    connections: list[ListedConnection]
    start_index: int
    count: int
    end_of_list: bool


class InvitedPerson(Answer):
    """The other side of an invitation; null is what the list does not tell."""

    profile_id: str | None = None
    """The last part of the profile's address, or the id: what the other calls take."""
    profile_urn: str | None = None
    name: str
    profile_url: str
    profile_picture: str | None = None
    lines: list[str]
    """What else the card says, in the account's language; ours."""


class ListedInvitation(Answer):
    """An invitation that waits; null is what the list does not tell."""

    id: str | None = None
    invitation_id: str | None = None
    invitation_urn: str | None = None
    invitation_type: Literal["RECEIVED", "SENT"]
    invitation_category: Literal["CONNECTION"] = "CONNECTION"
    member_id: str | None = None
    """The other side's `ACoA…` id; its form is ours, as that of `memberUrn`."""
    member_urn: str | None = None
    custom_message: str | None = None
    """The note of a received one, whole; null also where no mark tells it from the card's other
    lines, which are all in `profile.lines`."""
    received_at: str | None = None
    """Of a received one, as the card words it in English: `2 days ago`."""
    sent_at: str | None = None
    """The same of a sent one."""
    profile: InvitedPerson


class InvitationsListed(Answer):
    """Invitations that wait for an answer, the newest first."""

    success: Literal[True] = True
    account_id: str
    invitations: list[ListedInvitation]
    count: int
    start_index: int
    end_of_list: bool


class InvitationAnswered(Answer):
    """The invitation was answered, with evidence."""

    success: Literal[True] = True
    message: str
    account_id: str


class FollowChanged(Answer):
    """The account follows the member now, or does not any more; it may have been so before."""

    success: Literal[True] = True
    action: Literal["follow", "unfollow"]
    profile_urn: str
    message: str


def people_found(outcome: Outcome) -> PeopleFound:
    body, read = cast("SearchPeopleBody", outcome.body), outcome.output
    people = [_found(each) for each in read["people"]]
    return PeopleFound(
        account_id=outcome.account_id,
        people=people,
        pagination=SearchPagination(start=body.start, count=len(people)),
        has_more=bool(read.get("has_more")),
        cut_short=read["cut_short"],
    )


def group_members_listed(outcome: Outcome) -> GroupMembersListed:
    body = cast("GroupMembersBody | GroupMembersByUrlBody", outcome.body)
    read = outcome.output
    members = [_group_member(each) for each in read["members"]]
    return GroupMembersListed(
        account_id=outcome.account_id,
        group_id=body.group,
        members=members,
        pagination=SearchPagination(start=body.start, count=len(members)),
        has_more=read["has_more"],
    )


def connections_listed(outcome: Outcome) -> ConnectionsListed:
    body, read = cast("ConnectionsBody", outcome.body), outcome.output
    connections = [
        ListedConnection(
            first_name=each["first_name"],
            last_name=each["last_name"],
            vanity_name=each["vanity"],
            headline=each["headline"],
            profile_url=each["profile_url"],
        )
        for each in read["connections"]
    ]
    return ConnectionsListed(
        account_id=outcome.account_id,
        connections=connections,
        start_index=body.start_index,
        count=len(connections),
        end_of_list=read["complete"] and len(connections) < body.limit,
    )


def received_invitations(outcome: Outcome) -> InvitationsListed:
    return _invitations(outcome, "RECEIVED")


def sent_invitations(outcome: Outcome) -> InvitationsListed:
    return _invitations(outcome, "SENT")


def invitation_answered(outcome: Outcome) -> InvitationAnswered:
    body = cast("RespondBody", outcome.body)
    done = "accepted" if body.action == "ACCEPT" else "ignored"
    return InvitationAnswered(
        message=f"Invitation from {body.name} {done}", account_id=outcome.account_id
    )


def _group_member(each: JsonObject) -> ListedGroupMember:
    first, _, last = each["full_name"].partition(" ")
    return ListedGroupMember(
        profile_id=each["vanity"] or each["profile_id"],
        profile_urn=each["profile_urn"],
        first_name=first,
        last_name=last,
        headline=each["headline"],
        connection_degree=_DEGREES.get(each["degree"]),
        profile_url=each["profile_url"],
        profile_picture=each["profile_image_url"],
    )


def follow_changed(outcome: Outcome) -> FollowChanged:
    body = cast("FollowBody", outcome.body)
    return FollowChanged(
        action=body.action,
        profile_urn=profile_urn(outcome.output["member_profile_id"]),
        message=f"Successfully {body.action}ed user",
    )


def _found(each: JsonObject) -> FoundPerson:
    first, _, last = each["full_name"].partition(" ")
    return FoundPerson(
        profile_id=each["vanity"] or each["profile_id"],
        profile_urn=each["profile_urn"],
        first_name=first,
        last_name=last,
        headline=each["headline"],
        location=each["location"],
        connection_degree=_DEGREES.get(each["degree"]),
        profile_url=each["profile_url"],
    )


def _invitations(outcome: Outcome, kind: Literal["RECEIVED", "SENT"]) -> InvitationsListed:
    body, read = cast("InvitationsBody", outcome.body), outcome.output
    part: list[dict[str, Any]] = read["invitations"][body.start_index :]
    return InvitationsListed(
        account_id=outcome.account_id,
        invitations=[_invitation(each, kind) for each in part],
        count=len(part),
        start_index=body.start_index,
        end_of_list=read["complete"] and len(part) < INVITATIONS_AT_ONCE,
    )


def _when(lines: Sequence[str]) -> str | None:
    """Return when it was sent, where exactly one line says so."""
    found = [told["when"] for each in lines if (told := _WHEN.fullmatch(each.strip()))]
    return found[0] if len(found) == 1 else None


def _invitation(each: JsonObject, kind: Literal["RECEIVED", "SENT"]) -> ListedInvitation:
    urn = each["invitation_urn"]
    number = urn.rpartition(":")[2] if urn else None
    return ListedInvitation(
        id=number,
        invitation_id=number,
        invitation_urn=urn,
        invitation_type=kind,
        member_id=each["profile_id"],
        member_urn=each["profile_urn"],
        custom_message=each.get("note"),
        received_at=_when(each["lines"]) if kind == "RECEIVED" else None,
        sent_at=_when(each["lines"]) if kind == "SENT" else None,
        profile=InvitedPerson(
            profile_id=each["vanity"] or each["profile_id"],
            profile_urn=each["profile_urn"],
            name=each["full_name"],
            profile_url=each["profile_url"],
            profile_picture=each["profile_image_url"],
            lines=each["lines"],
        ),
    )
