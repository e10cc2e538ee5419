"""What clients send to create a task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from api.action_input import listed, read_input
from api.refusals import InvalidField
from executor.actions import BY_TASK_TYPE

if TYPE_CHECKING:
    from pydantic import BaseModel

    from executor.actions import Action
    from storage.tasks import JsonObject

FIELDS = ("task_type", "input", "not_before", "callback_url")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTask:
    """A body that has been checked."""

    action: Action[Any, Any]
    order: BaseModel
    not_before: datetime | None

    @classmethod
    def read(cls, sent: JsonObject) -> CreateTask:
        """Check *sent*; names and values of the client's are never part of a refusal's text.

        Raises:
            InvalidField: the text names the field.
        """
        if sent.keys() - set(FIELDS):
            raise InvalidField(f"The body has unknown fields; known are {listed(FIELDS)}")
        task_type = sent.get("task_type")
        action = BY_TASK_TYPE.get(task_type) if isinstance(task_type, str) else None
        if action is None:
            raise InvalidField(f"'task_type' must be one of {listed(BY_TASK_TYPE)}")
        return cls(
            action=action,
            order=_order(action.input_model, sent.get("input")),
            not_before=_moment(sent.get("not_before")),
        )


def _order(model: type[BaseModel], sent: object) -> BaseModel:
    if not isinstance(sent, dict):
        raise InvalidField("'input' must be an object")
    return read_input(model, sent, whole="input")


def _moment(sent: object) -> datetime | None:
    if sent is None:
        return None
    try:
        if isinstance(sent, str) and (moment := datetime.fromisoformat(sent)).tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise InvalidField("'not_before' must be an ISO 8601 date and time with a time zone")
