"""What a store knows about who wants to be told what, and how far the telling has come.

That something has happened is stored together with it: the end of a task with the task's own
change, the state of a session with the session's. Nothing is stored that nobody wants to be told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime, timedelta

    from pydantic import SecretStr

    from storage.tasks import Task
    from storage.webhooks import (
        Attempted,
        Callback,
        ClaimedDelivery,
        Delivery,
        DeliveryBacklog,
        DeliveryState,
        DeliveryTally,
        EventType,
        Webhook,
    )


class Webhooks(Protocol):
    """Endpoints of teams, and what was or is on its way to them."""

    async def add(
        self,
        team_id: str,
        *,
        url: str,
        event_types: Sequence[EventType] | None,
        secret: SecretStr,
    ) -> Webhook:
        """Add an endpoint.

        Args:
            event_types: `None` for all.
            secret: kept encrypted; it can be read nowhere afterwards.

        Raises:
            NoRoom: the team has as many as it may.
        """
        ...

    async def list(self, team_id: str) -> Sequence[Webhook]:
        """Return the team's endpoints, the oldest first."""
        ...

    async def get(self, webhook_id: str, *, team_id: str) -> Webhook | None: ...

    async def change(self, changed: Webhook) -> Webhook | None:
        """Store URL, event types and *disabled_reason*; `None` when there is no such endpoint.

        What is on its way to an endpoint that is switched off is dead from then on.
        """
        ...

    async def remove(self, webhook_id: str, *, team_id: str) -> bool:
        """Remove an endpoint with all its deliveries; `False` when there was none."""
        ...

    async def rotate_secret(
        self, webhook_id: str, *, team_id: str, secret: SecretStr, old_kept_for: timedelta
    ) -> Webhook | None:
        """Replace the secret; the old one signs as well for a while."""
        ...

    async def callback_secret(self, team_id: str) -> SecretStr:
        """Return the secret that signs the team's callbacks, made when it is missing.

        Raises:
            SecretUnreadable: it was encrypted with another key.
        """
        ...

    async def rotate_callback_secret(
        self, team_id: str, *, secret: SecretStr, old_kept_for: timedelta
    ) -> None:
        """Replace it; the old one signs as well for a while."""
        ...

    async def call_back(self, task: Task, callback: Callback) -> None:
        """Have the end of a task that is there already told here too, also if it is past."""
        ...

    async def send_test(self, webhook_id: str, *, team_id: str) -> Delivery | None:
        """Send an endpoint an event that says nothing else; `None` when there is no such one.

        Raises:
            TransitionRefused: it is switched off.
        """
        ...

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
    ) -> Sequence[Delivery]:
        """Return what was or is on its way to the team's endpoints and callbacks, the newest first.

        Args:
            webhook_id: only to this endpoint.
            state: only those that have come so far.
            task_id: only what tells the end of this task.
            callbacks_only: only to what tasks have named.
        """
        ...

    async def delivery(self, delivery_id: str, *, team_id: str) -> Delivery | None: ...

    async def sent(self, delivery_id: str, *, team_id: str) -> bytes | None:
        """Return what a delivery sends, to the byte; `None` before its first attempt."""
        ...

    async def replay(self, delivery_id: str, *, team_id: str) -> Delivery | None:
        """Send a delivery once more from the beginning; `None` when there is no such one.

        Raises:
            TransitionRefused: its endpoint is switched off.
        """
        ...


class Outbox(Protocol):
    """For those who deliver: any number of processes, and each delivery is with one of them."""

    async def next_due(self) -> datetime | None:
        """Return when the next delivery is due; `None` when there is nothing to deliver."""
        ...

    async def claim(
        self, *, ttl: timedelta, limit: int, busy: Collection[str] = ()
    ) -> Sequence[ClaimedDelivery]:
        """Take due deliveries, at most one for each target, those that have waited longest.

        Args:
            ttl: for how long nobody else takes them.
            limit: at most so many.
            busy: targets to pass over.
        """
        ...

    async def keep_body(self, event_id: str, body: bytes) -> bytes:
        """Store what is sent of an event, and return what is: the first one's words stay."""
        ...

    async def settle(self, claimed: ClaimedDelivery, attempted: Attempted) -> bool:
        """Record an attempt; `False` when the delivery is with somebody else by now.

        An endpoint that is `gone` is switched off; a callback is only dead. Once a callback is
        delivered, nobody is owed its task's outcome any more.
        """
        ...

    async def give_back(self, claimed: ClaimedDelivery) -> None:
        """Leave a delivery to whoever looks next, without counting the attempt."""
        ...

    async def drop_old(self, *, kept_for: timedelta) -> int:
        """Remove events of before that which nobody has to be told; return how many."""
        ...

    async def tallies(self) -> Sequence[DeliveryTally]: ...

    async def backlog(self) -> DeliveryBacklog: ...
