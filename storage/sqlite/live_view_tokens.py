"""`LiveViewTokens` in SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.sqlite.times import MICROSECOND

if TYPE_CHECKING:
    from datetime import timedelta

    from storage.sqlite.transaction import Transaction
    from storage.sqlite.writer import Writer


class SqliteLiveViewTokens:
    """See `storage.ports.LiveViewTokens`."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def add(self, digest: str, *, member_id: str, lasts: timedelta) -> None:
        def work(tx: Transaction) -> None:
            tx.run("drop_ended_live_view_tokens")
            tx.run(
                "add_live_view_token",
                digest=digest,
                member_id=member_id,
                lasts=lasts // MICROSECOND,
            )

        await self._writer.write(work, quiet=True)

    async def take(self, digest: str, *, member_id: str) -> bool:
        def work(tx: Transaction) -> bool:
            return tx.run("take_live_view_token", digest=digest, member_id=member_id) == 1

        return await self._writer.write(work, quiet=True)
