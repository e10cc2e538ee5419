"""Bodies that OutX's endpoints refuse, with its texts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from storage.tasks import TaskFilter

if TYPE_CHECKING:
    import httpx

    from tests.api.conftest import OutxClient, World

PATHS = ("/linkedin-agent/send-message", "/linkedin-agent/send-connection-request")
URN = "urn:li:person:ACoAABCDEFG"
NO_RECIPIENT = "Missing or invalid 'recipient_urn'"
NO_PROFILE = "Missing or invalid 'profile_urn'"
NO_MESSAGE = "Missing or invalid 'message'"
TOO_LONG = "Message text is too long (max 10000 characters)"
NOTE_NO_STRING = "Invalid 'note': must be a string"
NOTE_TOO_LONG = "Invalid 'note': must be 300 characters or fewer"

NOBODY = [
    "",
    " ",
    "me",
    "ab",
    "urn:li:person:",
    "urn:li:person:ACoA/../x",
    "urn:li:company:1234",
    "urn:li:activity:7123456789012345678",
    "https://example.com/in/williamhgates",
    "https://linkedin.com.example.com/in/williamhgates",
    "https://notlinkedin.com/in/williamhgates",
    "https://www.linkedin.com@example.com/in/williamhgates",
    "https://user:word@www.linkedin.com/in/williamhgates",
    "https://www.linkedin.com/in/me",
    "https://www.linkedin.com/in/..",
    "https://www.linkedin.com/in/../feed/",
    "https://www.linkedin.com/in/%2e%2e",
    "https://www.linkedin.com/in/a%2f..%2ffeed",
    "https://www.linkedin.com/company/acme",
    "https://www.linkedin.com/in/",
    "javascript:alert(1)//in/williamhgates",
    "file:///in/williamhgates",
    "../williamhgates",
    "william gates",
    "%2e%2e%2f",
    "%ff%fe%fd",
    "https://[/in/williamhgates",
    "william\u0000gates",
    "\ud800\ud800\ud800",
    "x" * 501,
]


async def refused(answer: httpx.Response, text: str, world: World) -> None:
    assert answer.status_code == 400
    assert answer.json() == {"error": text}
    assert await world.store.reports.list(TaskFilter()) == []


async def post(outx: OutxClient, path: str, body: Any) -> httpx.Response:
    # As ASCII, so that lone surrogates can be sent as the escapes that JSON allows.
    return await outx.http.post(
        path, content=json.dumps(body), headers={"content-type": "application/json"}
    )


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({}, NO_RECIPIENT),
        ({"message": "Hi"}, NO_RECIPIENT),
        ({"recipient_urn": None, "message": "Hi"}, NO_RECIPIENT),
        ({"recipient_urn": 5, "message": "Hi"}, NO_RECIPIENT),
        ({"recipient_urn": [URN], "message": "Hi"}, NO_RECIPIENT),
        ({"recipient_urn": {"urn": URN}, "message": "Hi"}, NO_RECIPIENT),
        ({"recipient_urn": {"profile_id": "ACoAABCDEFG"}, "message": "Hi"}, NO_RECIPIENT),
        ({"recipient_urn": True, "message": ""}, NO_RECIPIENT),
        ({"recipient_urn": URN}, NO_MESSAGE),
        ({"recipient_urn": URN, "message": None}, NO_MESSAGE),
        ({"recipient_urn": URN, "message": ""}, NO_MESSAGE),
        ({"recipient_urn": URN, "message": " \t\r\n\u00a0\u2003"}, NO_MESSAGE),
        ({"recipient_urn": URN, "message": 5}, NO_MESSAGE),
        ({"recipient_urn": URN, "message": ["Hi"]}, NO_MESSAGE),
        ({"recipient_urn": URN, "message": {"text": "Hi"}}, NO_MESSAGE),
        ({"recipient_urn": URN, "message": True}, NO_MESSAGE),
        ({"recipient_urn": URN, "message": "nul\u0000"}, NO_MESSAGE),
        ({"recipient_urn": URN, "message": "bell\u0007"}, NO_MESSAGE),
        ({"recipient_urn": URN, "message": "escape\u001b[31m"}, NO_MESSAGE),
        ({"recipient_urn": URN, "message": "delete\u007f"}, NO_MESSAGE),
        ({"recipient_urn": URN, "message": "c1\u0085"}, NO_MESSAGE),
        ({"recipient_urn": URN, "message": "half \ud83d of a pair"}, NO_MESSAGE),
        ({"recipient_urn": URN, "message": "x" * 10_001}, TOO_LONG),
        ({"recipient_urn": URN, "message": "😀" * 10_001}, TOO_LONG),
        ({"recipient_urn": URN, "message": "x" * 10_000 + " "}, TOO_LONG),
    ],
    ids=lambda value: str(value)[:60].encode("ascii", "replace").decode(),
)
async def test_a_message_body_is_refused_with_the_documented_text(
    outx: OutxClient, world: World, body: Any, text: str
) -> None:
    """Each broken rule of send-message has its documented 400, and nothing is stored."""
    await refused(await post(outx, PATHS[0], body), text, world)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({}, NO_PROFILE),
        ({"note": "Hi"}, NO_PROFILE),
        ({"profile_urn": None}, NO_PROFILE),
        ({"profile_urn": 1.5, "note": 5}, NO_PROFILE),
        ({"profile_urn": URN, "note": 5}, NOTE_NO_STRING),
        ({"profile_urn": URN, "note": False}, NOTE_NO_STRING),
        ({"profile_urn": URN, "note": []}, NOTE_NO_STRING),
        ({"profile_urn": URN, "note": {"text": "Hi"}}, NOTE_NO_STRING),
        ({"profile_urn": URN, "note": "nul\u0000"}, NOTE_NO_STRING),
        ({"profile_urn": URN, "note": "half \udc00"}, NOTE_NO_STRING),
        ({"profile_urn": URN, "note": "x" * 301}, NOTE_TOO_LONG),
        ({"profile_urn": URN, "note": " " + "😀" * 301 + " "}, NOTE_TOO_LONG),
    ],
    ids=lambda value: str(value)[:60].encode("ascii", "replace").decode(),
)
async def test_an_invitation_body_is_refused_with_the_documented_text(
    outx: OutxClient, world: World, body: Any, text: str
) -> None:
    """Each broken rule of send-connection-request has its documented 400."""
    await refused(await post(outx, PATHS[1], body), text, world)


@pytest.mark.parametrize("person", NOBODY, ids=lambda text: ascii(text)[:40])
async def test_what_names_nobody_is_a_missing_urn(
    outx: OutxClient, world: World, person: str
) -> None:
    """Anything that is not a person, address tricks included, gets the documented 400."""
    sent = {"recipient_urn": person, "message": "Hi"}
    await refused(await post(outx, PATHS[0], sent), NO_RECIPIENT, world)
    await refused(await post(outx, PATHS[1], {"profile_urn": person}), NO_PROFILE, world)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" ",
        b"{",
        b"{'single': 'quotes'}",
        b'{"recipient_urn": "ACoAABCDEFG", "message": "Hi"} trailing',
        b'{"recipient_urn": NaN}',
        b'{"recipient_urn": Infinity}',
        b'{"recipient_urn": -Infinity}',
        b'{"message": ' + b"9" * 5_000 + b"}",
        b'{"message": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a":' * 50_000,
        b'{"message": "\xff\xfe"}',
        b'{"message": "\xed\xa0\x80"}',
        b'{"message": "raw \n break"}',
        '{"message": "Hi"}'.encode("utf-16"),
        b"recipient_urn=ACoAABCDEFG&message=Hi",
    ],
    ids=lambda content: repr(content)[:40],
)
async def test_what_is_not_json_is_refused(
    outx: OutxClient, world: World, path: str, content: bytes
) -> None:
    """Broken syntax, wrong encodings and nesting past any use all answer 400."""
    answer = await outx.http.post(
        path, content=content, headers={"content-type": "application/json"}
    )

    await refused(answer, "Request body is not valid JSON", world)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("body", ["Hi", 5, None, True, [], [{"message": "Hi"}]], ids=repr)
async def test_json_that_is_no_object_is_refused(
    outx: OutxClient, world: World, path: str, body: Any
) -> None:
    """A bare string, number, list or null is no body."""
    await refused(await post(outx, path, body), "Request body must be a JSON object", world)


async def test_of_a_repeated_key_the_last_value_counts(outx: OutxClient) -> None:
    """Repeated keys are read as JavaScript reads them, and echoed as read."""
    answer = await outx.http.post(
        PATHS[0],
        content=b'{"recipient_urn": "ACoAABCDEFG", "message": "one", "message": "two"}',
    )

    shown = (await outx.status(answer.json()["api_agent_task_id"])).json()
    assert shown["data"]["task_input"]["message"] == "two"


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "json", "a/b+json"],
)
async def test_another_content_type_is_refused(outx: OutxClient, content_type: str) -> None:
    """Only JSON is taken, and 415 says so."""
    answer = await outx.http.post(
        PATHS[0],
        content=b'{"recipient_urn": "ACoAABCDEFG", "message": "Hi"}',
        headers={"content-type": content_type},
    )

    assert answer.status_code == 415
    assert answer.json() == {"error": "Content-Type must be application/json"}


@pytest.mark.parametrize("size", [1024 * 1024 + 1, 10_000_000])
async def test_a_body_beyond_the_limit_is_refused(outx: OutxClient, size: int) -> None:
    """More than the limit answers 413, before it is read as JSON."""
    answer = await outx.http.post(PATHS[0], content=b"x" * size)

    assert answer.status_code == 413
    assert answer.json() == {"error": "Request body is too large"}


async def test_a_body_of_exactly_the_limit_is_read(outx: OutxClient) -> None:
    """The limit itself is allowed."""
    body = b'{"recipient_urn": "ACoAABCDEFG", "message": "Hi"}'
    answer = await outx.http.post(PATHS[0], content=body.ljust(1024 * 1024))

    assert answer.status_code == 200
