"""`Sessions` in SQLite; their states are encrypted before they get here."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from storage.sessions import OpenSession
from storage.sqlite.rows import to_session

if TYPE_CHECKING:
    import builtins

    from storage.secrets import StateCipher
    from storage.sessions import Session, SessionHealth
    from storage.sqlite.readers import Readers
    from storage.sqlite.transaction import Transaction
    from storage.sqlite.writer import Writer
    from storage.tasks import JsonObject


class SqliteSessions:
    """See `storage.ports.Sessions`."""

    def __init__(self, writer: Writer, readers: Readers, cipher: StateCipher) -> None:
        self._writer = writer
        self._readers = readers
        self._cipher = cipher

    async def save(
        self,
        member_id: str,
        state: JsonObject,
        *,
        health: SessionHealth,
        verified: bool,
        profile_id: str | None = None,
        replaces: Session | None = None,
        replaces_account: bool = False,
    ) -> Session | None:
        # A state may have megabytes: neither the event loop nor the writer should wait for them.
        sealed = await asyncio.to_thread(self._cipher.encrypt, state)

        def work(tx: Transaction) -> Session | None:
            row = tx.one(
                "save_session",
                member_id=member_id,
                health=health,
                verified=verified,
                profile_id=profile_id,
                state=sealed,
                replaces=replaces and replaces.version,
                replaces_account=replaces_account,
            )
            return None if row is None else to_session(row)

        return await self._writer.write(work)

    async def mark(
        self,
        member_id: str,
        health: SessionHealth,
        *,
        verified: bool = False,
        profile_id: str | None = None,
        replaces: Session | None = None,
    ) -> Session | None:
        def work(tx: Transaction) -> Session | None:
            row = tx.one(
                "mark_session",
                member_id=member_id,
                health=health,
                verified=verified,
                profile_id=profile_id,
                replaces=replaces and replaces.version,
            )
            return None if row is None else to_session(row)

        return await self._writer.write(work)

    async def get(self, member_id: str) -> Session | None:
        row = await self._readers.one("get_session", member_id=member_id)
        return None if row is None else to_session(row)

    async def open(self, member_id: str) -> OpenSession | None:
        row = await self._readers.one("open_session", member_id=member_id)
        if row is None:
            return None
        state = await asyncio.to_thread(self._cipher.decrypt, row["state"])
        return OpenSession(session=to_session(row), state=state)

    async def list(self) -> builtins.list[Session]:
        return [to_session(row) for row in await self._readers.all("list_sessions")]
