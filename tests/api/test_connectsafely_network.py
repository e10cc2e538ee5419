"""Search, connections and invitations through ConnectSafely's dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, World

JANES_ID = "ACoAAA24A-MBVEvT49xpVF2gnWrhvmUIPDJshSM"
JANE = f"urn:li:fsd_profile:{JANES_ID}"
PAGE = "https://www.linkedin.com/in/jane-doe"
PERSON: dict[str, Any] = {
    "profile_id": JANES_ID,
    "profile_urn": JANE,
    "vanity": "jane-doe",
    "profile_url": PAGE,
    "full_name": "Jane van Doe",
    "headline": "Engineer",
    "location": "Oslo",
    "degree": 2,
}
INVITATION: dict[str, Any] = {
    "invitation_urn": "urn:li:invitation:71",
    "profile_id": None,
    "profile_urn": None,
    "vanity": "jane-doe",
    "profile_url": PAGE,
    "full_name": "Jane van Doe",
    "lines": ["Engineer", "2 days ago"],
    "profile_image_url": None,
}


async def test_people_are_searched_for_with_the_documented_filters(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """What LinkedIn's page does not tell is null; unknown filters are ignored."""
    body = {
        "keywords": " VP of Engineering ",
        "start": 25,
        "count": 1,
        "filters": {
            "locationId": "103644278",
            "geoUrn": ["urn:li:geo:101"],
            "title": "VP",
            "industry": ["4"],
            "currentCompanyIds": ["1035"],
            "connectionDegree": ["2nd", "3rd+", "S"],
            "favouriteColours": ["x"],
        },
    }
    async with connectsafely.calling(connectsafely.post("/search/people", body)) as calling:
        (task,) = await world.tasks()
        await world.succeed(people=[PERSON], has_more=True, cut_short=None)
        answer = await calling

    wanted = {
        "keywords": "VP of Engineering",
        "title": "VP",
        "geo_urn": ["103644278", "urn:li:geo:101"],
        "industry": ["4"],
        "current_company": ["1035"],
        "degrees": [2, 3],
        "start": 25,
        "count": 1,
    }
    assert wanted.items() <= task.input.items()
    assert answer.json() == {
        "success": True,
        "accountId": world.admin.id,
        "people": [
            {
                "profileId": "jane-doe",
                "profileUrn": JANE,
                "firstName": "Jane",
                "lastName": "van Doe",
                "headline": "Engineer",
                "location": "Oslo",
                "connectionDegree": "2nd",
                "currentPosition": None,
                "profileUrl": PAGE,
                "isPremium": None,
                "isOpenToWork": None,
            }
        ],
        "pagination": {"start": 25, "count": 1},
        "hasMore": True,
        "cutShort": None,
    }


@pytest.mark.parametrize(("limit", "is_end"), [(1, False), (2, True)])
async def test_connections_are_listed_until_the_end(
    connectsafely: ConnectSafelyClient, world: World, limit: int, *, is_end: bool
) -> None:
    """The end is told, as clients stop at nothing else."""
    connection = {
        **PERSON,
        "first_name": "Jane",
        "last_name": "van Doe",
        "profile_image_url": None,
    }
    async with connectsafely.calling(
        connectsafely.get("/connections", startIndex=4, limit=limit)
    ) as calling:
        (task,) = await world.tasks()
        await world.succeed(connections=[connection], complete=True)
        answer = await calling

    assert (task.input["start"], task.input["count"]) == (4, limit)
    assert answer.json() == {
        "success": True,
        "accountId": world.admin.id,
        "connections": [
            {
                "firstName": "Jane",
                "lastName": "van Doe",
                "vanityName": "jane-doe",
                "headline": "Engineer",
                "connectedDate": None,
                "profileUrl": PAGE,
            }
        ],
        "startIndex": 4,
        "count": 1,
        "endOfList": is_end,
    }


@pytest.mark.parametrize("kind", ["received", "sent"])
async def test_invitations_are_listed_ten_at_a_time(
    connectsafely: ConnectSafelyClient, world: World, kind: str
) -> None:
    """With the id that answering and withdrawing take."""
    call = connectsafely.get(f"/invitations/{kind}", startIndex=10)
    async with connectsafely.calling(call) as calling:
        (task,) = await world.tasks()
        listed = [{**INVITATION, "full_name": str(number)} for number in range(10)]
        await world.succeed(invitations=[*listed, INVITATION], complete=True)
        answer = await calling

    assert task.input == {"count": 20}
    assert answer.json() == {
        "success": True,
        "accountId": world.admin.id,
        "invitations": [
            {
                "id": "71",
                "invitationId": "71",
                "invitationUrn": "urn:li:invitation:71",
                "invitationType": kind.upper(),
                "invitationCategory": "CONNECTION",
                "memberId": None,
                "memberUrn": None,
                "customMessage": None,
                "receivedAt": "2 days ago" if kind == "received" else None,
                "sentAt": "2 days ago" if kind == "sent" else None,
                "profile": {
                    "profileId": "jane-doe",
                    "profileUrn": None,
                    "name": "Jane van Doe",
                    "profileUrl": PAGE,
                    "profilePicture": None,
                    "lines": ["Engineer", "2 days ago"],
                },
            }
        ],
        "count": 1,
        "startIndex": 10,
        "endOfList": True,
    }


@pytest.mark.parametrize(
    ("lines", "when"),
    [
        (["Sent 3 weeks ago"], "3 weeks ago"),
        (["Engineer", "Sent yesterday"], "yesterday"),
        (["Vor 3 Wochen gesendet"], None),
        (["2 days ago", "Sent 3 weeks ago"], None),
        (["We met 2 days ago"], None),
    ],
)
async def test_when_an_invitation_was_sent_is_told_where_its_card_says_so(
    connectsafely: ConnectSafelyClient, world: World, lines: list[str], when: str | None
) -> None:
    """One line, in English, and no other that could mean it as well."""
    named = {"profile_id": JANES_ID, "profile_urn": JANE, "lines": lines}
    call = connectsafely.get("/invitations/sent")
    async with connectsafely.calling(call) as calling:
        await world.succeed(invitations=[{**INVITATION, **named}], complete=True)
        answer = await calling

    (told,) = answer.json()["invitations"]
    assert (told["sentAt"], told["receivedAt"]) == (when, None)
    assert (told["memberId"], told["memberUrn"]) == (JANES_ID, JANE)


@pytest.mark.parametrize(("action", "done"), [("ACCEPT", "accepted"), ("IGNORE", "ignored")])
async def test_a_received_invitation_is_answered(
    connectsafely: ConnectSafelyClient, world: World, action: str, done: str
) -> None:
    """The documented fields that LinkedIn's page does not need are taken and left out."""
    body = {
        "action": action,
        "profileId": "jane-doe",
        "invitationId": "71",
        "validationToken": "x",
        "linkedInInvitationType": "CONNECTION",
        "firstName": "Jane",
        "lastName": "Doe",
    }
    call = connectsafely.post("/invitations/received/respond", body)
    async with connectsafely.calling(call) as calling:
        (task,) = await world.tasks()
        await world.succeed(inviter_profile_id=JANES_ID, answer="accept", already_connected=False)
        answer = await calling

    assert task.input["answer"] == action.lower()
    assert answer.json() == {
        "success": True,
        "message": f"Invitation from Jane Doe {done}",
        "accountId": world.admin.id,
    }


async def test_a_message_into_a_conversation_is_answered_with_what_was_stored(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """The newer sending endpoint tells the message's own id, time and sender."""
    urn = f"urn:li:msg_message:({JANE},2-MTc3MTk1)"
    body = {"recipientProfileId": "jane-doe", "message": "Hi", "messagingChannel": "linkedin_inbox"}
    call = connectsafely.post("/conversations/send", {**body, "attachments": []})
    async with connectsafely.calling(call) as calling:
        await world.succeed(recipient_profile_id=JANES_ID, message_urn=urn, sent_at=1771950346603)
        answer = await calling

    assert answer.json() == {
        "success": True,
        "message": "Message sent successfully",
        "recipientProfileUrn": JANE,
        "sentMessage": {
            "messageUrn": urn,
            "text": "Hi",
            "sentAt": 1771950346603,
            "senderProfileId": JANES_ID,
            "senderName": None,
            "senderPhoto": None,
            "isSentByOwner": True,
        },
    }
    assert answer.headers["X-RateLimit-Limit"] == "150"


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("/search/people", {}, "keywords or a filter is required"),
        ("/search/people", {"keywords": "x", "count": 51}, "count must be 50 or less"),
        ("/search/people", {"filters": {"geoUrn": ["Oslo"]}}, "filters is invalid"),
        ("/search/people", {"filters": {"connectionDegree": ["9th"]}}, "filters is invalid"),
        (
            "/search/people",
            {"keywords": "x", "url": "https://www.linkedin.com/sales/search/people?query=x"},
            "url is not supported",
        ),
        (
            "/search/people",
            {"keywords": "x", "filters": {"schoolIds": ["1"]}},
            "filters.schoolIds is not supported",
        ),
        (
            "/search/people",
            {"keywords": "x", "filters": {"serviceCategories": ["1"]}},
            "filters.serviceCategories is not supported",
        ),
        ("/invitations/received/respond", {"profileId": "jane-doe"}, "action is required"),
        (
            "/invitations/received/respond",
            {
                "profileId": "jane-doe",
                "action": "ACCEPT",
                "linkedInInvitationType": "NEWSLETTER",
            },
            "linkedInInvitationType is invalid",
        ),
        (
            "/invitations/received/respond",
            {"profileId": "jane-doe", "action": "WAVE"},
            "action must be 'ACCEPT' or 'IGNORE'",
        ),
        (
            "/conversations/send",
            {"recipientProfileId": "jane-doe", "message": "Hi", "attachments": [{"file": {}}]},
            "attachments is invalid",
        ),
        (
            "/conversations/send",
            {
                "recipientProfileId": "jane-doe",
                "message": "x" * 1901,
                "messagingChannel": "sales_navigator",
            },
            "message or subject is too long for InMail",
        ),
    ],
)
async def test_a_wrong_body_is_refused_with_the_field(
    connectsafely: ConnectSafelyClient, world: World, path: str, body: dict[str, Any], error: str
) -> None:
    """Nothing is accepted, and the text names what to repair."""
    answer = await connectsafely.post(path, body)

    success = {} if path.startswith("/conversations") else {"success": False}
    assert (answer.status_code, answer.json()) == (400, {"error": error, **success})
    assert await world.tasks() == []


async def test_a_wrong_query_is_refused_with_the_field(connectsafely: ConnectSafelyClient) -> None:
    """LinkedIn's list has one order only, and twelve are the documented most."""
    sorted_ = await connectsafely.get("/connections", sortBy="firstName")
    many = await connectsafely.get("/connections", limit=13)

    assert sorted_.json()["error"] == "sortBy must be 'recentlyAdded'"
    assert many.json()["error"] == "limit must be 12 or less"
