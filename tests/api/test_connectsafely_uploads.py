"""Files for messages: handing them in, what is refused, and sending them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from storage.teams import Role, Scope

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

    from tests.api.conftest import ConnectSafely, ConnectSafelyClient, World

PATH = "/linkedin/conversations/upload-attachment"
PDF = b"%PDF-1.7 invented"
DAY = timedelta(days=1)


async def hand_in(
    client: ConnectSafelyClient,
    content: bytes = PDF,
    *,
    media_type: str | None = "application/pdf",
    **query: str,
) -> httpx.Response:
    headers = {} if media_type is None else {"Content-Type": media_type}
    return await client.http.post(PATH, content=content, params=query, headers=headers)


async def handed_in(client: ConnectSafelyClient, **given: Any) -> dict[str, Any]:
    answer = await hand_in(client, **given)
    assert answer.status_code == 200, answer.text
    attachment: dict[str, Any] = answer.json()["attachment"]
    return attachment


def message(*files: dict[str, Any], text: str = "As promised", **more: Any) -> dict[str, Any]:
    wrapped = [{"file": each} for each in files]
    return {"recipientProfileId": "jane-doe", "message": text, "attachments": wrapped, **more}


async def test_a_file_is_taken_as_it_is(connectsafely: ConnectSafelyClient, world: World) -> None:
    """The answer has the documented fields; the content is kept for the account alone."""
    answer = await hand_in(connectsafely, filename="report.pdf")

    assert answer.status_code == 200, answer.text
    attachment = answer.json()["attachment"]
    urn = attachment.pop("assetUrn")
    assert answer.json()["success"] is True
    assert attachment == {
        "byteSize": len(PDF),
        "mediaType": "application/pdf",
        "name": "report.pdf",
    }
    upload_id = urn.removeprefix("urn:linkedin-executor:upload:")
    assert await world.store.uploads.content(upload_id, member_id=world.admin.id) == PDF
    assert await world.store.uploads.content(upload_id, member_id="somebody else") is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({}, "attachment.png"),
        ({"filename": ""}, "attachment.png"),
        ({"filename": "photo.PNG"}, "photo.PNG"),
        ({"filename": "../../etc/passwd"}, "passwd.png"),
        ({"filename": "C:\\temp\\photo.png"}, "photo.png"),
        ({"filename": "a\r\nb\x00\u202egnp.exe"}, "abgnp.exe.png"),
        ({"filename": "写真" * 200}, "写真" * 32 + "写.png"),
    ],
    ids=["none", "empty", "fitting", "path", "windows path", "invisible", "long"],
)
async def test_names_are_made_safe(
    connectsafely: ConnectSafelyClient, given: dict[str, str], kept: str
) -> None:
    """No path, nothing invisible, an extension that says what it is, and no endless name."""
    attachment = await handed_in(connectsafely, media_type="image/png; charset=binary", **given)

    assert attachment["name"] == kept


@pytest.mark.parametrize(
    "media_type", [None, "", "text/html", "application/octet-stream", "x" * 99]
)
async def test_other_types_are_refused(
    connectsafely: ConnectSafelyClient, media_type: str | None
) -> None:
    """What LinkedIn's page does not take is not kept."""
    answer = await hand_in(connectsafely, media_type=media_type)

    assert (answer.status_code, answer.json().keys()) == (400, {"error"})
    assert answer.json()["error"].startswith("Content-Type must be one of image/png, ")


async def test_an_empty_body_is_refused(connectsafely: ConnectSafelyClient) -> None:
    """It is no file."""
    answer = await hand_in(connectsafely, b"")

    assert (answer.status_code, answer.json()) == (
        400,
        {"error": "The request body is empty"},
    )


async def test_who_calls_and_for_whom_is_checked_first(
    call_connectsafely: ConnectSafely, world: World
) -> None:
    """Key, scope and account, each with its documented answer."""
    client = call_connectsafely()
    nobody = await client.http.post(PATH, content=PDF, headers={"Authorization": ""})
    unknown = await hand_in(client, accountId="nobody")
    reader = await world.new_key(scope=Scope.READ)
    read_only = await client.http.post(
        PATH, content=PDF, headers={"Authorization": f"Bearer {reader}"}
    )

    assert (nobody.status_code, nobody.json()) == (401, {"error": "Unauthorized"})
    assert (unknown.status_code, unknown.json()["error"]) == (404, "Account not found")
    assert read_only.status_code == 403


async def test_a_file_may_be_larger_than_other_bodies_and_has_its_own_bound(
    call_connectsafely: ConnectSafely,
) -> None:
    """To the byte."""
    client = call_connectsafely(max_body_bytes=10, upload_max_bytes=3_000_000)

    fits = await hand_in(client, bytes(3_000_000))
    is_too_large = await hand_in(client, bytes(3_000_001))

    assert (fits.status_code, is_too_large.status_code) == (200, 413)
    assert is_too_large.json() == {"error": "Request body is too large"}


async def test_a_declared_length_is_believed(call_connectsafely: ConnectSafely) -> None:
    """Nothing is read of a body that says to be too large."""
    client = call_connectsafely(upload_max_bytes=100)
    headers = {"Content-Type": "application/pdf", "Content-Length": "101"}

    answer = await client.http.post(PATH, content=b"short", headers=headers)

    assert answer.status_code == 413


async def test_an_endless_file_is_refused_while_it_comes(
    call_connectsafely: ConnectSafely, world: World
) -> None:
    """As soon as it is larger than it may be; nothing of it is kept."""
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1000
            yield bytes(1000)

    answer = await call_connectsafely(upload_max_bytes=100_000).http.post(
        PATH, content=endless(), headers={"Content-Type": "application/pdf"}
    )

    assert (answer.status_code, taken) == (413, 101_000)
    world.clock.advance(DAY)
    assert await world.store.uploads.drop_expired() == 0


async def test_a_team_has_only_so_much_room(
    call_connectsafely: ConnectSafely, world: World
) -> None:
    """In files and in bytes, until what lies here has expired."""
    few = call_connectsafely(uploads_per_team=2)
    await handed_in(few)
    await handed_in(few)
    full = await hand_in(few)
    heavy = await hand_in(call_connectsafely(uploads_mb_per_team=1), bytes(1_000_000))
    world.clock.advance(DAY)
    later = await hand_in(few)

    assert (full.status_code, heavy.status_code, later.status_code) == (429, 429, 200)
    assert full.json().keys() == {"error"}


async def test_a_message_takes_files_along(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """As their uploads were answered, in the order in which they are named."""
    first = await handed_in(connectsafely, filename="a.pdf")
    second = await handed_in(connectsafely, content=b"png", media_type="image/png")
    call = connectsafely.post("/conversations/send", message(first, second))
    async with connectsafely.calling(call) as calling:
        (task,) = await world.tasks()
        await world.succeed(recipient_profile_id="ACoAAB", message_urn="urn:li:m")
        answer = await calling

    assert answer.status_code == 200, answer.text
    assert task.input["attachments"] == [
        {
            "asset_urn": each["assetUrn"],
            "name": each["name"],
            "media_type": each["mediaType"],
            "byte_size": each["byteSize"],
        }
        for each in (first, second)
    ]


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"assetUrn": "urn:li:digitalmediaAsset:1"}, "attachments is invalid"),
        ({"byteSize": len(PDF) + 1}, "attachments names a file that was not uploaded"),
        ({"name": "other.pdf"}, "attachments names a file that was not uploaded"),
        ({"mediaType": "text/plain", "name": "a.txt"}, "attachments names a file that was not"),
        ({"mediaType": "text/html"}, "attachments is invalid"),
        ({"byteSize": "17"}, "attachments is invalid"),
        ({"name": None}, "attachments is invalid"),
    ],
    ids=["urn", "size", "name", "type", "unknown type", "size as text", "no name"],
)
async def test_only_the_very_file_will_do(
    connectsafely: ConnectSafelyClient, world: World, changes: dict[str, Any], text: str
) -> None:
    """Whatever differs from the upload's answer is refused, and nothing is accepted."""
    file = await handed_in(connectsafely, filename="a.pdf")

    answer = await connectsafely.post("/conversations/send", message({**file, **changes}))

    assert (answer.status_code, answer.json().keys()) == (400, {"error"})
    assert answer.json()["error"].startswith(text)
    assert await world.tasks() == []


async def test_expired_files_and_those_of_others_are_refused(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Another team's, another account's of the same team, and what nobody has asked for in time."""
    file = await handed_in(connectsafely)
    other = await world.store.teams.add_member(world.team.id, name="Bob", role=Role.MEMBER)
    _, their_key = await world.another_team()

    as_bob = await connectsafely.post("/conversations/send", message(file, accountId=other.id))
    theirs = await connectsafely.post(
        "/conversations/send", message(file), Authorization=f"Bearer {their_key}"
    )
    world.clock.advance(DAY)
    expired = await connectsafely.post("/conversations/send", message(file))

    for answer in (as_bob, theirs, expired):
        assert answer.status_code == 400, answer.text
        assert "has expired" in answer.json()["error"]
    assert await world.tasks() == []


async def test_a_number_of_files_is_the_most(connectsafely: ConnectSafelyClient) -> None:
    """And each may be there once."""
    files = [await handed_in(connectsafely) for _ in range(6)]

    many = await connectsafely.post("/conversations/send", message(*files))
    twice = await connectsafely.post("/conversations/send", message(files[0], files[0]))

    assert (many.status_code, many.json()["error"]) == (400, "attachments must be 5 or fewer")
    assert (twice.status_code, twice.json()["error"]) == (400, "attachments names a file twice")


async def test_the_same_words_with_another_file_are_another_message(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """The same file makes a repetition, also when it was handed in twice under two names."""
    first = await handed_in(connectsafely, filename="a.pdf")
    again = await handed_in(connectsafely, filename="b.pdf")
    another = await handed_in(connectsafely, content=b"%PDF-1.7 another")
    prefer = {"Prefer": "respond-async"}

    answers = [
        await connectsafely.post("/conversations/send", message(*files), **prefer)
        for files in ([first], [again], [another], [], [first, another], [another, first])
    ]

    ids = [answer.json()["taskId"] for answer in answers]
    assert ids[0] == ids[1]
    assert ids[4] == ids[5]
    assert len(set(ids)) == len(await world.tasks()) == 4


async def test_a_file_stays_while_its_message_waits(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """However long that takes."""
    file = await handed_in(connectsafely)
    await connectsafely.post("/conversations/send", message(file), Prefer="respond-async")
    world.clock.advance(9 * DAY)

    assert await world.store.uploads.drop_expired() == 0
    await world.succeed()
    assert await world.store.uploads.drop_expired() == 1


async def test_neither_name_nor_content_reaches_the_logs(
    connectsafely: ConnectSafelyClient, capfd: pytest.CaptureFixture[str]
) -> None:
    """Also where the request is refused."""
    await hand_in(connectsafely, b"%PDF secret-content", filename="secret-name.pdf")
    await hand_in(connectsafely, b"secret-content", media_type="text/html", filename="secret-name")

    told = "".join(capfd.readouterr())
    assert "request_answered" in told
    assert "secret" not in told
