"""Endpoints for tests, and what is on its way to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from storage.secrets import new_webhook_secret

if TYPE_CHECKING:
    from storage.webhooks import ClaimedDelivery, Event, EventType, Webhook
    from tests.storage.world import World

URL = "https://here.example/hook"
LEASE = timedelta(seconds=30)


async def hook(world: World, *event_types: EventType, team_id: str | None = None) -> Webhook:
    """Add an endpoint that is told these types, or all."""
    return await world.store.webhooks.add(
        team_id or world.team_id,
        url=URL,
        event_types=event_types or None,
        secret=new_webhook_secret(),
    )


async def pending(world: World) -> list[ClaimedDelivery]:
    """Return everything that is due, and leave it so."""
    outbox = world.store.outbox
    found: list[ClaimedDelivery] = []
    while taken := await outbox.claim(ttl=LEASE, limit=50):
        found += taken
    for each in found:
        await outbox.give_back(each)
    return found


async def events(world: World) -> list[Event]:
    """Return every event that is on its way, the oldest first."""
    unique = {each.event.id: each.event for each in await pending(world)}
    return sorted(unique.values(), key=lambda event: event.at)
