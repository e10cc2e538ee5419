"""JSON schemas in words that fit into a table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_BOUNDS = (
    ("minLength", "at least {} characters"),
    ("maxLength", "at most {} characters"),
    ("minimum", "from {}"),
    ("maximum", "to {}"),
    ("minItems", "at least {}"),
    ("maxItems", "at most {}"),
)
Schema = dict[str, Any]


class Schemas:
    """The schemas that others refer to."""

    def __init__(self, named: Mapping[str, Schema]) -> None:
        self._named = named

    def resolved(self, schema: Schema) -> Schema:
        """Return what a reference stands for, with what is said beside it."""
        if (reference := schema.get("$ref")) is None:
            return schema
        beside = {name: value for name, value in schema.items() if name != "$ref"}
        return self.resolved({**self._named[reference.rpartition("/")[2]], **beside})

    def variants(self, schema: Schema) -> list[Schema]:
        """Return the objects of which one is to be sent."""
        found = self.resolved(schema)
        kinds = found.get("oneOf") or found.get("anyOf") or [found]
        return [each for each in map(self.resolved, kinds) if "properties" in each]

    def kind(self, schema: Schema) -> str:
        """Say what a value may be."""
        found = self.resolved(schema)
        if "const" in found:
            return f"`{_as_sent(found['const'])}`"
        if "enum" in found:
            return ", ".join(f"`{each}`" for each in found["enum"])
        if kinds := found.get("anyOf") or found.get("oneOf"):
            told = dict.fromkeys(self.kind(each) for each in kinds if each.get("type") != "null")
            return " or ".join(told)
        types = found.get("type", "any")
        names = [each for each in ([types] if isinstance(types, str) else types) if each != "null"]
        kind = found.get("format") or " or ".join(names)
        if kind == "array":
            kind = f"list of {self.kind(found.get('items', {}))}"
        bounds = [words.format(found[name]) for name, words in _BOUNDS if name in found]
        return ", ".join([kind, *bounds]).replace("at least 1 characters", "not empty")


def fields_table(
    heading: str, fields: Mapping[str, Schema], required: Collection[str], schemas: Schemas
) -> Iterator[str]:
    """Return a table of fields, those of objects within them included."""
    yield f"\n| {heading} | | what |\n|---|---|---|"
    yield from _rows(fields, required, schemas, prefix="")


def _rows(
    fields: Mapping[str, Schema], required: Collection[str], schemas: Schemas, *, prefix: str
) -> Iterator[str]:
    for name, schema in fields.items():
        found = schemas.resolved(schema)
        words = [schemas.kind(found)]
        if name in required:
            words.append("required")
        elif (default := found.get("default")) is not None:
            words.append(f"default `{_as_sent(default)}`")
        what = cell(found.get("description", ""))
        yield f"| `{prefix}{name}` | {cell('; '.join(words))} | {what} |"
        if "properties" in found:
            below = found.get("required", ())
            yield from _rows(found["properties"], below, schemas, prefix=f"{prefix}{name}.")


def _as_sent(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def cell(text: str) -> str:
    """Return a text as a table's cell holds it."""
    return " ".join(text.split()).replace("|", "\\|")
