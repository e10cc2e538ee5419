"""The durable, append-only record from which a restarted sandbox rebuilds its world."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from executor.sandbox.events import EVENT, Event

_SCHEMA = Path(__file__).with_name("journal.sql").read_text(encoding="utf-8")


class Journal:
    """Events in a SQLite file, each committed before `append` returns.

    Args:
        path: The state file; None keeps the events in memory.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._connection = sqlite3.connect(path or ":memory:", isolation_level=None)
        if path is not None:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.executescript(_SCHEMA)

    def append(self, event: Event) -> int:
        """Commit *event* and return its sequence number."""
        cursor = self._connection.execute(
            "INSERT INTO events (kind, data) VALUES (?, ?)", (event.kind, event.model_dump_json())
        )
        return cursor.lastrowid or 0

    def events(self) -> Iterator[tuple[int, Event]]:
        for seq, data in self._connection.execute("SELECT seq, data FROM events ORDER BY seq"):
            yield seq, EVENT.validate_json(data)

    def clear(self) -> None:
        """Forget everything; sequence numbers go on rising."""
        self._connection.execute("DELETE FROM events")

    def close(self) -> None:
        self._connection.close()
