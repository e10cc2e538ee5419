"""A database is made, brought up to date, or refused."""

# ruff: noqa: ASYNC240 - nothing else runs on the loop of a test that looks at its files
from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

import pytest

from storage.errors import SchemaTooNew, StoreUnavailable
from storage.sqlite import SqliteStore
from storage.sqlite.migrate import Migration, known_migrations, migrate, statements
from tests.storage.child import start
from tests.storage.world import MovableClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from storage.secrets import StateCipher


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(tmp_path / "plain.sqlite3", isolation_level=None)
    yield connection
    connection.close()


def structure(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Return what there is in the database, without comments and line breaks."""
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")
    return {
        (kind, name): " ".join(re.sub(r"--[^\n]*", "", text).split()) for kind, name, text in rows
    }


def applied(connection: sqlite3.Connection) -> list[int]:
    return [row[0] for row in connection.execute("SELECT version FROM schema_migrations")]


def test_all_migrations_lead_to_the_schema(connection: sqlite3.Connection) -> None:
    """An old database brought up to date is the same as a new one."""
    migrated = sqlite3.connect(":memory:", isolation_level=None)

    migrate(migrated, MovableClock(), from_schema=False)
    migrate(connection, MovableClock())

    assert structure(migrated) == structure(connection)
    assert applied(migrated) == applied(connection) == [m.version for m in known_migrations()]
    migrated.close()


def test_migrations_are_numbered_without_gaps() -> None:
    """The number is the order; a name says what it is for."""
    names = [migration.name for migration in known_migrations()]

    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+", name) for name in names)


def test_migrating_again_changes_nothing(connection: sqlite3.Connection) -> None:
    """A database that is up to date is left alone."""
    migrate(connection, MovableClock())
    before = connection.total_changes

    migrate(connection, MovableClock())

    assert connection.total_changes == before


def test_a_migration_that_fails_half_way_leaves_nothing(connection: sqlite3.Connection) -> None:
    """Neither its tables nor its record; what was applied before it stays."""
    broken = Migration(
        len(known_migrations()) + 1,
        "broken",
        "CREATE TABLE half (x TEXT) STRICT;\nINSERT INTO teams VALUES ('t', 'T', 1);\nNONSENSE;",
    )
    migrate(connection, MovableClock())
    before = structure(connection)

    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, MovableClock(), migrations=[*known_migrations(), broken])

    assert structure(connection) == before
    assert applied(connection) == [m.version for m in known_migrations()]
    assert connection.execute("SELECT count(*) FROM teams").fetchone() == (0,)
    assert not connection.in_transaction


def test_only_the_missing_migrations_are_applied(connection: sqlite3.Connection) -> None:
    """Each is applied once, in order, and recorded with its time."""
    migrate(connection, MovableClock())
    number = len(known_migrations())
    more = [
        Migration(number + 1, "one", "CREATE TABLE one (x TEXT) STRICT;"),
        Migration(number + 2, "two", "ALTER TABLE one ADD COLUMN y TEXT;"),
    ]

    migrate(connection, MovableClock(), migrations=[*known_migrations(), more[0]])
    migrate(connection, MovableClock(), migrations=[*known_migrations(), *more])

    assert applied(connection)[-2:] == [number + 1, number + 2]
    assert connection.execute("SELECT x, y FROM one").fetchall() == []


def test_what_was_made_for_one_person_is_counted_no_more(connection: sqlite3.Connection) -> None:
    """Such counts named the person, to everybody who may see them."""
    migrate(connection, MovableClock(), migrations=known_migrations()[:14], from_schema=False)
    connection.execute(
        """
        INSERT INTO locator_uses
        VALUES ('groups.linking', 'a[href="/in/jane/"]', 0, 1, 1), ('profile.name', 'h1', 0, 2, 1)
        """
    )

    migrate(connection, MovableClock())

    left = connection.execute("SELECT element FROM locator_uses").fetchall()
    assert left == [("profile.name",)]


def test_a_migration_that_breaks_a_reference_is_undone(connection: sqlite3.Connection) -> None:
    """Foreign keys are off while tables are rebuilt, so they are checked at the end."""
    migrate(connection, MovableClock())
    script = "INSERT INTO members VALUES ('m', 'no such team', 'M', 'admin', 1, NULL);"
    broken = Migration(len(known_migrations()) + 1, "broken", script)

    with pytest.raises(StoreUnavailable, match="reference"):
        migrate(connection, MovableClock(), migrations=[*known_migrations(), broken])

    assert connection.execute("SELECT count(*) FROM members").fetchone() == (0,)


def test_a_script_is_split_where_its_statements_end() -> None:
    """Comments, texts with semicolons and triggers stay whole."""
    trigger = (
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n    DELETE FROM b;\n    DELETE FROM c;\nEND;"
    )
    first = "-- why; because\nINSERT INTO a VALUES (';\n;');"

    assert list(statements(f"{first}\n\n{trigger}\nSELECT 1")) == [first, trigger, "SELECT 1"]


async def test_a_database_of_a_newer_release_is_refused(
    database: Path, cipher: StateCipher
) -> None:
    """It is left as it was."""
    store = await SqliteStore.open(database, cipher=cipher)
    await store.close()
    with sqlite3.connect(database) as connection:
        connection.execute("INSERT INTO schema_migrations VALUES (9999, 'future', 1)")
    connection.close()
    before = database.read_bytes()

    with pytest.raises(SchemaTooNew, match="9999"):
        await SqliteStore.open(database, cipher=cipher)

    assert database.read_bytes() == before


async def test_a_database_of_another_program_is_refused(
    database: Path, cipher: StateCipher
) -> None:
    """A mistake in the path never adds our tables to somebody else's file."""
    database.parent.mkdir()
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    before = database.read_bytes()

    with pytest.raises(StoreUnavailable, match="another program"):
        await SqliteStore.open(database, cipher=cipher)

    assert database.read_bytes() == before


def test_processes_that_start_together_make_one_database(database: Path) -> None:
    """The first start of API and runner at the same moment is an ordinary thing."""
    children = [start("nothing", database) for _ in range(4)]

    said = [child.communicate(timeout=30)[0] for child in children]

    assert said == [""] * 4
    assert [child.returncode for child in children] == [0] * 4
    with sqlite3.connect(database) as connection:
        assert applied(connection) == [m.version for m in known_migrations()]
    connection.close()
