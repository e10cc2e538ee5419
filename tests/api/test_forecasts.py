"""About when queued tasks may start, worked out once for all who ask after them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from executor.forecast import QueueForecast
from executor.pacing import Pacing
from executor.settings import ExecutorSettings

if TYPE_CHECKING:
    from datetime import datetime

    from storage.tasks import TaskView
    from tests.api.conftest import World

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
RULES = {"send_message": {"gap": 60, "jitter": 0, "per_day": 3}}


@pytest.fixture
def forecast(world: World) -> QueueForecast:
    settings = ExecutorSettings.model_validate({"pacing": True, "limits": RULES})
    return QueueForecast(world.store, Pacing(settings), clock=world.clock)


async def queued(world: World, number: int) -> list[TaskView]:
    ids = [await world.waiting_task() for _ in range(number)]
    return [await world.view(task_id) for task_id in ids]


async def starts(world: World, forecast: QueueForecast, views: list[TaskView]) -> list[object]:
    """Return how long from now until each of them may start."""
    found: list[datetime | None] = [await forecast.earliest_start(view) for view in views]
    return [at and at - world.clock() for at in found]


async def test_each_place_has_its_start(world: World, forecast: QueueForecast) -> None:
    """Whichever place is asked for first."""
    views = await queued(world, 5)

    assert await starts(world, forecast, views[3:4]) == [DAY]
    assert await starts(world, forecast, views) == [
        None,
        MINUTE,
        2 * MINUTE,
        DAY,
        DAY + MINUTE,
    ]


async def test_looking_again_reads_nothing(world: World, forecast: QueueForecast) -> None:
    """Another place of the queue neither: this store could not be read any more."""
    await world.ended_task()
    first, second = await queued(world, 2)
    before = await starts(world, forecast, [first])
    await world.store.close()
    world.clock.advance(MINUTE / 2)

    assert before == [MINUTE]
    assert await starts(world, forecast, [first, second]) == [MINUTE / 2, 3 * MINUTE / 2]


async def test_a_write_makes_the_forecast_anew(world: World, forecast: QueueForecast) -> None:
    """The gap counts from the write that was charged last."""
    _, second, third = await queued(world, 3)
    before = await starts(world, forecast, [third])
    world.clock.advance(timedelta(seconds=2))
    await world.succeed()
    after = [await world.view(view.task.id) for view in (second, third)]

    assert before == [2 * MINUTE]
    assert await starts(world, forecast, after) == [MINUTE, 2 * MINUTE]


async def test_what_may_start_at_once_is_foreseen_anew(
    world: World, forecast: QueueForecast
) -> None:
    """Nobody has taken it up yet, and everybody behind it starts as much later."""
    views = await queued(world, 2)
    before = await starts(world, forecast, views)
    world.clock.advance(timedelta(seconds=5))

    assert before == await starts(world, forecast, views) == [None, MINUTE]


async def test_a_rest_that_is_over_is_foreseen_anew(world: World, forecast: QueueForecast) -> None:
    """Its end is no start any more."""
    await world.ended_task()
    views = await queued(world, 2)
    before = await starts(world, forecast, views)
    world.clock.advance(2 * MINUTE)

    assert before == [MINUTE, 2 * MINUTE]
    assert await starts(world, forecast, views) == [None, MINUTE]


async def test_a_clock_that_was_set_back_is_noticed(world: World, forecast: QueueForecast) -> None:
    """What was foreseen by the wrong clock is not told by the right one."""
    views = await queued(world, 2)
    await starts(world, forecast, views)
    world.clock.advance(-DAY)

    assert await starts(world, forecast, views) == [None, MINUTE]


async def test_places_far_behind_share_a_start(world: World, forecast: QueueForecast) -> None:
    """Who waits behind thousands waits for years; the years are not counted out."""
    (view,) = await queued(world, 1)
    far, farther = (replace(view, position=place) for place in (2_000, 1_000_000))

    assert await starts(world, forecast, [far]) == await starts(world, forecast, [farther])


async def test_the_oldest_of_many_forecasts_is_forgotten(
    world: World, forecast: QueueForecast
) -> None:
    """And worked out again when somebody asks."""
    (view,) = await queued(world, 1)
    views = [
        replace(view, task=replace(view.task, member_id=f"{n}"), position=2) for n in range(70)
    ]

    assert await starts(world, forecast, [*views, views[0]]) == [MINUTE] * 71
