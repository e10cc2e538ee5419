"""Profile ids and vanities."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.people import KnownPerson
from storage.teams import Role
from tests.storage.world import START, World

DAY = timedelta(days=1)


async def test_a_person_is_found_both_ways(world: World) -> None:
    """By the id that never changes, and by the vanity."""
    await world.store.people.remember(
        world.member_id, profile_id="ACoA1", vanity="grace-hopper", name="Grace Hopper"
    )

    person = KnownPerson(
        profile_id="ACoA1", vanity="grace-hopper", name="Grace Hopper", seen_at=START
    )
    assert await world.store.people.by_profile_id(world.member_id, "ACoA1") == person
    assert await world.store.people.by_vanity(world.member_id, "grace-hopper") == person
    assert await world.store.people.by_profile_id(world.member_id, "ACoA2") is None
    assert await world.store.people.by_vanity(world.member_id, "ada") is None


@pytest.mark.parametrize("asked", ["JÖRG-müller", "jörg-MÜLLER", "Jörg-Müller"])
async def test_a_vanity_is_found_whatever_its_case(world: World, asked: str) -> None:
    """Letters outside ASCII count as well; the spelling that was seen is returned."""
    await world.store.people.remember(
        world.member_id, profile_id="ACoA1", vanity="Jörg-Müller", name="Jörg"
    )

    person = await world.store.people.by_vanity(world.member_id, asked)

    assert person is not None
    assert person.vanity == "Jörg-Müller"


async def test_a_person_who_changed_the_vanity_is_no_longer_found_by_the_old(
    world: World,
) -> None:
    """What was seen last counts."""
    for vanity in ("old", "new"):
        await world.store.people.remember(
            world.member_id, profile_id="ACoA1", vanity=vanity, name="Grace"
        )
        world.clock.advance(DAY)

    person = await world.store.people.by_vanity(world.member_id, "new")

    assert await world.store.people.by_vanity(world.member_id, "old") is None
    assert person == KnownPerson(
        profile_id="ACoA1", vanity="new", name="Grace", seen_at=START + DAY
    )


async def test_a_vanity_belongs_to_its_newest_owner(world: World) -> None:
    """Sending to the former owner would be sending to the wrong person."""
    for profile_id in ("ACoA1", "ACoA2"):
        await world.store.people.remember(
            world.member_id, profile_id=profile_id, vanity="Grace", name=profile_id
        )

    person = await world.store.people.by_vanity(world.member_id, "grace")

    assert person is not None
    assert person.profile_id == "ACoA2"
    assert await world.store.people.by_profile_id(world.member_id, "ACoA1") is None


async def test_each_account_knows_its_own_people(world: World) -> None:
    """The ids in addresses depend on who is looking."""
    other = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)
    await world.store.people.remember(
        world.member_id, profile_id="ACoA1", vanity="grace", name="Grace"
    )
    await world.store.people.remember(other.id, profile_id="ACoA9", vanity="grace", name="Grace")

    mine = await world.store.people.by_vanity(world.member_id, "grace")

    assert mine is not None
    assert mine.profile_id == "ACoA1"
    assert await world.store.people.by_profile_id(other.id, "ACoA1") is None


async def test_a_conversation_is_known_both_ways(world: World) -> None:
    """By its id, and by the one who is in it; there may be several with one person."""
    people = world.store.people
    await people.remember_conversations(world.member_id, {"2-b": "ACoA1", "2-a": "ACoA1"})
    await people.remember_conversations(world.member_id, {"2-c": "ACoA2"})

    assert await people.in_conversation(world.member_id, "2-a") == "ACoA1"
    assert await people.in_conversation(world.member_id, "2-d") is None
    assert await people.conversations_with(world.member_id, "ACoA1") == ["2-a", "2-b"]
    assert await people.conversations_with(world.member_id, "ACoA3") == []


async def test_what_was_seen_last_counts_for_a_conversation(world: World) -> None:
    """Whatever was known of it before."""
    people = world.store.people
    for profile_id in ("ACoA1", "ACoA2", "ACoA2"):
        await people.remember_conversations(world.member_id, {"2-a": profile_id})

    assert await people.in_conversation(world.member_id, "2-a") == "ACoA2"
    assert await people.conversations_with(world.member_id, "ACoA1") == []


async def test_each_account_has_its_own_conversations(world: World) -> None:
    """An id belongs to one mailbox."""
    people = world.store.people
    other = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)
    await people.remember_conversations(world.member_id, {"2-a": "ACoA1"})

    assert await people.in_conversation(other.id, "2-a") is None
    assert await people.conversations_with(other.id, "ACoA1") == []
