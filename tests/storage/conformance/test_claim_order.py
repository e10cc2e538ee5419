"""What goes behind everything that clients have asked for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from storage.limits import HoldReason
from storage.tasks import RUNNER

if TYPE_CHECKING:
    from tests.storage.world import World


async def test_what_the_runner_asked_for_itself_goes_last(world: World) -> None:
    """Whatever clients ask for later is claimed before it."""
    own = await world.add(task_type="look", is_write=False, dialect=RUNNER)
    message = await world.add()
    read = await world.add(task_type="fetch_profile", is_write=False)
    awaited = await world.add(task_type="fetch_profile", is_write=False, answer_owed=True)
    lease = await world.lease()

    claimed = [(await world.claim(lease)).id for _ in range(4)]

    assert claimed == [awaited.id, message.id, read.id, own.id]


async def test_what_must_wait_does_not_keep_it_back(world: World) -> None:
    """Work that is on hold, or for later, is nothing that could be done instead."""
    later = world.clock() + timedelta(hours=1)
    await world.add()
    await world.add(task_type="fetch_profile", is_write=False, not_before=later)
    await world.store.limits.hold(
        world.member_id, "send_message", reason=HoldReason.GAP, until=later
    )
    own = await world.add(task_type="look", is_write=False, dialect=RUNNER)

    assert (await world.claim(await world.lease())).id == own.id
