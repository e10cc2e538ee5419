"""ConnectSafely's endpoints for search, connections and invitations."""

from __future__ import annotations

from api.connectsafely import network_answers, quotas
from api.connectsafely.endpoint import Endpoint
from api.connectsafely.network_bodies import (
    ConnectionsBody,
    FollowBody,
    GroupMembersBody,
    GroupMembersByUrlBody,
    ReceivedInvitationsBody,
    RespondBody,
    SearchPeopleBody,
    SentInvitationsBody,
)

_JANE = "urn:li:fsd_profile:ACoAAA24A-MBVEvT49xpVF2gnWrhvmUIPDJshSM"
_JANES_PAGE = "https://www.linkedin.com/in/jane-doe"
_ACCOUNT = "696ce9e780e0483585e4e553"
_LISTED = {"name": "Jane Doe", "profileId": "jane-doe", "profileUrl": _JANES_PAGE, "lines": []}

NETWORK_ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        path="/search/people",
        body=SearchPeopleBody,
        answer=network_answers.people_found,
        answer_model=network_answers.PeopleFound,
        summary="Search for people",
        description="Each ten people count against LinkedIn's monthly limit of searches.",
        examples={
            "a search": {
                "keywords": "VP of Engineering",
                "count": 25,
                "filters": {"geoUrn": ["103644278"], "connectionDegree": ["2nd"]},
            }
        },
        done={
            "success": True,
            "accountId": _ACCOUNT,
            "people": [
                {
                    "profileId": "jane-doe",
                    "profileUrn": _JANE,
                    "firstName": "Jane",
                    "lastName": "Doe",
                    "connectionDegree": "2nd",
                    "profileUrl": _JANES_PAGE,
                }
            ],
            "pagination": {"start": 0, "count": 1},
            "hasMore": False,
        },
    ),
    Endpoint(
        path="/connections",
        method="GET",
        body=ConnectionsBody,
        answer=network_answers.connections_listed,
        answer_model=network_answers.ConnectionsListed,
        summary="List connections",
        description="The newest first. Raise `startIndex` by `count` until `endOfList` is true.",
        done={
            "success": True,
            "accountId": _ACCOUNT,
            "connections": [
                {
                    "firstName": "Jane",
                    "lastName": "Doe",
                    "vanityName": "jane-doe",
                    "profileUrl": _JANES_PAGE,
                }
            ],
            "startIndex": 0,
            "count": 1,
            "endOfList": True,
        },
    ),
    *(
        Endpoint(
            path=path,
            body=body,
            answer=network_answers.group_members_listed,
            answer_model=network_answers.GroupMembersListed,
            summary=f"List the members of a group{by}",
            description=(
                "Only members of a group may look; everybody else is answered with 403. Raise "
                "`start` by `count` while `hasMore` is true."
            ),
            examples={"the first ten": {**group, "count": 10}},
            done={
                "success": True,
                "accountId": _ACCOUNT,
                "groupId": "12345678",
                "members": [
                    {
                        "profileId": "jane-doe",
                        "firstName": "Jane",
                        "lastName": "Doe",
                        "connectionDegree": "2nd",
                        "profileUrl": _JANES_PAGE,
                    }
                ],
                "pagination": {"start": 0, "count": 1},
                "hasMore": False,
            },
        )
        for path, body, by, group in (
            ("/groups/members", GroupMembersBody, "", {"groupId": "12345678"}),
            (
                "/groups/members-by-url",
                GroupMembersByUrlBody,
                " by its address",
                {"groupUrl": "https://www.linkedin.com/groups/12345678/"},
            ),
        )
    ),
    *(
        Endpoint(
            path=f"/invitations/{kind.lower()}",
            method="GET",
            body=body,
            answer=answer,
            answer_model=network_answers.InvitationsListed,
            summary=f"List {kind.lower()} invitations",
            description="The newest first. Raise `startIndex` by ten until `endOfList` is true.",
            done={
                "success": True,
                "accountId": _ACCOUNT,
                "invitations": [
                    {
                        "invitationType": kind,
                        "invitationCategory": "CONNECTION",
                        "profile": dict(_LISTED),
                    }
                ],
                "count": 1,
                "startIndex": 0,
                "endOfList": True,
            },
        )
        for kind, body, answer in (
            ("RECEIVED", ReceivedInvitationsBody, network_answers.received_invitations),
            ("SENT", SentInvitationsBody, network_answers.sent_invitations),
        )
    ),
    Endpoint(
        path="/invitations/received/respond",
        body=RespondBody,
        answer=network_answers.invitation_answered,
        answer_model=network_answers.InvitationAnswered,
        summary="Accept or ignore a received invitation",
        examples={"an acceptance": {"action": "ACCEPT", "profileId": "jane-doe"}},
        done={
            "success": True,
            "message": "Invitation from jane-doe accepted",
            "accountId": _ACCOUNT,
        },
    ),
    Endpoint(
        path="/follow",
        body=FollowBody,
        answer=network_answers.follow_changed,
        answer_model=network_answers.FollowChanged,
        quota=quotas.FOLLOW,
        summary="Follow a member, or stop it",
        description=(
            "Whoever is followed already stays so, and the call succeeds; so does unfollowing "
            "somebody who is not followed. Connections are followed from the beginning."
        ),
        examples={
            "a follow": {"profileId": "jane-doe"},
            "its end": {"profileUrn": _JANE, "action": "unfollow"},
        },
        done={
            "success": True,
            "action": "follow",
            "profileUrn": _JANE,
            "message": "Successfully followed user",
        },
    ),
)
