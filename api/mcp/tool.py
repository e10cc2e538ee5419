"""What every tool offers, and what it is given."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mcp_types import Tool as DescribedTool
from mcp_types import ToolAnnotations

from api.described import inlined
from storage.teams import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from api.mcp.answers import ToolAnswer
    from api.refusals import Refusal
    from api.services import Services
    from storage.tasks import JsonObject, Task
    from storage.teams import Caller

Tell = Callable[[float, float, str], Awaitable[None]]
"""Takes the seconds that have passed, those that there are, and how it stands."""

ARGUMENTS = "arguments"
"""What MCP calls the object with a call's arguments."""
_TELL_EVERY = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One call of a tool."""

    own: Services
    caller: Caller
    arguments: JsonObject
    tell: Tell
    """Tells the client about progress, if it wants to know."""

    async def ended(self, task: Task, *, seconds: float) -> Task:
        """Return the task as it is when it has ended, or waiting is over or of no use."""
        clock = asyncio.get_running_loop().time
        began = clock()
        stopping = False
        while not (task.status.is_final or stopping) and (passed := clock() - began) < seconds:
            await self.tell(passed, seconds, f"Task {task.id} is {task.status}.")
            try:
                async with asyncio.timeout(min(_TELL_EVERY, seconds - passed)):
                    await self.own.endings.of(task)
                    stopping = True
            except TimeoutError:
                pass
            task = await self.own.store.intake.get(task.id, team_id=task.team_id) or task
        return task


class Tool(ABC):
    """Something that a model can ask for."""

    name: str
    title: str
    description: str
    needs: Scope
    """What a key must be for; nobody else sees the tool."""

    def described(self) -> DescribedTool:
        return DescribedTool(
            name=self.name,
            title=self.title,
            description=self.description,
            input_schema=self.input_schema(),
            output_schema=self.output_schema(),
            annotations=self.annotations(),
        )

    def is_for(self, scope: Scope) -> bool:
        return self.needs is Scope.READ or scope is Scope.FULL

    @abstractmethod
    def input_schema(self) -> dict[str, Any]: ...

    @abstractmethod
    def output_schema(self) -> dict[str, Any]: ...

    @abstractmethod
    def annotations(self) -> ToolAnnotations: ...

    @abstractmethod
    async def call(self, asked: Asked) -> ToolAnswer:
        """Do what is asked for.

        Raises:
            Refusal: nothing came of it.
        """

    @abstractmethod
    def refused(self, refusal: Refusal, request_id: str) -> ToolAnswer: ...


def input_schema_of(model: type[BaseModel], **definitions: Mapping[str, Any]) -> dict[str, Any]:
    """Return the model's schema in one piece: not every client follows references.

    Args:
        definitions: in place of the model's own.
    """
    schema = untitled(model.model_json_schema())
    found = {**schema.pop("$defs", {}), **definitions}
    whole: dict[str, Any] = inlined(schema, found)
    return {
        "type": "object",
        "properties": {name: _given(value) for name, value in whole["properties"].items()},
        "required": whole.get("required", []),
        "additionalProperties": False,
    }


def output_schema_of(model: type[BaseModel]) -> dict[str, Any]:
    schema: dict[str, Any] = untitled(model.model_json_schema(mode="serialization"))
    return schema


def untitled(schema: Any) -> Any:
    """Leave out titles, which repeat the names of the fields: models read every word."""
    if isinstance(schema, dict):
        # A field may be called `title` too; what it holds is a schema then, and no text.
        return {
            name: untitled(value)
            for name, value in schema.items()
            if not (name == "title" and isinstance(value, str))
        }
    if isinstance(schema, list):
        return [untitled(each) for each in schema]
    return schema


def _given(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an argument has to be when it is given: who has none leaves it out."""
    kinds = [each for each in schema.get("anyOf", ()) if each != {"type": "null"}]
    if len(kinds) != 1:
        return dict(schema)
    rest = {name: value for name, value in schema.items() if name not in {"anyOf", "default"}}
    return {**kinds[0], **rest}
