"""Bringing a database up to date: `schema.sql` for a new one, numbered steps for an older one.

Each step and the record of it are one transaction. `executescript` would commit that transaction
before it runs anything, so a script is split and its statements are executed one by one.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from storage.errors import SchemaTooNew, StoreUnavailable
from storage.sqlite.queries import query
from storage.sqlite.times import to_micros

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storage.sqlite.times import Clock


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered step forward; there is no way back."""

    version: int
    name: str
    script: str


@cache
def known_migrations() -> tuple[Migration, ...]:
    folder = files("storage.sqlite").joinpath("migrations")
    found = (
        Migration(int(file.name[:4]), file.name.removesuffix(".sql"), file.read_text("utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".sql")
    )
    return tuple(sorted(found, key=lambda migration: migration.version))


@cache
def schema() -> str:
    return files("storage.sqlite").joinpath("schema.sql").read_text("utf-8")


def require_ours(connection: sqlite3.Connection) -> None:
    """Refuse a database that a newer release or another program has made; writes nothing.

    Raises:
        SchemaTooNew: it has migrations which this release does not know.
        StoreUnavailable: it has tables, but none of ours.
    """
    _require_known(connection, known_migrations())


def migrate(
    connection: sqlite3.Connection,
    clock: Clock,
    *,
    migrations: Sequence[Migration] | None = None,
    from_schema: bool = True,
) -> None:
    """Bring the database up to date; does nothing when it is.

    Several processes may do this at once: each looks again once it has the write lock. Foreign
    keys have to be off, so that a step may rebuild a table; they are checked before the commit.

    Args:
        connection: in autocommit mode.
        clock: for the record of when it happened.
        migrations: default: the files in `migrations/`.
        from_schema: whether a new database is made from `schema.sql` at once.
    """
    steps = known_migrations() if migrations is None else tuple(migrations)
    if from_schema and not _require_known(connection, steps):
        with _transaction(connection):
            if not _require_known(connection, steps):
                _execute(connection, schema())
                _record(connection, clock, *steps)
    for step in steps:
        if step.version in _require_known(connection, steps):
            continue
        with _transaction(connection):
            if step.version not in _require_known(connection, steps):
                _execute(connection, step.script)
                _record(connection, clock, step)


def _require_known(
    connection: sqlite3.Connection, migrations: Sequence[Migration]
) -> frozenset[int]:
    tables = {row[0] for row in connection.execute(query("tables"))}
    if not tables:
        return frozenset()
    if "schema_migrations" not in tables:
        raise StoreUnavailable("The file is a database of another program.")
    applied = frozenset(row[0] for row in connection.execute(query("migrations_applied")))
    newest = max((migration.version for migration in migrations), default=0)
    if max(applied, default=0) > newest:
        raise SchemaTooNew(
            f"The database has schema {max(applied)}; this release knows {newest}. "
            "Use the newer release of linkedin-executor that has written it."
        )
    return applied


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        _require_whole_references(connection)
        connection.execute("COMMIT")
    except BaseException:
        # Some failures, such as a full disk, have rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _require_whole_references(connection: sqlite3.Connection) -> None:
    if broken := connection.execute("PRAGMA foreign_key_check").fetchone():
        raise StoreUnavailable(f"The migration would break a reference: {tuple(broken)}.")


def _execute(connection: sqlite3.Connection, script: str) -> None:
    for statement in statements(script):
        connection.execute(statement)


def statements(script: str) -> Iterator[str]:
    """Split a script at the lines that end a statement; a trigger's body stays whole."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
    if pending.strip():
        yield pending.strip()


def _record(connection: sqlite3.Connection, clock: Clock, *applied: Migration) -> None:
    for migration in applied:
        connection.execute(
            query("record_migration"),
            {"version": migration.version, "name": migration.name, "now": to_micros(clock())},
        )
