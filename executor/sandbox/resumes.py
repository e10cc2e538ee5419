"""What members tell of themselves on their profiles, made up from their number alone."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from executor.sandbox.labels import Labels
from executor.sandbox.people import Person

SHOWN = {"experience": 5, "education": 2, "skills": 2}
"""How many entries a profile shows before "Show all" (2026)."""
PIECE = 10
"""How many entries the page behind "Show all" brings at a time (2026)."""
MOST_TOLD = 500
"""Beyond this many connections, profiles tell no number."""

_FIRST_MEMBER, _STEP = 410_000_017, 7919
_TITLES = ("Engineer", "Team Lead", "Analyst", "Consultant", "Head of Research", "Trainee")
_COMPANIES = ("Copperline", "Osprey Robotics", "Granite Loop", "Tidepool Media", "Quantaleaf")
_PLACES = ("Oslo, Norway", "Porto, Portugal", "Leeds, United Kingdom", "")
_SCHOOLS = ("Fjordheim College", "University of Kestrelmoor", "Lindenau Institute")
_SUBJECTS = ("Physics", "Applied Mathematics", "")
_SKILLS = ("Facilitation", "Queueing Theory", "Python", "Negotiation", "Typography", "SQL (basics)")


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True)


class Position(_Told):
    """Something that a member has worked as."""

    title: str
    company: str
    employment: str
    location: str
    start: date
    end: date | None
    """None while it lasts."""


class School(_Told):
    """Where a member has learnt."""

    name: str
    degree: str
    start_year: int
    end_year: int


class Resume(_Told):
    """Everything that a profile tells beyond its card."""

    connections: int
    followers: int
    groups: tuple[tuple[Position, ...], ...]
    """Positions, the newest first; those at one company in a row stand together."""
    education: tuple[School, ...]
    skills: tuple[str, ...]


def resume(person: Person) -> Resume:
    """Make up what this member tells; the same each time."""
    index = max(0, (person.member - _FIRST_MEMBER) // _STEP)
    groups = [_group(index + number * 2, 2026 - number * 2) for number in range(2 + index * 6 % 13)]
    return Resume(
        connections=120 + index * 37 % 900,
        followers=90 + index * 1237,
        groups=tuple(groups),
        education=tuple(_school(index + number) for number in range(1 + index * 2 % 5)),
        skills=tuple(_skill(index + number, number) for number in range(1 + index * 13 % 24)),
    )


def _skill(index: int, number: int) -> str:
    name = _SKILLS[index % len(_SKILLS)]
    return name if number < len(_SKILLS) else f"{name} {number}"


def _group(index: int, until: int) -> tuple[Position, ...]:
    """Return what a member did at one company: mostly one thing, sometimes two."""
    lasting = until == 2026  # noqa: PLR2004 - the sandbox's present
    last = _position(index, date(until - 1, 1 + index % 12, 1), None if lasting else until)
    if index % 3:
        return (last,)
    first = last.model_copy(
        update={
            "title": _TITLES[(index + 1) % len(_TITLES)],
            "start": last.start.replace(year=until - 2),
            "end": last.start,
        }
    )
    return (last, first)


def _position(index: int, start: date, ended: int | None) -> Position:
    return Position(
        title=_TITLES[index % len(_TITLES)],
        company=_COMPANIES[index % len(_COMPANIES)],
        employment="Full-time",
        location=_PLACES[index % len(_PLACES)],
        start=start,
        end=None if ended is None else date(ended, 1 + (index + 5) % 12, 1),
    )


def _school(index: int) -> School:
    start = 2004 + index % 9
    return School(
        name=_SCHOOLS[index % len(_SCHOOLS)],
        degree=_SUBJECTS[index % len(_SUBJECTS)],
        start_year=start,
        end_year=start + 3,
    )


def worded(told: Resume, words: Labels) -> dict[str, Any]:
    """Write a résumé as a profile in this language shows it: a list of entries per section."""
    return {
        "connections": words("connections")
        if told.connections >= MOST_TOLD
        else words("connections_n", n=told.connections),
        "followers": words("followers", n=words.figure(told.followers)),
        "experience": [_worded_group(group, words) for group in told.groups],
        "education": [
            _entry(each.name, each.degree, f"{each.start_year} - {each.end_year}")
            for each in told.education
        ],
        "skills": [_entry(each) for each in told.skills],
    }


def _worded_group(group: tuple[Position, ...], words: Labels) -> dict[str, Any]:
    company = group[0].company
    if len(group) == 1:
        (only,) = group
        return _entry(only.title, f"{company} · {only.employment}", *_when_and_where(only, words))
    years = group[0].start.year - group[-1].start.year + 1
    roles = [_filled(each.title, *_when_and_where(each, words)) for each in group]
    return _entry(company, words("years", n=years), roles=roles)


def _entry(*lines: str, roles: list[list[str]] | None = None) -> dict[str, Any]:
    return {"lines": _filled(*lines), "roles": roles or []}


def _when_and_where(position: Position, words: Labels) -> tuple[str, str]:
    end = _month(position.end, words) if position.end else words("present")
    years = words("years", n=(position.end or date(2026, 10, 1)).year - position.start.year + 1)
    return f"{_month(position.start, words)} - {end} · {years}", position.location


def _month(day: date, words: Labels) -> str:
    return words("month_year", month=words("months").split()[day.month - 1], year=day.year)


def _filled(*lines: str) -> list[str]:
    return [line for line in lines if line]
