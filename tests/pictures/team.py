"""An invented team in the middle of its work."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from storage.limits import HoldReason
from storage.runners import MemoryTaken
from storage.secrets import new_webhook_secret
from storage.sessions import SessionHealth
from storage.tasks import ErrorCode
from storage.teams import Role
from storage.webhooks import Attempted, DeliveryError, DeliveryState
from tests.api.dashboard.visiting import add_task

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tests.api.conftest import World

_LAST_DAY = 13
_PEOPLE = (
    ("ACoAABirchwood", "ivy-birchwood", "Ivy Birchwood"),
    ("ACoAALindqvist", "otto-lindqvist", "Otto Lindqvist"),
    ("ACoAAOkonjima", "tara-okonjima", "Tara Okonjima"),
    ("ACoAAHartmann", "nils-hartmann", "Nils Hartmann"),
)


class SomeCaps:
    """What an operator may let an account do."""

    async def of(
        self,
        member_id: str,  # noqa: ARG002 - the protocol's
        task_types: Collection[str],
    ) -> Mapping[str, Sequence[tuple[int, timedelta]]]:
        caps = {"send_message": 50, "send_connection_request": 20, "send_inmail": 20}
        return {each: [(caps[each], timedelta(days=1))] for each in task_types if each in caps}


async def at_work(world: World) -> tuple[str, str]:
    """Give the team a fortnight of work; return the ids of an ended task and of a webhook."""
    for profile_id, vanity, name in _PEOPLE:
        await world.store.people.remember(
            world.admin.id, profile_id=profile_id, vanity=vanity, name=name
        )
    noah = await world.store.teams.add_member(world.team.id, name="Noah", role=Role.MEMBER)
    await world.sign_in(noah)
    await world.store.sessions.mark(noah.id, SessionHealth.CHALLENGE)
    mia = await world.store.teams.add_member(world.team.id, name="Mia", role=Role.MEMBER)
    await world.sign_in(mia)
    await world.store.teams.pause(mia.id)
    await world.store.teams.add_alias(world.admin.id, "acc_sales")
    ended = webhook_id = ""
    for day in range(_LAST_DAY + 1):
        if day == _LAST_DAY:
            webhook_id = await _add_webhook(world)
        for number in range(3 + day * 5 % 7):
            await _ask(world, number)
            world.clock.advance(timedelta(seconds=40))
            ended = await world.succeed()
        if day % 5 == 1:
            await _ask(world, day)
            await world.fail(ErrorCode.PROFILE_NOT_FOUND)
        await _ask(world, day, "fetch_profile", is_write=False)
        await world.succeed()
        world.clock.advance(timedelta(days=1))
        await world.sign_in(world.admin)
    await _ask(world, 2)
    await world.fail(ErrorCode.UNCONFIRMED)
    await _deliver(world)
    for number in range(4):
        world.clock.advance(timedelta(minutes=3))
        await _ask(world, number)
    await _ask(world, 1, "send_connection_request")
    await world.hold(HoldReason.GAP, "send_message", seconds=70)
    await world.store.runners.show("host:1:0.00", MemoryTaken(own=1, browser=1))
    return ended, webhook_id


async def _add_webhook(world: World) -> str:
    added = await world.store.webhooks.add(
        world.team.id,
        url="https://hooks.example.com/linkedin",
        event_types=None,
        secret=new_webhook_secret(),
    )
    return added.id


async def _deliver(world: World) -> None:
    """Let all but the newest delivery arrive; its receiver is down for the moment."""
    outbox = world.store.outbox
    while claimed := await outbox.claim(ttl=timedelta(minutes=1), limit=1):
        await outbox.settle(
            claimed[0],
            Attempted(
                state=DeliveryState.PENDING,
                status=503,
                error=DeliveryError.BAD_STATUS,
                next_at=world.clock() + timedelta(minutes=5),
            )
            if claimed[0].event.type == "task.unconfirmed"
            else Attempted(state=DeliveryState.DELIVERED, status=200),
        )


async def _ask(world: World, number: int, task_type: str = "send_message", **changes: Any) -> str:
    profile_id, vanity, _ = _PEOPLE[number % len(_PEOPLE)]
    person = {"profile_id": profile_id, "vanity": vanity}
    order = {"recipient": person, "message": "Thank you for the talk on Tuesday!"}
    return await add_task(world, task_type=task_type, input=order, **changes)
