"""Combinations of a flow with a language, a front end and one toggle."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import cycle, islice
from math import ceil
from typing import TYPE_CHECKING

from tests.matrix.flows import FLOWS
from tests.matrix.variations import front_ends, variations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.matrix.flow import Flow
    from tests.matrix.variations import Variation

LANGUAGES = ("en", "de", "fr", "es", "pt", "tr", "ar", "ja")


@dataclass(frozen=True, slots=True)
class Combination:
    """One flow in one world."""

    flow: Flow
    language: str
    front_end: Variation
    variation: Variation

    @property
    def toggles(self) -> Variation:
        return {"language": self.language, **self.front_end, **self.variation}

    @property
    def kind(self) -> str:
        """What it is in any language."""
        varied = ", ".join(f"{name}={value}" for name, value in self.variation.items())
        front_end = str(self.front_end["generation"])
        return "; ".join(filter(None, (self.flow.name, front_end, varied)))

    @property
    def name(self) -> str:
        return f"{self.kind}; {self.language}"


def every_combination(
    *, languages: Iterable[str] = LANGUAGES, flows: Iterable[Flow] = FLOWS
) -> list[Combination]:
    """Return the product: some ten thousand, which take hours."""
    return [
        Combination(flow, language, front_end, variation)
        for flow in flows
        for front_end in front_ends(flow.pages)
        for variation in variations(flow.pages)
        for language in languages
    ]


def chosen_combinations(*, flows: Iterable[Flow] = FLOWS) -> list[Combination]:
    """Return every flow in every language on every front end, and there with every toggle.

    A toggle is not tried in every language at each of these places; it meets every language at one
    of them, or at several.
    """
    places: defaultdict[str, list[Combination]] = defaultdict(list)
    for each in every_combination(languages=LANGUAGES[:1], flows=flows):
        places[repr(each.variation)].append(each)
    turns = cycle(LANGUAGES)
    chosen = {
        replace(place, language=language).name
        for variation, found in places.items()
        # One front end after the other, so that each meets more than every second language.
        for place in sorted(found, key=lambda each: str(each.front_end))
        for language in islice(turns, _share(variation, len(found)))
    }
    return [each for each in every_combination(flows=flows) if each.name in chosen]


def _share(variation: str, places: int) -> int:
    """Return how many languages a toggle meets at each of its places; without one, all."""
    return len(LANGUAGES) if variation == repr({}) else ceil(len(LANGUAGES) / places)
