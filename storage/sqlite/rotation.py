"""A new key for what is encrypted in the database.

At every moment the key in place opens everything: first the new key is put before the old one, then
everything is encrypted anew in one transaction, then the old key is taken away. Whoever is
interrupted in between starts again and goes on with the new key that is there.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storage.errors import NoNewKey, SecretUnreadable, StoreUnavailable
from storage.secrets import StateCipher, key_file, keys_in, load_key, new_key, write_keys
from storage.sqlite.connection import database_uri
from storage.sqlite.failures import translated
from storage.sqlite.migrate import require_ours
from storage.sqlite.queries import query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storage.settings import StorageSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """What was encrypted anew."""

    sessions: int
    secrets: int
    """Of webhooks; one that is being replaced counts twice."""
    unreadable: int
    """What none of the keys opens; it stays as it was."""
    old_keys_in_place: bool
    """Whether the caller has to take the old key away, because only they can."""


async def rotate_key(settings: StorageSettings) -> Rotation:
    """Encrypt everything with a new key, while no other process uses the database.

    With a key file, the new key is made and put there. A key that is in the environment has to be
    put there by hand, before the old one.

    Raises:
        NoNewKey: the key is in the environment, and there is no new one before it.
        SecretUnreadable: the keys cannot be read, or the key file cannot be written.
        StoreUnavailable: another process uses the database; nothing was changed.
    """
    return await asyncio.to_thread(_rotate, settings)


def _rotate(settings: StorageSettings) -> Rotation:
    file = key_file(settings)
    with translated(), closing(_open(settings.database_path)) as connection:
        with _alone(connection):
            require_ours(connection)
            connection.execute("PRAGMA secure_delete = ON").fetchone()
            key = load_key(settings)
            keys = keys_in(key)
            if len(keys) == 1:
                if file is None:
                    raise NoNewKey
                keys = (new_key(), *keys)
                write_keys(file, keys)
            rotation = _encrypt_anew(connection, StateCipher(*keys), by_hand=file is None)
        # What was written with the old key must not lie about in the log, either.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if file is None:
        return rotation
    try:
        write_keys(file, keys[:1])
    except SecretUnreadable:
        return replace(rotation, old_keys_in_place=True)
    return rotation


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(database_uri(path), uri=True, timeout=1, isolation_level=None)
    connection.row_factory = sqlite3.Row
    # The file is this connection's alone for as long as it is open.
    connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
    return connection


@contextmanager
def _alone(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        raise StoreUnavailable(
            "Another process uses the database: stop `serve` and every `run` first."
        ) from error
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _encrypt_anew(
    connection: sqlite3.Connection, cipher: StateCipher, *, by_hand: bool
) -> Rotation:
    sessions = secrets = unreadable = 0
    for row in connection.execute(query("sealed_sessions")).fetchall():
        try:
            state = cipher.anew(row["state"])
        except SecretUnreadable:
            unreadable += 1
            continue
        connection.execute(query("seal_session"), {"member_id": row["member_id"], "state": state})
        sessions += 1
    for row in connection.execute(query("sealed_secrets")).fetchall():
        sealed: dict[str, bytes | None] = {}
        for name in ("secret", "old_secret"):
            sealed[name] = row[name]
            if row[name] is None:
                continue
            try:
                sealed[name] = cipher.anew(row[name])
                secrets += 1
            except SecretUnreadable:
                unreadable += 1
        connection.execute(query("seal_secrets"), {"webhook_id": row["id"], **sealed})
    return Rotation(
        sessions=sessions, secrets=secrets, unreadable=unreadable, old_keys_in_place=by_hand
    )
