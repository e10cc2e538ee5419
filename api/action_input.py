"""An action's input as clients hand it in: persons in any form, texts as everywhere."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from api.refusals import InvalidField
from api.texts import not_blank, person_or_lead, person_or_parts, readable, trimmed, with_line_feeds
from executor.actions import Person, SalesLead

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from pydantic.fields import FieldInfo

    from storage.tasks import JsonObject

ModelT = TypeVar("ModelT", bound=BaseModel)


def read_input(model: type[ModelT], sent: JsonObject, *, whole: str) -> ModelT:
    """Check *sent*; names and values of the client's are never part of a refusal's text.

    Args:
        whole: what the client calls the object that holds the fields.

    Raises:
        InvalidField: the text names the field.
    """
    fields = model.model_fields
    refuse_unknown(sent, fields, whole=whole)
    prepared = {
        name: _prepared(f"{whole}.{name}", fields[name], value) for name, value in sent.items()
    }
    try:
        return model.model_validate(prepared, strict=True)
    except ValidationError as error:
        raise field_refused(error, whole=whole) from None


def refuse_unknown(sent: JsonObject, known: Iterable[str], *, whole: str) -> None:
    """Refuse fields that nobody would read.

    Raises:
        InvalidField: there is one; the text tells those that are known.
    """
    known = list(known)
    if sent.keys() - set(known):
        raise InvalidField(f"'{whole}' has unknown fields; known are {listed(known)}")


def field_refused(error: ValidationError, *, whole: str) -> InvalidField:
    """Return the refusal that tells the first of the errors, without what was sent."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    # What concerns no single field concerns the whole.
    where = ".".join([whole, *map(str, first["loc"][:1])])
    return InvalidField(f"'{where}': {first['msg']}")


def listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _prepared(where: str, field: FieldInfo, value: object) -> object:
    """Read a person in any of its forms, and a text as every dialect does.

    A required text is delivered as it stands; one that may be left out is trimmed, and left out
    when nothing of it can be seen.
    """
    if value is None:
        return value
    kind = field.annotation
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        # In JSON it is a text, which pydantic takes for none of them when it is strict.
        if not isinstance(value, str) or value not in list(kind):
            raise InvalidField(f"'{where}' is none of {listed(kind)}")
        return kind(value)
    kinds = (kind, *get_args(kind))
    if Person in kinds:
        try:
            return _person_in(field, kinds, value)
        except ValueError:
            raise InvalidField(f"'{where}' names no LinkedIn member") from None
    try:
        if not isinstance(value, str):
            _all_readable(value)
            return value
        readable(value)
        return with_line_feeds(not_blank(value)) if field.is_required() else trimmed(value)
    except ValueError as error:
        raise InvalidField(f"'{where}' {error}") from None


def _person_in(field: FieldInfo, kinds: Container[object], value: object) -> object:
    if SalesLead in kinds:
        return person_or_lead(value)
    if isinstance(value, list) and get_origin(field.annotation) is list:
        return [person_or_parts(each) for each in value]
    return person_or_parts(value)


def _all_readable(value: object) -> None:
    """Raise a `ValueError` for texts inside of *value* that `readable` refuses."""
    left = [value]
    while left:
        match left.pop():
            case str() as text:
                readable(text)
            case dict() as found:
                left.extend(found.values())
            case list() as found:
                left.extend(found)
