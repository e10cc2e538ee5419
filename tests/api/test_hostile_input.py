"""Whatever is sent: nothing breaks, nothing runs, and what is stored is what was sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    import httpx

    from tests.api.conftest import NativeClient, OutxClient, World

MESSAGE, INVITATION = "/linkedin-agent/send-message", "/linkedin-agent/send-connection-request"
POLL, TASKS = "/linkedin-agent/get-task-status", "/tasks"
CREATING = [MESSAGE, INVITATION, TASKS]
UNKNOWN_ID = "550e8400-e29b-41d4-a716-446655440000"

NASTY = [
    "'; DROP TABLE tasks; --",
    '" OR ""="',
    "1); DELETE FROM tasks WHERE (1=1",
    "%' UNION SELECT digest FROM api_keys --",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}} ${7*7} #{7*7} <%= 7*7 %>",
    "$(touch /tmp/owned) `id` | cat /etc/passwd &",
    "../../../../etc/passwd",
    "%s%s%s%n %x {0} {__class__}",
    "one\r\nSet-Cookie: a=b\r\n\r\n<html>",
    "\u202etxet desrever\u202c",
    "z\u0300\u0301\u0302\u0303\u0304\u0305a\u0306l\u0307g\u0308o",
    "=HYPERLINK(0)\t+1\t-1\t@a",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467\ufe0f",
    "\ufdfa" * 100,
    "NaN",
    "null",
    "\\u0000 \\ud800 \\x00",
]
INVISIBLE = [
    "\ufeff",
    "\u200b\u200c\u200d",
    "\u00a0\u2003\u3000",
    "\u2060\u2061\u2062\u2063\u2064",
    "\u00ad",
    "\u034f\ufe0f\U000e0100",
    "\u115f\u1160\u3164\uffa0",
    "\u2800",
    "\u180e",
    "\u202a\u202c",
    "\U000e0041\U000e007f",
    "\u2028\u2029",
]
# Values of every kind where something else is expected.
STRANGE: list[Any] = [
    None,
    True,
    0,
    -1,
    10**400,
    1e308,
    "",
    " ",
    [],
    [[]],
    {},
    {"": ""},
    {"$ne": None},
    {"__proto__": {"admin": True}},
    ["ACoAABCDEFG"],
    "\u0000",
    "\ud800",
]


def bodies(path: str, person: Any, text: Any) -> dict[str, Any]:
    match path:
        case "/linkedin-agent/send-message":
            return {"recipient_urn": person, "message": text}
        case "/linkedin-agent/send-connection-request":
            return {"profile_urn": person, "note": text}
        case _:
            return {"task_type": "send_message", "input": {"recipient": person, "message": text}}


def is_in_shape(answer: httpx.Response, path: str) -> bool:
    """Tell whether a refusal is worded as its contract words refusals."""
    body = answer.json()
    if path.startswith("/linkedin-agent"):
        return set(body) == {"error"} and isinstance(body["error"], str)
    return set(body["error"]) == {"code", "message", "retry_safe", "request_id"}


async def refused(answer: httpx.Response, path: str, world: World) -> None:
    assert 400 <= answer.status_code < 500, answer.text
    assert is_in_shape(answer, path)
    assert await world.tasks() == []


async def post(outx: OutxClient, path: str, body: Any, **headers: Any) -> httpx.Response:
    # As ASCII, so that lone surrogates can be sent as the escapes that JSON allows.
    return await outx.http.post(path, content=json.dumps(body), headers=headers)


@pytest.mark.parametrize("text", NASTY, ids=ascii)
async def test_what_looks_like_code_is_text(
    outx: OutxClient, native: NativeClient, world: World, text: str
) -> None:
    """SQL, HTML, templates and shell are stored, shown and delivered as the letters they are."""
    vendor = (await post(outx, MESSAGE, bodies(MESSAGE, "ACoAABCDEFG", text))).json()
    ours = (await post(outx, TASKS, bodies(TASKS, "ACoAABCDEFH", text))).json()
    delivered = text.replace("\r\n", "\n")

    polled = await outx.status(vendor["api_agent_task_id"])
    assert polled.json()["data"]["task_input"]["message"] == text
    for task_id in (vendor["api_agent_task_id"], ours["id"]):
        shown = await native.task(task_id)
        assert shown.headers["content-type"] == "application/json"
        assert shown.json()["input"]["message"] == delivered
        assert (await world.task(task_id)).input["message"] == delivered
    assert {task.status for task in await world.tasks()} == {"queued"}


@pytest.mark.parametrize("text", INVISIBLE, ids=ascii)
async def test_a_text_that_shows_nothing_is_blank(
    outx: OutxClient, world: World, text: str
) -> None:
    """A message of it is refused; an invitation goes without a note; between letters it stays."""
    await refused(await post(outx, MESSAGE, bodies(MESSAGE, "ACoAABCDEFG", text)), MESSAGE, world)
    await refused(await post(outx, TASKS, bodies(TASKS, "ACoAABCDEFG", text)), TASKS, world)

    await post(outx, INVITATION, bodies(INVITATION, "ACoAABCDEFG", text))
    await post(outx, MESSAGE, bodies(MESSAGE, "ACoAABCDEFG", f"a{text}b"))
    message, invitation = await world.tasks()
    assert invitation.input["note"] is None
    assert message.input["message"] == f"a{text}b"


@pytest.mark.parametrize(
    "text",
    [
        "nul\x00",
        "\x00",
        "bell\x07",
        "\x1b]0;title\x07",
        "\x85",
        "\ud800",
        "a\udc00b",
        "\udfff\ud800",
    ],
    ids=ascii,
)
async def test_what_cannot_be_typed_is_refused(outx: OutxClient, world: World, text: str) -> None:
    """Control characters and halves of pairs never reach the store."""
    for path in CREATING:
        await refused(await post(outx, path, bodies(path, "ACoAABCDEFG", text)), path, world)


@pytest.mark.parametrize("value", STRANGE, ids=lambda value: ascii(value)[:20])
async def test_a_person_of_another_kind_is_refused(
    outx: OutxClient, world: World, value: Any
) -> None:
    """Whatever JSON holds, only what names somebody is a person."""
    for path in CREATING:
        await refused(await post(outx, path, bodies(path, value, "Hi")), path, world)


@pytest.mark.parametrize("value", STRANGE, ids=lambda value: ascii(value)[:20])
async def test_a_text_of_another_kind_is_refused(
    outx: OutxClient, world: World, value: Any
) -> None:
    """Nothing is turned into a text that was none."""
    for path in (MESSAGE, TASKS):
        await refused(await post(outx, path, bodies(path, "ACoAABCDEFG", value)), path, world)


@pytest.mark.parametrize("value", STRANGE[1:], ids=lambda value: ascii(value)[:20])
async def test_every_field_of_our_own_holds_out(outx: OutxClient, world: World, value: Any) -> None:
    """Each is refused by name."""
    for field in ("task_type", "input", "not_before"):
        body = {**bodies(TASKS, "ACoAABCDEFG", "Hi"), field: value}
        answer = await post(outx, TASKS, body)
        await refused(answer, TASKS, world)
        assert f"'{field}" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "person",
    [
        "../../feed",
        "..%2f..%2ffeed",
        "%252e%252e%252f",
        "jane/../../admin",
        "jane?redirect=//evil.example",
        "jane#/settings",
        "jane\r\nHost: evil.example",
        "jane%0d%0aHost:%20evil.example",
        "urn:li:person:ACoA%2f..%2f",
        "urn:li:person:ACoA\x00B",
        "urn:li:person:../../mynetwork",
        "urn:li:fsd_profile:ACoA?x=1",
        "urn:li:person:ACoAABCDEFG\n",
        "//evil.example/in/jane",
        "https://www.linkedin.com\\@evil.example/in/jane",
        "https://www.linkedin.com:443@evil.example/in/jane",
        "https://www.linkedin.com%2eevil.example/in/jane",
        "https://www.linkedin.com/in/jane/../../feed",
        "data:text/html,<script>",
        "<jane>",
        "'; DROP TABLE people; --",
        "\uff0e\uff0e\uff0ffeed",
        "x" * 100_000,
    ],
    ids=lambda text: ascii(text)[:40],
)
async def test_no_person_leads_anywhere_but_to_a_profile(
    outx: OutxClient, world: World, person: str
) -> None:
    """Path, host and header tricks are refused, or leave a plain id."""
    for path in CREATING:
        answer = await post(outx, path, bodies(path, person, "Hi"))
        if answer.status_code not in {200, 201}:
            await refused(answer, path, world)

    for task in await world.tasks():
        [someone] = [each for each in task.input.values() if isinstance(each, dict)]
        assert (someone["profile_id"] or someone["vanity"]).isalnum()


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 200_000,
        b'{"a":' * 150_000,
        b'{"input":' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"}",
        b'{"x": ' + b"[" * 980 + b"]" * 980 + b"}",
        b'{"x": 1e999999999}',
        b'{"x": -1e400, "y": 1E+400}',
        b'{"x": ' + b"9" * 100_000 + b"}",
        b"\xef\xbb\xbf\xef\xbb\xbf{}",
        b"\xff\xfe{\x00}\x00",
        b"\x00{}",
        b'{"a\x00": 1}',
        b'{"\\u0000": "\\ud800"}',
        b"{}{}",
        b'{"recipient_urn": "ACoAABCDEFG", "message": "Hi",}',
        b"x" * 1_100_000,
        b"{" + b" " * 900_000 + b"}",
        json.dumps({f"k{number}": number for number in range(50_000)}).encode(),
    ],
    ids=lambda content: repr(content[:30]),
)
async def test_a_body_from_hell_is_refused(outx: OutxClient, world: World, content: bytes) -> None:
    """Depth, size, numbers and encodings beyond use, with an Idempotency-Key and without."""
    for path in CREATING:
        await refused(await outx.http.post(path, content=content), path, world)
        keyed = await outx.http.post(path, content=content, headers={"Idempotency-Key": "k1"})
        await refused(keyed, path, world)


async def test_a_deep_body_with_a_key_is_read_or_refused(outx: OutxClient, world: World) -> None:
    """A field that nobody asked for may have as many levels as can be kept."""
    for depth in (1, 90, 100, 500, *range(850, 1_000, 30)):
        message = b'"recipient_urn": "ACoAABCDEFG", "message": "%d"' % depth
        answer = await outx.http.post(
            MESSAGE,
            content=b"{%s, %s: %s%s}" % (message, b'"x"', b"[" * depth, b"]" * depth),
            headers={"Idempotency-Key": f"k{depth}"},
        )
        assert answer.status_code in {200, 400}, depth
        stored = [task for task in await world.tasks() if task.input["message"] == str(depth)]
        assert len(stored) == (answer.status_code == 200)


async def test_of_repeated_keys_the_last_counts_everywhere(outx: OutxClient, world: World) -> None:
    """What is checked is what is stored: no key hides behind another."""
    await outx.http.post(
        TASKS,
        content=b'{"task_type": "nothing", "task_type": "send_message", "input": 1, "input": '
        b'{"recipient": "me", "recipient": "ACoAABCDEFG", "message": "\\u0000", "message": "Hi"}}',
    )

    [task] = await world.tasks()
    assert task.input["message"] == "Hi"
    assert task.request["input"] == {"recipient": "ACoAABCDEFG", "message": "Hi"}


@pytest.mark.parametrize(
    "value",
    [b"a\r\nSet-Cookie: owned=1", b"a\nX-Owned: 1", b"\x00", b"\xff\xfe", b"'; --", b"x" * 60_000],
    ids=repr,
)
async def test_headers_cannot_be_smuggled(outx: OutxClient, world: World, value: bytes) -> None:
    """Whatever stands in a header, the answer has none that we did not write."""
    body = json.dumps(bodies(MESSAGE, "ACoAABCDEFG", "Hi"))
    for name in (b"x-api-key", b"authorization", b"x-request-id", b"idempotency-key"):
        answer = await outx.http.post(MESSAGE, content=body, headers=[(name, value)])
        assert answer.status_code < 500
        assert "set-cookie" not in answer.headers
        assert "x-owned" not in answer.headers
        assert b"\n" not in b"".join(each for pair in answer.headers.raw for each in pair)
    # With an Idempotency-Key it is a wish of its own.
    assert len(await world.tasks()) <= 2


@pytest.mark.parametrize(
    "path",
    [
        f"{POLL}?api_agent_task_id=%00",
        f"{POLL}?api_agent_task_id={UNKNOWN_ID}%00",
        f"{POLL}?api_agent_task_id=%ff%fe",
        f"{POLL}?api_agent_task_id=' OR 1=1 --",
        f"{POLL}?api_agent_task_id[]={UNKNOWN_ID}",
        f"{POLL}?" + "a=1&" * 5_000,
        f"{TASKS}?cursor=%00",
        f"{TASKS}?cursor='; DROP TABLE tasks; --",
        f"{TASKS}?status=%ff",
        f"{TASKS}?limit=%00",
        f"{TASKS}?limit=1e9",
        f"{TASKS}?task_type=" + "x" * 20_000,
        f"{TASKS}/%00",
        f"{TASKS}/..%2f..%2fetc%2fpasswd",
        f"{TASKS}/{UNKNOWN_ID}%00",
        f"{TASKS}/' OR 1=1 --",
        f"{TASKS}/{UNKNOWN_ID}?wait=%00",
        f"{TASKS}/{UNKNOWN_ID}?wait=1e308",
        f"{TASKS}//cancel",
        f"{TASKS}/%ff%fe/cancel",
    ],
    ids=lambda path: path[:50],
)
async def test_addresses_cannot_hurt(outx: OutxClient, world: World, path: str) -> None:
    """Ids, cursors and numbers of any shape are answered in the contract's shape."""
    answer = await outx.http.get(quote(path, safe="/?=&%[];:'"))

    await refused(answer, path, world)
