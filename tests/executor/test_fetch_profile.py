"""Profiles, from the pages to what clients get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.people import Relation
from executor.sandbox.resumes import MOST_TOLD, resume
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE, STRANGER

if TYPE_CHECKING:
    from executor.sandbox.people import Person
    from storage.tasks import Task
    from tests.executor.office import Office

COMMON = [
    "profile_id",
    "profile_urn",
    "person_urn",
    "vanity",
    "profile_url",
    "full_name",
    "headline",
    "location",
]


async def fetch(office: Office, profile_id: str = STRANGER) -> Task:
    return await office.read("fetch_profile", person={"profile_id": profile_id})


async def told(office: Office, profile_id: str = STRANGER) -> dict[str, Any]:
    task = await fetch(office, profile_id)
    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output is not None
    return dict(task.output)


def positions(person: Person, *, months: bool = True) -> list[dict[str, Any]]:
    """Return what a profile tells of somebody's work."""
    return [
        {
            "title": each.title,
            "company_name": each.company,
            "location": each.location or None,
            "start_year": each.start.year,
            "start_month": each.start.month if months else None,
            "end_year": each.end and each.end.year,
            "end_month": each.end.month if each.end and months else None,
            "is_current": each.end is None,
        }
        for group in resume(person).groups
        for each in group
    ]


@pytest.mark.parametrize("generation", ["sdui", "ember"])
async def test_a_profile_is_read_to_its_end(office: Office, generation: str) -> None:
    """Everything that the member tells arrives, what stands behind "Show all" included."""
    await office.sandbox.client.toggle(generation=generation)
    person = await office.sandbox.client.person(STRANGER)
    facts = resume(person)
    assert len(facts.groups) > 5, "there is something behind Show all"
    assert any(len(group) > 1 for group in facts.groups), "there are roles at one company"

    output = await told(office)

    assert {name: output[name] for name in COMMON} == {
        "profile_id": STRANGER,
        "profile_urn": f"urn:li:fsd_profile:{STRANGER}",
        "person_urn": f"urn:li:person:{STRANGER}",
        "vanity": "oskar-fjeldgren",
        "profile_url": "https://www.linkedin.com/in/oskar-fjeldgren",
        "full_name": person.name,
        "headline": person.headline,
        "location": person.location,
    }
    assert (output["first_name"], output["last_name"]) == (person.first_name, person.last_name)
    assert output["about"].endswith(f"Currently at {person.company}.")
    assert (output["degree"], output["connections"]) == (person.distance, facts.connections)
    assert output["followers"] == facts.followers
    assert output["positions"] == positions(person)
    assert [(each["school_name"], each["start_year"]) for each in output["education"]] == [
        (each.name, each.start_year) for each in facts.education
    ]
    assert output["skills"] == list(facts.skills)
    assert output["incomplete"] == []
    assert await office.delivered() == []


@pytest.mark.parametrize("generation", ["sdui", "ember"])
async def test_a_profile_that_stays_at_its_id_is_read_to_its_end(
    office: Office, generation: str
) -> None:
    """What stands behind "Show all" is opened by the id, since nothing tells the vanity."""
    await office.sandbox.client.toggle(generation=generation, ids_stay=True)
    person = await office.sandbox.client.person(STRANGER)

    output = await told(office)

    assert output["positions"] == positions(person)
    assert output["skills"] == list(resume(person).skills)
    assert output["incomplete"] == []


@pytest.mark.parametrize("language", ["ja", "ar"])
async def test_other_languages_tell_what_digits_tell(office: Office, language: str) -> None:
    """Years, titles and companies are read; words that nobody knows are left out."""
    await office.sandbox.client.toggle(language=language)
    person = await office.sandbox.client.person(STRANGER)

    output = await told(office)

    assert output["headline"] == person.headline
    assert output["location"] == person.location
    assert output["positions"] == positions(person, months=language != "de")
    assert output["followers"] is None


async def test_sections_that_come_late_are_waited_for(office: Office) -> None:
    """A section that mounts only after a while in sight is not taken for missing."""
    await office.sandbox.client.toggle(section_delay_ms=1500)
    person = await office.sandbox.client.person(STRANGER)

    output = await told(office)

    assert output["positions"] == positions(person)
    assert output["skills"] == list(resume(person).skills)


async def test_connections_are_of_the_first_degree(office: Office) -> None:
    """A connection's number of connections is read from its link, in any language."""
    await office.sandbox.client.toggle(language="tr")
    facts = resume(await office.sandbox.client.person(JANE))

    output = await told(office, JANE)

    assert output["degree"] == 1
    assert output["connections"] == min(facts.connections, MOST_TOLD)


@pytest.mark.parametrize("relation", [Relation.PENDING, Relation.FOLLOW_ONLY])
async def test_any_relation_may_be_read(office: Office, relation: Relation) -> None:
    """Reading asks nobody for anything, and changes nothing."""
    await office.sandbox.client.set_relation(STRANGER, relation)

    output = await told(office)

    assert output["full_name"] == "Oskar Fjeldgren"
    assert (await office.sandbox.client.relation(STRANGER)).relation is relation
    assert await office.delivered() == []


async def test_the_own_profile_may_be_read(office: Office) -> None:
    """An account can read what it tells of itself; it is of no degree to itself."""
    (account,) = await office.sandbox.client.accounts()

    output = await told(office, account.profile)

    assert (output["full_name"], output["degree"]) == ("Avery Lindqvist", None)
    assert output["headline"] == "Partnerships at Harbour & Pine"


async def test_a_profile_is_found_by_its_former_address(office: Office) -> None:
    """LinkedIn leads from the old name to the new one, and the output has the new one."""
    task = await office.read("fetch_profile", person={"vanity": "milo-formerly"})

    assert task.output is not None
    assert task.output["vanity"] == "milo-rechristened-now"


async def test_a_dead_profile_is_not_found(office: Office) -> None:
    """A profile that is gone fails by its own code, and the task never claimed a submission."""
    task = await office.read("fetch_profile", person={"vanity": "horst-404-gonefield"})

    assert task.error is not None
    assert task.error.code is ErrorCode.PROFILE_NOT_FOUND
    assert task.submitted_at is None


async def test_the_commercial_limit_is_named(office: Office) -> None:
    """LinkedIn leads away without a word; the task says why."""
    await office.sandbox.client.toggle(commercial_limit=True)

    task = await fetch(office)

    assert task.error is not None
    assert task.error.code is ErrorCode.COMMERCIAL_USE_LIMIT
