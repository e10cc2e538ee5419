"""The key to what is encrypted is changed, and nothing becomes unreadable on the way."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from storage.errors import NoNewKey, SecretUnreadable, StoreError, StoreUnavailable
from storage.secrets import StateCipher, keys_in, load_key, new_key, new_webhook_secret, write_keys
from storage.sessions import SessionHealth
from storage.settings import StorageSettings
from storage.sqlite import SqliteStore
from storage.sqlite.rotation import rotate_key
from tests.storage.outbox import LEASE, hook
from tests.storage.world import TTL, MovableClock, World

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import SecretStr

STATE = {"cookies": [{"name": "li_at", "value": "x"}]}
_REFUSING = """
CREATE TRIGGER refusing BEFORE UPDATE OF secret ON webhook_endpoints
BEGIN
    SELECT raise(ABORT, 'interrupted');
END
"""


@pytest.fixture
async def settings(tmp_path: Path) -> StorageSettings:
    """Make a database with a session, and a webhook whose secret is being replaced."""
    settings = StorageSettings(_env_file=None, data_dir=tmp_path / "data")
    store = await opened(settings, load_key(settings))
    world = await World.create(store, MovableClock())
    await store.sessions.save(world.member_id, STATE, health=SessionHealth.SIGNED_IN, verified=True)
    made = await hook(world)
    await store.webhooks.rotate_secret(
        made.id, team_id=world.team_id, secret=new_webhook_secret(), old_kept_for=TTL
    )
    await store.webhooks.callback_secret(world.team_id)
    await store.webhooks.send_test(made.id, team_id=world.team_id)
    await store.close()
    return settings


async def opened(settings: StorageSettings, key: SecretStr) -> SqliteStore:
    return await SqliteStore.open(
        settings.database_path, cipher=StateCipher(key), clock=MovableClock()
    )


async def secrets_with(settings: StorageSettings, key: SecretStr) -> list[str]:
    """Return every secret that there is, read with this key alone."""
    store = await opened(settings, key)
    try:
        [team] = await store.teams.list()
        [member] = await store.teams.members(team.id)
        session = await store.sessions.open(member.id)
        assert session is not None
        [claimed] = await store.outbox.claim(ttl=LEASE, limit=9)
        await store.outbox.give_back(claimed)
        callbacks = await store.webhooks.callback_secret(team.id)
        found = [*claimed.secrets, callbacks]
        return [str(dict(session.state)), *(each.get_secret_value() for each in found)]
    finally:
        await store.close()


def execute(settings: StorageSettings, statement: str) -> None:
    with closing(sqlite3.connect(settings.database_path)) as connection:
        connection.execute(statement)


async def test_everything_is_readable_with_the_new_key_only(settings: StorageSettings) -> None:
    """The old one opens nothing any more, and is gone from the file."""
    old = load_key(settings)
    before = await secrets_with(settings, old)

    done = await rotate_key(settings)

    new = load_key(settings)
    assert (done.sessions, done.secrets, done.unreadable) == (1, 3, 0)
    assert len(before) == 4
    assert (len(keys_in(new)), new != old) == (1, True)
    assert await secrets_with(settings, new) == before
    with pytest.raises(SecretUnreadable):
        await secrets_with(settings, old)


async def test_what_was_interrupted_before_the_commit_is_done_again(
    settings: StorageSettings,
) -> None:
    """Meanwhile both keys are there, and the program works; the new one is not made twice."""
    old = load_key(settings)
    before = await secrets_with(settings, old)
    execute(settings, _REFUSING)

    with pytest.raises(StoreError, match="interrupted"):
        await rotate_key(settings)
    both = load_key(settings)
    meanwhile = await secrets_with(settings, both)
    untouched = await secrets_with(settings, old)
    execute(settings, "DROP TRIGGER refusing")
    await rotate_key(settings)

    assert keys_in(both)[1:] == (old,)
    assert meanwhile == untouched == before
    assert load_key(settings) == keys_in(both)[0]
    assert await secrets_with(settings, keys_in(both)[0]) == before


async def test_what_was_interrupted_after_the_commit_is_done_again(
    settings: StorageSettings,
) -> None:
    """Everything is encrypted with the new key by then; the old one is only taken away."""
    old = load_key(settings)
    before = await secrets_with(settings, old)
    await rotate_key(settings)
    new = load_key(settings)
    write_keys(settings.data_dir / "session.key", (new, old))

    assert await secrets_with(settings, load_key(settings)) == before
    await rotate_key(settings)

    assert load_key(settings) == new
    assert await secrets_with(settings, new) == before


async def test_nothing_is_changed_while_another_process_uses_the_database(
    settings: StorageSettings,
) -> None:
    """It would go on writing with the key that it knows."""
    key = load_key(settings)
    store = await opened(settings, key)

    try:
        with pytest.raises(StoreUnavailable, match="stop `serve`"):
            await rotate_key(settings)
    finally:
        await store.close()

    assert load_key(settings) == key


async def test_a_key_in_the_environment_is_changed_by_its_owner(
    settings: StorageSettings,
) -> None:
    """He puts the new one before it, and takes the old one away afterwards."""
    old, new = load_key(settings), new_key()
    before = await secrets_with(settings, old)
    both = f"{new.get_secret_value()} {old.get_secret_value()}"

    with pytest.raises(NoNewKey):
        await rotate_key(settings.model_copy(update={"encryption_key": old}))
    done = await rotate_key(settings.model_copy(update={"encryption_key": type(new)(both)}))

    assert done.old_keys_in_place
    assert await secrets_with(settings, new) == before


async def test_what_no_key_opens_stays_as_it_was(settings: StorageSettings) -> None:
    """A key that was only forgotten can still be put back."""
    forgotten = load_key(settings)
    before = await secrets_with(settings, forgotten)
    write_keys(settings.data_dir / "session.key", (new_key(),))

    done = await rotate_key(settings)

    assert (done.sessions, done.secrets, done.unreadable) == (0, 0, 4)
    assert await secrets_with(settings, forgotten) == before
