"""Members' browser sessions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.errors import StoreError
from storage.sessions import Session, SessionHealth
from storage.teams import Role
from tests.storage.world import START, World

DAY = timedelta(days=1)
STATE = {"cookies": [{"name": "li_at", "value": "secret 👋"}], "origins": []}


async def test_a_session_comes_back_with_its_state(world: World) -> None:
    """Only `open` gives the state, and its repr keeps it to itself."""
    saved = await world.store.sessions.save(
        world.member_id, STATE, health=SessionHealth.SIGNED_IN, verified=True, profile_id="ACoA1"
    )

    assert saved == Session(
        member_id=world.member_id,
        health=SessionHealth.SIGNED_IN,
        verified_at=START,
        updated_at=START,
        first_saved_at=START,
        version=2,
        profile_id="ACoA1",
    )
    assert await world.store.sessions.get(world.member_id) == saved
    opened = await world.store.sessions.open(world.member_id)
    assert opened is not None
    assert (opened.session, opened.state) == (saved, STATE)
    assert "secret" not in repr(opened)


async def test_saving_again_keeps_what_is_not_said_anew(world: World) -> None:
    """The last verification and the profile id stay; state and health are replaced."""
    await world.store.sessions.save(
        world.member_id, STATE, health=SessionHealth.SIGNED_IN, verified=True, profile_id="ACoA1"
    )
    world.clock.advance(DAY)

    saved = await world.store.sessions.save(
        world.member_id, {"cookies": []}, health=SessionHealth.CHALLENGE, verified=False
    )

    assert saved == Session(
        member_id=world.member_id,
        health=SessionHealth.CHALLENGE,
        verified_at=START,
        updated_at=START + DAY,
        first_saved_at=START,
        version=3,
        profile_id="ACoA1",
    )
    opened = await world.store.sessions.open(world.member_id)
    assert opened is not None
    assert opened.state == {"cookies": []}


async def test_the_time_of_the_first_session_stays(world: World) -> None:
    """Whatever is saved or marked later: it says how long the account is known here."""
    for _ in range(2):
        world.clock.advance(DAY)
        await world.sign_in()
        await world.store.sessions.mark(world.member_id, SessionHealth.SIGNED_OUT)

    opened = await world.store.sessions.open(world.member_id)
    assert opened is not None
    assert opened.session.first_saved_at == START
    assert (opened.session,) == tuple(await world.store.sessions.list())


async def test_a_session_may_never_have_been_verified(world: World) -> None:
    """An imported state is only a claim until a page has shown it."""
    member = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)

    saved = await world.store.sessions.save(
        member.id, STATE, health=SessionHealth.SIGNED_IN, verified=False
    )

    assert saved is not None
    assert saved.verified_at is None


@pytest.mark.parametrize("verified", [True, False])
async def test_marking_changes_the_health_only(world: World, *, verified: bool) -> None:
    """The state stays; a verification is stamped when there was one."""
    await world.store.sessions.save(
        world.member_id, STATE, health=SessionHealth.SIGNED_IN, verified=True
    )
    world.clock.advance(DAY)

    marked = await world.store.sessions.mark(
        world.member_id, SessionHealth.RESTRICTED, verified=verified
    )

    assert marked == await world.store.sessions.get(world.member_id)
    assert marked == Session(
        member_id=world.member_id,
        health=SessionHealth.RESTRICTED,
        verified_at=START + DAY if verified else START,
        updated_at=START + DAY,
        first_saved_at=START,
        version=3,
    )
    opened = await world.store.sessions.open(world.member_id)
    assert opened is not None
    assert opened.state == STATE


async def test_a_member_without_session_has_none(world: World) -> None:
    """Reading, opening and marking agree about that."""
    member = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)

    assert await world.store.sessions.get(member.id) is None
    assert await world.store.sessions.open(member.id) is None
    assert await world.store.sessions.mark(member.id, SessionHealth.SIGNED_IN) is None


async def test_a_session_needs_a_member(world: World) -> None:
    """A mistake in an id is told, not stored."""
    with pytest.raises(StoreError):
        await world.store.sessions.save(
            "nobody", STATE, health=SessionHealth.SIGNED_IN, verified=True
        )


async def test_all_sessions_are_listed(world: World) -> None:
    """Whatever their health and team."""
    stranger = await World.create(world.store, world.clock)
    await world.store.sessions.mark(stranger.member_id, SessionHealth.SIGNED_OUT)

    found = {session.member_id for session in await world.store.sessions.list()}

    assert found == {world.member_id, stranger.member_id}


@pytest.mark.parametrize("passed", [DAY, timedelta(0), -DAY], ids=["day", "nothing", "set back"])
async def test_a_newer_session_is_not_replaced_by_way_of_an_older_one(
    world: World, passed: timedelta
) -> None:
    """Whoever acted with the older one meanwhile can neither overwrite nor mark the newer."""
    sessions = world.store.sessions
    older = await sessions.save(
        world.member_id, STATE, health=SessionHealth.SIGNED_IN, verified=True
    )
    world.clock.advance(passed)
    newer = await sessions.save(
        world.member_id, {"cookies": []}, health=SessionHealth.SIGNED_IN, verified=True
    )

    late = await sessions.save(
        world.member_id, STATE, health=SessionHealth.SIGNED_IN, verified=False, replaces=older
    )
    marked = await sessions.mark(world.member_id, SessionHealth.SIGNED_OUT, replaces=older)

    assert (late, marked) == (None, None)
    assert await sessions.get(world.member_id) == newer
    assert await sessions.mark(world.member_id, SessionHealth.CHALLENGE, replaces=newer)


async def test_another_accounts_session_takes_no_ones_place(world: World) -> None:
    """Not that of the account that is known; nothing of it is stored, and nothing changes."""
    sessions = world.store.sessions
    known = await sessions.save(
        world.member_id, STATE, health=SessionHealth.SIGNED_OUT, verified=True, profile_id="ACoA1"
    )
    world.clock.advance(DAY)

    refused = await sessions.save(
        world.member_id,
        {"cookies": []},
        health=SessionHealth.SIGNED_IN,
        verified=True,
        profile_id="ACoA2",
    )

    assert refused is None
    opened = await sessions.open(world.member_id)
    assert opened is not None
    assert (opened.session, opened.state) == (known, STATE)


async def test_another_account_takes_the_place_where_that_is_said(world: World) -> None:
    """It is young here, whatever the one before was."""
    sessions = world.store.sessions
    for profile_id in ("ACoA1", "ACoA2", "ACoA2"):
        world.clock.advance(DAY)
        saved = await sessions.save(
            world.member_id,
            STATE,
            health=SessionHealth.SIGNED_IN,
            verified=True,
            profile_id=profile_id,
            replaces_account=True,
        )
        assert saved is not None
        assert saved.profile_id == profile_id
        assert saved.first_saved_at == START + (2 * DAY if profile_id == "ACoA2" else 0 * DAY)


async def test_a_mark_tells_whose_session_it_is_where_nobody_knew(world: World) -> None:
    """What is known is not changed by it, nor forgotten."""
    for told in (None, "ACoA1", "ACoA2", None):
        marked = await world.store.sessions.mark(
            world.member_id, SessionHealth.SIGNED_IN, profile_id=told
        )
        assert marked is not None
        assert marked.profile_id == (None if marked.version == 2 else "ACoA1")
