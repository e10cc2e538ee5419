"""`Runners` in SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.runners import SILENT_AFTER, MemoryTaken, SeenRunner
from storage.sqlite.times import MICROSECOND, from_micros

if TYPE_CHECKING:
    from storage.sqlite.readers import Readers
    from storage.sqlite.transaction import Transaction
    from storage.sqlite.writer import Writer


class SqliteRunners:
    """See `storage.ports.Runners`."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def show(self, owner: str, memory: MemoryTaken) -> None:
        def work(tx: Transaction) -> None:
            tx.run("see_runner", owner=owner, own_bytes=memory.own, browser_bytes=memory.browser)
            tx.run("drop_silent_runners", silent_after=SILENT_AFTER // MICROSECOND)

        await self._writer.write(work, quiet=True)

    async def leave(self, owner: str) -> None:
        def work(tx: Transaction) -> None:
            tx.run("drop_runner", owner=owner)

        await self._writer.write(work, quiet=True)

    async def seen(self) -> list[SeenRunner]:
        return [
            SeenRunner(
                owner=row["owner"],
                seen_at=from_micros(int(row["seen_at"])),
                memory=MemoryTaken(own=row["own_bytes"], browser=row["browser_bytes"]),
            )
            for row in await self._readers.all("runners")
        ]
