"""`Limits` in SQLite."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from storage.limits import HoldReason
from storage.sqlite.rows import to_charge, to_hold
from storage.sqlite.telling import tell_limits
from storage.sqlite.times import to_micros

if TYPE_CHECKING:
    from datetime import datetime

    from storage.limits import Charge, Hold
    from storage.sqlite.readers import Readers
    from storage.sqlite.times import Clock
    from storage.sqlite.transaction import Transaction
    from storage.sqlite.writer import Writer

_WHOLE_ACCOUNT = ""
_PACING = json.dumps([reason for reason in HoldReason if reason.is_pacing])


class SqliteLimits:
    """See `storage.ports.Limits`."""

    def __init__(self, writer: Writer, readers: Readers, clock: Clock) -> None:
        self._writer = writer
        self._readers = readers
        self._clock = clock

    async def hold(
        self,
        member_id: str,
        task_type: str | None,
        *,
        reason: HoldReason,
        until: datetime,
        strikes: int = 0,
    ) -> None:
        values = {
            "member_id": member_id,
            "task_type": task_type or _WHOLE_ACCOUNT,
            "reason": reason,
            "until": to_micros(until),
            "strikes": strikes,
        }

        def work(tx: Transaction) -> None:
            tx.run("hold", **values)
            tell_limits(tx, member_id)

        await self._writer.write(work)

    async def holds(self, member_id: str) -> list[Hold]:
        await self._writer.follow_clock()
        rows = await self._readers.all("holds_of_member", member_id=member_id)
        return [to_hold(row) for row in rows]

    async def current(self, member_id: str, task_type: str, reason: HoldReason) -> Hold | None:
        await self._writer.follow_clock()
        row = await self._readers.one(
            "current_hold",
            member_id=member_id,
            task_type=task_type,
            reason=reason,
            now=to_micros(self._clock()),
        )
        return None if row is None else to_hold(row)

    async def lift(self, member_id: str, task_type: str | None, *, reason: HoldReason) -> bool:
        kind = task_type or _WHOLE_ACCOUNT

        def work(tx: Transaction) -> bool:
            row = tx.one("lift_hold", member_id=member_id, task_type=kind, reason=reason)
            return row is not None

        return await self._writer.write(work)

    async def lift_pacing(self) -> None:
        def work(tx: Transaction) -> None:
            tx.run("lift_holds_for", reasons=_PACING)

        await self._writer.write(work)

    async def charges(self, member_id: str, *, since: datetime) -> list[Charge]:
        await self._writer.follow_clock()
        rows = await self._readers.all("charges_since", member_id=member_id, since=to_micros(since))
        return [to_charge(row) for row in rows]
