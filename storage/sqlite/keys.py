"""`ApiKeys` in SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from storage.sqlite.rows import to_caller, to_key

if TYPE_CHECKING:
    import builtins

    from storage.sqlite.readers import Readers
    from storage.sqlite.transaction import Transaction
    from storage.sqlite.writer import Writer
    from storage.teams import ApiKey, Caller, Scope


class SqliteApiKeys:
    """See `storage.ports.ApiKeys`."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def add(self, team_id: str, *, name: str, digest: str, hint: str, scope: Scope) -> ApiKey:
        def work(tx: Transaction) -> ApiKey:
            return to_key(
                tx.only(
                    "add_key",
                    key_id=str(uuid4()),
                    team_id=team_id,
                    name=name,
                    digest=digest,
                    hint=hint,
                    scope=scope,
                )
            )

        return await self._writer.write(work)

    async def list(self, team_id: str | None = None) -> builtins.list[ApiKey]:
        if team_id is None:
            rows = await self._readers.all("list_keys")
        else:
            rows = await self._readers.all("list_keys_of_team", team_id=team_id)
        return [to_key(row) for row in rows]

    async def revoke(self, key_id: str) -> bool:
        def work(tx: Transaction) -> bool:
            return tx.one("revoke_key", key_id=key_id) is not None

        return await self._writer.write(work)

    async def caller(self, digest: str) -> Caller | None:
        row = await self._readers.one("caller", digest=digest)
        return None if row is None else to_caller(row)
