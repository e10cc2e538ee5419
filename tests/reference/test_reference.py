"""The reference that is checked in is the one that the program's description makes."""

from __future__ import annotations

import pytest

from tests.reference.page import PATH, reference
from tests.reference.schema import Schemas, fields_table

SCHEMAS = Schemas({"Person": {"type": "string", "minLength": 1}, "Words": {"enum": ["a", "b"]}})


def test_the_reference_is_up_to_date() -> None:
    """Whoever changes an endpoint writes the page anew."""
    same = PATH.read_text(encoding="utf-8") == reference()

    assert same, f"{PATH.name} is out of date: run `make reference`"


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 9}, "integer, from 1, to 9"),
        ({"type": ["string", "null"], "format": "date-time"}, "date-time"),
        ({"anyOf": [{"$ref": "#/Person"}, {"type": "null"}]}, "string, not empty"),
        ({"type": "array", "items": {"$ref": "#/Words"}}, "list of `a`, `b`"),
        ({"const": "recent"}, "`recent`"),
    ],
)
def test_a_schema_is_said_in_words(schema: dict[str, object], words: str) -> None:
    """References are followed, and null is what is left out."""
    assert SCHEMAS.kind(schema) == words


def test_fields_within_fields_are_shown() -> None:
    """Each has its path, and a description cannot break the table."""
    fields = {
        "filters": {
            "type": "object",
            "properties": {"title": {"type": "string", "description": "One | two\nlines."}},
            "required": ["title"],
        }
    }

    rows = list(fields_table("field", fields, [], SCHEMAS))

    assert rows[1:] == [
        "| `filters` | object |  |",
        "| `filters.title` | string; required | One \\| two lines. |",
    ]
