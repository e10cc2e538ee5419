"""The tools of `/mcp`, called with the SDK's own client over a real server."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from mcp.shared.exceptions import MCPError
from structlog.testing import capture_logs

from api.app import stop_waiting
from api.mcp.tools import TOOLS
from executor.actions import Write
from storage.errors import StoreUnavailable
from storage.sessions import SessionHealth
from storage.tasks import ErrorCode, TaskStatus
from tests.api.conftest import served, until, waited_for
from tests.api.tool_client import AN_EXAMPLE, WRITING, calling, speaking, text_of, told, tools_of

if TYPE_CHECKING:
    from tests.api.conftest import World

SOON = timedelta(0)
"""For calls that are not to wait."""


async def test_every_tool_can_be_called_as_its_example(world: World) -> None:
    """Each makes one task through the door that all contracts share, or finds one."""
    task_id = await world.ended_task()
    async with tools_of(world, mcp_answer_within=SOON) as client:
        for name, arguments in AN_EXAMPLE.items():
            given = {**arguments, **({"task_id": task_id} if "task_id" in arguments else {})}
            answer = told(await client.call_tool(name, given))
            assert (answer["error"] or {"code": "task_ended"})["code"] == "task_ended", name

    made = {task.task_type for task in await world.tasks() if task.dialect == "mcp"}
    assert made == {tool.action.task_type for tool in TOOLS if hasattr(tool, "action")}
    writes = {tool.name for tool in TOOLS if isinstance(getattr(tool, "action", None), Write)}
    assert writes == WRITING - {"cancel_task"}


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_call_is_answered_with_its_tasks_end(world: World, mode: str) -> None:
    """Not before, with what was done, for programs and for models."""
    async with tools_of(world, mode=mode) as client:
        async with calling(client, world, "send_message") as call:
            assert not call.done()
            task_id = await world.succeed(recipient_profile_id="ACoAABCDEFG", message_urn="urn:x")
        result = await call

    answer = told(result)
    assert not result.is_error
    assert (answer["status"], answer["task_id"]) == ("succeeded", task_id)
    assert answer["output"] == {"recipient_profile_id": "ACoAABCDEFG", "message_urn": "urn:x"}
    assert answer["retry_safe"] is False
    assert task_id in text_of(result)
    assert not (await world.task(task_id)).answer_owed


async def test_what_is_not_done_in_time_is_answered_with_where_to_look(world: World) -> None:
    """The task goes on; the same call finds it as long as it has not ended."""
    async with tools_of(world, mcp_answer_within=timedelta(seconds=0.05)) as client:
        first = await client.call_tool("send_message", AN_EXAMPLE["send_message"])
        second = await client.call_tool("send_message", AN_EXAMPLE["send_message"])
        answer = told(first)
        await world.succeed()
        found = await client.call_tool("get_task", {"task_id": answer["task_id"]})

    assert not first.is_error
    assert (answer["status"], answer["retry_safe"]) == ("queued", True)
    assert "get_task" in answer["advice"]
    assert "get_task" in text_of(first)
    assert told(second)["task_id"] == answer["task_id"]
    assert told(second)["repeated"] is True
    assert (told(found)["status"], told(found)["output"]) == (
        "succeeded",
        {"message_urn": "urn:li:x"},
    )
    assert len(await world.tasks()) == 1


async def test_a_guard_that_is_off_makes_an_unfinished_send_unsafe(world: World) -> None:
    """Nothing would find it again, unless the call has a key."""
    async with tools_of(world, mcp_answer_within=SOON, content_guard=False) as client:
        bare = await client.call_tool("send_message", AN_EXAMPLE["send_message"])
        keyed = await client.call_tool(
            "send_message", {**AN_EXAMPLE["send_message"], "idempotency_key": "one"}
        )
        read = await client.call_tool("get_profile", AN_EXAMPLE["get_profile"])

    assert [told(each)["retry_safe"] for each in (bare, keyed, read)] == [False, True, True]


async def test_it_is_known_that_nobody_is_signed_in(world: World) -> None:
    """There is nothing to wait for then, and the answer says what is missing."""
    await world.store.sessions.mark(world.admin.id, SessionHealth.SIGNED_OUT)
    async with asyncio.timeout(20), tools_of(world) as client:
        result = await client.call_tool("get_profile", AN_EXAMPLE["get_profile"])

    assert (told(result)["status"], told(result)["waits_for"]) == ("queued", "sign_in")


async def test_unconfirmed_says_not_to_send_again(world: World) -> None:
    """As an error, with the code, and with what to do instead."""
    async with tools_of(world) as client:
        async with calling(client, world, "send_message") as call:
            await world.fail(ErrorCode.UNCONFIRMED, "Nobody could prove it.")
        result = await call
        again = await client.call_tool("send_message", AN_EXAMPLE["send_message"])

    answer = told(result)
    assert result.is_error
    assert (answer["status"], answer["retry_safe"]) == ("unconfirmed", False)
    assert answer["error"] == {
        "code": "unconfirmed",
        "message": "Nobody could prove it.",
        "retry_safe": False,
        "request_id": None,
    }
    assert "Do not send it again" in text_of(result)
    assert (told(again)["task_id"], told(again)["repeated"]) == (answer["task_id"], True)
    assert len(await world.tasks()) == 1


async def test_a_failure_is_an_error_with_its_code(world: World) -> None:
    """And get_task finds it, which is none."""
    async with tools_of(world) as client:
        async with calling(client, world, "send_connection_request") as call:
            task_id = await world.fail(ErrorCode.NOT_CONNECTED, "They are no connection.")
        result = await call
        found = await client.call_tool("get_task", {"task_id": task_id})

    assert result.is_error
    assert told(result)["error"]["code"] == "not_connected"
    assert told(result)["retry_safe"] is True
    assert not found.is_error
    assert told(found)["error"]["code"] == "not_connected"
    assert told(found)["input"]["note"] == "Hello"


async def test_three_calls_at_once_with_one_key_make_one_task(world: World) -> None:
    """Each gets the same task; what is sent with the key later is the same, or refused."""
    message = {**AN_EXAMPLE["send_message"], "idempotency_key": "order-4711"}
    async with tools_of(world) as client:
        calls = [asyncio.ensure_future(client.call_tool("send_message", message)) for _ in range(3)]
        await world.has_accepted(1)
        task_id = await world.succeed()
        answers = [told(await call) for call in calls]
        later = told(await client.call_tool("send_message", message))
        other = await client.call_tool("send_message", {**message, "message": "Something else"})

    done = [each for each in answers if each["error"] is None]
    assert {each["error"]["code"] for each in answers if each["error"]} <= {
        "idempotency_key_in_flight"
    }
    assert {each["task_id"] for each in done} == {task_id}
    assert (later["task_id"], later["repeated"], later["retry_safe"]) == (task_id, True, True)
    assert told(other)["error"]["code"] == "idempotency_key_reused"
    assert [task.id for task in await world.tasks()] == [task_id]


async def test_who_wants_to_know_is_told_about_progress(world: World) -> None:
    """With the task's id, so that a client that gives up knows what it has asked for."""
    heard: list[str | None] = []

    async def hear(progress: float, total: float | None, message: str | None) -> None:
        assert total == 45.0
        assert progress < total
        heard.append(message)

    async with tools_of(world) as client:
        call = asyncio.ensure_future(
            client.call_tool("get_profile", AN_EXAMPLE["get_profile"], progress_callback=hear)
        )
        await until(lambda: bool(heard))
        task_id = await world.succeed()
        await call

    assert heard[0] == f"Task {task_id} is queued."


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_call_that_is_given_up_leaves_its_task(world: World, mode: str) -> None:
    """What was accepted is done all the same; nothing goes on waiting for it on the server."""
    app = world.app()
    async with served(app) as url:
        async with speaking(url, mode=mode, Authorization=f"Bearer {world.key}") as client:
            call = asyncio.ensure_future(
                client.call_tool("send_message", AN_EXAMPLE["send_message"])
            )
            await until(lambda: bool(waited_for(app)))
            call.cancel()
            await asyncio.gather(call, return_exceptions=True)
        await until(lambda: not waited_for(app))

    [task] = await world.tasks()
    assert (task.status, task.answer_owed) == (TaskStatus.QUEUED, True)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_stopping_server_answers_the_calls_that_wait(world: World, mode: str) -> None:
    """At once, with the task as it is."""
    app = world.app()
    async with (
        served(app) as url,
        speaking(url, mode=mode, Authorization=f"Bearer {world.key}") as client,
    ):
        call = asyncio.ensure_future(client.call_tool("send_message", AN_EXAMPLE["send_message"]))
        await until(lambda: bool(waited_for(app)))
        stop_waiting(app)
        async with asyncio.timeout(30):
            answer = told(await call)

    assert (answer["status"], answer["retry_safe"]) == ("queued", True)


async def test_a_client_that_leaves_while_it_is_accepted_leaves_no_doubt(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Accepting is brought to its end, and is in the log."""
    add, asked, released = world.store.intake.add, asyncio.Event(), asyncio.Event()

    async def late(*arguments: Any, **options: Any) -> Any:
        asked.set()
        await released.wait()
        return await add(*arguments, **options)

    monkeypatch.setattr(world.store.intake, "add", late)
    with capture_logs() as lines:
        async with tools_of(world) as client:
            call = asyncio.ensure_future(
                client.call_tool("send_message", AN_EXAMPLE["send_message"])
            )
            await asked.wait()
            call.cancel()
            await asyncio.gather(call, return_exceptions=True)
            released.set()
            async with asyncio.timeout(20):
                await world.has_accepted(1)

    assert [line["event"] for line in lines].count("task_accepted") == 1


async def test_get_task_waits_as_long_as_it_is_asked_to(world: World) -> None:
    """It is answered when the task has ended."""
    app = world.app(mcp_answer_within=SOON)
    async with (
        served(app) as url,
        speaking(url, Authorization=f"Bearer {world.key}") as client,
    ):
        accepted = told(await client.call_tool("get_profile", AN_EXAMPLE["get_profile"]))
        asked = {"task_id": accepted["task_id"], "wait_seconds": 60}
        call = asyncio.ensure_future(client.call_tool("get_task", asked))
        await until(lambda: bool(waited_for(app)))
        await world.succeed(full_name="Jane")
        async with asyncio.timeout(30):
            answer = told(await call)

    assert (answer["status"], answer["output"]) == ("succeeded", {"full_name": "Jane"})


async def test_a_task_is_withdrawn_until_it_has_been_started(world: World) -> None:
    """Afterwards it is refused, and stays as it is."""
    async with tools_of(world, mcp_answer_within=SOON) as client:
        ids = [
            told(await client.call_tool("send_message", {"recipient": "jane-doe", "message": text}))
            for text in ("one", "two")
        ]
        first, second = ({"task_id": each["task_id"]} for each in ids)
        withdrawn = await client.call_tool("cancel_task", first)
        again = await client.call_tool("cancel_task", first)
        await world.claim()
        started = await client.call_tool("cancel_task", second)

    assert (told(withdrawn)["status"], withdrawn.is_error) == ("cancelled", False)
    assert (told(again)["error"]["code"], again.is_error) == ("task_ended", True)
    assert told(started)["error"]["code"] == "task_started"


async def test_tasks_are_listed_page_by_page(world: World) -> None:
    """The newest first, whichever contract they came through, and by status."""
    ended = await world.ended_task()
    async with tools_of(world, mcp_answer_within=SOON) as client:
        asked = told(await client.call_tool("get_profile", AN_EXAMPLE["get_profile"]))["task_id"]
        first = told(await client.call_tool("list_tasks", {"limit": 1}))
        cursor = first["next_cursor"]
        second = told(await client.call_tool("list_tasks", {"limit": 1, "cursor": cursor}))
        queued = told(await client.call_tool("list_tasks", {"status": "queued"}))

    assert [each["task_id"] for each in first["tasks"]] == [asked]
    assert [each["task_id"] for each in second["tasks"]] == [ended]
    assert second["next_cursor"] is None
    assert [each["task_id"] for each in queued["tasks"]] == [asked]


async def test_an_unknown_task_is_an_error(world: World) -> None:
    """The same as another team's."""
    async with tools_of(world) as client:
        results = [
            await client.call_tool(tool, {"task_id": str(uuid4())})
            for tool in ("get_task", "cancel_task")
        ]

    assert [told(each)["error"]["code"] for each in results] == ["task_not_found"] * 2
    assert all(each.is_error for each in results)


async def test_an_unknown_tool_is_refused_by_the_protocol(world: World) -> None:
    """There is no answer that it could fit."""
    async with tools_of(world) as client:
        with pytest.raises(MCPError, match="no tool of this name"):
            await client.call_tool("dance", {})


async def test_what_was_done_is_told_although_it_lacks_a_field(world: World) -> None:
    """Clients check answers: an outcome from before an upgrade must not end in their error."""
    async with tools_of(world) as client:
        await client.list_tools()
        async with calling(client, world, "send_message") as call:
            await world.succeed(something_new="x")

    assert told(await call)["status"] == "succeeded"


async def test_trouble_inside_is_an_error_that_is_not_safe_to_repeat(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can tell whether it was accepted; what went wrong is not told."""

    async def gone(*_: object, **__: object) -> None:
        raise StoreUnavailable("disk full")

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a detail")

    answers = []
    async with tools_of(world) as client:
        for trouble in (gone, broken):
            monkeypatch.setattr(world.store.intake, "add", trouble)
            result = await client.call_tool("send_message", AN_EXAMPLE["send_message"])
            assert result.is_error
            answers.append(told(result))

    assert [each["error"]["code"] for each in answers] == ["unavailable", "internal"]
    assert [each["retry_safe"] for each in answers] == [False, False]
    assert all(each["error"]["request_id"] for each in answers)
    assert "disk full" not in str(answers)
    assert "a detail" not in str(answers)
