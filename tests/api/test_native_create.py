"""Creating tasks through our own contract."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from executor.actions import CATALOGUE
from storage.limits import HoldReason
from storage.sessions import SessionHealth
from storage.tasks import WaitReason
from storage.teams import Role, Scope

if TYPE_CHECKING:
    from tests.api.conftest import Connect, NativeClient, World

HELLO = {"recipient": "ACoAABCDEFG", "message": "Hi"}
TASK = {"task_type": "send_message", "input": HELLO}


def refusal(answer: Any) -> tuple[int, str, str]:
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "retry_safe", "request_id"}
    assert error["request_id"] == answer.headers["x-request-id"]
    return answer.status_code, error["code"], error["message"]


async def test_a_task_is_accepted_with_its_address(native: NativeClient, world: World) -> None:
    """The whole answer, and where the task is found from now on."""
    answer = await native.create(TASK)

    [task] = await world.tasks()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/tasks/{task.id}"
    assert answer.json() == {
        "id": task.id,
        "task_type": "send_message",
        "account_id": world.admin.id,
        "input": {
            "recipient": {"profile_id": "ACoAABCDEFG", "vanity": None},
            "message": "Hi",
            "conversation_urn": None,
            "show_typing": False,
            "attachments": [],
        },
        "created_at": "2026-10-01T12:00:00Z",
    }
    assert (await native.http.get(answer.headers["location"])).status_code == 200
    assert (task.dialect, task.is_write, task.request) == ("native", True, TASK)


@pytest.mark.parametrize("action", CATALOGUE, ids=lambda action: action.task_type)
async def test_every_action_can_be_asked_for(native: NativeClient, action: Any) -> None:
    """What is in the catalogue is in this contract, without a line for it."""
    answer = await native.create({"task_type": action.task_type, "input": {"no_such_field": 1}})

    status, code, message = refusal(answer)
    assert (status, code) == (400, "invalid_field")
    assert all(f"'{name}'" in message for name in action.input_model.model_fields)


async def test_an_invitation_is_answered_in_one_of_two_ways(native: NativeClient) -> None:
    """Accept and ignore are two different wishes; anything else is none."""
    task_type, inviter = "answer_invitation", "ACoAABCDEFG"
    accept = {"task_type": task_type, "input": {"inviter": inviter, "answer": "accept"}}
    ignore = {"task_type": task_type, "input": {"inviter": inviter, "answer": "ignore"}}
    other = {"task_type": task_type, "input": {"inviter": inviter, "answer": "Accept"}}

    first, again = await native.create(accept), await native.create(accept)
    second = await native.create(ignore)

    assert (first.status_code, again.status_code, second.status_code) == (201, 200, 201)
    assert first.json()["id"] == again.json()["id"] != second.json()["id"]
    assert refusal(await native.create(other))[:2] == (400, "invalid_field")


async def test_a_reaction_is_named(native: NativeClient, world: World) -> None:
    """By one of LinkedIn's names; anything else is refused with all of them."""
    post = "urn:li:activity:7123456789012345678"
    answers = [
        await native.create(
            {"task_type": "like_post", "input": {"post": post, "reaction": reaction}}
        )
        for reaction in ("praise", "Praise", ["praise"])
    ]

    assert [each.status_code for each in answers] == [201, 400, 400]
    assert [each.input["reaction"] for each in await world.tasks()] == ["praise"]
    assert "'input.reaction' is none of 'like', 'praise'" in refusal(answers[1])[2]


async def test_what_concerns_no_single_field_is_refused_as_well(native: NativeClient) -> None:
    """A search without any filter is refused, and the refusal says what is missing."""
    answer = await native.create({"task_type": "search_profiles", "input": {"count": 5}})

    status, code, message = refusal(answer)
    assert (status, code) == (400, "invalid_field")
    assert message.startswith("'input': ")
    assert "filter" in message


@pytest.mark.parametrize(
    ("person", "parts"),
    [
        ("urn:li:person:ACoAABCDEFG", {"profile_id": "ACoAABCDEFG", "vanity": None}),
        ("ACoAABCDEFG", {"profile_id": "ACoAABCDEFG", "vanity": None}),
        ("jane-doe", {"profile_id": None, "vanity": "jane-doe"}),
        ("https://de.linkedin.com/in/k%C3%B6nig/", {"profile_id": None, "vanity": "könig"}),
        ({"profile_id": "ACoAABCDEFG"}, {"profile_id": "ACoAABCDEFG", "vanity": None}),
        ({"vanity": "ko\u0308nig"}, {"profile_id": None, "vanity": "könig"}),
        ({"vanity": "k%C3%B6nig"}, {"profile_id": None, "vanity": "könig"}),
        (
            {"profile_id": "ACoAABCDEFG", "vanity": "jane-doe"},
            {"profile_id": "ACoAABCDEFG", "vanity": "jane-doe"},
        ),
    ],
    ids=str,
)
async def test_a_person_is_named_by_text_or_by_parts(
    native: NativeClient, person: Any, parts: dict[str, Any]
) -> None:
    """Every form that OutX takes, and an object for those who hold both names."""
    answer = await native.create(
        {"task_type": "send_connection_request", "input": {"invitee": person}}
    )

    assert answer.json()["input"]["invitee"] == parts


@pytest.mark.parametrize(
    "person",
    [
        "",
        "me",
        5,
        [],
        {},
        {"profile_id": None},
        {"profile_id": "ACoA/../x"},
        {"vanity": "../feed"},
        {"vanity": "jane", "name": "Jane"},
        {"profile_id": ["ACoAABCDEFG"]},
        {"vanity": "\ud800\ud800\ud800"},
    ],
    ids=ascii,
)
async def test_what_names_nobody_is_refused(
    native: NativeClient, world: World, person: Any
) -> None:
    """The field is named, its value is not repeated, and nothing is stored."""
    body = {"task_type": "send_message", "input": {"recipient": person, "message": "Hi"}}
    answer = await native.http.post("/tasks", content=json.dumps(body))

    status, code, message = refusal(answer)
    assert (status, code) == (400, "invalid_field")
    assert message.startswith("'input.recipient'")
    assert await world.tasks() == []


@pytest.mark.parametrize("named", [{}, {"recipient": None}])
async def test_a_message_to_nobody_is_refused(
    native: NativeClient, world: World, named: dict[str, None]
) -> None:
    """A conversation would do in the recipient's place; one of them is needed."""
    body = {"task_type": "send_message", "input": {**named, "message": "Hi"}}
    answer = await native.http.post("/tasks", content=json.dumps(body))

    status, code, message = refusal(answer)
    assert (status, code) == (400, "invalid_field")
    assert message == "'input': recipient or conversation_urn is needed"
    assert await world.tasks() == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is blank"),
        (" \n\t", "is blank"),
        ("\ufeff", "is blank"),
        ("\u200b\u2060\u3164", "is blank"),
        ("nul\x00", "control characters"),
        ("escape\x1b[31m", "control characters"),
        ("half \ud83d", "control characters"),
        ("x" * 10_001, "at most 10000"),
        (5, "string"),
        (None, "string"),
        (["Hi"], "string"),
    ],
    ids=lambda value: ascii(value)[:20],
)
async def test_a_text_is_checked_as_outx_checks_it(
    native: NativeClient, world: World, text: Any, told: str
) -> None:
    """Whatever could not be delivered as it stands is refused."""
    body = {"task_type": "send_message", "input": {**HELLO, "message": text}}
    answer = await native.http.post("/tasks", content=json.dumps(body))

    status, code, message = refusal(answer)
    assert (status, code) == (400, "invalid_field")
    assert "'input.message'" in message
    assert told in message
    assert await world.tasks() == []


@pytest.mark.parametrize(
    ("note", "delivered"),
    [("Hello", "Hello"), (" one\r\ntwo ", "one\ntwo"), (" ", None), ("\ufeff", None), (None, None)],
    ids=ascii,
)
async def test_an_optional_text_is_trimmed(
    native: NativeClient, note: str | None, delivered: str | None
) -> None:
    """As OutX's note is; what shows nothing is left out."""
    answer = await native.create(
        {"task_type": "send_connection_request", "input": {"invitee": "jane-doe", "note": note}}
    )

    assert answer.json()["input"]["note"] == delivered


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, "'task_type'"),
        ({"task_type": "nothing", "input": HELLO}, "'task_type'"),
        ({"task_type": ["send_message"], "input": HELLO}, "'task_type'"),
        ({"task_type": "send_message"}, "'input'"),
        ({"task_type": "send_message", "input": "Hi"}, "'input'"),
        ({"task_type": "send_message", "input": {**HELLO, "extra": 1}}, "'input' has unknown"),
        ({**TASK, "when": "now"}, "unknown fields"),
        ({**TASK, "\ud800": 1}, "unknown fields"),
        ({**TASK, "not_before": "tomorrow"}, "'not_before'"),
        ({**TASK, "not_before": 1_790_000_000}, "'not_before'"),
        ({**TASK, "not_before": "2026-10-02T08:00:00"}, "'not_before'"),
        ({**TASK, "not_before": "2026-10-02"}, "'not_before'"),
        ({**TASK, "not_before": "0001-01-01T00:00:00+14:00"}, "'not_before'"),
        ({**TASK, "not_before": "9999-12-31T23:59:59-14:00"}, "'not_before'"),
        ({**TASK, "not_before": "2026-10-01T11:58:00Z"}, "'not_before' is past"),
        ({**TASK, "not_before": "2026-12-30T12:00:01Z"}, "more than 90 days"),
    ],
    ids=lambda value: ascii(value)[-60:],
)
async def test_a_body_that_is_wrong_is_refused_with_the_field(
    native: NativeClient, world: World, body: dict[str, Any], told: str
) -> None:
    """Nothing is ignored and nothing is guessed."""
    answer = await native.http.post("/tasks", content=json.dumps(body))

    status, code, message = refusal(answer)
    assert (status, code) == (400, "invalid_field")
    assert told in message
    assert await world.tasks() == []


async def test_a_task_may_be_scheduled(native: NativeClient, world: World) -> None:
    """It waits for its time, in whatever zone that was given, and says so."""
    answer = await native.create({**TASK, "not_before": "2026-10-02T08:30:00+02:00"})

    view = await world.view(answer.json()["id"])
    assert view.task.not_before is not None
    assert view.task.not_before.isoformat() == "2026-10-02T06:30:00+00:00"
    assert view.waiting_for is WaitReason.SCHEDULE
    assert answer.headers["x-waiting-for"] == "schedule"
    assert answer.headers["x-earliest-start"] == "2026-10-02T06:30:00.000Z"


@pytest.mark.parametrize("before", [timedelta(0), timedelta(seconds=50)])
async def test_a_time_that_has_just_passed_is_now(
    native: NativeClient, world: World, before: timedelta
) -> None:
    """Clocks differ a little; the task starts at once."""
    moment = (world.clock() - before).isoformat()

    task = await world.task(await native.create_message(not_before=moment))

    assert (task.not_before, task.wait_reason) == (None, None)


async def test_a_schedule_that_has_passed_is_still_replayed(
    native: NativeClient, world: World
) -> None:
    """Whoever sends a scheduled request again after its time gets its answer."""
    body = {**TASK, "not_before": "2026-10-01T13:00:00Z"}
    first = await native.create(body, Idempotency_Key="k1")
    world.clock.advance(timedelta(hours=5))

    again = await native.create(body, Idempotency_Key="k1")

    assert again.content == first.content
    assert (await native.create(body, Idempotency_Key="k2")).status_code == 400


async def test_a_task_is_accepted_without_an_active_session(
    native: NativeClient, world: World
) -> None:
    """The 48-hour rule is OutX's: here the task waits for the sign-in, and says so."""
    await world.store.sessions.mark(world.admin.id, SessionHealth.SIGNED_OUT)
    world.clock.advance(timedelta(days=30))

    answer = await native.create(TASK)

    assert answer.status_code == 201
    assert answer.headers["x-waiting-for"] == "sign_in"
    assert "x-earliest-start" not in answer.headers
    shown = (await native.task(answer.json()["id"])).json()
    assert shown["waiting"]["for"] == "sign_in"
    assert [event["name"] for event in shown["events"]] == ["accepted", "waiting"]


async def test_an_invitation_waits_for_linkedins_limit(native: NativeClient, world: World) -> None:
    """OutX documents a 429; here the task waits until the limit is over, and says so."""
    await world.hold(HoldReason.INVITATION_LIMIT, "send_connection_request", hours=24)

    answer = await native.create(
        {"task_type": "send_connection_request", "input": {"invitee": "jane-doe"}}
    )

    assert answer.status_code == 201
    assert answer.headers["x-waiting-for"] == "limit"
    assert answer.headers["x-earliest-start"] == "2026-10-02T12:00:00.000Z"


async def test_a_team_without_an_admin_cannot_act(connect: Connect, world: World) -> None:
    """There is no account to wait for."""
    team = await world.store.teams.create("Flat")
    await world.store.teams.add_member(team.id, name="Moe", role=Role.MEMBER)
    http = connect(key=await world.new_key(team=team)).http

    assert refusal(await http.post("/tasks", json=TASK))[:2] == (404, "no_admin")


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "missing_key"),
        ({"x-api-key": ""}, "missing_key"),
        ({"authorization": "Bearer"}, "missing_key"),
        ({"authorization": "Basic abc"}, "missing_key"),
        ({"x-api-key": "nobody's"}, "invalid_key"),
        ({"authorization": "Bearer nobody's"}, "invalid_key"),
    ],
    ids=str,
)
async def test_nothing_is_done_without_a_valid_key(
    connect: Connect, headers: dict[str, str], code: str
) -> None:
    """Each endpoint asks for one."""
    keyless = connect(key=None).http
    for method, path in (
        ("POST", "/tasks"),
        ("GET", "/tasks"),
        ("GET", "/tasks/550e8400-e29b-41d4-a716-446655440000"),
        ("POST", "/tasks/550e8400-e29b-41d4-a716-446655440000/cancel"),
    ):
        answer = await keyless.request(method, path, headers=headers)
        assert refusal(answer)[:2] == (401, code)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
async def test_the_key_may_be_a_bearer_token(connect: Connect, world: World, scheme: str) -> None:
    """The same keys, in the header that generic clients use."""
    http = connect(key=None).http

    answer = await http.post(
        "/tasks", json=TASK, headers={"Authorization": f"{scheme} {world.key}"}
    )

    assert answer.status_code == 201


async def test_a_key_for_reading_reads_and_waits_but_changes_nothing(
    native: NativeClient, connect: Connect, world: World
) -> None:
    """Creating and withdrawing are refused, whatever the body is."""
    task_id = await native.create_message()
    http = connect(key=await world.new_key(scope=Scope.READ)).http

    assert (await http.get("/tasks")).status_code == 200
    assert (await http.get(f"/tasks/{task_id}", params={"wait": "0.01"})).status_code == 200
    for answer in (
        await http.post("/tasks", json={}),
        await http.post(f"/tasks/{task_id}/cancel"),
        await http.post("/tasks/nonsense/cancel"),
    ):
        assert refusal(answer)[:2] == (403, "read_only_key")
