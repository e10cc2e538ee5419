"""The list of connections, from the page to what clients get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.people import Relation
from storage.tasks import TaskStatus
from tests.executor.office import JANE

if TYPE_CHECKING:
    from tests.executor.office import Office


async def listed(office: Office, **asked: Any) -> dict[str, Any]:
    task = await office.read("fetch_connections", **asked)
    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output is not None
    return dict(task.output)


async def connections(office: Office) -> list[str]:
    people = await office.sandbox.client.people(Relation.CONNECTED)
    return [person.id for person in people if not person.gone]


def ids(output: dict[str, Any]) -> list[str]:
    return [each["profile_id"] for each in output["connections"]]


@pytest.mark.drift("2026-06-02")
@pytest.mark.parametrize("language", ["en", "ar"])
async def test_every_connection_is_listed_once(office: Office, language: str) -> None:
    """Two pages together are the whole list, with nobody twice and nobody whom it suggests."""
    await office.sandbox.client.toggle(language=language)
    everybody = await connections(office)
    assert 50 < len(everybody) < 200

    first = await listed(office, count=50)
    second = await listed(office, start=50, count=100)

    assert sorted(ids(first) + ids(second)) == sorted(everybody[:150])
    assert (len(ids(first)), first["complete"], second["complete"]) == (50, True, True)


async def test_a_slow_answer_is_not_the_end_of_the_list(office: Office) -> None:
    """However quiet the page is meanwhile: as long as it waits, more may come."""
    await office.sandbox.client.toggle(section_delay_ms=1500)

    output = await listed(office, count=50)

    assert (len(ids(output)), output["complete"]) == (50, True)
    assert await office.delivered() == []


async def test_a_connection_has_what_other_tasks_take(office: Office) -> None:
    """URN, vanity and the parts of the name are there."""
    output = await listed(office, keyword="mercer JANE")

    assert output["connections"] == [
        {
            "profile_id": JANE,
            "profile_urn": f"urn:li:fsd_profile:{JANE}",
            "vanity": "jane-mercer-tully",
            "profile_url": "https://www.linkedin.com/in/jane-mercer-tully",
            "full_name": "Jane Mercer-Tully",
            "first_name": "Jane",
            "last_name": "Mercer-Tully",
            "headline": "VP Engineering at TechCorp",
            "profile_image_url": None,
        }
    ]


async def test_the_newest_connection_comes_first(office: Office) -> None:
    """The list's own order is kept."""
    await office.sandbox.client.set_relation("ida-norr", Relation.CONNECTED)

    output = await listed(office, count=1)

    assert [each["vanity"] for each in output["connections"]] == ["ida-norr"]


async def test_beyond_the_end_there_is_nobody(office: Office) -> None:
    """A start past the last connection is an empty list, not a failure."""
    output = await listed(office, start=1000)

    assert output == {"connections": [], "complete": True}
