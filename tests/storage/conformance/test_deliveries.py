"""What was or is on its way to a team's endpoints and callbacks, listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from storage.tasks import TaskStatus
from storage.webhooks import Attempted, Callback, DeliveryError, DeliveryState
from tests.storage.outbox import LEASE, URL, hook
from tests.storage.world import World

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.webhooks import Delivery

CALLBACK = Callback(url="https://there.example/done", target="https://there.example:443")
DEAD = Attempted(state=DeliveryState.DEAD, status=500, error=DeliveryError.BAD_STATUS)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A team with two endpoints and two ended tasks, of which one has named a callback."""

    world: World
    hooks: list[str]
    plain: str
    calling: str

    async def listed(self, webhook_id: str | None = None, **wanted: Any) -> Sequence[Delivery]:
        values = {"team_id": self.world.team_id, "limit": 50, **wanted}
        return await self.world.store.webhooks.deliveries(webhook_id, **values)


@pytest.fixture
async def told(world: World) -> Told:
    neighbour = await World.create(world.store, world.clock)
    await hook(neighbour)
    lease = await neighbour.lease()
    await neighbour.bring_to(TaskStatus.FAILED, lease, callback=CALLBACK)
    hooks = [await hook(world) for _ in range(2)]
    lease = await world.lease()
    plain = await world.bring_to(TaskStatus.FAILED, lease)
    calling = await world.bring_to(TaskStatus.FAILED, lease, callback=CALLBACK)
    return Told(world=world, hooks=[each.id for each in hooks], plain=plain.id, calling=calling.id)


def urls(found: Sequence[Delivery]) -> list[str]:
    return sorted(each.url for each in found)


async def test_everything_of_a_team_is_listed_newest_first(told: Told) -> None:
    """To whichever endpoint or callback, in pieces too; and nothing of another team's."""
    everything = await told.listed()
    first = await told.listed(limit=2)
    rest = await told.listed(before=first[-1].id)

    assert [each.task_id for each in everything] == [told.calling] * 3 + [told.plain] * 2
    assert urls(everything) == [URL] * 4 + [CALLBACK.url]
    assert [*first, *rest] == everything
    assert await told.listed(before="no") == []
    assert await told.listed(team_id="another") == []


async def test_what_tells_the_end_of_a_task_is_listed(told: Told) -> None:
    """By its id, to all or to one; another team does not find it."""
    of_task = await told.listed(task_id=told.calling)
    to_one = await told.listed(told.hooks[0], task_id=told.calling)

    assert urls(of_task) == [URL, URL, CALLBACK.url]
    assert [each.webhook_id for each in to_one] == [told.hooks[0]]
    assert await told.listed(task_id=told.calling, before=of_task[0].id) == of_task[1:]
    assert await told.listed(task_id=told.calling, limit=1) == of_task[:1]
    assert await told.listed(task_id=told.calling, team_id="another") == []
    assert await told.listed(task_id="no") == []


async def test_what_goes_to_callbacks_is_listed(told: Told) -> None:
    """Alone, of all tasks or of one."""
    [found] = await told.listed(callbacks_only=True)

    assert (found.webhook_id, found.url, found.task_id) == (None, CALLBACK.url, told.calling)
    assert await told.listed(task_id=told.calling, callbacks_only=True) == [found]
    assert await told.listed(task_id=told.plain, callbacks_only=True) == []


async def test_a_dead_callback_is_found_and_replayed(told: Told) -> None:
    """By its state, among whatever else there is."""
    outbox = told.world.store.outbox
    while taken := await outbox.claim(ttl=LEASE, limit=50):
        for claimed in taken:
            if claimed.url == CALLBACK.url and claimed.event.team_id == told.world.team_id:
                await outbox.settle(claimed, DEAD)

    [dead] = await told.listed(state=DeliveryState.DEAD)
    again = await told.world.store.webhooks.replay(dead.id, team_id=told.world.team_id)

    assert (dead.url, dead.last_error) == (CALLBACK.url, DeliveryError.BAD_STATUS)
    assert again is not None
    assert again.state is DeliveryState.PENDING
    assert await told.listed(state=DeliveryState.DEAD, task_id=told.calling) == []
    assert len(await told.listed(state=DeliveryState.PENDING, task_id=told.calling)) == 3
