"""Data directories with a team in them, and the sandbox that its accounts are signed in at."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.cli.wiring import found_team, open_store
from executor.sandbox.client import SandboxClient
from storage.sessions import SessionHealth
from storage.settings import StorageSettings
from storage.teams import Role
from tests.bench.programs import product, running
from tests.faults.crowd import Crowd
from tests.faults.place import MUCH, ordinary_people

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from storage.ports import Store
    from storage.tasks import JsonObject

NOBODY: JsonObject = {"cookies": [], "origins": []}
"""A session that signs nobody in, for what never opens a browser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A data directory that programs are started on."""

    data_dir: Path
    api_key: str
    team_id: str
    members: tuple[str, ...]

    @property
    def storage(self) -> StorageSettings:
        return StorageSettings(data_dir=self.data_dir)

    @asynccontextmanager
    async def crowd(self) -> AsyncIterator[Crowd]:
        """Open the store beside whatever runs on it, to ask for tasks and wait for their ends."""
        async with open_store(self.storage) as store:
            yield Crowd(store, self.team_id, list(self.members))


async def furnish(data_dir: Path, sessions: Sequence[JsonObject]) -> Place:
    """Make a team with a member for each session; the first one acts for OutX's clients."""
    async with open_store(StorageSettings(data_dir=data_dir)) as store:
        first = await found_team(store)
        assert first is not None
        members = [first.admin.id]
        for number in range(1, len(sessions)):
            more = await store.teams.add_member(first.team.id, name=f"{number}", role=Role.ADMIN)
            members.append(more.id)
        for member_id, state in zip(members, sessions, strict=True):
            await _sign_in(store, member_id, state)
        return Place(
            data_dir=data_dir,
            api_key=first.api_key,
            team_id=first.team.id,
            members=tuple(members),
        )


async def _sign_in(store: Store, member_id: str, state: JsonObject) -> None:
    await store.sessions.save(member_id, state, health=SessionHealth.SIGNED_IN, verified=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A sandbox in a process of its own."""

    client: SandboxClient
    friends: tuple[str, ...]
    """Profile ids of ordinary people whom every account may write to."""
    strangers: tuple[str, ...]
    """Profile ids of ordinary people whom every account may invite."""

    @property
    def url(self) -> str:
        return self.client.url

    def with_friends(self, more: Sequence[str]) -> Site:
        """Return the same site with more people to write to."""
        return replace(self, friends=(*self.friends, *more))

    async def sessions(self, number: int) -> list[JsonObject]:
        """Return the sessions of so many new accounts."""
        return [await self._session() for _ in range(number)]

    async def _session(self) -> JsonObject:
        account = (await self.client.add_account()).id
        await self.client.change_limits(
            account, weekly_invitations_left=MUCH, personal_notes_left=MUCH
        )
        return await self.client.storage_state(account)


@asynccontextmanager
async def sandbox(folder: Path) -> AsyncIterator[Site]:
    """Run a sandbox until the block is left."""
    async with running(*product("sandbox", "--json", "--port", "0"), folder=folder) as program:
        ready = await program.heard()
        async with SandboxClient(ready["sandbox_url"]) as client:
            account = (await client.accounts())[0].id
            yield Site(
                client=client,
                friends=tuple(await ordinary_people(client, account, "connected")),
                strangers=tuple(await ordinary_people(client, account, "connectable")),
            )
