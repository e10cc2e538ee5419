"""People search, from the pages to what clients get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.search import facet_id
from storage.tasks import ErrorCode, TaskStatus

if TYPE_CHECKING:
    from storage.tasks import Task
    from tests.executor.office import Office


async def search(office: Office, **asked: Any) -> Task:
    return await office.read("search_profiles", **asked)


async def found(office: Office, **asked: Any) -> dict[str, Any]:
    task = await search(office, **asked)
    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output is not None
    return dict(task.output)


async def at_copperline(office: Office) -> list[str]:
    """Return the ids of everybody whom a search for Copperline has to find."""
    people = await office.sandbox.client.people()
    return [
        person.id
        for person in people
        if not person.gone and "copperline" in f"{person.headline} {person.company}".casefold()
    ]


async def test_pages_are_turned_until_there_are_enough(office: Office) -> None:
    """A search returns the number asked for, in LinkedIn's order, each person once."""
    everybody = await at_copperline(office)
    assert len(everybody) > 20

    output = await found(office, keywords="Copperline", count=15)

    assert [each["profile_id"] for each in output["people"]] == everybody[:15]
    assert output["cut_short"] is None
    assert await office.delivered() == []


@pytest.mark.drift("2025-26")
@pytest.mark.parametrize("cards", ["listitem", "wrapped", "bare", "legacy"])
async def test_every_kind_of_card_is_read(office: Office, cards: str) -> None:
    """Whatever a card looks like, it tells the same of its member, and nothing of others."""
    await office.sandbox.client.toggle(search_cards=cards)

    output = await found(office, first_name="Oskar", last_name="Fjeldgren")

    assert output["people"] == [
        {
            "profile_id": "ACoAABCDEF123",
            "profile_urn": "urn:li:fsd_profile:ACoAABCDEF123",
            "vanity": "oskar-fjeldgren",
            "profile_url": "https://www.linkedin.com/in/oskar-fjeldgren",
            "full_name": "Oskar Fjeldgren",
            "headline": "Solutions Architect at Copperline",
            "location": (await office.sandbox.client.person("oskar-fjeldgren")).location,
            "degree": 2,
        }
    ]


async def test_other_languages_and_scripts_are_read(office: Office) -> None:
    """Degrees are read by their digit, and vanities are decoded."""
    await office.sandbox.client.toggle(language="de")

    output = await found(office, keywords="Größlhuber")

    (person,) = output["people"]
    assert (person["vanity"], person["degree"]) == ("jürgen-größlhuber", 1)


async def test_places_and_companies_go_by_their_numbers(office: Office) -> None:
    """Numbers narrow a search, bare or as URNs."""
    place = facet_id("Bergen, Norway")
    company = facet_id("Copperline")

    output = await found(
        office, geo_urn=[f"urn:li:geo:{place}"], current_company=[company], count=50
    )

    people = [
        person.id
        for person in await office.sandbox.client.people()
        if (person.location, person.company) == ("Bergen, Norway", "Copperline")
    ]
    assert [each["profile_id"] for each in output["people"]] == people
    assert people


@pytest.mark.parametrize("degree", [1, 2, 3])
async def test_people_of_one_degree_are_found(office: Office, degree: int) -> None:
    """LinkedIn calls them by letters."""
    output = await found(office, degrees=[degree], keywords="Bergen")

    assert {each["degree"] for each in output["people"]} == {degree}


async def test_a_search_goes_on_where_the_last_one_has_ended(office: Office) -> None:
    """Everybody once, in parts that are no whole pages; the end is told."""
    everybody = await found(office, keywords="Copperline", count=50)
    parts, start, more = [], 0, True
    while more:
        part = await found(office, keywords="Copperline", start=start, count=7)
        parts += part["people"]
        start, more = start + 7, part["has_more"]

    assert parts == everybody["people"]
    assert len(parts) > 14
    assert everybody["has_more"] is False


async def test_nobody_found_is_an_answer(office: Office) -> None:
    """An empty result that says so is complete."""
    output = await found(office, keywords="nobody at all is called this")

    assert output == {"people": [], "has_more": False, "cut_short": None}


@pytest.mark.scenario(24)
@pytest.mark.parametrize(
    ("limit", "people", "reason"),
    [
        ("notice", 10, "commercial_use_limit"),
        ("partial", 13, "commercial_use_limit"),
        ("redirect", 10, "commercial_use_limit"),
        ("hidden", 10, "unclear"),
    ],
)
async def test_a_search_that_was_cut_short_says_so(
    office: Office, limit: str, people: int, reason: str
) -> None:
    """What was found before LinkedIn's limit is returned, with the reason why it is not all."""
    await office.sandbox.client.toggle(search_limit=limit, search_pages_allowed=1)

    output = await found(office, keywords="Copperline", count=20)

    assert len(output["people"]) == people
    assert output["cut_short"] == reason


@pytest.mark.parametrize("limit", ["notice", "redirect"])
async def test_nothing_but_the_limit_is_a_failure(office: Office, limit: str) -> None:
    """Nobody found because of the limit is not the same as nobody found."""
    await office.sandbox.client.toggle(search_limit=limit, search_pages_allowed=0)

    task = await search(office, keywords="Copperline")

    assert task.error is not None
    assert task.error.code is ErrorCode.COMMERCIAL_USE_LIMIT
