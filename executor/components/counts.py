"""Reading how many there are of something, without guessing.

Words follow the account's language, and long numbers are shortened in some of them: `2K`,
`2 Tsd.`, `2万`. A figure that may be shortened is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from executor.components.resume import count_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SHORTENED = re.compile(
    r"\d\s?(?:[km]\b|[万億萬亿千천만억]|b\b|bn\b|mn\b|mil\b|mi\b|mln\b|mrd\b|mio\b|tsd\b|md\b"
    r"|ألف|مليون)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f\u2019']\d{3})*")


def numbers_in(text: str) -> list[int]:
    """Return every whole number in a text, whatever sets its thousands apart."""
    return [int(re.sub(r"\D", "", found)) for found in _NUMBER.findall(text)]


def figure_in(text: str) -> int | None:
    """Return the one number in a text, unless it stands for a rounded one."""
    return None if _SHORTENED.search(text) else count_in(text)


def agreed(figures: Iterable[int | None]) -> int | None:
    """Return what all figures that are known say; `None` when there is none, or they differ."""
    known = {each for each in figures if each is not None}
    return known.pop() if len(known) == 1 else None


def worded(texts: Iterable[str], words: str) -> int | None:
    """Return the count in the texts that consist of just these words."""
    found = (re.fullmatch(words, " ".join(text.split())) for text in texts)
    return agreed(figure_in(each["count"]) for each in found if each is not None)


def range_in(text: str, known: Iterable[tuple[int, int | None]]) -> tuple[int, int | None] | None:
    """Return which of the known ranges a text tells, as `51-200` or `10,001+`."""
    shapes: Mapping[str, tuple[int, int | None]] = {
        f"{least}+" if most is None else f"{least}-{most}": (least, most) for least, most in known
    }
    # Thousands are set apart by different signs; the dash has as many forms.
    plain = re.sub(r"(?<=\d)[.,\s\u00a0\u202f](?=\d{3}(?!\d))", "", text)
    told = re.search(r"(\d+)(?:\s?(\+)|\s?[-–—~〜]\s?(\d+))", plain)  # noqa: RUF001 - pages use these
    if told is None:
        return None
    least, plus, most = told.groups()
    return shapes.get(f"{int(least)}+" if plus else f"{int(least)}-{int(most)}")
