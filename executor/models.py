"""Models that tell in their JSON schemas what is written under their attributes."""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from collections.abc import Iterator


def _names_in_schemas(model: type[BaseModel], name: str) -> set[str]:
    field = model.model_fields.get(name)
    aliases = (field.validation_alias, field.serialization_alias) if field else ()
    return {name, *(each for each in aliases if isinstance(each, str))}


@cache
def _docstrings(module: str) -> dict[str, dict[str, str]]:
    """Return what is said of attributes, by their names, by the names of their classes."""
    if module == "builtins":
        return {}
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {
        each.name: dict(_said_below(each)) for each in tree.body if isinstance(each, ast.ClassDef)
    }


def _said_below(definition: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for attribute, below in zip(definition.body, definition.body[1:], strict=False):
        match attribute, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, inspect.cleandoc(text)


def _describe_attributes(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Put docstrings of attributes into a schema.

    Pydantic's own `use_attribute_docstrings` looks each class up in its source as soon as it is
    defined: a third of the time of a start, for texts that few starts need.
    """
    properties = schema.get("properties", {})
    for base in reversed(model.__mro__):
        for name, text in _docstrings(base.__module__).get(base.__qualname__, {}).items():
            for shown in _names_in_schemas(model, name):
                if shown in properties:
                    properties[shown]["description"] = text


class Documented(BaseModel):
    """A model whose JSON schema tells what stands under its attributes.

    Its validator is built when the first value comes: most starts see values of few models.
    """

    model_config = ConfigDict(json_schema_extra=_describe_attributes, defer_build=True)


class StrictModel(Documented):
    """What goes into a task or comes out of it: nothing more than is named, and never changed.

    Errors do not repeat what was given, which may be private.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
