"""`People` in SQLite."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from storage.sqlite.rows import to_person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.people import KnownPerson
    from storage.sqlite.readers import Readers
    from storage.sqlite.transaction import Transaction
    from storage.sqlite.writer import Writer


class SqlitePeople:
    """See `storage.ports.People`."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def remember(self, member_id: str, *, profile_id: str, vanity: str, name: str) -> None:
        def work(tx: Transaction) -> None:
            who = {
                "member_id": member_id,
                "profile_id": profile_id,
                "vanity_key": vanity.casefold(),
            }
            tx.run("forget_vanity", **who)
            tx.run("remember_person", vanity=vanity, name=name, **who)

        await self._writer.write(work)

    async def by_profile_id(self, member_id: str, profile_id: str) -> KnownPerson | None:
        row = await self._readers.one(
            "person_by_profile_id", member_id=member_id, profile_id=profile_id
        )
        return None if row is None else to_person(row)

    async def by_vanity(self, member_id: str, vanity: str) -> KnownPerson | None:
        row = await self._readers.one(
            "person_by_vanity", member_id=member_id, vanity_key=vanity.casefold()
        )
        return None if row is None else to_person(row)

    async def remember_conversations(self, member_id: str, found: Mapping[str, str]) -> None:
        listed = json.dumps(dict(found))

        def work(tx: Transaction) -> None:
            tx.run("remember_conversations", member_id=member_id, found=listed)

        await self._writer.write(work, quiet=True)

    async def in_conversation(self, member_id: str, thread_id: str) -> str | None:
        row = await self._readers.one(
            "person_in_conversation", member_id=member_id, thread_id=thread_id
        )
        return None if row is None else str(row["profile_id"])

    async def conversations_with(self, member_id: str, profile_id: str) -> list[str]:
        rows = await self._readers.few(
            "conversations_with", member_id=member_id, profile_id=profile_id
        )
        return [row["thread_id"] for row in rows]
