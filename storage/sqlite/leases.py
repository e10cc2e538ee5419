"""`AccountLeases` in SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.errors import LeaseLost
from storage.sqlite.rows import to_lease
from storage.sqlite.times import MICROSECOND, to_micros

if TYPE_CHECKING:
    from datetime import timedelta

    from storage.sessions import Lease
    from storage.sqlite.readers import Readers
    from storage.sqlite.times import Clock
    from storage.sqlite.transaction import Transaction
    from storage.sqlite.writer import Writer


def require_lease(tx: Transaction, lease: Lease) -> None:
    """Raise `LeaseLost` unless the lease gives the right to act at this transaction's time."""
    if tx.one("lease_in_force", member_id=lease.member_id, token=lease.token) is None:
        raise LeaseLost


class SqliteLeases:
    """See `storage.ports.AccountLeases`."""

    def __init__(self, writer: Writer, readers: Readers, clock: Clock) -> None:
        self._writer = writer
        self._readers = readers
        self._clock = clock

    async def due(self) -> list[str]:
        # A clock that went back would make everything look far away, and nobody would write.
        await self._writer.follow_clock()
        rows = await self._readers.all("due_members", now=to_micros(self._clock()))
        return [row["member_id"] for row in rows]

    async def acquire(self, member_id: str, *, owner: str, ttl: timedelta) -> Lease | None:
        def work(tx: Transaction) -> Lease | None:
            row = tx.one(
                "acquire_lease",
                member_id=member_id,
                owner=owner,
                ttl=ttl // MICROSECOND,
            )
            return None if row is None else to_lease(row)

        return await self._writer.write(work)

    async def renew(self, lease: Lease, *, ttl: timedelta) -> Lease:
        def work(tx: Transaction) -> Lease:
            row = tx.one(
                "renew_lease",
                member_id=lease.member_id,
                token=lease.token,
                ttl=ttl // MICROSECOND,
            )
            if row is None:
                raise LeaseLost
            return to_lease(row)

        return await self._writer.write(work)

    async def release(self, lease: Lease) -> None:
        await self._end(lease)

    async def held(self) -> list[Lease]:
        rows = await self._readers.all("held_leases", now=to_micros(self._clock()))
        return [to_lease(row) for row in rows]

    async def expire(self, lease: Lease) -> None:
        await self._end(lease)

    async def request(self, member_id: str, *, owner: str, patience: timedelta) -> None:
        def work(tx: Transaction) -> None:
            tx.run(
                "request_lease",
                member_id=member_id,
                owner=owner,
                patience=patience // MICROSECOND,
            )

        await self._writer.write(work)

    async def withdraw_request(self, member_id: str, *, owner: str) -> None:
        def work(tx: Transaction) -> None:
            tx.run("withdraw_lease_request", member_id=member_id, owner=owner)

        await self._writer.write(work)

    async def is_requested(self, member_id: str) -> bool:
        now = to_micros(self._clock())
        return await self._readers.one("lease_request", member_id=member_id, now=now) is not None

    async def _end(self, lease: Lease) -> None:
        def work(tx: Transaction) -> None:
            tx.run("end_lease", member_id=lease.member_id, token=lease.token)

        await self._writer.write(work)
