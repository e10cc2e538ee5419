"""What an InMail's box says about its cost."""

from __future__ import annotations

import re
from dataclasses import dataclass

from executor.components.counts import numbers_in
from executor.locators.account import BRAND

_NONE_LEFT = re.compile(r"\b(?:no|out of|used up all your) InMail credits?\b", re.IGNORECASE)
_FREE = re.compile(r"\b(?:free|open profile)\b", re.IGNORECASE)
_FREE_LINE = re.compile(r"free (?:to open profile|message)", re.IGNORECASE)
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


def sales_cost_in(text: str) -> InMailCost | None:
    """Read the same in Sales Navigator's dialog, whose form has other words beside; `None` if none.

    The line about credits is known by LinkedIn's own word for them, which no language translates;
    a free message's, in English alone, by its words (2026-11-22).
    """
    lines = [each.strip() for each in text.splitlines()]
    named = [each for each in lines if BRAND in each]
    told = [cost for each in named if (cost := inmail_cost_in(each)) is not None]
    if named:
        same = len(set(told)) == 1 and len(told) == len(named)
        return told[0] if same else None
    free = any(_FREE_LINE.fullmatch(each) for each in lines)
    return InMailCost(credits=0, left=None) if free else None
