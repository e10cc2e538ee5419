"""Opening what commands work with."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from api.keys import create_key
from api.settings import ApiSettings
from executor.settings import ExecutorSettings
from storage.secrets import StateCipher, load_key
from storage.settings import StorageSettings
from storage.sqlite.store import SqliteStore
from storage.teams import Role

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from storage.ports import Store
    from storage.teams import Member, Team


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every package's settings, read once."""

    storage: StorageSettings
    executor: ExecutorSettings
    api: ApiSettings

    @property
    def artifacts(self) -> Path:
        """Where pages that were not understood are kept."""
        return self.storage.data_dir / "artifacts"

    @property
    def locators(self) -> Path:
        """Where the operator's own candidates of elements are, if there are any."""
        return self.storage.data_dir / "locators.toml"


def read_settings(
    *,
    data_dir: Path | None = None,
    executor: dict[str, Any] | None = None,
    api: dict[str, Any] | None = None,
) -> Settings:
    """Read the settings; what the command line says wins over environment and `.env`.

    Entries that are `None` count as not said.
    """
    return Settings(
        storage=StorageSettings(**_said({"data_dir": data_dir})),
        executor=ExecutorSettings(**_said(executor or {})),
        api=ApiSettings(**_said(api or {})),
    )


def utc_now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def open_store(settings: StorageSettings) -> AsyncIterator[SqliteStore]:
    """Open the store, made or migrated first when needed."""
    cipher = StateCipher(load_key(settings))
    store = await SqliteStore.open(settings.database_path, cipher=cipher)
    try:
        yield store
    finally:
        await store.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstTeam:
    """What an empty store was given so that it can be used."""

    team: Team
    admin: Member
    api_key: str
    """Shown once; the store keeps its digest only."""


async def found_team(store: Store, *, api_key: str | None = None) -> FirstTeam | None:
    """Make a team, its admin and a key in an empty store; `None` when there is a team already."""
    if await store.teams.list():
        return None
    team = await store.teams.create("My team")
    admin = await store.teams.add_member(team.id, name="Admin", role=Role.ADMIN)
    key = await create_key(store, team.id, name="first key", text=api_key)
    return FirstTeam(team=team, admin=admin, api_key=key)


def _said(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
