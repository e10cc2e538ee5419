"""The JavaScript that runs in pages, read from the `.js` files beside this one."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from executor.locators.element import Element
    from executor.locators.lookup import Lookup


@cache
def script(name: str) -> str:
    """Return the text of `<name>.js`, a function expression."""
    return resources.files(__package__).joinpath(f"{name}.js").read_text(encoding="utf-8")


def as_data(element: Element, lookup: Lookup) -> dict[str, Any]:
    """Return an element in the form that the scripts take."""
    return {
        "name": element.name,
        "candidates": [
            {"css": candidate.css, "texts": list(candidate.texts)}
            for candidate in lookup.candidates(element)
        ],
    }
