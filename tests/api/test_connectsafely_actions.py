"""ConnectSafely's other calls: what they ask for, and how they are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from storage.tasks import ErrorCode

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, World

JANES_ID = "ACoAAA24A-MBVEvT49xpVF2gnWrhvmUIPDJshSM"
JANE = f"urn:li:fsd_profile:{JANES_ID}"
POST = "urn:li:activity:7123456789012345678"
POST_URL = f"https://www.linkedin.com/feed/update/{POST}/"
COMPANY = "urn:li:fsd_company:1035"
OTHER_POST = "urn:li:activity:7000000000000000001"

CALLS: dict[str, tuple[dict[str, Any], str, dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "/connect": (
        {"profileUrn": JANE, "customMessage": " Hi Jane "},
        "send_connection_request",
        {"invitee": {"profile_id": JANES_ID, "vanity": None}, "note": "Hi Jane"},
        {"invitee_profile_id": JANES_ID},
        {
            "success": True,
            "message": "Connection request sent successfully",
            "profileUrn": JANE,
        },
    ),
    "/invitations/withdraw": (
        {"profileId": "jane-doe", "firstName": "Jane", "lastName": "Doe", "invitationId": "1"},
        "withdraw_invitation",
        {"invitee": {"profile_id": None, "vanity": "jane-doe"}},
        {"invitee_profile_id": JANES_ID},
        {
            "success": True,
            "message": "Successfully withdrew invitation to Jane Doe",
            "accountId": "acc_12345",
        },
    ),
    "/posts/comment": (
        {"postUrl": POST_URL, "comment": "Well done"},
        "comment_post",
        {"post": POST, "text": "Well done"},
        {"post_urn": POST, "comment_urn": None},
        {
            "success": True,
            "message": "Successfully posted comment",
            "postDetails": {"postUrn": POST},
        },
    ),
    "/posts/react": (
        {"postUrl": POST_URL},
        "like_post",
        {"post": POST, "reaction": "like", "replaces": True},
        {"post_urn": POST, "reaction": "like", "already_liked": True},
        {
            "success": True,
            "message": "Successfully reacted to post with LIKE reaction",
            "threadUrn": POST,
            "postDetails": {"postUrn": POST},
        },
    ),
}


@pytest.mark.parametrize("path", CALLS)
async def test_a_call_is_answered_with_its_outcome(
    connectsafely: ConnectSafelyClient, world: World, path: str
) -> None:
    """The documented body, once the task that it stands for is done."""
    body, task_type, order, output, expected = CALLS[path]
    await world.store.teams.add_alias(world.admin.id, "acc_12345")
    async with connectsafely.calling(connectsafely.post(path, body)) as calling:
        (task,) = await world.tasks()
        await world.succeed(**output)
        answer = await calling

    assert (answer.status_code, answer.json()) == (200, expected)
    assert (task.task_type, task.input) == (task_type, order)


@pytest.mark.parametrize(
    "reaction", ["PRAISE", "APPRECIATION", "EMPATHY", "INTEREST", "ENTERTAINMENT"]
)
async def test_a_reaction_is_answered_by_its_name(
    connectsafely: ConnectSafelyClient, world: World, reaction: str
) -> None:
    """Each that is documented, in the documented words."""
    body = {"postUrl": POST_URL, "reactionType": reaction}
    async with connectsafely.calling(connectsafely.post("/posts/react", body)) as calling:
        (task,) = await world.tasks()
        await world.succeed(post_urn=POST, reaction=reaction.lower(), already_liked=False)
        answer = await calling

    assert task.input == {"post": POST, "reaction": reaction.lower(), "replaces": True}
    assert answer.json()["message"] == f"Successfully reacted to post with {reaction} reaction"


@pytest.mark.parametrize("body", [{"threadUrn": POST}, {"postUrl": OTHER_POST, "threadUrn": POST}])
async def test_a_post_may_be_named_by_its_urn_alone(
    connectsafely: ConnectSafelyClient, world: World, body: dict[str, str]
) -> None:
    """As the reaction's answer names it; an address beside it does not count."""
    async with connectsafely.calling(connectsafely.post("/posts/react", body)) as calling:
        (task,) = await world.tasks()
        await world.succeed(post_urn=POST, reaction="like", already_liked=False)
        answer = await calling

    assert task.input["post"] == POST
    assert answer.json()["threadUrn"] == POST


@pytest.mark.parametrize(
    ("relationship", "expected"),
    [
        ("connected", (True, False, False, "CONNECTED")),
        ("connectable", (False, False, False, "NOT_CONNECTED")),
        ("pending", (False, True, False, "PENDING")),
        ("incoming", (False, False, True, "INCOMING")),
        ("unknown", (False, False, False, "UNKNOWN")),
    ],
)
@pytest.mark.parametrize("path", ["/relationship/jane-doe", "/relationship/acc_12345/jane-doe"])
async def test_a_relationship_is_told_without_an_envelope(
    connectsafely: ConnectSafelyClient,
    world: World,
    path: str,
    relationship: str,
    expected: tuple[object, ...],
) -> None:
    """With the account in the path, too."""
    await world.store.teams.add_alias(world.admin.id, "acc_12345")
    async with connectsafely.calling(connectsafely.get(path)) as calling:
        await world.succeed(
            profile_id=JANES_ID,
            profile_urn=JANE,
            vanity="jane-doe",
            full_name="Jane Doe",
            relationship=relationship,
        )
        answer = await calling

    connected, sent, received, status = expected
    assert answer.json() == {
        "connected": connected,
        "invitationSent": sent,
        "invitationReceived": received,
        "status": status,
        "profileUrn": JANE,
        "accountId": "acc_12345",
    }


async def test_a_relationship_with_nobody_is_not_found(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """In the words of the vendor's page."""
    call = connectsafely.get("/relationship/invalid-profile-id")
    async with connectsafely.calling(call) as calling:
        await world.fail(ErrorCode.PROFILE_NOT_FOUND)
        answer = await calling

    assert (answer.status_code, answer.json()) == (
        404,
        {"error": "LinkedIn profile not found: invalid-profile-id", "success": False},
    )


READ: dict[str, Any] = {
    "profile_id": JANES_ID,
    "profile_urn": JANE,
    "vanity": "jane-doe",
    "first_name": "Jane",
    "last_name": "Doe",
    "headline": "Engineer",
    "about": None,
    "location": "Oslo",
    "profile_url": "https://www.linkedin.com/in/jane-doe",
    "degree": 2,
    "connections": 500,
    "followers": None,
    "positions": [{"title": "Engineer", "company_name": "Acme", "is_current": True}],
    "education": [{"school_name": "NTNU"}],
    "skills": ["Python"],
}


async def test_a_profile_is_told_with_the_parts_that_were_asked_for(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """By POST with a body as by GET with a query; nothing is ever cached."""
    body = {"profileId": "jane-doe", "includeExperience": True, "forceRefresh": True}
    async with connectsafely.calling(connectsafely.post("/profile", body)) as calling:
        await world.succeed(**READ)
        posted = (await calling).json()
    query = {"profileId": "jane-doe", "includeSkills": "true", "includeContact": "true"}
    async with connectsafely.calling(connectsafely.get("/profile", **query)) as calling:
        await world.succeed(**READ)
        got = (await calling).json()

    assert posted == {
        "success": True,
        "message": "Profile fetched successfully",
        "accountId": world.admin.id,
        "profile": {
            "entityUrn": JANE,
            "publicIdentifier": "jane-doe",
            "firstName": "Jane",
            "lastName": "Doe",
            "headline": "Engineer",
            "summary": None,
            "location": "Oslo",
            "profileUrl": "https://www.linkedin.com/in/jane-doe",
            "isConnected": False,
            "connectionDegree": "DISTANCE_2",
            "connectionsCount": 500,
            "followersCount": None,
        },
        "experience": [{"title": "Engineer", "companyName": "Acme", "isCurrent": True}],
        "education": [],
        "skills": [],
        "cached": False,
        "cachedAt": None,
        "expiresAt": None,
    }
    assert got == {**posted, "experience": [], "skills": ["Python"]}


async def test_a_profile_of_nobody_is_empty(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """The vendor answers 200 here, and 404 everywhere else."""
    async with connectsafely.calling(connectsafely.get("/profile", profileId="nobody")) as calling:
        await world.fail(ErrorCode.PROFILE_NOT_FOUND)
        answer = await calling

    assert answer.status_code == 200
    assert answer.json()["profile"] == {}


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("/connect", {}, "Either profileId or profileUrn is required"),
        (
            "/connect",
            {"profileId": "jane-doe", "customMessage": "x" * 301},
            "customMessage must be 300 characters or fewer",
        ),
        ("/profile", {}, "profileId is required"),
        ("/profile", {"profileId": "a/b"}, "profileId is invalid"),
        (
            "/profile",
            {"profileId": "jane-doe", "includeSkills": "yes"},
            "includeSkills must be true or false",
        ),
        ("/invitations/withdraw", {}, "Either profileId or profileUrn is required"),
        ("/posts/comment", {"postUrl": POST_URL}, "comment is required"),
        ("/posts/comment", {"postUrl": "x", "comment": "Hi"}, "postUrl is invalid"),
        (
            "/posts/comment",
            {"postUrl": POST_URL, "comment": "Hi", "companyUrn": COMPANY},
            "companyUrn is not supported",
        ),
        (
            "/posts/comment",
            {"postUrl": POST_URL, "comment": "Hi {{author}}", "tagPostAuthor": True},
            "tagPostAuthor must be False",
        ),
        (
            "/posts/react",
            {"postUrl": POST_URL, "companyUrn": COMPANY},
            "companyUrn is not supported",
        ),
        (
            "/message",
            {"recipientProfileId": "jane-doe", "message": "See this", "attachments": [{}]},
            "attachments is not supported",
        ),
        (
            "/messaging/send-group",
            {
                "recipientProfileUrn": JANE,
                "groupId": "1",
                "message": "See this",
                "attachments": [{}],
            },
            "attachments is not supported",
        ),
        ("/posts/react", {}, "Either postUrl or threadUrn is required"),
        ("/posts/react", {"threadUrn": "x"}, "threadUrn is invalid"),
        (
            "/posts/react",
            {"postUrl": POST_URL, "reactionType": "CELEBRATE"},
            (
                "reactionType must be 'LIKE', 'PRAISE', 'APPRECIATION', 'EMPATHY', 'INTEREST' or "
                "'ENTERTAINMENT'"
            ),
        ),
    ],
)
async def test_a_wrong_body_is_refused_with_the_field(
    connectsafely: ConnectSafelyClient, world: World, path: str, body: dict[str, Any], error: str
) -> None:
    """Nothing is accepted, and the text names what to repair."""
    answer = await connectsafely.post(path, body)

    assert (answer.status_code, answer.json()) == (400, {"error": error, "success": False})
    assert await world.tasks() == []


async def test_the_urn_says_whose_invitation_is_withdrawn(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """A public id may have become somebody else's."""
    answer = await connectsafely.post(
        "/invitations/withdraw",
        {"profileId": "jane-doe", "profileUrn": JANE},
        prefer="respond-async",
    )

    assert answer.status_code == 202, answer.text
    [task] = await world.tasks()
    assert task.input["invitee"] == {"profile_id": JANE.rpartition(":")[2], "vanity": None}


async def test_fields_that_are_not_supported_may_be_sent_empty(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Forms send what nobody has filled in."""
    for path, body in (
        ("/posts/comment", {"comment": "Hi", "companyUrn": "", "tagPostAuthor": False}),
        ("/posts/react", {"companyUrn": None}),
    ):
        answer = await connectsafely.post(
            path, {"postUrl": POST_URL, **body}, prefer="respond-async"
        )

        assert answer.status_code == 202, answer.text
    comment, reaction = sorted(await world.tasks(), key=lambda each: each.task_type)
    assert (comment.task_type, comment.input["text"]) == ("comment_post", "Hi")
    assert reaction.task_type == "like_post"


async def test_a_wrong_query_is_refused_with_the_field(connectsafely: ConnectSafelyClient) -> None:
    """In a query everything is text, so a truth value is a word."""
    answer = await connectsafely.get("/profile", profileId="jane-doe", includeSkills="perhaps")

    assert answer.status_code == 400
    assert answer.json()["error"] == "includeSkills must be true or false"


async def test_unknown_paths_are_refused_in_the_same_shape(
    connectsafely: ConnectSafelyClient,
) -> None:
    """Also with a method that a path does not have."""
    missing = await connectsafely.get("/nothing")
    wrong = await connectsafely.get("/connect")

    assert (missing.status_code, missing.json()) == (404, {"error": "Not found", "success": False})
    assert wrong.status_code == 405
    assert wrong.json() == {"error": "Method not allowed", "success": False}
