"""A copy of the database, made while others go on writing."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

from storage.errors import Duplicate, StoreUnavailable
from storage.sqlite.connection import READER_PRAGMAS, database_uri
from storage.sqlite.failures import translated
from storage.sqlite.migrate import require_ours

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


async def back_up(source: Path, target: Path) -> int:
    """Copy the database as it is at one moment, and return the size of the copy in bytes.

    Everything that had been committed before is in it, whoever else writes meanwhile. The copy is
    one file for this user's eyes only. It is checked before it gets its name, so that under this
    name there is a whole copy or nothing. The key that opens its sessions is not in it: without
    the key everything else is there, and members have to sign in again.

    Raises:
        Duplicate: something with the target's name exists already.
        StoreUnavailable: the database cannot be read, or the copy not be written.
    """
    return await asyncio.to_thread(_back_up, source, target)


def _back_up(source: Path, target: Path) -> int:
    if target.exists() or target.is_symlink():
        raise Duplicate(f"There is something at {target} already.")
    with _unfinished(target) as copy, translated():
        with closing(_open(source)) as original, closing(_open(copy)) as other:
            for pragma in READER_PRAGMAS:
                original.execute(pragma)
            require_ours(original)
            original.backup(other)
            _finish(other, copy)
        size = copy.stat().st_size
        _flush(copy)
        copy.rename(target)
        _flush(target.parent)
    return size


@contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    """Make an empty file beside the target, and leave none of that name behind."""
    path = target.with_name(f".{target.name}.{uuid4().hex}.part")
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        yield path
    except OSError as error:
        raise StoreUnavailable(f"The copy {target} cannot be made: {error.strerror}.") from error
    finally:
        path.unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(database_uri(path), uri=True, isolation_level=None)


def _finish(copy: sqlite3.Connection, path: Path) -> None:
    # The copy says that it has a write-ahead log, like the original; a single file has none.
    copy.execute("PRAGMA journal_mode = DELETE").fetchone()
    (found,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise StoreUnavailable(f"The copy {path} came out damaged ({found}).")


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
