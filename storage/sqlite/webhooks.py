"""`Webhooks` and `Outbox` in SQLite."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from storage.errors import NoRoom, SecretUnreadable, TransitionRefused
from storage.sqlite.telling import (
    add_callback,
    callbacks_of,
    new_delivery_id,
    new_event_id,
    new_webhook_id,
)
from storage.sqlite.times import MICROSECOND, from_micros, to_micros
from storage.webhooks import (
    ENDPOINTS_MAX,
    ClaimedDelivery,
    Delivery,
    DeliveryBacklog,
    DeliveryError,
    DeliveryState,
    DeliveryTally,
    DisabledReason,
    Event,
    EventType,
    Webhook,
)

if TYPE_CHECKING:
    import builtins
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime, timedelta

    from pydantic import SecretStr

    from storage.secrets import StateCipher
    from storage.sqlite.readers import Readers
    from storage.sqlite.transaction import Transaction
    from storage.sqlite.writer import Writer
    from storage.tasks import Task
    from storage.webhooks import Attempted, Callback


class SqliteWebhooks:
    """See `storage.ports.Webhooks`."""

    def __init__(self, writer: Writer, readers: Readers, cipher: StateCipher) -> None:
        self._writer = writer
        self._readers = readers
        self._cipher = cipher

    async def add(
        self,
        team_id: str,
        *,
        url: str,
        event_types: Sequence[EventType] | None,
        secret: SecretStr,
    ) -> Webhook:
        sealed = self._cipher.encrypt_text(secret)

        def work(tx: Transaction) -> Webhook:
            if tx.only("count_webhooks", team_id=team_id)["endpoints"] >= ENDPOINTS_MAX:
                raise NoRoom("The team has as many webhooks as it may.")
            row = tx.only(
                "add_webhook",
                webhook_id=new_webhook_id(),
                team_id=team_id,
                url=url,
                event_types=_listed(event_types),
                secret=sealed,
            )
            return _to_webhook(row)

        return await self._writer.write(work, quiet=True)

    async def list(self, team_id: str) -> builtins.list[Webhook]:
        rows = await self._readers.all("list_webhooks", team_id=team_id)
        return [_to_webhook(row) for row in rows]

    async def get(self, webhook_id: str, *, team_id: str) -> Webhook | None:
        row = await self._readers.one("get_webhook", webhook_id=webhook_id, team_id=team_id)
        return None if row is None else _to_webhook(row)

    async def change(self, changed: Webhook) -> Webhook | None:
        def work(tx: Transaction) -> Webhook | None:
            row = tx.one(
                "change_webhook",
                webhook_id=changed.id,
                team_id=changed.team_id,
                url=changed.url,
                event_types=_listed(changed.event_types),
                disabled_reason=changed.disabled_reason,
            )
            if row is not None and row["disabled_at"] is not None:
                tx.run("give_up_deliveries", webhook_id=changed.id)
            return None if row is None else _to_webhook(row)

        return await self._writer.write(work, quiet=True)

    async def remove(self, webhook_id: str, *, team_id: str) -> bool:
        def work(tx: Transaction) -> bool:
            return tx.run("remove_webhook", webhook_id=webhook_id, team_id=team_id) > 0

        return await self._writer.write(work, quiet=True)

    async def rotate_secret(
        self, webhook_id: str, *, team_id: str, secret: SecretStr, old_kept_for: timedelta
    ) -> Webhook | None:
        sealed = self._cipher.encrypt_text(secret)

        def work(tx: Transaction) -> Webhook | None:
            if tx.one("get_webhook", webhook_id=webhook_id, team_id=team_id) is None:
                return None
            return _to_webhook(_rotated(tx, webhook_id, team_id, sealed, old_kept_for))

        return await self._writer.write(work, quiet=True)

    async def callback_secret(self, team_id: str) -> SecretStr:
        row = await self._readers.one("callback_endpoint", team_id=team_id)
        if row is None:
            row = await self._writer.write(lambda tx: callbacks_of(tx, self._cipher, team_id))
        return self._cipher.decrypt_text(row["secret"])

    async def rotate_callback_secret(
        self, team_id: str, *, secret: SecretStr, old_kept_for: timedelta
    ) -> None:
        sealed = self._cipher.encrypt_text(secret)

        def work(tx: Transaction) -> None:
            kept = callbacks_of(tx, self._cipher, team_id)
            _rotated(tx, kept["id"], team_id, sealed, old_kept_for)

        await self._writer.write(work, quiet=True)

    async def call_back(self, task: Task, callback: Callback) -> None:
        def work(tx: Transaction) -> None:
            row = tx.only("get_task", task_id=task.id, team_id=task.team_id)
            add_callback(tx, self._cipher, callback, team_id=task.team_id, task_seq=row["seq"])

        await self._writer.write(work)

    async def send_test(self, webhook_id: str, *, team_id: str) -> Delivery | None:
        def work(tx: Transaction) -> Delivery | None:
            found = tx.one("get_webhook", webhook_id=webhook_id, team_id=team_id)
            if found is None:
                return None
            if found["disabled_at"] is not None:
                raise TransitionRefused("The webhook is switched off.")
            event = tx.only(
                "add_test_event", event_id=new_event_id(), webhook_id=webhook_id, team_id=team_id
            )
            delivery_id = new_delivery_id()
            tx.run(
                "add_delivery",
                delivery_id=delivery_id,
                event_seq=event["seq"],
                webhook_id=webhook_id,
            )
            return _to_delivery(tx.only("view_delivery", delivery_id=delivery_id, team_id=team_id))

        return await self._writer.write(work)

    async def deliveries(
        self,
        webhook_id: str | None = None,
        *,
        team_id: str,
        limit: int,
        before: str | None = None,
        state: DeliveryState | None = None,
        task_id: str | None = None,
        callbacks_only: bool = False,
    ) -> builtins.list[Delivery]:
        wanted = {
            "webhook_id": webhook_id,
            "team_id": team_id,
            "limit": limit,
            "before": before,
            "state": state,
            "callbacks_only": callbacks_only,
        }
        if task_id is None:
            rows = await self._readers.all("list_deliveries", **wanted)
        else:
            rows = await self._readers.all("list_deliveries_of_task", task_id=task_id, **wanted)
        return [_to_delivery(row) for row in rows]

    async def delivery(self, delivery_id: str, *, team_id: str) -> Delivery | None:
        row = await self._readers.one("view_delivery", delivery_id=delivery_id, team_id=team_id)
        return None if row is None else _to_delivery(row)

    async def sent(self, delivery_id: str, *, team_id: str) -> bytes | None:
        row = await self._readers.one("sent_of_delivery", delivery_id=delivery_id, team_id=team_id)
        return None if row is None or row["body"] is None else bytes(row["body"])

    async def replay(self, delivery_id: str, *, team_id: str) -> Delivery | None:
        def work(tx: Transaction) -> Delivery | None:
            replayed = tx.one("replay_delivery", delivery_id=delivery_id, team_id=team_id)
            row = tx.one("view_delivery", delivery_id=delivery_id, team_id=team_id)
            if row is not None and replayed is None:
                raise TransitionRefused("The webhook is switched off.")
            return None if row is None else _to_delivery(row)

        return await self._writer.write(work)


class SqliteOutbox:
    """See `storage.ports.Outbox`."""

    def __init__(self, writer: Writer, readers: Readers, cipher: StateCipher) -> None:
        self._writer = writer
        self._readers = readers
        self._cipher = cipher

    async def next_due(self) -> datetime | None:
        await self._writer.follow_clock()
        row = await self._readers.one("next_delivery")
        return None if row is None else from_micros(row["at"])

    async def claim(
        self, *, ttl: timedelta, limit: int, busy: Collection[str] = ()
    ) -> list[ClaimedDelivery]:
        passed_over, lease = json.dumps(sorted(busy)), ttl // MICROSECOND

        def work(tx: Transaction) -> list[sqlite3.Row]:
            taken = tx.all("claim_deliveries", ttl=lease, limit=limit, busy=passed_over)
            return [tx.only("claimed_delivery", delivery_seq=row["seq"]) for row in taken]

        # Nobody waits for what a claim changes, nor for what comes of it, but this process's own
        # dispatcher, which knows.
        rows = await self._writer.write(work, quiet=True)
        return [self._to_claimed(row) for row in rows]

    async def keep_body(self, event_id: str, body: bytes) -> bytes:
        def work(tx: Transaction) -> bytes:
            return bytes(tx.only("keep_body", event_id=event_id, body=body)["body"])

        return await self._writer.write(work, quiet=True)

    async def settle(self, claimed: ClaimedDelivery, attempted: Attempted) -> bool:
        def work(tx: Transaction) -> bool:
            row = tx.one(
                "settle_delivery",
                delivery_id=claimed.id,
                claimed_until=to_micros(claimed.until),
                state=attempted.state,
                next_at=to_micros(attempted.next_at),
                status=attempted.status,
                error=attempted.error,
            )
            if row is None:
                return False
            if attempted.state is DeliveryState.DELIVERED and row["callback_url"] is not None:
                tx.run("callback_told", event_seq=row["event_seq"])
            if attempted.error is DeliveryError.GONE and tx.run(
                "disable_webhook", webhook_id=row["endpoint_id"]
            ):
                tx.run("give_up_deliveries", webhook_id=row["endpoint_id"])
            return True

        return await self._writer.write(work, quiet=True)

    async def give_back(self, claimed: ClaimedDelivery) -> None:
        def work(tx: Transaction) -> None:
            until = to_micros(claimed.until)
            tx.run("give_back_delivery", delivery_id=claimed.id, claimed_until=until)

        await self._writer.write(work)

    async def drop_old(self, *, kept_for: timedelta) -> int:
        dropped = 0
        while some := await self._writer.write(
            lambda tx: tx.run("drop_old_events", kept_for=kept_for // MICROSECOND), quiet=True
        ):
            dropped += some
        return dropped

    async def tallies(self) -> list[DeliveryTally]:
        return [
            DeliveryTally(
                event_type=EventType(row["event_type"]),
                outcome=row["outcome"],
                deliveries=row["deliveries"],
            )
            for row in await self._readers.all("webhook_tallies")
        ]

    async def backlog(self) -> DeliveryBacklog:
        (row,) = await self._readers.all("webhook_backlog")
        return DeliveryBacklog(deliveries=row["deliveries"], since=from_micros(row["since"]))

    def _to_claimed(self, row: sqlite3.Row) -> ClaimedDelivery:
        sealed = [row["secret"], *([row["old_secret"]] if row["old_secret"] else [])]
        return ClaimedDelivery(
            id=row["id"],
            until=from_micros(row["claimed_until"]),
            attempts=row["attempts"],
            url=row["url"],
            target=row["target"],
            secrets=tuple(self._readable(sealed)),
            event=Event(
                id=row["event_id"],
                type=EventType(row["event_type"]),
                team_id=row["team_id"],
                at=from_micros(row["event_at"]),
                task_id=row["task_id"],
                detail=json.loads(row["detail"]),
                body=row["body"],
            ),
        )

    def _readable(self, sealed: Iterable[bytes]) -> Iterator[SecretStr]:
        # One endpoint whose secret has another key must not keep the others' from being told.
        for each in sealed:
            with suppress(SecretUnreadable):
                yield self._cipher.decrypt_text(each)


def _rotated(
    tx: Transaction, webhook_id: str, team_id: str, sealed: bytes, old_kept_for: timedelta
) -> sqlite3.Row:
    return tx.only(
        "rotate_secret",
        webhook_id=webhook_id,
        team_id=team_id,
        secret=sealed,
        old_kept_for=old_kept_for // MICROSECOND,
    )


def _listed(event_types: Sequence[EventType] | None) -> str | None:
    return None if event_types is None else json.dumps([each.value for each in event_types])


def _to_webhook(row: sqlite3.Row) -> Webhook:
    listed = row["event_types"]
    return Webhook(
        id=row["id"],
        team_id=row["team_id"],
        url=row["url"],
        event_types=None if listed is None else tuple(map(EventType, json.loads(listed))),
        created_at=from_micros(row["created_at"]),
        disabled_at=from_micros(row["disabled_at"]),
        disabled_reason=DisabledReason(row["disabled_reason"]) if row["disabled_reason"] else None,
    )


def _to_delivery(row: sqlite3.Row) -> Delivery:
    return Delivery(
        id=row["id"],
        webhook_id=row["webhook_id"],
        event_id=row["event_id"],
        event_type=EventType(row["event_type"]),
        event_at=from_micros(row["event_at"]),
        task_id=row["task_id"],
        url=row["url"],
        state=DeliveryState(row["state"]),
        attempts=row["attempts"],
        next_at=from_micros(row["next_at"]),
        last_at=from_micros(row["last_at"]),
        last_status=row["last_status"],
        last_error=DeliveryError(row["last_error"]) if row["last_error"] else None,
    )
