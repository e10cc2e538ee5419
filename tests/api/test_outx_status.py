"""Polling for a task through OutX's endpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.tasks import ErrorCode, TaskError

if TYPE_CHECKING:
    from tests.api.conftest import Connect, NativeClient, OutxClient, World

NOT_CONNECTED = TaskError(
    code=ErrorCode.NOT_CONNECTED, message="Jane is no 1st-degree connection.", retry_safe=True
)
UNCONFIRMED = TaskError(
    code=ErrorCode.UNCONFIRMED, message="Nobody could prove the delivery.", retry_safe=False
)


async def poll(outx: OutxClient, task_id: str) -> tuple[str, object]:
    answer = await outx.status(task_id)
    assert answer.status_code == 200
    data = answer.json()["data"]
    return data["status"], data["task_output"]


async def test_a_new_task_is_pending_in_the_documented_shape(outx: OutxClient) -> None:
    """The whole answer is the documented one, with a null output."""
    task_id = await outx.create_message("Hi Jane")

    assert (await outx.status(task_id)).json() == {
        "success": True,
        "data": {
            "id": task_id,
            "status": "pending",
            "task_input": {
                "task_type": "agent_send_message",
                "recipient_urn": "ACoAABCDEFG",
                "message": "Hi Jane",
            },
            "task_output": None,
        },
    }


async def test_a_task_goes_from_pending_over_processing_to_completed(
    outx: OutxClient, world: World
) -> None:
    """The words follow the task's life; a completed output is exactly `{"sent": true}`."""
    task_id = await outx.create_message()
    lease, _ = await world.claim()
    assert await poll(outx, task_id) == ("processing", None)

    await world.store.queue.submitting(lease, task_id, baseline={"own": 0})
    assert await poll(outx, task_id) == ("processing", None)

    await world.store.queue.succeed(
        lease, task_id, output={"message_urn": "urn:li:x"}, evidence={"method": "answer"}
    )
    assert await poll(outx, task_id) == ("completed", {"sent": True})


async def test_a_task_that_is_put_back_is_pending_again(outx: OutxClient, world: World) -> None:
    """A retry is shown as waiting, not as failed."""
    task_id = await outx.create_message()
    lease, _ = await world.claim()

    await world.store.queue.put_back(lease, task_id, why="The page did not load.")

    assert await poll(outx, task_id) == ("pending", None)


@pytest.mark.parametrize(("as_completed", "word"), [(False, "failed"), (True, "completed")])
async def test_a_failed_task_says_why(
    connect: Connect, world: World, *, as_completed: bool, word: str
) -> None:
    """Failures carry code, sentence and retry advice; a setting changes the word only."""
    outx = connect(outx_failures_as_completed=as_completed)
    task_id = await outx.create_message()
    lease, _ = await world.claim()

    await world.store.queue.fail(lease, task_id, error=NOT_CONNECTED)

    assert await poll(outx, task_id) == (
        word,
        {
            "sent": False,
            "error": {
                "code": "not_connected",
                "message": "Jane is no 1st-degree connection.",
                "retry_safe": True,
            },
        },
    )


@pytest.mark.parametrize(("as_completed", "word"), [(False, "failed"), (True, "completed")])
async def test_an_unconfirmed_task_is_never_shown_as_sent(
    connect: Connect, world: World, *, as_completed: bool, word: str
) -> None:
    """What nobody could prove is not sent, and must not be repeated."""
    outx = connect(outx_failures_as_completed=as_completed)
    task_id = await outx.create_message()
    lease, _ = await world.claim()
    await world.store.queue.submitting(lease, task_id, baseline={})

    await world.store.queue.leave_unconfirmed(lease, task_id, error=UNCONFIRMED)

    status, output = await poll(outx, task_id)
    assert status == word
    assert output == {
        "sent": False,
        "error": {
            "code": "unconfirmed",
            "message": "Nobody could prove the delivery.",
            "retry_safe": False,
        },
    }


async def test_a_cancelled_task_is_shown_as_failed(outx: OutxClient, world: World) -> None:
    """OutX has no word for withdrawn tasks; the code tells."""
    task_id = await outx.create_message()

    await world.store.intake.cancel(task_id, team_id=world.team.id)

    answer = (await outx.status(task_id)).json()["data"]
    assert answer["status"] == "failed"
    assert answer["task_output"]["sent"] is False
    assert answer["task_output"]["error"]["code"] == "cancelled"


@pytest.mark.parametrize("query", ["", "?api_agent_task_id=", "?id=x", "?api_agent_task_id"])
async def test_a_missing_task_id_is_refused(outx: OutxClient, query: str) -> None:
    """Without an id there is nothing to look for."""
    answer = await outx.http.get(f"/linkedin-agent/get-task-status{query}")

    assert answer.status_code == 400
    assert answer.json() == {"error": "Missing or invalid 'api_agent_task_id'"}


@pytest.mark.parametrize(
    "task_id",
    [
        "550e8400-e29b-41d4-a716-446655440000",
        "not-a-uuid",
        " ",
        "1",
        "' OR 1=1 --",
        "../../etc/passwd",
        "nul\x00",
        "\u0665" * 36,
        "x" * 5_000,
    ],
    ids=lambda text: ascii(text)[:40],
)
async def test_an_unknown_task_id_is_not_found(outx: OutxClient, task_id: str) -> None:
    """Ids that nobody has, and ids that are no UUIDs, are not found."""
    answer = await outx.status(task_id)

    assert answer.status_code == 404
    assert answer.json() == {"error": "Agent task not found"}


async def test_an_id_in_capitals_is_the_same_id(outx: OutxClient) -> None:
    """UUIDs are compared as UUIDs."""
    task_id = await outx.create_message()

    assert (await outx.status(task_id.upper())).json()["data"]["id"] == task_id


async def test_another_teams_task_is_not_found(
    outx: OutxClient, connect: Connect, world: World
) -> None:
    """A team cannot even learn that another team's task exists."""
    task_id = await outx.create_message()
    _, other_key = await world.another_team()

    answer = await connect(key=other_key).status(task_id)

    assert answer.status_code == 404
    assert answer.json() == {"error": "Agent task not found"}


async def test_a_task_of_another_contract_is_shown_as_outx_would_have_asked_for_it(
    outx: OutxClient, native: NativeClient
) -> None:
    """It may stand for a repeated request of OutX's, so its clients must be able to follow it."""
    by_id = await native.create_message("Hi\r\nJane")
    by_vanity = await native.create(
        {
            "task_type": "send_connection_request",
            "input": {"invitee": {"vanity": "jane-doe"}, "note": " Hi "},
        }
    )
    thread = "urn:li:msg_conversation:(urn:li:fsd_profile:ACoAAME,2-b25l)"
    by_conversation = await native.create(
        {"task_type": "send_message", "input": {"conversation_urn": thread, "message": "Hi"}}
    )

    shown = [
        (await outx.status(task_id)).json()["data"]["task_input"]
        for task_id in (by_id, by_vanity.json()["id"], by_conversation.json()["id"])
    ]

    assert shown == [
        {
            "task_type": "agent_send_message",
            "recipient_urn": "urn:li:person:ACoAABCDEFG",
            "message": "Hi\nJane",
        },
        {
            "task_type": "agent_send_connection_request",
            "profile_urn": "jane-doe",
            "note": "Hi",
        },
        {"task_type": "agent_send_message", "recipient_urn": thread, "message": "Hi"},
    ]
