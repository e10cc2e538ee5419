"""Which processes perform tasks, as far as everybody else can see."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from storage.runners import SILENT_AFTER, MemoryTaken, SeenRunner, why_nobody_works
from tests.storage.world import START

if TYPE_CHECKING:
    from tests.storage.world import World

SMALL = MemoryTaken(own=1, browser=0)
LARGE = MemoryTaken(own=100_000_000, browser=5_000_000_000)
MOMENT = timedelta(microseconds=1)


async def why(world: World) -> str | None:
    return why_nobody_works(await world.store.runners.seen(), world.clock())


async def test_a_runner_is_seen_with_its_memory(world: World) -> None:
    """As it last showed itself; whoever did so last comes first."""
    runners = world.store.runners
    await runners.show("host:1:0", SMALL)
    await runners.show("host:2:0", SMALL)
    world.clock.advance(timedelta(seconds=60))
    await runners.show("host:2:0", LARGE)

    assert list(await runners.seen()) == [
        SeenRunner(owner="host:2:0", seen_at=START + timedelta(seconds=60), memory=LARGE),
        SeenRunner(owner="host:1:0", seen_at=START, memory=SMALL),
    ]
    assert await why(world) is None


async def test_a_runner_that_has_ended_is_not_there(world: World) -> None:
    """Who leaves twice, or was never there, makes no difference."""
    runners = world.store.runners
    before = await why(world)
    await runners.show("host:1:0", SMALL)
    await runners.show("host:2:0", SMALL)
    for owner in ("host:1:0", "host:1:0", "host:3:0"):
        await runners.leave(owner)

    assert [each.owner for each in await runners.seen()] == ["host:2:0"]

    await runners.leave("host:2:0")
    assert list(await runners.seen()) == []
    assert before == await why(world)
    assert before == "No runner is there: none was ever started, or the last one was stopped."


async def test_a_runner_that_is_seen_no_more_counts_as_gone(world: World) -> None:
    """After two minutes and a half, to the moment; how long it has been is told."""
    await world.store.runners.show("host:1:0", SMALL)
    world.clock.advance(SILENT_AFTER - MOMENT)
    assert await why(world) is None

    world.clock.advance(MOMENT)

    assert await why(world) == "No runner has been seen for 150 s."


async def test_silent_runners_are_forgotten_once_another_one_is_there(world: World) -> None:
    """One that comes back is seen again."""
    runners = world.store.runners
    await runners.show("host:1:0", SMALL)
    world.clock.advance(SILENT_AFTER)
    await runners.show("host:2:0", SMALL)
    assert [each.owner for each in await runners.seen()] == ["host:2:0"]

    await runners.show("host:1:0", SMALL)

    assert {each.owner for each in await runners.seen()} == {"host:1:0", "host:2:0"}
