"""Every combination of a flow with a language, a front end and one toggle."""

from __future__ import annotations

from dataclasses import dataclass
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
    """Return the whole matrix of these languages and flows."""
    return [
        Combination(flow, language, front_end, variation)
        for flow in flows
        for front_end in front_ends(flow.pages)
        for variation in variations(flow.pages)
        for language in languages
    ]
