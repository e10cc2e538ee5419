"""Addresses that lead elsewhere, and search results that tell less than they did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from executor.sandbox.people import Relation
from tests.executor.scenarios.judging import judged

if TYPE_CHECKING:
    from tests.executor.office import Office
    from tests.executor.scenarios.judging import Delivery


@pytest.mark.scenario(23)
@pytest.mark.drift("2026-09-27")
@pytest.mark.parametrize("relation", [Relation.CONNECTABLE, Relation.CONNECTED])
async def test_umlauts_and_suffixes_in_an_address_change_nothing(
    office: Office, relation: Relation
) -> None:
    """LinkedIn percent-encodes the one and appends the other, and means the same member."""
    client = office.sandbox.client
    dieter = await client.add_person(
        first_name="Dieter", last_name="König", vanity="dieter-könig", relation=relation
    )
    await client.toggle(self_profile_suffix=True)
    person = {"vanity": "dieter-könig"}
    if relation is Relation.CONNECTED:
        task_id = await office.ask("send_message", recipient=person, message="Hallo")
        expected: Delivery = ("message", dieter.id, "Hallo")
    else:
        task_id = await office.ask("send_connection_request", invitee=person)
        expected = ("invitation", dieter.id, None)

    await office.runner().run_once()

    assert await judged(office, await office.task(task_id)) == ("succeeded", None, [expected])


@pytest.mark.scenario(23)
async def test_a_dead_profile_takes_nothing(office: Office) -> None:
    """Neither a message nor an invitation goes to somebody who has left."""
    client = office.sandbox.client
    gone = await client.add_person(relation=Relation.CONNECTED, gone=True)

    written, invited = await office.message("Hello", to=gone.id), await office.invite(gone.id)

    assert await judged(office, written) == ("failed", "profile_not_found", [])
    assert await judged(office, invited) == ("failed", "profile_not_found", [])


@pytest.mark.scenario(24)
@pytest.mark.drift("2026-05-22")
async def test_past_the_commercial_limit_no_message_is_sent(office: Office) -> None:
    """LinkedIn leads to a page of strangers without a word; the task has the word."""
    await office.sandbox.client.toggle(commercial_limit=True)

    task = await office.message("Hello")

    assert await judged(office, task) == ("failed", "commercial_use_limit", [])


@pytest.mark.drift("2025-26")
async def test_results_that_a_view_name_marks_are_read(office: Office) -> None:
    """They tell no id, so none is made up."""
    await office.sandbox.client.toggle(search_cards="named")

    task = await office.read("search_profiles", first_name="Oskar", last_name="Fjeldgren")

    assert task.error is None
    assert task.output is not None
    (found,) = task.output["people"]
    assert (found["vanity"], found["full_name"], found["degree"], found["profile_id"]) == (
        "oskar-fjeldgren",
        "Oskar Fjeldgren",
        2,
        None,
    )
