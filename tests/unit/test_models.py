"""What stands under attributes is told in schemas."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.alias_generators import to_camel

from api.settings import ApiSettings
from executor.models import Documented
from executor.settings import ExecutorSettings
from storage.settings import StorageSettings


class _Parent(Documented):
    model_config = ConfigDict(alias_generator=to_camel)

    is_of: ClassVar[str] = "here"
    """Not a field."""
    first_name: str
    """Over
    two lines."""
    spoken: str = Field(alias="Said")
    """Under a name of its own."""
    silent: int = 0


class _Child(_Parent):
    first_name: str = "Jane"
    """The child's own."""
    parent: _Parent | None = None
    """Another one."""


def _told(model: type[BaseModel]) -> dict[str, str | None]:
    schema: dict[str, Any] = model.model_json_schema()
    return {name: each.get("description") for name, each in schema["properties"].items()}


def test_attributes_are_described_by_what_stands_under_them() -> None:
    """Under the names that they have in the schema, and without the breaks of the source."""
    assert _told(_Parent) == {
        "firstName": "Over\ntwo lines.",
        "Said": "Under a name of its own.",
        "silent": None,
    }


def test_a_child_says_what_its_parent_says_until_it_says_something_else() -> None:
    """Schemas tell of inherited attributes too."""
    assert _told(_Child) == {
        "firstName": "The child's own.",
        "Said": "Under a name of its own.",
        "silent": None,
        "parent": "Another one.",
    }


@pytest.mark.parametrize("settings", [ApiSettings, ExecutorSettings, StorageSettings])
def test_every_setting_says_what_it_does(settings: type[BaseModel]) -> None:
    """An operator who reads the settings' source finds each explained."""
    described = create_model("Described", __base__=(Documented, settings))

    assert [name for name, text in _told(described).items() if text is None] == []
