"""How the account stands with somebody, from the page to what clients get."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from executor.sandbox.people import Relation
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE, STRANGER

if TYPE_CHECKING:
    from tests.executor.office import Office


@pytest.mark.parametrize(
    ("relation", "told"),
    [
        (Relation.CONNECTED, "connected"),
        (Relation.CONNECTABLE, "connectable"),
        (Relation.PENDING, "pending"),
        (Relation.INCOMING, "incoming"),
        (Relation.FOLLOW_ONLY, "follow_only"),
    ],
)
async def test_the_profile_tells_how_two_people_stand(
    office: Office, relation: Relation, told: str
) -> None:
    """With the names that other tasks take; nothing is written."""
    await office.sandbox.client.set_relation(STRANGER, relation)

    task = await office.read("fetch_relationship", person={"vanity": "oskar-fjeldgren"})

    assert (task.status, task.output) == (
        TaskStatus.SUCCEEDED,
        {
            "profile_id": STRANGER,
            "profile_urn": f"urn:li:fsd_profile:{STRANGER}",
            "vanity": "oskar-fjeldgren",
            "full_name": "Oskar Fjeldgren",
            "relationship": told,
        },
    )
    assert await office.delivered() == []


async def test_what_a_page_does_not_tell_is_unknown(office: Office) -> None:
    """In a language that is not understood, without anything structural to go by."""
    await office.sandbox.client.toggle(language="ja", connect_anchors=False)
    await office.sandbox.client.set_relation(STRANGER, Relation.CONNECTABLE)

    task = await office.read("fetch_relationship", person={"profile_id": STRANGER})

    assert task.output is not None
    assert task.output["relationship"] == "unknown"


async def test_nobody_stands_in_no_relation(office: Office) -> None:
    """A profile that does not exist is no relationship."""
    task = await office.read("fetch_relationship", person={"vanity": "nobody-at-all"})

    assert task.error is not None
    assert task.error.code is ErrorCode.PROFILE_NOT_FOUND
    assert JANE not in task.error.message
