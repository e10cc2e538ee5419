"""What an InMail's box says about its cost."""

from __future__ import annotations

import re
from dataclasses import dataclass

from executor.components.counts import numbers_in

_NONE_LEFT = re.compile(r"\b(?:no|out of) InMail credits?\b", re.IGNORECASE)
_FREE = re.compile(r"\b(?:free|open profile)\b", re.IGNORECASE)
_MOST_NUMBERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class InMailCost:
    """What one InMail costs, and what there is to pay it with."""

    credits: int
    """Zero for a message that is free."""
    left: int | None
    """How many the account has before it is sent; `None` where the box does not tell."""

    @property
    def is_covered(self) -> bool:
        return self.left is None or self.left >= self.credits

    @property
    def left_after(self) -> int | None:
        return None if self.left is None else self.left - self.credits


def inmail_cost_in(text: str) -> InMailCost | None:
    """Read "Use 1 of 45 InMail credits" in any language by its numbers; `None` if unclear.

    Which of the two comes first differs between languages. Words count only where there are no
    numbers, and are known in English alone (2026-09-30).
    """
    numbers = numbers_in(text)
    if 0 in numbers or (not numbers and _NONE_LEFT.search(text)):
        return InMailCost(credits=1, left=0)
    if not numbers:
        return InMailCost(credits=0, left=None) if _FREE.search(text) else None
    if len(numbers) > _MOST_NUMBERS:
        return None
    return InMailCost(credits=min(numbers) if len(numbers) > 1 else 1, left=max(numbers))
