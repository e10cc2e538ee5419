"""Sending what is due, one attempt of each delivery at a time, as long as somebody has to be told.

At least once: an attempt whose outcome could not be recorded is made again. The event's id stays
the same, so that a receiver can tell. Any number of these may work on one store.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog

from api.webhooks.exchange import Answered
from api.webhooks.schedule import next_attempt
from api.webhooks.signing import signed_headers
from api.webhooks.words import words_of
from storage.errors import StoreError
from storage.webhooks import Attempted, DeliveryError, DeliveryState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from api.clock import Clock
    from api.webhooks.exchange import Exchange
    from storage.ports import Changes, Store
    from storage.webhooks import ClaimedDelivery

ATTEMPT_TIMEOUT = timedelta(seconds=20)
"""For a whole attempt; Standard Webhooks 1.0 recommends 15 to 30 seconds."""
LEASE = timedelta(seconds=60)
"""For how long a delivery is a dispatcher's; more than an attempt may take."""
_AT_ONCE = 100
_AT_ONCE_TO_ONE = 2
"""So many attempts at the same target: one that is slow takes no place from the others."""
_TROUBLE_S = 1.0
_TIDY_EVERY_S = 3600.0

_log = structlog.get_logger(__name__)


class Dispatcher:
    """Delivers a store's events."""

    def __init__(
        self,
        store: Store,
        exchange: Exchange,
        *,
        kept_for: timedelta,
        clock: Clock,
        grace: timedelta = timedelta(seconds=5),
        draw: Callable[[], float] = random.random,
    ) -> None:
        """Make one.

        Args:
            exchange: open while this works.
            kept_for: how long events stay that nobody has to be told any more.
            grace: for how long attempts that are being made may go on when the program stops.
            draw: returns a random part of 1.
        """
        self._store = store
        self._exchange = exchange
        self._kept_for = kept_for
        self._clock = clock
        self._grace = grace
        self._draw = draw
        self._sending: dict[asyncio.Task[None], str] = {}
        self._has_room = asyncio.Event()

    async def run_once(self) -> int:
        """Make one attempt at everything that is due now; return how many were made."""
        made = 0
        while claimed := await self._store.outbox.claim(ttl=LEASE, limit=_AT_ONCE):
            await asyncio.gather(*map(self._send, claimed))
            made += len(claimed)
        return made

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until *stop* is set; then end what is being sent, or leave it to the next one."""
        tidying = asyncio.ensure_future(self._tidy())
        stopping = asyncio.ensure_future(stop.wait())
        changes = self._store.changes()
        changed: asyncio.Future[None] = asyncio.ensure_future(changes.wait())
        try:
            while not stop.is_set():
                self._has_room.clear()
                pause = await self._look()
                room = asyncio.ensure_future(self._has_room.wait())
                awaited: set[asyncio.Future[Any]] = {stopping, changed, room}
                await asyncio.wait(awaited, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
                room.cancel()
                if changed.done():
                    changed = await self._next(changes, changed)
        finally:
            for task in (tidying, stopping, changed):
                task.cancel()
            await asyncio.gather(tidying, stopping, changed, return_exceptions=True)
            await changes.close()
            await self._end()

    async def _next(self, changes: Changes, changed: asyncio.Future[None]) -> asyncio.Future[None]:
        """Wait for the next change, and take no more than half of the time for looking."""
        if changed.exception() is not None:
            _log.error("changes_not_seen", error=str(changed.exception()))
            await asyncio.sleep(_TROUBLE_S)
        return asyncio.ensure_future(changes.wait())

    async def _look(self) -> float | None:
        """Begin with what is due, and return after how many seconds more will be, if any."""
        started = asyncio.get_running_loop().time()
        try:
            due = await self._begin_due()
        except StoreError as error:
            _log.error("webhooks_not_looked_for", error=str(error))
            return _TROUBLE_S
        # Every commit wakes this; whoever commits much must not pay for it twice.
        await asyncio.sleep(asyncio.get_running_loop().time() - started)
        return None if due is None else max(0.0, (due - self._clock()).total_seconds())

    async def _begin_due(self) -> datetime | None:
        """Begin as many attempts as there is room for, and return when the next one is due.

        While what is due has no room there is no such time: the end of an attempt makes some.
        """
        outbox = self._store.outbox
        while (room := _AT_ONCE - len(self._sending)) > 0:
            due = await outbox.next_due()
            if due is None or due > self._clock():
                return due
            at_target = Counter(self._sending.values())
            busy = [target for target, count in at_target.items() if count >= _AT_ONCE_TO_ONE]
            claimed = await outbox.claim(ttl=LEASE, limit=room, busy=busy)
            if not claimed:
                return None
            for each in claimed:
                sending = asyncio.ensure_future(self._send(each))
                self._sending[sending] = each.target
                sending.add_done_callback(self._ended)
        return None

    def _ended(self, sending: asyncio.Task[None]) -> None:
        del self._sending[sending]
        self._has_room.set()

    async def _send(self, claimed: ClaimedDelivery) -> None:
        """Make an attempt, and record what came of it."""
        event = claimed.event
        try:
            answered = await self._answer_to(claimed)
            attempted = self._attempted(claimed, answered)
            is_ours = await self._store.outbox.settle(claimed, attempted)
        except asyncio.CancelledError:
            await self._give_back(claimed)
            raise
        except StoreError as error:
            # Once the lease is over, somebody tries again.
            _log.error("webhook_not_recorded", delivery_id=claimed.id, error=str(error))
        except Exception as error:  # noqa: BLE001 - one event must not keep the others from being told
            _log.error("webhook_not_sent", delivery_id=claimed.id, exc_info=error)
        else:
            tell = _log.info if attempted.state is DeliveryState.DELIVERED else _log.warning
            tell(
                "webhook_attempted",
                delivery_id=claimed.id,
                event_id=event.id,
                event_type=event.type.value,
                state=attempted.state.value if is_ours else "with_another",
                status=attempted.status,
                error=attempted.error,
                attempts=claimed.attempts + 1,
            )

    async def _answer_to(self, claimed: ClaimedDelivery) -> Answered:
        if not claimed.secrets:
            return Answered(error=DeliveryError.NOT_SIGNED)
        event = claimed.event
        body = event.body
        if body is None:
            words = await words_of(event, store=self._store)
            body = await self._store.outbox.keep_body(event.id, words)
        headers = signed_headers(event.id, body, at=self._clock(), secrets=claimed.secrets)
        return await self._exchange.post(claimed.url, body, headers)

    def _attempted(self, claimed: ClaimedDelivery, answered: Answered) -> Attempted:
        if answered.error is None:
            return Attempted(state=DeliveryState.DELIVERED, status=answered.status)
        again = next_attempt(self._clock(), ended=claimed.attempts + 1, spread=self._draw())
        if again is None or answered.error is DeliveryError.GONE:
            return Attempted(state=DeliveryState.DEAD, status=answered.status, error=answered.error)
        return Attempted(
            state=DeliveryState.PENDING,
            status=answered.status,
            error=answered.error,
            next_at=again,
        )

    async def _give_back(self, claimed: ClaimedDelivery) -> None:
        try:
            await self._store.outbox.give_back(claimed)
        except StoreError as error:
            _log.warning("webhook_not_given_back", delivery_id=claimed.id, error=str(error))

    async def _tidy(self) -> None:
        while True:
            try:
                await self._store.outbox.drop_old(kept_for=self._kept_for)
            except StoreError as error:
                _log.warning("events_not_tidied", error=str(error))
            await asyncio.sleep(_TIDY_EVERY_S)

    async def _end(self) -> None:
        if self._sending:
            await asyncio.wait(self._sending, timeout=self._grace.total_seconds())
        late = [*self._sending]
        for each in late:
            each.cancel()
        await asyncio.gather(*late, return_exceptions=True)
