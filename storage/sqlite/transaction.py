"""What a unit of work may do inside the writer's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.sqlite.queries import query

if TYPE_CHECKING:
    import sqlite3


class Transaction:
    """Named statements, run at one moment of the program's clock.

    Every statement gets that moment as `:now`. It is read after the write lock was obtained, so
    that a lease which ran out while waiting for the lock is seen to have run out.
    """

    def __init__(self, connection: sqlite3.Connection, now: int) -> None:
        self._connection = connection
        self.now = now

    def run(self, name: str, /, **values: object) -> int:
        """Run a statement that returns nothing, and return how many rows it changed."""
        return self._connection.execute(query(name), {"now": self.now, **values}).rowcount

    def all(self, name: str, /, **values: object) -> list[sqlite3.Row]:
        return self._connection.execute(query(name), {"now": self.now, **values}).fetchall()

    def one(self, name: str, /, **values: object) -> sqlite3.Row | None:
        # All rows are fetched: a statement with RETURNING has to end before the commit.
        rows = self.all(name, **values)
        return rows[0] if rows else None

    def only(self, name: str, /, **values: object) -> sqlite3.Row:
        """Return the row of a statement that always has one."""
        (row,) = self.all(name, **values)
        return row
