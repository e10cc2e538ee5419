"""Which candidate has found an element in ordinary work, counted until somebody takes it down."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from executor.locators.catalogue import all_elements
from storage.measures import Found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from executor.locators.element import Candidate, Element


class Usage:
    """Counts in memory, since a task looks for hundreds of elements."""

    def __init__(self) -> None:
        self._counted: Counter[tuple[str, int | None, str]] = Counter()

    def found(self, element: Element, rank: int, candidate: Candidate) -> None:
        """Count that the candidate at this place, from 0, has found the element."""
        # What is made for one person or message has that in its words: they would pile up, and
        # tell it to whoever may see these counts.
        is_known = element.name in all_elements()
        words = _words(candidate) if is_known else f"made anew each time, number {rank + 1}"
        self._counted[element.name, rank, words] += 1

    def missing(self, element: Element) -> None:
        """Count that none has found it where it has to be."""
        self._counted[element.name, None, ""] += 1

    def take(self) -> Sequence[Found]:
        """Return what was counted since the last time."""
        counted, self._counted = self._counted, Counter()
        return [
            Found(element=element, rank=rank, candidate=candidate, times=times)
            for (element, rank, candidate), times in counted.items()
        ]


def _words(candidate: Candidate) -> str:
    if not candidate.texts:
        return candidate.css
    return f"{candidate.css} ({', '.join(candidate.texts)})"
