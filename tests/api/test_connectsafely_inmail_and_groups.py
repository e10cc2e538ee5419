"""InMails and groups through ConnectSafely's dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from storage.tasks import ErrorCode

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, World

JANE = "urn:li:fsd_profile:ACoAAA24A-MBVEvT49xpVF2gnWrhvmUIPDJshSM"
JANES_ID = JANE.rpartition(":")[2]
GROUP = "12345678"
SENT = {
    "recipient_profile_id": JANES_ID,
    "message_urn": "urn:li:m",
    "conversation_urn": "urn:li:c",
    "sent_at": 1771950346603,
}


def inmail(**changed: Any) -> dict[str, Any]:
    return {
        "recipientProfileUrn": JANE,
        "message": "Hello!",
        "subject": " Quick  question ",
        "messageType": "inmail",
        **changed,
    }


@pytest.mark.parametrize("path", ["/message", "/messaging/send", "/messaging/send-with-typing"])
async def test_an_inmail_is_asked_for_by_its_type(
    connectsafely: ConnectSafelyClient, world: World, path: str
) -> None:
    """With its subject on one line; it counts in no quota."""
    async with connectsafely.calling(connectsafely.post(path, inmail())) as calling:
        (task,) = await world.tasks()
        await world.succeed(**SENT, credits_left=44)
        answer = await calling

    assert task.task_type == "send_inmail"
    assert task.input == {
        "recipient": {"profile_id": JANES_ID, "vanity": None},
        "subject": "Quick question",
        "message": "Hello!",
    }
    assert answer.status_code == 200
    typed = {"typingIndicatorSent": False} if path.endswith("typing") else {}
    assert answer.json() == {
        "success": True,
        "message": "Message sent successfully",
        "recipientProfileUrn": JANE,
        **typed,
    }
    assert answer.headers["X-RateLimit-Used"] == "0"


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"subject": None}, "subject is required for InMail"),
        ({"subject": " \n "}, "subject is required for InMail"),
        ({"subject": 7}, "subject must be a string"),
        ({"subject": "s" * 201}, "subject must be 200 characters or fewer for InMail"),
        ({"message": "m" * 1901}, "message must be 1900 characters or fewer for InMail"),
        ({"groupId": GROUP}, "groupId is not supported for InMail"),
    ],
)
async def test_an_inmail_that_cannot_be_is_refused(
    connectsafely: ConnectSafelyClient, world: World, changed: dict[str, Any], text: str
) -> None:
    """Before anything is accepted, with the field."""
    answer = await connectsafely.post("/message", inmail(**changed))

    assert (answer.status_code, answer.json()) == (400, {"error": text, "success": False})
    assert await world.tasks() == []


async def test_an_inmail_goes_into_no_conversation(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """It begins one; to leave the named one out would cost a credit."""
    thread = "urn:li:msg_conversation:(urn:li:fsd_profile:ACoAAME,2-b25l)"
    answer = await connectsafely.post("/messaging/send-with-typing", inmail(conversationUrn=thread))

    text = "conversationUrn is not supported for InMail"
    assert (answer.status_code, answer.json()) == (400, {"error": text, "success": False})
    assert await world.tasks() == []


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (ErrorCode.INMAIL_CREDITS_EXHAUSTED, 400),
        (ErrorCode.INMAIL_NOT_ALLOWED, 400),
        (ErrorCode.NOT_GROUP_MEMBER, 403),
    ],
)
async def test_refusals_have_the_documented_statuses(
    connectsafely: ConnectSafelyClient, world: World, code: ErrorCode, status: int
) -> None:
    """403 is the group's."""
    async with connectsafely.calling(connectsafely.post("/message", inmail())) as calling:
        await world.fail(code)
        answer = await calling

    assert (answer.status_code, answer.headers["X-Error-Code"]) == (status, code.value)
    assert answer.json()["success"] is False


@pytest.mark.parametrize("urns", [[], ["urn:li:msg_message:(urn:li:fsd_profile:ACoAAB,2-MTc3)"]])
async def test_what_is_to_be_acknowledged_is_not_and_the_answer_says_so(
    connectsafely: ConnectSafelyClient, world: World, urns: list[str]
) -> None:
    """The message itself goes out as by the endpoints without it."""
    body = {"recipientProfileUrn": JANE, "message": "Hello!", "messageUrns": urns}
    call = connectsafely.post("/messaging/send-with-ack", body)
    async with connectsafely.calling(call) as calling:
        await world.succeed(**SENT)
        alone = await calling
    body = {**body, "message": "Hello, all!", "groupId": GROUP}
    call = connectsafely.post("/messaging/send-group-with-ack", body)
    async with connectsafely.calling(call) as calling:
        await world.succeed(**SENT, group_id=GROUP)
        in_group = await calling

    to_group, to_one = await world.tasks()
    assert (to_one.task_type, to_group.task_type) == ("send_message", "send_group_message")
    assert alone.json() == {
        "success": True,
        "message": "Message sent successfully",
        "recipientProfileUrn": JANE,
        "acknowledgmentSent": False,
    }
    assert in_group.json() == {
        "success": True,
        "message": "Group context message sent successfully",
        "recipientProfileUrn": JANE,
        "groupId": GROUP,
        "acknowledgmentSent": False,
    }


@pytest.mark.parametrize("path", ["/message", "/messaging/send-group"])
async def test_a_group_message_names_its_group(
    connectsafely: ConnectSafelyClient, world: World, path: str
) -> None:
    """It counts among the messages; each endpoint answers with its own body."""
    body = {"recipientProfileUrn": JANE, "groupId": GROUP, "message": "Hello!"}
    async with connectsafely.calling(connectsafely.post(path, body)) as calling:
        (task,) = await world.tasks()
        await world.succeed(**SENT, group_id=GROUP)
        answer = await calling

    assert task.task_type == "send_group_message"
    assert task.input == {
        "recipient": {"profile_id": JANES_ID, "vanity": None},
        "group_id": GROUP,
        "message": "Hello!",
    }
    assert answer.status_code == 200
    assert answer.json() == (
        {
            "success": True,
            "message": "Group context message sent successfully",
            "recipientProfileUrn": JANE,
            "groupId": GROUP,
        }
        if path.endswith("group")
        else {
            "success": True,
            "message": "Message sent successfully",
            "recipientProfileUrn": JANE,
        }
    )
    assert answer.headers["X-RateLimit-Used"] == "1"


@pytest.mark.parametrize(
    ("missing", "text"),
    [
        ("recipientProfileUrn", "recipientProfileUrn is required"),
        ("groupId", "groupId is required"),
        ("message", "message is required"),
    ],
)
async def test_a_group_message_needs_all_three(
    connectsafely: ConnectSafelyClient, missing: str, text: str
) -> None:
    """The slug is no alternative here."""
    body = {"recipientProfileUrn": JANE, "groupId": GROUP, "message": "Hello!"}
    del body[missing]

    answer = await connectsafely.post("/messaging/send-group", body)

    assert (answer.status_code, answer.json()["error"]) == (400, text)


async def test_the_same_words_by_another_group_are_refused(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """They are not sent twice, and no answer names a group that they did not go by."""
    body = {"recipientProfileUrn": JANE, "groupId": GROUP, "message": "Hello!"}
    path, another = "/messaging/send-group", {**body, "groupId": "999"}
    async with connectsafely.calling(connectsafely.post(path, body)) as calling:
        waiting = await connectsafely.post(path, another)
        task_id = await world.succeed(**SENT, group_id=GROUP)
        await calling
    refused = [waiting, await connectsafely.post(path, another)]
    again = await connectsafely.post(path, body)

    for answer in refused:
        assert answer.status_code == 409
        assert answer.json() == {
            "error": (
                f"Task {task_id} has the same words for the same person in another conversation, "
                "group or inbox, or below another subject; send an Idempotency-Key if both are "
                "meant"
            ),
            "success": False,
        }
    assert (again.json()["groupId"], again.headers["Duplicate-Of"]) == (GROUP, task_id)
    assert len(await world.tasks()) == 1


async def test_another_group_is_tried_once_the_first_has_failed(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """What was not sent stands for nothing."""
    body = {"recipientProfileUrn": JANE, "groupId": GROUP, "message": "Hello!"}
    async with connectsafely.calling(connectsafely.post("/messaging/send-group", body)) as calling:
        await world.fail(ErrorCode.NOT_GROUP_MEMBER)
        await calling
    async with connectsafely.calling(
        connectsafely.post("/messaging/send-group", {**body, "groupId": "999"})
    ) as calling:
        await world.succeed(**SENT, group_id="999")
        answer = await calling

    assert (answer.status_code, answer.json()["groupId"]) == (200, "999")


@pytest.mark.parametrize("group", ["", "harbour", "123/members", 12345678])
async def test_a_group_is_named_by_its_number(
    connectsafely: ConnectSafelyClient, group: object
) -> None:
    """What is no number in a string is refused; it would become part of an address."""
    body = {"recipientProfileUrn": JANE, "groupId": group, "message": "Hello!"}

    answer = await connectsafely.post("/messaging/send-group", body)

    assert answer.status_code == 400
    assert answer.json()["error"].startswith("groupId ")


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/groups/members", {"groupId": GROUP, "membershipStatuses": [], "typeaheadQuery": ""}),
        ("/groups/members-by-url", {"groupUrl": f"https://www.linkedin.com/groups/{GROUP}/"}),
        ("/groups/members-by-url", {"groupUrl": f"linkedin.com/groups/{GROUP}/members?x=1"}),
    ],
)
async def test_the_members_of_a_group_are_listed(
    connectsafely: ConnectSafelyClient, world: World, path: str, named: dict[str, Any]
) -> None:
    """By the group's number or address; null is what the list does not tell."""
    body = {**named, "count": 1, "start": 20}
    async with connectsafely.calling(connectsafely.post(path, body)) as calling:
        (task,) = await world.tasks()
        member = {
            "profile_id": None,
            "profile_urn": None,
            "vanity": "jane-doe",
            "profile_url": "https://www.linkedin.com/in/jane-doe",
            "full_name": "Jane van Doe",
            "headline": "Engineer",
            "degree": 3,
            "profile_image_url": None,
        }
        await world.succeed(members=[member], has_more=True)
        answer = await calling

    assert task.input == {"group_id": GROUP, "start": 20, "count": 1}
    assert answer.json() == {
        "success": True,
        "accountId": world.admin.id,
        "groupId": GROUP,
        "members": [
            {
                "profileId": "jane-doe",
                "profileUrn": None,
                "firstName": "Jane",
                "lastName": "van Doe",
                "headline": "Engineer",
                "connectionDegree": "3rd+",
                "profileUrl": "https://www.linkedin.com/in/jane-doe",
                "profilePicture": None,
            }
        ],
        "pagination": {"start": 20, "count": 1},
        "hasMore": True,
    }


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        (
            "/groups/members",
            {"groupId": GROUP, "typeaheadQuery": "Jane"},
            "typeaheadQuery is not supported",
        ),
        (
            "/groups/members",
            {"groupId": GROUP, "membershipStatuses": ["MANAGER"]},
            "membershipStatuses is not supported",
        ),
        ("/groups/members-by-url", {}, "groupUrl is required"),
        ("/groups/members-by-url", {"groupUrl": GROUP}, "groupUrl is invalid"),
        (
            "/groups/members-by-url",
            {"groupUrl": f"https://www.linkedin.com.example/groups/{GROUP}"},
            "groupUrl is invalid",
        ),
        (
            "/groups/members-by-url",
            {"groupUrl": "https://www.linkedin.com/groups/harbour/"},
            "groupUrl is invalid",
        ),
    ],
)
async def test_members_are_not_listed_of_another_kind_or_group(
    connectsafely: ConnectSafelyClient, world: World, path: str, body: dict[str, Any], error: str
) -> None:
    """The list tells no status, and a part of it found by name would be no part of it."""
    answer = await connectsafely.post(path, body)

    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert await world.tasks() == []


@pytest.mark.parametrize(
    ("read", "credits_", "premium_type"),
    [
        (
            {"has_premium": True, "has_sales_navigator": True, "credits": 150},
            150,
            "SALES_NAVIGATOR",
        ),
        ({"has_premium": False, "has_sales_navigator": False, "credits": 0}, 0, "FREE"),
        ({"has_premium": True, "has_sales_navigator": False, "credits": None}, None, "UNKNOWN"),
    ],
)
async def test_credits_are_told_with_what_they_come_from(
    connectsafely: ConnectSafelyClient,
    world: World,
    read: dict[str, Any],
    credits_: int | None,
    premium_type: str,
) -> None:
    """Null is what LinkedIn's pages do not tell."""
    async with connectsafely.calling(connectsafely.get("/inmail/credits")) as calling:
        await world.succeed(profile_urn=JANE, vanity="jane-doe", **read)
        answer = await calling

    told = answer.json()
    assert told.pop("message")
    assert told == {
        "success": True,
        "inMailCredits": credits_,
        "totalCredits": None,
        "usedCredits": None,
        "entityUrn": JANE,
        "accountId": world.admin.id,
        "premiumType": premium_type,
    }
