"""Tools that act on LinkedIn: each is an action, asked for through the one door and waited for."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import anyio
from mcp_types import ToolAnnotations

from api.action_input import read_input, refuse_unknown
from api.idempotency import LONGEST_KEY, PATTERN, is_well_formed
from api.mcp.answers import TaskAnswer, refused, standing
from api.mcp.tool import ARGUMENTS, Tool, input_schema_of, output_schema_of
from api.mcp.words import MCP
from api.refusals import InvalidField
from executor.actions import Write
from storage.acceptance import Acceptance
from storage.teams import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from api.mcp.tool import Asked
    from api.refusals import Refusal
    from executor.actions import Action

_KEY = "idempotency_key"
_KEY_SCHEMA: Mapping[str, Any] = MappingProxyType(
    {
        "type": "string",
        "pattern": PATTERN,
        "description": (
            "Your own name for this one deed. A call that is made again with it, within 24 hours, "
            "gets the first call's task, and nothing is done twice; to try again what has failed, "
            "choose another. Without one, the same text to the same person stands for the first "
            "call while that is unfinished or unconfirmed, and for two minutes after its success. "
            "(The operator may have set other times.)"
        ),
    }
)
_PERSON: Mapping[str, Any] = MappingProxyType(
    {
        "type": "string",
        "minLength": 3,
        "maxLength": 500,
        "description": (
            "A person: a profile's address, its last part (the vanity name), a URN "
            "(urn:li:person:… or urn:li:fsd_profile:…) or a bare ACoA… id."
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTool(Tool):
    """A tool whose arguments are fields of an action's input, under the same names."""

    name: str
    title: str
    description: str
    action: Action[Any, Any]
    arguments: Mapping[str, str]
    """What each argument is, by its name; empty for persons, which are all named alike."""
    needs: Scope = Scope.FULL

    @property
    def is_write(self) -> bool:
        return isinstance(self.action, Write)

    def input_schema(self) -> dict[str, Any]:
        whole = input_schema_of(self.action.input_model, Person=_PERSON)
        properties = {
            name: {**whole["properties"][name], **({"description": told} if told else {})}
            for name, told in self.arguments.items()
        }
        if self.is_write:
            properties[_KEY] = dict(_KEY_SCHEMA)
        required = [name for name in whole["required"] if name in self.arguments]
        return {**whole, "properties": properties, "required": required}

    def output_schema(self) -> dict[str, Any]:
        whole = output_schema_of(TaskAnswer)
        output = _loosened(output_schema_of(self.action.output_model))
        whole["$defs"] |= output.pop("$defs", {})
        told = whole["properties"]["output"]["description"]
        whole["properties"]["output"] = {"anyOf": [output, {"type": "null"}], "description": told}
        return whole

    def annotations(self) -> ToolAnnotations:
        return ToolAnnotations(
            read_only_hint=not self.is_write,
            destructive_hint=self.is_write,
            idempotent_hint=True,
            open_world_hint=True,
        )

    async def call(self, asked: Asked) -> TaskAnswer:
        own, sent = asked.own, dict(asked.arguments)
        known = (*self.arguments, *([_KEY] if self.is_write else []))
        refuse_unknown(sent, known, whole=ARGUMENTS)
        key = _read_key(sent.pop(_KEY, None)) if self.is_write else None
        order = read_input(self.action.input_model, sent, whole=ARGUMENTS)
        # A client that gives up meanwhile must not leave open whether it was accepted.
        with anyio.CancelScope(shield=True):
            submission = await own.intake.submit(
                asked.caller,
                self.action,
                order,
                dialect=MCP,
                sent=sent,
                request=sent,
                key=key,
                is_awaited=True,
            )
        task, waiting = submission.task, submission.waiting
        seconds = own.settings.mcp_answer_within.total_seconds()
        if not submission.cannot_start_within(seconds):
            task = await asked.ended(task, seconds=seconds)
        if task.status.is_final:
            await own.store.intake.answer_given(task)
            waiting = None
        answer = standing(
            task,
            waiting,
            repeats_safely=key is not None or (own.settings.content_guard and task.output is None),
            repeated=submission.how is not Acceptance.NEW,
        )
        return TaskAnswer(**answer, repeated=submission.how is not Acceptance.NEW)

    def refused(self, refusal: Refusal, request_id: str) -> TaskAnswer:
        return TaskAnswer(**refused(refusal, request_id), status="refused")


def _loosened(schema: Any) -> Any:
    """Demand no fields and forbid none, so that every outcome reaches its client.

    Clients refuse an answer that does not fit, and what was done before an upgrade, or is compared
    with a list of tools from before it, may lack a field or have one more.
    """
    if isinstance(schema, dict):
        return {
            name: _loosened(value)
            for name, value in schema.items()
            if name not in {"required", "additionalProperties"} or isinstance(value, dict)
        }
    if isinstance(schema, list):
        return [_loosened(each) for each in schema]
    return schema


def _read_key(sent: object) -> str | None:
    if sent is None:
        return None
    if isinstance(sent, str) and is_well_formed(sent):
        return sent
    raise InvalidField(
        f"'{ARGUMENTS}.{_KEY}' must be a text of 1 to {LONGEST_KEY} visible ASCII characters"
    )
