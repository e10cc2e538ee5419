"""The one place where SQLite's errors become ours."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from storage.errors import Duplicate, StoreError, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAKEN = frozenset({sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE})

# By primary result code, the low eight bits; https://sqlite.org/rescode.html
_UNAVAILABLE = {
    sqlite3.SQLITE_BUSY: "The database is locked: another process has kept it for too long.",
    sqlite3.SQLITE_LOCKED: "The database is locked: another process has kept it for too long.",
    sqlite3.SQLITE_READONLY: "The database or its directory cannot be written.",
    sqlite3.SQLITE_CANTOPEN: "The database cannot be opened: check its directory's permissions.",
    sqlite3.SQLITE_PERM: "The database cannot be opened: check its permissions.",
    sqlite3.SQLITE_FULL: "The disk is full: the database cannot grow.",
    sqlite3.SQLITE_NOTADB: "The file is not a database, or is damaged.",
    sqlite3.SQLITE_CORRUPT: "The database is damaged: restore it from a backup.",
    sqlite3.SQLITE_IOERR: "The disk failed while the database was read or written.",
}


@contextmanager
def translated() -> Iterator[None]:
    """Raise our errors instead of SQLite's, which stay as their cause."""
    try:
        yield
    except sqlite3.Error as error:
        raise _ours(error) from error


def _ours(error: sqlite3.Error) -> StoreError:
    # Python's own complaints, such as the use of a closed connection, carry no code.
    code = getattr(error, "sqlite_errorcode", None)
    if code in _TAKEN:
        return Duplicate(f"An entry with this identity exists already ({error}).")
    if isinstance(error, sqlite3.IntegrityError):
        return StoreError(f"The change contradicts what the store promises ({error}).")
    sentence = _UNAVAILABLE.get(code & 0xFF) if isinstance(code, int) else None
    return StoreUnavailable(
        f"{sentence} ({error})" if sentence else f"The database cannot be used: {error}"
    )
