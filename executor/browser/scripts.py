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


@cache
def on_the_only(name: str) -> str:
    """Return `<name>.js` for a list of nodes: how many there are, and of the only one its answer.

    Playwright asks a locator that way in one round trip to the page; otherwise it takes three.
    """
    return (
        "(nodes, argument) => nodes.length !== 1 ? [nodes.length, null] : "
        f"Promise.resolve((\n{script(name)}\n)(nodes[0], argument)).then((answer) => [1, answer])"
    )


def as_data(element: Element, lookup: Lookup) -> dict[str, Any]:
    """Return an element in the form that the scripts take."""
    return {
        "name": element.name,
        "candidates": [
            {"css": candidate.css, "texts": list(candidate.texts)}
            for candidate in lookup.candidates(element)
        ],
    }
