"""Teams, members and API keys."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.errors import Duplicate, StoreError
from storage.secrets import digest_key, new_api_key
from storage.sessions import SessionHealth
from storage.teams import ApiKey, Caller, Member, Role, Scope, Team
from tests.storage.world import START, World

DAY = timedelta(days=1)


async def add_key(world: World, team_id: str | None = None, scope: Scope = Scope.FULL) -> ApiKey:
    text = new_api_key()
    return await world.store.keys.add(
        team_id or world.team_id,
        name="laptop",
        digest=digest_key(text),
        hint=text[:7],
        scope=scope,
    )


async def test_teams_are_listed_the_oldest_first(world: World) -> None:
    """A team has a name, an id of its own and the time it was made."""
    world.clock.advance(DAY)
    team = await world.store.teams.create("Other")

    assert team == Team(id=team.id, name="Other", created_at=START + DAY)
    assert [found.name for found in await world.store.teams.list()] == ["Acme", "Other"]


async def test_members_are_listed_by_when_they_joined(world: World) -> None:
    """The time may be given, because a team can be older than its entry here."""
    older = await world.store.teams.add_member(
        world.team_id, name="Bob", role=Role.MEMBER, joined_at=START - DAY
    )

    assert older == Member(
        id=older.id,
        team_id=world.team_id,
        name="Bob",
        role=Role.MEMBER,
        joined_at=START - DAY,
    )
    members = await world.store.teams.members(world.team_id)
    assert [member.id for member in members] == [older.id, world.member_id]
    assert await world.store.teams.member(older.id) == older
    assert await world.store.teams.member("nobody") is None


async def test_a_member_needs_a_team(world: World) -> None:
    """A mistake in an id is told, not stored."""
    with pytest.raises(StoreError):
        await world.store.teams.add_member("nothing", name="Bob", role=Role.MEMBER)


async def test_the_oldest_admin_acts(world: World) -> None:
    """Older members who are no admins do not count, nor do younger admins."""
    await world.store.teams.add_member(
        world.team_id, name="Bob", role=Role.MEMBER, joined_at=START - DAY
    )
    await world.store.teams.add_member(
        world.team_id, name="Cyd", role=Role.ADMIN, joined_at=START + DAY
    )

    acting = await world.store.teams.acting_member(world.team_id)

    assert acting is not None
    assert acting.id == world.member_id


async def test_admins_who_joined_together_are_told_apart_by_id(world: World) -> None:
    """The choice is the same every time."""
    team = await world.store.teams.create("Twins")
    twins = [
        await world.store.teams.add_member(team.id, name="T", role=Role.ADMIN, joined_at=START)
        for _ in range(5)
    ]

    acting = await world.store.teams.acting_member(team.id)

    assert acting == min(twins, key=lambda member: member.id)


async def test_a_team_without_admin_has_nobody_who_acts(world: World) -> None:
    """Neither has a team that does not exist."""
    team = await world.store.teams.create("Empty")
    await world.store.teams.add_member(team.id, name="Bob", role=Role.MEMBER)

    assert await world.store.teams.acting_member(team.id) is None
    assert await world.store.teams.acting_member("nothing") is None


async def test_keys_are_listed_for_one_team_or_for_all(world: World) -> None:
    """Revoked ones stay in the list."""
    other = await world.store.teams.create("Other")
    mine = await add_key(world)
    world.clock.advance(DAY)
    theirs = await add_key(world, other.id, Scope.READ)
    await world.store.keys.revoke(theirs.id)

    revoked = next(key for key in await world.store.keys.list(other.id))
    assert list(await world.store.keys.list(world.team_id)) == [mine]
    assert list(await world.store.keys.list()) == [mine, revoked]
    assert revoked.revoked_at == START + DAY
    assert revoked.scope is Scope.READ


async def test_a_key_is_stored_once(world: World) -> None:
    """Two entries for one text would make it unclear who calls."""
    key = await add_key(world)

    with pytest.raises(Duplicate):
        await world.store.keys.add(
            world.team_id, name="again", digest=key.digest, hint="lx_", scope=Scope.READ
        )


async def test_a_key_is_revoked_once(world: World) -> None:
    """A second time, or for an unknown key, the answer is no."""
    key = await add_key(world)

    assert await world.store.keys.revoke(key.id) is True
    assert await world.store.keys.revoke(key.id) is False
    assert await world.store.keys.revoke("nothing") is False
    assert await world.store.keys.caller(key.digest) is None


async def test_a_caller_is_known_by_the_digest_alone(world: World) -> None:
    """Everything that authentication needs comes with it."""
    key = await add_key(world, scope=Scope.READ)

    caller = await world.store.keys.caller(key.digest)

    assert caller == Caller(
        key_id=key.id,
        team_id=world.team_id,
        scope=Scope.READ,
        acting_member_id=world.member_id,
        acting_session_active=True,
        team_verified_at=START,
    )
    assert await world.store.keys.caller(digest_key("lx_unknown")) is None


async def test_a_callers_session_is_active_only_while_signed_in(world: World) -> None:
    """The verification of the past stays on record, though."""
    key = await add_key(world)
    await world.store.sessions.mark(world.member_id, SessionHealth.SIGNED_OUT)

    caller = await world.store.keys.caller(key.digest)

    assert caller is not None
    assert caller.acting_session_active is False
    assert caller.team_verified_at == START


async def test_any_member_counts_for_the_teams_verification(world: World) -> None:
    """The acting admin's session is told apart from the team's latest sign-in."""
    key = await add_key(world)
    member = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)
    world.clock.advance(DAY)
    await world.sign_in(member.id)
    stranger = await World.create(world.store, world.clock)
    world.clock.advance(DAY)
    await stranger.sign_in()

    caller = await world.store.keys.caller(key.digest)

    assert caller is not None
    assert caller.acting_member_id == world.member_id
    assert caller.team_verified_at == START + DAY


async def test_a_caller_of_an_empty_team_has_nobody_to_act(world: World) -> None:
    """The key itself is still good."""
    team = await world.store.teams.create("Empty")
    key = await add_key(world, team.id)

    assert await world.store.keys.caller(key.digest) == Caller(
        key_id=key.id,
        team_id=team.id,
        scope=Scope.FULL,
        acting_member_id=None,
        acting_session_active=False,
        team_verified_at=None,
    )


async def test_an_account_is_found_by_its_id_and_by_its_names(world: World) -> None:
    """Clients know accounts by the ids of another service."""
    other = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)
    await world.store.teams.add_alias(world.member_id, "acc_12345")
    await world.store.teams.add_alias(other.id, "696ce9e780e0483585e4e553")
    await world.store.teams.add_alias(other.id, "bob")
    find = world.store.teams.member_of_account

    assert [
        found.name if (found := await find(world.team_id, name)) else None
        for name in (world.member_id, "acc_12345", other.id, "bob", "nobody", "")
    ] == ["Ada", "Ada", "Bob", "Bob", None, None]
    assert await world.store.teams.aliases(world.team_id) == {
        world.member_id: ["acc_12345"],
        other.id: ["696ce9e780e0483585e4e553", "bob"],
    }


async def test_a_name_belongs_to_one_account_of_the_team(world: World) -> None:
    """Given to another account, it leaves the first; another team may use it as well."""
    other = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)
    team = await world.store.teams.create("Other")
    stranger = await world.store.teams.add_member(team.id, name="Olga", role=Role.ADMIN)
    for member_id in (world.member_id, other.id, stranger.id):
        await world.store.teams.add_alias(member_id, "main")

    ours = await world.store.teams.member_of_account(world.team_id, "main")
    theirs = await world.store.teams.member_of_account(team.id, "main")

    assert (ours, theirs) == (other, stranger)
    assert await world.store.teams.remove_alias(world.team_id, "main")
    assert not await world.store.teams.remove_alias(world.team_id, "main")
    assert await world.store.teams.member_of_account(world.team_id, "main") is None
    assert await world.store.teams.member_of_account(team.id, "main") == stranger


async def test_an_account_of_another_team_is_not_found(world: World) -> None:
    """Neither by its id nor by a name that happens to be its id."""
    team = await world.store.teams.create("Other")

    assert await world.store.teams.member_of_account(team.id, world.member_id) is None


async def test_an_id_counts_before_a_name(world: World) -> None:
    """No name can take an account's own id away from it."""
    other = await world.store.teams.add_member(world.team_id, name="Bob", role=Role.MEMBER)
    await world.store.teams.add_alias(other.id, world.member_id)

    found = await world.store.teams.member_of_account(world.team_id, world.member_id)

    assert found is not None
    assert found.name == "Ada"
