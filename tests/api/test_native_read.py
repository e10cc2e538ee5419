"""Looking at tasks, listing them and withdrawing them through our own contract."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from storage.limits import HoldReason
from storage.tasks import ErrorCode, TaskError

if TYPE_CHECKING:
    import httpx

    from tests.api.conftest import Connect, NativeClient, OutxClient, World

UNKNOWN_ID = "550e8400-e29b-41d4-a716-446655440000"
NOT_CONNECTED = TaskError(
    code=ErrorCode.NOT_CONNECTED, message="Jane is no 1st-degree connection.", retry_safe=True
)


def is_refused(answer: httpx.Response, status: int, code: str) -> bool:
    return (answer.status_code, answer.json()["error"]["code"]) == (status, code)


async def test_a_new_task_is_shown_whole(native: NativeClient, world: World) -> None:
    """The documented shape: everything that is known, and null for what is not."""
    task_id = await native.create_message("Hi")

    assert (await native.task(task_id)).json() == {
        "id": task_id,
        "task_type": "send_message",
        "status": "queued",
        "dialect": "native",
        "account_id": world.admin.id,
        "input": {
            "recipient": {"profile_id": "ACoAABCDEFG", "vanity": None},
            "message": "Hi",
            "conversation_urn": None,
            "show_typing": False,
            "attachments": [],
        },
        "output": None,
        "error": None,
        "evidence": None,
        "attempts": 0,
        "created_at": "2026-10-01T12:00:00Z",
        "not_before": None,
        "started_at": None,
        "submitted_at": None,
        "finished_at": None,
        "kept_page": None,
        "waiting": {
            "for": None,
            "reason": None,
            "until": None,
            "position": 1,
            "earliest_start": None,
        },
        "events": [
            {
                "at": "2026-10-01T12:00:00Z",
                "name": "accepted",
                "detail": {
                    "dialect": "native",
                    "task_type": "send_message",
                    "member_id": world.admin.id,
                },
            }
        ],
    }


async def test_a_finished_task_shows_output_and_evidence(
    native: NativeClient, world: World
) -> None:
    """What was done, what proves it, and when."""
    task_id = await native.create_message()
    world.clock.advance(timedelta(minutes=1))
    await world.succeed()

    shown = (await native.task(task_id)).json()

    assert shown["status"] == "succeeded"
    assert shown["output"] == {"message_urn": "urn:li:x"}
    assert shown["evidence"] == {"method": "answer"}
    assert shown["waiting"] is None
    assert shown["attempts"] == 1
    moments = {shown[name] for name in ("started_at", "submitted_at", "finished_at")}
    assert moments == {"2026-10-01T12:01:00Z"}
    assert [event["name"] for event in shown["events"]] == [
        "accepted",
        "claimed",
        "submitting",
        "succeeded",
    ]


async def test_a_failed_task_says_why(native: NativeClient, world: World) -> None:
    """Code, sentence, and whether asking again is safe."""
    task_id = await native.create_message()
    lease, _ = await world.claim()
    await world.store.queue.fail(lease, task_id, error=NOT_CONNECTED)

    assert (await native.task(task_id)).json()["error"] == {
        "code": "not_connected",
        "message": "Jane is no 1st-degree connection.",
        "retry_safe": True,
    }


async def test_tasks_of_other_contracts_are_shown_too(
    native: NativeClient, outx: OutxClient
) -> None:
    """A team sees all its tasks, however they came."""
    task_id = await outx.create_message("Hi")

    shown = (await native.task(task_id)).json()

    assert (shown["id"], shown["dialect"]) == (task_id, "outx")
    assert shown["input"]["message"] == "Hi"


async def test_another_teams_task_is_not_found(
    native: NativeClient, connect: Connect, world: World
) -> None:
    """Not shown, not waited for, not withdrawn, not listed, no cursor."""
    task_id = await native.create_message()
    _, key = await world.another_team()
    http = connect(key=key).http

    assert is_refused(await http.get(f"/tasks/{task_id}"), 404, "task_not_found")
    assert is_refused(await http.get(f"/tasks/{task_id}?wait=60"), 404, "task_not_found")
    assert is_refused(await http.post(f"/tasks/{task_id}/cancel"), 404, "task_not_found")
    assert (await http.get("/tasks")).json() == {"tasks": [], "next_cursor": None}
    assert is_refused(await http.get("/tasks", params={"cursor": task_id}), 400, "invalid_field")


@pytest.mark.parametrize("task_id", [UNKNOWN_ID, "nonsense", "nul%00", "%20", "1" * 5_000])
async def test_an_unknown_task_is_not_found(native: NativeClient, task_id: str) -> None:
    """Ids that nobody has, and what is no id."""
    assert is_refused(await native.task(task_id), 404, "task_not_found")
    assert is_refused(await native.cancel(task_id), 404, "task_not_found")


async def test_tasks_are_listed_newest_first_in_pages(native: NativeClient) -> None:
    """Following the cursors shows every task once."""
    made = [await native.create_message(f"text {number}") for number in range(5)]
    seen: list[str] = []
    sizes: list[int] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        page = (await native.list(**query)).json()
        seen += [task["id"] for task in page["tasks"]]
        sizes.append(len(page["tasks"]))
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]

    assert seen == made[::-1]
    assert sizes == [2, 2, 1]


async def test_a_page_that_is_just_full_is_the_last(native: NativeClient) -> None:
    """No empty page follows."""
    for number in range(2):
        await native.create_message(f"text {number}")

    assert (await native.list(limit=2)).json()["next_cursor"] is None


async def test_new_tasks_do_not_shift_the_pages(native: NativeClient) -> None:
    """A cursor is a place between tasks, not a number of them."""
    made = [await native.create_message(f"text {number}") for number in range(4)]
    first = (await native.list(limit=2)).json()
    await native.create_message("new")

    second = (await native.list(limit=2, cursor=first["next_cursor"])).json()

    assert [task["id"] for task in second["tasks"]] == [made[1], made[0]]


async def test_a_page_that_was_not_understood_is_named(native: NativeClient, world: World) -> None:
    """Whoever runs the server finds there what the task had before it."""
    task_id = await native.create_message()
    lease, _ = await world.claim()
    for folder in ("/data/artifacts/first", "/data/artifacts/last"):
        await world.store.queue.note(lease, task_id, "page_kept", {"folder": folder})

    assert (await native.task(task_id)).json()["kept_page"] == "/data/artifacts/last"


async def test_a_list_shows_the_same_shape_without_timelines(
    native: NativeClient, world: World
) -> None:
    """What would be dear for many tasks is null."""
    task_id = await native.create_message()
    await world.hold(HoldReason.GAP, None, seconds=60)
    [listed] = (await native.list()).json()["tasks"]
    single = (await native.task(task_id)).json()

    assert listed["events"] is None
    assert listed["waiting"] == {**single["waiting"], "position": None}
    assert {**listed, "events": 0, "waiting": 0} == {**single, "events": 0, "waiting": 0}


async def test_lists_are_filtered_by_status_and_type(native: NativeClient, world: World) -> None:
    """Several statuses may be given; the filters apply together."""
    first = await native.create_message("one")
    await world.succeed()
    second = await native.create_message("two")
    invitation = await native.create(
        {"task_type": "send_connection_request", "input": {"invitee": "jane-doe"}}
    )
    third = invitation.json()["id"]

    async def listed(**query: Any) -> list[str]:
        return [task["id"] for task in (await native.list(**query)).json()["tasks"]]

    assert await listed(status="succeeded") == [first]
    assert await listed(status=["succeeded", "queued"]) == [third, second, first]
    assert await listed(task_type="send_message") == [second, first]
    assert await listed(task_type="send_message", status="queued") == [second]
    assert await listed(status="cancelled") == []


@pytest.mark.parametrize(
    "query",
    [
        {"status": "pending"},
        {"status": ["queued", ""]},
        {"task_type": "agent_send_message"},
        {"limit": "0"},
        {"limit": "201"},
        {"limit": "-1"},
        {"limit": "1.5"},
        {"limit": "٥"},
        {"limit": "9" * 5_000},
        {"cursor": ""},
        {"cursor": "nonsense"},
        {"cursor": UNKNOWN_ID},
        {"cursor": "' OR 1=1 --"},
    ],
    ids=lambda query: ascii(query)[:40],
)
async def test_a_senseless_query_is_refused(native: NativeClient, query: dict[str, Any]) -> None:
    """The refusal names the parameter."""
    answer = await native.list(**query)

    assert is_refused(answer, 400, "invalid_field")
    assert f"'{next(iter(query))}'" in answer.json()["error"]["message"]


async def test_a_queued_task_can_be_withdrawn_once(native: NativeClient) -> None:
    """The answer is the task; afterwards there is nothing to withdraw."""
    task_id = await native.create_message()

    withdrawn = await native.cancel(task_id)
    again = await native.cancel(task_id)

    assert withdrawn.status_code == 200
    assert withdrawn.json()["status"] == "cancelled"
    assert withdrawn.json()["error"]["code"] == "cancelled"
    assert withdrawn.json() == (await native.task(task_id)).json()
    assert is_refused(again, 409, "task_ended")
    assert "cancelled" in again.json()["error"]["message"]


async def test_a_started_task_cannot_be_withdrawn(native: NativeClient, world: World) -> None:
    """The answer says whether it has started or ended."""
    task_id = await native.create_message()
    lease, _ = await world.claim()
    assert is_refused(await native.cancel(task_id), 409, "task_started")

    await world.store.queue.submitting(lease, task_id, baseline={})
    assert is_refused(await native.cancel(task_id), 409, "task_started")

    await world.store.queue.succeed(lease, task_id, output={}, evidence={})
    answer = await native.cancel(task_id)
    assert is_refused(answer, 409, "task_ended")
    assert "succeeded" in answer.json()["error"]["message"]


async def test_of_claim_and_withdrawal_one_wins(native: NativeClient, world: World) -> None:
    """Whatever comes first, a withdrawn task is never performed."""
    for number in range(20):
        task_id = await native.create_message(f"text {number}")
        lease = await world.store.leases.acquire(
            world.admin.id, owner="test:1:1", ttl=timedelta(minutes=5)
        )
        assert lease is not None
        answer, claimed = await asyncio.gather(
            native.cancel(task_id), world.store.queue.claim(lease)
        )
        assert (answer.status_code == 200) == (claimed is None)
        if claimed is not None:
            await world.store.queue.fail(lease, task_id, error=NOT_CONNECTED)
        await world.store.leases.release(lease)
