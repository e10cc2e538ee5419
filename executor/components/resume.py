"""Reading positions, schools and counts out of the lines in which profiles tell them.

Only digits and punctuation are relied on: words follow the account's language. What cannot be
read that way is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_EASTERN_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s?[月월]")
_RANGE = re.compile(r"\s*[-–—~〜]\s*")  # noqa: RUF001 - these are the dashes that pages use
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_COUNT = re.compile(r"(?<!\d)\d{1,3}(?:[.,\s\u00a0\u202f]\d{3})+(?!\d)|\d+")
_DOT = " · "


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a section: its own lines, and those of the roles inside it."""

    lines: Sequence[str]
    roles: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A time from one month to another, as far as it is told."""

    start_year: int | None = None
    start_month: int | None = None
    end_year: int | None = None
    end_month: int | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPosition:
    """What a member does or did."""

    title: str
    company_name: str | None
    location: str | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSchool:
    """Where a member has learnt."""

    school_name: str
    degree: str | None
    span: Span


def positions_in(entry: Entry) -> list[ReadPosition]:
    """Return the positions of an entry: one, or each of its roles at the same company."""
    if not entry.lines:
        return []
    if entry.roles:
        company = _before_dot(entry.lines[0])
        return [_position(role, company) for role in entry.roles if role]
    return [_position(entry.lines, None)]


def school_in(entry: Entry) -> ReadSchool | None:
    if not entry.lines:
        return None
    name, *rest = entry.lines
    when = _dated(rest)
    before = rest if when is None else rest[:when]
    return ReadSchool(
        school_name=name,
        degree=before[0] if before else None,
        span=Span() if when is None else span_in(rest[when]),
    )


def span_in(line: str) -> Span:
    """Read "Jan 2020 - Present · 3 yrs" and its likes; an end without a year is still going on."""
    parts = _RANGE.split(_before_dot(line), maxsplit=1)
    start_year, start_month = _month_in(parts[0])
    if len(parts) == 1:
        return Span(
            start_year=start_year,
            start_month=start_month,
            end_year=start_year,
            end_month=start_month,
        )
    end_year, end_month = _month_in(parts[1])
    return Span(
        start_year=start_year,
        start_month=start_month,
        end_year=end_year,
        end_month=end_month,
        is_current=end_year is None,
    )


def count_in(text: str) -> int | None:
    """Return the one number in a text, whatever separates its thousands."""
    found = _COUNT.findall(text)
    return int(re.sub(r"\D", "", found[0])) if len(found) == 1 else None


def _position(lines: Sequence[str], company: str | None) -> ReadPosition:
    title, *rest = lines
    when = _dated(rest)
    before = rest if when is None else rest[:when]
    after = [] if when is None else rest[when + 1 :]
    if company is None and before:
        company = _before_dot(before[0])
    return ReadPosition(
        title=title,
        company_name=company,
        location=_before_dot(after[0]) if after else None,
        span=Span() if when is None else span_in(rest[when]),
    )


def _dated(lines: Sequence[str]) -> int | None:
    return next((number for number, line in enumerate(lines) if _YEAR.search(line)), None)


def _before_dot(line: str) -> str:
    return line.split(_DOT, maxsplit=1)[0].strip()


def _month_in(text: str) -> tuple[int | None, int | None]:
    year = _YEAR.search(text)
    if year is None:
        return None, None
    return int(year[0]), _month(text)


def _month(text: str) -> int | None:
    if eastern := _EASTERN_MONTH.search(text):
        return int(eastern[1])
    # English alone is told by its words; in other languages the year has to do.
    word = re.fullmatch(r"([A-Za-z]{3,9}) \d{4}", text.strip())
    if word is None:
        return None
    name = word[1].lower().replace("sept", "sep") if len(word[1]) < len("sept") + 1 else word[1]
    matches = (
        number for number, month in enumerate(_MONTHS, 1) if name.lower() in {month, month[:3]}
    )
    return next(matches, None)
