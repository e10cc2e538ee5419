"""What tools say of themselves, to whom, and what they do not take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from storage.teams import Scope
from tests.api.tool_client import AN_EXAMPLE, READING, WRITING, text_of, told, tools_of

if TYPE_CHECKING:
    from tests.api.conftest import World

REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("send_message", {"message": "Hi"}, "recipient or conversation_urn is needed"),
    ("send_message", {"recipient": "jane-doe"}, "'arguments.message'"),
    ("send_message", {"recipient": "x", "message": "Hi"}, "'arguments.recipient'"),
    ("send_message", {"recipient": "jane-doe", "message": " "}, "'arguments.message'"),
    ("send_message", {"recipient": "jane-doe", "message": "x" * 10_001}, "'arguments.message'"),
    ("send_message", {"recipient": "jane-doe", "message": 7}, "'arguments.message'"),
    ("send_message", {"text": "Hi"}, "'recipient', 'message', 'conversation_urn'"),
    (
        "send_message",
        {"recipient": "jane-doe", "message": "Hi", "show_typing": True},
        "unknown fields",
    ),
    (
        "send_message",
        {"recipient": "jane-doe", "message": "Hi", "idempotency_key": "with spaces"},
        "'arguments.idempotency_key'",
    ),
    ("list_conversations", {"count": 101}, "'arguments.count'"),
    ("list_conversations", {"idempotency_key": "one"}, "unknown fields"),
    ("answer_invitation", {"inviter": "jane-doe", "answer": "maybe"}, "'arguments.answer'"),
    ("search_people", {}, "at least one filter is needed"),
    ("get_task", {}, "'arguments.task_id'"),
    ("get_task", {"task_id": "none"}, "'arguments.task_id'"),
    ("get_task", {"task_id": str(uuid4()), "wait_seconds": 61}, "'arguments.wait_seconds'"),
    ("list_tasks", {"status": "lost"}, "'arguments.status'"),
    ("list_tasks", {"task_type": "dance"}, "'arguments.task_type'"),
    ("list_tasks", {"cursor": str(uuid4())}, "'arguments.cursor'"),
]
"""Calls that cannot be made, and what the answer has to say."""


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_key_sees_the_tools_that_it_may_use(world: World, mode: str) -> None:
    """All of them for a key that may create tasks, and two for one that may only look."""
    async with tools_of(world, mode=mode) as client:
        everything = await client.list_tools()
    async with tools_of(world, mode=mode, key=await world.new_key(scope=Scope.READ)) as client:
        readable = await client.list_tools()

    assert {tool.name for tool in everything.tools} == AN_EXAMPLE.keys()
    assert {tool.name for tool in readable.tools} == READING
    assert (everything.cache_scope, everything.ttl_ms) in {("private", 0), (None, None)}


async def test_what_writes_says_so(world: World) -> None:
    """Clients ask their users before they call what is marked destructive."""
    async with tools_of(world) as client:
        tools = (await client.list_tools()).tools

    for tool in tools:
        marks = tool.annotations
        assert marks is not None
        assert marks.destructive_hint is (tool.name in WRITING), tool.name
        assert marks.read_only_hint is (tool.name not in WRITING), tool.name
        assert marks.idempotent_hint is True, tool.name
        assert marks.open_world_hint is ("task" not in tool.name), tool.name
        takes_key = "idempotency_key" in tool.input_schema["properties"]
        assert takes_key is (tool.name in WRITING - {"cancel_task"}), tool.name


async def test_every_argument_is_described_and_bounded(world: World) -> None:
    """In one piece, since not every client follows references."""
    async with tools_of(world) as client:
        tools = (await client.list_tools()).tools

    for tool in tools:
        assert tool.input_schema["type"] == "object"
        assert tool.input_schema["additionalProperties"] is False
        assert "$ref" not in str(tool.input_schema)
        for name, schema in tool.input_schema["properties"].items():
            assert schema.get("description"), f"{tool.name}.{name}"
    schemas = {tool.name: tool.input_schema["properties"] for tool in tools}
    assert schemas["send_message"]["message"]["maxLength"] == 10_000
    assert schemas["send_connection_request"]["note"]["maxLength"] == 300
    assert schemas["list_conversations"]["count"]["maximum"] == 100
    assert schemas["answer_invitation"]["answer"]["enum"] == ["accept", "ignore"]


async def test_bad_arguments_are_an_error_that_names_the_field(world: World) -> None:
    """Nothing is accepted, and the answer still fits what the tool says of itself."""
    async with tools_of(world) as client:
        for tool, arguments, field in REFUSED:
            result = await client.call_tool(tool, arguments)
            error = told(result)["error"]
            assert result.is_error
            assert (error["code"], error["retry_safe"]) == ("invalid_field", True), arguments
            assert field in error["message"]
            assert field in text_of(result)

    assert await world.tasks() == []
