"""Profiles full of other people's controls, and of one's own that do not mean what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.people import Relation
from tests.executor.office import JANE, STRANGER
from tests.executor.scenarios.judging import judged

if TYPE_CHECKING:
    from tests.executor.office import Office


@pytest.mark.scenario(1, 28)
@pytest.mark.parametrize("wrapped", [True, False], ids=["nested", "flat"])
async def test_where_only_strangers_can_be_invited_nobody_is(office: Office, wrapped: bool) -> None:
    """Their Connect stands before and after the card, which itself has none."""
    await office.sandbox.client.toggle(wrapper_section=wrapped)
    await office.sandbox.client.set_relation(STRANGER, Relation.FOLLOW_ONLY)

    task = await office.invite()

    assert await judged(office, task) == ("failed", "follow_only", [])


@pytest.mark.scenario(1, 28)
async def test_a_namesake_on_the_page_gets_nothing(office: Office) -> None:
    """Names are no identity: the invitation goes to the id that was asked for."""
    twin = await office.sandbox.client.add_person(
        first_name="Oskar", last_name="Fjeldgren", relation=Relation.CONNECTABLE
    )

    task = await office.invite(twin.id)

    assert await judged(office, task) == ("succeeded", None, [("invitation", twin.id, None)])


@pytest.mark.scenario(2)
@pytest.mark.parametrize("distance", [2, 3])
@pytest.mark.parametrize(
    ("person", "account"),
    [({"open_profile": True}, {}), ({}, {"premium": True})],
    ids=["open profile", "premium"],
)
async def test_a_message_button_makes_no_connection(
    office: Office, distance: int, person: dict[str, Any], account: dict[str, Any]
) -> None:
    """Open profiles and Premium accounts get one on the second and third degree too."""
    client = office.sandbox.client
    await client.change_person(STRANGER, distance=distance, **person)
    if account:
        await client.change_account(1, **account)

    task = await office.message("Hello", to=STRANGER)

    assert await judged(office, task) == ("failed", "not_connected", [])


@pytest.mark.scenario(3)
async def test_hidden_marks_of_another_relation_do_not_count(office: Office) -> None:
    """A connection's card has both degrees and a Pending that nobody sees."""
    invited, written = await office.invite(JANE), await office.message("Hello")

    assert invited.error is not None
    assert invited.error.code == "already_connected"
    assert await judged(office, written) == ("succeeded", None, [("message", JANE, "Hello")])


@pytest.mark.scenario(4)
@pytest.mark.drift("2026-09", "2026-09-27")
@pytest.mark.parametrize("sales", [False, True], ids=["plain", "sales navigator"])
async def test_pending_that_stands_below_more_only_is_seen(office: Office, sales: bool) -> None:
    """Nobody is invited a second time because the card keeps quiet about the first."""
    await office.sandbox.client.toggle(controls_in_more=True, sales_navigator=sales)

    first, second = await office.invite(), await office.invite()

    assert first.status == "succeeded"
    assert await judged(office, second) == (
        "failed",
        "already_pending",
        [("invitation", STRANGER, None)],
    )


@pytest.mark.scenario(6)
@pytest.mark.parametrize("relation", [Relation.FOLLOW_ONLY, Relation.INCOMING])
async def test_follow_is_never_taken_for_accept(office: Office, relation: Relation) -> None:
    """Neither is pressed: an invitation that was asked for accepts nobody and follows nobody."""
    await office.sandbox.client.toggle(sales_navigator=relation is Relation.FOLLOW_ONLY)
    await office.sandbox.client.set_relation(STRANGER, relation)
    code = "follow_only" if relation is Relation.FOLLOW_ONLY else "already_pending"

    task = await office.invite()

    assert await judged(office, task) == ("failed", code, [])
    assert (await office.sandbox.client.relation(STRANGER)).relation is relation
    calls = [each.path for each in await office.sandbox.client.visits("/voyager")]
    assert [path for path in calls if "accept" in path or "ollow" in path] == []


@pytest.mark.drift("2026-08-26")
async def test_an_account_without_invitation_links_gets_no_guess(office: Office) -> None:
    """No Connect anywhere need not mean that the member only takes followers."""
    await office.sandbox.client.toggle(connect_anchors=False)

    task = await office.invite()

    assert await judged(office, task) == ("failed", "ui_changed", [])
