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
def on_the_page(name: str) -> str:
    """Return `<name>.js` for an argument that comes as JSON.

    What comes otherwise is taken apart and checked value by value, in Playwright and its driver: a
    tenth of what a message takes the program (1.65, 2026-12).
    """
    return f"(given) => ({script(name)})(JSON.parse(given))"


@cache
def on_the_only(name: str) -> str:
    """Return `<name>.js` for a path: how many nodes it leads to, and of the only one the answer.

    It takes both as JSON, as `on_the_page` does.

    Before Playwright evaluates a locator it gives the page's world its own library, which takes 28
    ms in every new document (1.65, 2026-11), and a second time in the world that it clicks in.
    """
    return f"""(given) => {{
        const {{ path, argument }} = JSON.parse(given);
        let nodes = [];
        try {{
            nodes = ({script("nodes_at")})(path);
        }} catch {{
            // Playwright knows selectors that browsers do not.
        }}
        if (nodes.length !== 1) return [nodes.length, null];
        return Promise.resolve(({script(name)})(nodes[0], argument)).then((answer) => [1, answer]);
    }}"""


def as_data(element: Element, lookup: Lookup) -> dict[str, Any]:
    """Return an element in the form that the scripts take."""
    return {
        "name": element.name,
        "candidates": [
            {"css": candidate.css, "texts": list(candidate.texts)}
            for candidate in lookup.candidates(element)
        ],
    }
