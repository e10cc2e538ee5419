"""Everything that is changed on a page, one thing at a time."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mutations.darkroom import Negative

_DECOYS: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("decoys.toml").read_text(encoding="utf-8")
)
_MOST_CONTROLS = 12
"""Controls that are hidden or doubled one by one; longer lists only repeat themselves."""
_RETAGGED = {
    "section": "div",
    "div": "section",
    "h1": "h2",
    "h2": "h1",
    "p": "div",
    "span": "b",
    "ul": "div",
    "li": "div",
    "a": "span",
    "button": "a",
    "article": "div",
}


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change."""

    name: str
    change: dict[str, Any]
    """What `mutate.js` does."""


UNCHANGED = Mutation("unchanged", {"deed": "drop", "attribute": "data-nothing"})


def mutations_of(negative: Negative) -> Iterator[Mutation]:
    """Make every mutation of a page from what it is made of."""
    made_of = negative.made_of
    yield UNCHANGED
    yield Mutation("every class renamed", {"deed": "rebuild"})
    yield Mutation("no style sheets", {"deed": "unstyle"})
    yield Mutation("no words on controls", {"deed": "silence"})
    yield Mutation("the whole part twice", {"deed": "doublePart"})
    for name in made_of["attributes"]:
        yield Mutation(f"no {name}", {"deed": "drop", "attribute": name})
    for name in made_of["classes"]:
        yield Mutation(f"no class {name}", {"deed": "unclass", "name": name})
    for name in made_of["tags"]:
        if other := _RETAGGED.get(name):
            yield Mutation(f"{name} is {other}", {"deed": "retag", "from": name, "to": other})
    for number, label in enumerate(made_of["controls"][:_MOST_CONTROLS]):
        yield Mutation(f"hidden: {number} {label}", {"deed": "hide", "number": number})
        yield Mutation(f"twice: {number} {label}", {"deed": "double", "number": number})
    yield from _decoys(negative)


def _decoys(negative: Negative) -> Iterator[Mutation]:
    for group, places in negative.specimen.decoys.items():
        pieces = _DECOYS[group]
        for name, piece in pieces.items():
            for css, at in places:
                change = {"deed": "insert", "css": css, "at": at, "piece": piece, "each": True}
                yield Mutation(f"somebody's {name}, {at} {css}", change)
            change = {"deed": "enclose", "before": piece, "after": piece}
            yield Mutation(f"somebody's {name} in a wrapper", change)
