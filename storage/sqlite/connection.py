"""How the database file is made and opened."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from storage.errors import StoreUnavailable
from storage.sqlite.failures import translated
from storage.sqlite.migrate import migrate, require_ours

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

    from storage.sqlite.times import Clock

_CHECKED_UP_TO_BYTES = 16 * 1024 * 1024

_WRITER_PRAGMAS = (
    # A commit is on the disk when it returns: "accepted" means that it survives a power cut.
    "PRAGMA synchronous = FULL",
    # macOS answers an ordinary fsync before the disk has written; elsewhere this changes nothing.
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    # One long transaction must not leave a huge log behind for good.
    "PRAGMA journal_size_limit = 67108864",
    "PRAGMA foreign_keys = ON",
)

READER_PRAGMAS = ("PRAGMA query_only = ON",)


def prepare_file(path: Path) -> None:
    """Make the database file, and its directory if need be, for this user's eyes only.

    SQLite gives the files that it puts beside the database the database's own permissions.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise StoreUnavailable(f"The database {path} cannot be made: {error.strerror}.") from error


def database_uri(path: Path) -> str:
    """Return the address under which SQLite opens the file, and does not make it again."""
    return f"{path.resolve().as_uri()}?mode=rw"


def connect_writer(path: Path, *, clock: Clock, busy_timeout: timedelta) -> sqlite3.Connection:
    """Open the connection that writes, and bring the database up to date.

    Raises:
        SchemaTooNew: a newer release has written it.
        StoreUnavailable: it is locked, damaged, or not a database of this program.
    """
    with translated():
        connection = sqlite3.connect(
            database_uri(path),
            uri=True,
            timeout=busy_timeout.total_seconds(),
            isolation_level=None,
            cached_statements=256,
        )
        try:
            connection.row_factory = sqlite3.Row
            require_ours(connection)
            _check_if_small(connection, path)
            _use_wal(connection, busy_timeout)
            migrate(connection, clock)
            for pragma in _WRITER_PRAGMAS:
                connection.execute(pragma)
        except BaseException:
            connection.close()
            raise
    return connection


def _check_if_small(connection: sqlite3.Connection, path: Path) -> None:
    # Damage is better found now than in the middle of a task, but reading a large file takes long.
    if path.stat().st_size > _CHECKED_UP_TO_BYTES:
        return
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise StoreUnavailable(
            f"The database {path} is damaged: restore it from a backup ({found})."
        )


def _use_wal(connection: sqlite3.Connection, busy_timeout: timedelta) -> None:
    deadline = time.monotonic() + busy_timeout.total_seconds()
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            # The change of mode needs the file for itself and does not honour the busy timeout:
            # another process may be making the very same change.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
            continue
        if mode != "wal":
            raise StoreUnavailable(
                "The file system of the data directory cannot keep a write-ahead log; "
                "use a local disk, not a network share."
            )
        return
