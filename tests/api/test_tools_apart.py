"""What one team owns is unknown to every other, with every tool of `/mcp` there is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from api.mcp.tools import BY_NAME
from tests.api.conftest import served, world_in
from tests.api.owning import owned
from tests.api.test_teams_apart import NEW_ID, SETTINGS, Neighbours, settle
from tests.api.tool_client import AN_EXAMPLE, READING, speaking, text_of, told

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from contextlib import AbstractAsyncContextManager

    from mcp import Client
    from mcp_types import CallToolResult

# Built for each process of the test run that has one of these tests: so let it be one.
pytestmark = pytest.mark.xdist_group("tools_apart")

Settled = tuple[Neighbours, str]
"""Two teams, and the address at which they call."""


@pytest.fixture(scope="module")
async def settled(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[tuple[Neighbours, str]]:
    folder = tmp_path_factory.mktemp("neighbours")
    async with world_in(folder) as world:
        found = await settle(world, folder)
        async with served(world.app()) as url:
            yield found, url


def calls_of(settled: Settled, key: str) -> AbstractAsyncContextManager[Client]:
    neighbours, url = settled
    headers = {"x-api-key": neighbours.keys[key], "X-Request-Id": "the-same-for-all"}
    return speaking(url, **headers)


def own_arguments(tool: str, task_id: str) -> dict[str, Any]:
    example = dict(AN_EXAMPLE[tool])
    return {**example, "task_id": task_id} if "task_id" in example else example


def shown(result: CallToolResult) -> str:
    """Return all that an answer tells."""
    return "\n".join([text_of(result), json.dumps(told(result))])


def seen(result: CallToolResult, sent: str) -> str:
    """Return what a caller could tell two answers apart by."""
    found = shown(result).replace(sent, "NAME")
    fence = (told(result)["untrusted"] or {"fence": "none"})["fence"]
    return NEW_ID.sub("ID", found.replace(fence, "FENCE"))


def texts_in(tool: str, arguments: dict[str, Any]) -> Iterator[str]:
    """Return the arguments that take a text, also those that are left out."""
    for name, schema in BY_NAME[tool].input_schema()["properties"].items():
        if schema.get("type") == "string" and name != "idempotency_key":
            yield name
        else:
            assert name not in arguments or not isinstance(arguments[name], str)


async def withdrawn(neighbours: Neighbours, client: Client, tool: str, arguments: Any) -> Any:
    """Call, and withdraw what the call has asked for: each call finds the same state."""
    result = await client.call_tool(tool, arguments)
    await neighbours.withdraw()
    return result


@pytest.mark.parametrize("tool", sorted(BY_NAME))
async def test_nothing_of_another_team_is_told_or_changed(settled: Settled, tool: str) -> None:
    """Its names are answered as nobody's are; nothing of it is shown or changes."""
    neighbours, _ = settled
    neighbours.second, neighbours.keys["second"] = await neighbours.world.another_team()
    before = neighbours.firsts_rows()
    tasks = [(each, str(uuid4())) for each in neighbours.task_ids.values()]

    async with calls_of(settled, "second") as client:
        own = own_arguments(tool, (await neighbours.own()).task_id)
        result = await client.call_tool(tool, own)
        await neighbours.withdraw()
        assert not result.is_error, shown(result)
        assert [each for each in neighbours.secrets if each in shown(result)] == []
        for argument in texts_in(tool, own):
            names = (*neighbours.names, *(tasks if argument in {"task_id", "cursor"} else ()))
            for foreign, nobodys in names:
                answers = []
                for name in (foreign, nobodys):
                    given = {**own, argument: name}
                    answer = await withdrawn(neighbours, client, tool, given)
                    rest = shown(answer).replace(name, "")
                    assert [each for each in neighbours.secrets if each in rest] == [], given
                    answers.append(seen(answer, name))
                assert answers[0] == answers[1], argument

    assert neighbours.firsts_rows() == before


async def test_an_idempotency_key_is_its_teams_alone(settled: Settled) -> None:
    """A key and a content that another team has used are new, with every tool that takes one."""
    neighbours, _ = settled
    neighbours.second, neighbours.keys["second"] = await neighbours.world.another_team()
    keyed = [
        name
        for name, tool in BY_NAME.items()
        if "idempotency_key" in tool.input_schema()["properties"]
    ]
    async with calls_of(settled, "first") as first, calls_of(settled, "second") as second:
        for tool in keyed:
            used = {**AN_EXAMPLE[tool], "idempotency_key": f"used-{tool}"}
            given = told(await first.call_tool(tool, used))
            before = neighbours.firsts_rows()
            taken = await withdrawn(neighbours, second, tool, used)
            free = {**used, "idempotency_key": f"free-{tool}"}
            fresh = await withdrawn(neighbours, second, tool, free)
            assert given["task_id"] is not None
            assert given["task_id"] not in shown(taken)
            assert (told(taken)["repeated"], told(fresh)["repeated"]) == (False, False)
            assert neighbours.firsts_rows() == before

    assert len(keyed) == 5


async def test_a_read_only_key_changes_nothing(settled: Settled) -> None:
    """It is for looking at the team's own: all else is refused, and the store stays as it is."""
    neighbours, _ = settled
    own = await owned(neighbours.world, neighbours.world.admin)
    before = neighbours.rows()

    async with calls_of(settled, "reads") as client:
        codes = {}
        for tool in BY_NAME:
            error = told(await client.call_tool(tool, own_arguments(tool, own.task_id)))["error"]
            codes[tool] = None if error is None else error["code"]

    assert codes == {tool: None if tool in READING else "read_only_key" for tool in BY_NAME}
    assert neighbours.rows() == before


def test_the_calls_do_not_wait() -> None:
    """Nobody performs the tasks of this walk."""
    assert not SETTINGS.mcp_answer_within
