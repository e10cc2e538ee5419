"""Reading positions, schools and counts out of a profile's lines."""

from __future__ import annotations

from typing import Any

import pytest

from executor.components.people_cards import person_in
from executor.components.resume import Entry, Span, count_in, positions_in, school_in, span_in


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Jan 2020 - Mar 2022 · 2 yrs 3 mos", (2020, 1, 2022, 3, False)),
        ("September 2020 – Present · 3 yrs", (2020, 9, None, None, True)),
        ("Sept 2020 - Present", (2020, 9, None, None, True)),
        ("2010 - 2014", (2010, None, 2014, None, False)),
        ("2019", (2019, None, 2019, None, False)),
        ("May 2019 · 1 mo", (2019, 5, 2019, 5, False)),
        ("Jan. 2020–Heute · 3 Jahre", (2020, None, None, None, True)),
        ("mars 2021 - aujourd’hui · 2 ans", (2021, None, None, None, True)),
        ("2020年9月 - 2022年3月 · 2年", (2020, 9, 2022, 3, False)),
        ("2020년 9월 ~ 현재", (2020, 9, None, None, True)),
        ("no year at all", (None, None, None, None, False)),
    ],
)
def test_spans_are_read_by_their_digits(
    line: str, expected: tuple[int | None, int | None, int | None, int | None, bool]
) -> None:
    """Years are read in any language, months in English and in numbers."""
    span = span_in(line)

    assert (
        span.start_year,
        span.start_month,
        span.end_year,
        span.end_month,
        span.is_current,
    ) == expected


def test_a_position_has_its_company_before_the_dot() -> None:
    """The kind of employment and of workplace belong to neither company nor location."""
    lines = ["Analyst", "Copperline · Full-time", "2019 - 2020 · 1 yr", "Oslo, Norway · Remote"]

    (position,) = positions_in(Entry(lines=lines))

    assert (position.title, position.company_name, position.location) == (
        "Analyst",
        "Copperline",
        "Oslo, Norway",
    )


def test_a_position_without_dates_still_has_its_company() -> None:
    """What is not told is left out, and nothing takes its place."""
    (position,) = positions_in(Entry(lines=["Founder", "Own business"]))

    assert (position.company_name, position.location, position.span) == (
        "Own business",
        None,
        Span(),
    )


def test_roles_share_the_company_above_them() -> None:
    """Several roles at one company are as many positions."""
    roles = [["Lead", "2021 - Present"], ["Engineer", "2019 - 2021", "Oslo"]]

    found = positions_in(Entry(lines=["Copperline", "4 yrs"], roles=roles))

    assert [(each.title, each.company_name, each.location) for each in found] == [
        ("Lead", "Copperline", None),
        ("Engineer", "Copperline", "Oslo"),
    ]


def test_an_empty_entry_is_nothing() -> None:
    """An entry without lines is no position and no school."""
    assert positions_in(Entry(lines=[])) == []
    assert school_in(Entry(lines=[])) is None


def test_a_school_may_tell_no_degree() -> None:
    """The years are not taken for a degree."""
    school = school_in(Entry(lines=["Fjordheim College", "2004 - 2007"]))

    assert school is not None
    assert (school.degree, school.span.start_year, school.span.end_year) == (None, 2004, 2007)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("500+ connections", 500),
        ("35,012,345 followers", 35_012_345),
        ("1.234 Follower:innen", 1234),
        ("1\u202f234 abonnés", 1234),
        ("つながり: 500人以上", 500),
        ("3 of 7", None),
        ("many", None),
    ],
)
def test_counts_are_read_whatever_separates_thousands(text: str, count: int | None) -> None:
    """One number is a count; several, or none, are not."""
    assert count_in(text) == count


def line(text: str, who: str | None = None) -> dict[str, str | None]:
    """Return a line of a card that leads to somebody, or to nobody."""
    return {"text": text, "link": f"/in/{who}/" if who else None, "name": text}


def listed(*lines: dict[str, str | None]) -> dict[str, Any]:
    """Return a card of Ada's with these lines."""
    return {"links": ["/in/ada/"], "keys": [], "lines": lines, "controls": [], "image": None}


@pytest.mark.parametrize(
    "lines",
    [
        (line("• 2nd"), line("Chief Analyst"), line("London")),
        (line("• 2nd", "ada"), line("Chief Analyst"), line("London")),
        (line("Ada Lovelace", "ada"), line("• 2nd"), line("Bob Babbage"), line("• 1st")),
        (line("Mutual connection: Bob", "bob"), line("London")),
    ],
    ids=["no name", "the name is gone", "two degrees", "somebody else's line"],
)
def test_a_card_without_its_members_name_is_nobody(lines: tuple[dict[str, str | None]]) -> None:
    """A line is a name only when it leads to the member; no other takes its place."""
    assert person_in(listed(*lines)) is None


@pytest.mark.parametrize("who", ["ada", None], ids=["linked", "beside the link"])
def test_whether_somebody_is_online_is_no_name(who: str | None) -> None:
    """Nor does it make a hidden member of them, where a saved page has lost its styles."""
    lines = line("Status is offline", who), line("Ada Lovelace", "ada"), line("• 2nd")

    person = person_in(listed(*lines))

    assert person is not None
    assert (person.name, person.degree) == ("Ada Lovelace", 2)


def test_a_line_that_may_be_headline_or_place_is_neither() -> None:
    """Only their order tells the two apart; shared connections and a second name do not count."""
    name, degree = line("Ada Lovelace", "ada"), line("• 2nd")
    alone = person_in(listed(name, degree, name, line("London"), line("Mutual: Bob", "bob")))
    both = person_in(listed(name, degree, line("Chief Analyst"), line("London")))

    assert alone is not None
    assert (alone.headline, alone.location) == (None, None)
    assert both is not None
    assert (both.headline, both.location) == ("Chief Analyst", "London")


def test_a_card_with_two_ids_tells_none() -> None:
    """A card that could mean two members has no id: better none than a wrong one."""
    card = {
        "links": ["/in/ada/", "/messaging/compose/?recipient=ACoABOB"],
        "keys": ["SearchResultsACoAADA"],
        "lines": [line("Ada Lovelace • 2nd", "ada")],
        "controls": [],
        "image": None,
    }

    person = person_in(card)

    assert person is not None
    assert (person.profile_id, person.vanity, person.name, person.degree) == (
        None,
        "ada",
        "Ada Lovelace",
        2,
    )


def test_a_card_of_a_hidden_member_is_nobody() -> None:
    """Members outside the account's network have no link, and so no name to go by."""
    card = {"links": [], "keys": [], "lines": [line("LinkedIn Member")], "image": None}

    assert person_in(card) is None
