"""What clients send to create a task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from api.refusals import InvalidField
from api.texts import not_blank, person_or_parts, readable, trimmed, with_line_feeds
from executor.actions import BY_TASK_TYPE, Action, Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic.fields import FieldInfo

    from storage.tasks import JsonObject

FIELDS = ("task_type", "input", "not_before")


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
            raise InvalidField(f"The body has unknown fields; known are {_listed(FIELDS)}")
        task_type = sent.get("task_type")
        action = BY_TASK_TYPE.get(task_type) if isinstance(task_type, str) else None
        if action is None:
            raise InvalidField(f"'task_type' must be one of {_listed(BY_TASK_TYPE)}")
        return cls(
            action=action,
            order=_order(action.input_model, sent.get("input")),
            not_before=_moment(sent.get("not_before")),
        )


def _order(model: type[BaseModel], sent: object) -> BaseModel:
    if not isinstance(sent, dict):
        raise InvalidField("'input' must be an object")
    fields = model.model_fields
    if sent.keys() - fields.keys():
        raise InvalidField(f"'input' has unknown fields; known are {_listed(fields)}")
    prepared = {name: _prepared(name, fields[name], value) for name, value in sent.items()}
    try:
        return model.model_validate(prepared, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        # What concerns no single field concerns the input.
        where = ".".join(["input", *map(str, first["loc"][:1])])
        raise InvalidField(f"'{where}': {first['msg']}") from None


def _prepared(name: str, field: FieldInfo, value: object) -> object:
    """Read a person in any of its forms, and a text as every dialect does.

    A required text is delivered as it stands; one that may be left out is trimmed, and left out
    when nothing of it can be seen.
    """
    if value is None:
        return value
    if Person in (field.annotation, *get_args(field.annotation)):
        try:
            if isinstance(value, list) and get_origin(field.annotation) is list:
                return [person_or_parts(each) for each in value]
            return person_or_parts(value)
        except ValueError:
            raise InvalidField(f"'input.{name}' names no LinkedIn member") from None
    if not isinstance(value, str):
        return value
    try:
        readable(value)
        return with_line_feeds(not_blank(value)) if field.is_required() else trimmed(value)
    except ValueError as error:
        raise InvalidField(f"'input.{name}' {error}") from None


def _moment(sent: object) -> datetime | None:
    if sent is None:
        return None
    try:
        if isinstance(sent, str) and (moment := datetime.fromisoformat(sent)).tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise InvalidField("'not_before' must be an ISO 8601 date and time with a time zone")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
