"""`Teams` in SQLite."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from uuid import uuid4

from storage.sqlite.rows import to_member, to_team
from storage.sqlite.times import to_micros

if TYPE_CHECKING:
    import builtins
    from datetime import datetime

    from storage.sqlite.readers import Readers
    from storage.sqlite.transaction import Transaction
    from storage.sqlite.writer import Writer
    from storage.teams import Member, Role, Team


class SqliteTeams:
    """See `storage.ports.Teams`."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def create(self, name: str) -> Team:
        def work(tx: Transaction) -> Team:
            return to_team(tx.only("create_team", team_id=str(uuid4()), name=name))

        return await self._writer.write(work)

    async def add_member(
        self, team_id: str, *, name: str, role: Role, joined_at: datetime | None = None
    ) -> Member:
        joined = to_micros(joined_at)

        def work(tx: Transaction) -> Member:
            return to_member(
                tx.only(
                    "add_member",
                    member_id=str(uuid4()),
                    team_id=team_id,
                    name=name,
                    role=role,
                    joined_at=joined,
                )
            )

        return await self._writer.write(work)

    async def list(self) -> builtins.list[Team]:
        return [to_team(row) for row in await self._readers.all("list_teams")]

    async def members(self, team_id: str) -> builtins.list[Member]:
        return [to_member(row) for row in await self._readers.all("members", team_id=team_id)]

    async def member(self, member_id: str) -> Member | None:
        row = await self._readers.one("member", member_id=member_id)
        return None if row is None else to_member(row)

    async def pause(self, member_id: str) -> Member | None:
        return await self._change("pause_member", member_id)

    async def resume(self, member_id: str) -> Member | None:
        return await self._change("resume_member", member_id)

    async def _change(self, name: str, member_id: str) -> Member | None:
        def work(tx: Transaction) -> Member | None:
            row = tx.one(name, member_id=member_id)
            return None if row is None else to_member(row)

        return await self._writer.write(work)

    async def acting_member(self, team_id: str) -> Member | None:
        row = await self._readers.one("acting_member", team_id=team_id)
        return None if row is None else to_member(row)

    async def member_of_account(self, team_id: str, account_id: str) -> Member | None:
        row = await self._readers.one("member_of_account", team_id=team_id, account_id=account_id)
        return None if row is None else to_member(row)

    async def add_alias(self, member_id: str, alias: str) -> None:
        def work(tx: Transaction) -> None:
            tx.run("add_alias", member_id=member_id, alias=alias)

        await self._writer.write(work)

    async def remove_alias(self, team_id: str, alias: str) -> bool:
        def work(tx: Transaction) -> bool:
            return tx.run("remove_alias", team_id=team_id, alias=alias) > 0

        return await self._writer.write(work)

    async def aliases(self, team_id: str) -> dict[str, builtins.list[str]]:
        found: defaultdict[str, builtins.list[str]] = defaultdict(list)
        for row in await self._readers.all("aliases", team_id=team_id):
            found[row["member_id"]].append(row["alias"])
        return dict(found)
