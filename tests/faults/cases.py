"""What is done to the program, and at which points; each case is a story with a few tasks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from executor.sandbox.faults import Fault
from storage.tasks import TaskStatus
from tests.faults.kinds import DEED_KINDS, INBOX_KINDS, KINDS, SALES_KINDS, Kind
from tests.faults.place import QUICK
from tests.faults.points import Point
from tests.faults.process import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from storage.tasks import Task
    from tests.faults.place import Order, Place
    from tests.faults.points import Arrival
    from tests.faults.process import Victim

RUN = ("run",)
SERVE = ("serve", "--json", "--port", "0")
_TRIES = 3
TTL = timedelta(seconds=float(QUICK["LEASE_TTL"]))


class Prey(StrEnum):
    """Whom a kill hits."""

    RUNNER = "runner"
    SERVE = "serve"
    BROWSER = "browser"
    DRIVER = "driver"


_ACTING = (Prey.RUNNER, Prey.BROWSER)


@dataclass(frozen=True, slots=True)
class Case:
    """One story."""

    deed: str
    point: str
    play: Callable[[Place], Awaitable[None]]
    """Orders something, strikes, and waits until it has ended."""

    @property
    def name(self) -> str:
        return f"{self.deed}, {self.point}"


def kill(prey: Prey, point: Point, kinds: Sequence[Kind] = KINDS) -> Case:
    """SIGKILL one process for each kind of task, when it has come to a point."""

    async def play(place: Place) -> None:
        command = SERVE if prey is Prey.SERVE else RUN
        victim = await place.start(*command)
        if point is Point.IDLE:
            # An account without any task is nobody's, so nobody idles for it.
            await _bring(place, victim, point, kinds[0])
            victim.release_all()
        for kind in kinds:
            if point is Point.IDLE:
                order = await place.order(kind)
                await _stand(victim, point)
            else:
                order = await _bring(place, victim, point, kind)
            order.struck_at = datetime.now(UTC)
            place.signals += 1
            if prey in {Prey.RUNNER, Prey.SERVE}:
                await victim.kill()
                await place.network.come_back()
                victim = await place.start(*command)
            else:
                if prey is Prey.BROWSER:
                    await victim.kill_browser()
                else:
                    victim.driver().kill()
                await place.network.come_back()
                victim.release_all()
            if point is Point.IDLE:
                await _ask(place, victim, order)
            await place.reached(order)

    sets = {
        KINDS: "",
        INBOX_KINDS: ", inbox",
        DEED_KINDS: ", deeds",
        SALES_KINDS: ", Sales Navigator",
    }
    about = sets.get(tuple(kinds), f", {', '.join(kinds)}")
    return Case(f"SIGKILL {prey}{about}", point, play)


def freeze_runner(point: Point, kinds: Sequence[Kind] = KINDS) -> Case:
    """SIGSTOP a runner past its lease; it wakes up when another one has ended its task."""

    async def play(place: Place) -> None:
        for kind in kinds:
            first = await place.start(*RUN)
            order = await _bring(place, first, point, kind)
            first.freeze()
            order.struck_at = datetime.now(UTC)
            place.signals += 1
            second = await place.start(*RUN)
            ended = await place.reached(order)
            first.thaw()
            first.release_all()
            # Whatever it is still going to do, it has done when it has stopped.
            await first.stop()
            if await place.task(order) != ended:
                raise AssertionError("The runner that woke up changed a task that had ended.")
            if await place.deliveries(order):
                raise AssertionError("The runner that woke up sent what another one had settled.")
            await second.stop()

    return Case("SIGSTOP runner past its lease", point, play)


def freeze_browser(point: Point, kinds: Sequence[Kind] = KINDS, *, for_ever: bool = False) -> Case:
    """SIGSTOP Chromium for longer than a lease lasts, or until somebody gets rid of it."""

    async def play(place: Place) -> None:
        victim = await place.start(*RUN)
        for kind in kinds:
            order = await _bring(place, victim, point, kind)
            browser = victim.browser()
            browser.suspend()
            order.struck_at = datetime.now(UTC)
            place.signals += 1
            victim.release_all()
            if not for_ever:
                await _lease_outlives(place, order.struck_at + TTL)
                browser.resume()
            await place.reached(order)

    deed = "SIGSTOP browser for good" if for_ever else "SIGSTOP browser past a lease"
    return Case(deed, point, play)


def mishap(name: str, fault: Fault, kinds: Sequence[Kind] = KINDS) -> Case:
    """Let the sandbox deliver, and misbehave about it."""

    async def play(place: Place) -> None:
        victim = await place.start(*RUN)
        for kind in kinds:
            on = "create_invitation" if kind is Kind.INVITATION else "create_message"
            await place.client.arm(fault.model_copy(update={"on": on, "account": place.account}))
            order = await _bring(place, victim, Point.AFTER_LEAVING, kind)
            order.struck_at = datetime.now(UTC)
            victim.release_all()
            await place.reached(order)
            await place.delivered(order)

    return Case(f"Sandbox {name}", "on delivery", play)


class Outage(StrEnum):
    """How the network fails."""

    GONE = "goes away"
    SILENT = "falls silent"
    BLINK = "breaks every connection once"


def outage(how: Outage, point: Point, kinds: Sequence[Kind] = KINDS) -> Case:
    """Take the network away at a point until the task has ended."""

    async def play(place: Place) -> None:
        victim = await place.start(*RUN)
        for kind in kinds:
            order = await _bring(place, victim, point, kind)
            order.struck_at = datetime.now(UTC)
            if how is Outage.SILENT:
                place.network.fall_silent()
            else:
                place.network.go_away()
            if how is Outage.BLINK:
                await place.network.come_back()
            victim.release_all()
            await place.reached(order)
            await place.network.come_back()

    return Case(f"Network {how}", point, play)


def outage_before_the_start(kinds: Sequence[Kind] = KINDS) -> Case:
    """Have no network when a task is claimed, until it was put back once."""

    async def play(place: Place) -> None:
        await place.start(*RUN)
        for kind in kinds:
            order = await place.order(kind)
            place.network.go_away()
            order.struck_at = datetime.now(UTC)
            await place.ask(order)
            await place.reached(order, TaskStatus.RUNNING)
            await place.reached(order, TaskStatus.QUEUED)
            await place.network.come_back()
            await place.reached(order)

    return Case(f"Network {Outage.GONE}", "before the first page", play)


async def _ask(place: Place, victim: Victim, order: Order) -> None:
    await place.ask(order, over=victim if victim.serves else None)


async def _stand(victim: Victim, point: Point) -> Arrival:
    async with asyncio.timeout(PATIENCE_S):
        return await victim.expect(point)


async def _bring(place: Place, victim: Victim, point: Point, kind: Kind) -> Order:
    """Order something, and wait until the process stands at a point with it.

    On a busy machine a task may end in doubt on its way there. It is judged like any other, and
    another one is ordered in its place.
    """
    said = Point.AFTER_LEAVING if point is Point.BEFORE_ANSWER else point
    for _ in range(_TRIES):
        order = await place.order(kind)
        arriving = victim.expect(said)
        await _ask(place, victim, order)
        ended = asyncio.ensure_future(place.reached(order))
        either: set[asyncio.Future[Any]] = {arriving, ended}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not arriving.done() and not _may_still_come(point, await ended):
            continue
        ended.cancel()
        await asyncio.gather(ended, return_exceptions=True)
        async with asyncio.timeout(PATIENCE_S):
            await arriving
        if point is Point.BEFORE_ANSWER:
            place.network.hold_answers()
            victim.release_all()
            await place.delivered(order)
        return order
    raise LookupError(f"No task came to {point!r}.")


def _may_still_come(point: Point, task: Task) -> bool:
    """Tell whether the process comes to a point although its task has been seen to end."""
    return point is Point.IDLE or task.status is TaskStatus.SUCCEEDED


async def _lease_outlives(place: Place, moment: datetime) -> None:
    """Wait until the runner has held its account beyond this moment."""
    changes = place.store.changes()
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not any(
                each.expires_at - TTL > moment for each in await place.store.leases.held()
            ):
                await changes.wait()
    finally:
        await changes.close()


def every_case() -> list[Case]:
    """Return one round."""
    sent = [Point.AFTER_INTENT, Point.BEFORE_LEAVING, Point.AFTER_LEAVING]
    late, broken = Fault(on="create_message", do="deliver_late"), Point.BEFORE_ANSWER
    return [
        *(kill(prey, point) for prey in Prey for point in Point),
        *(kill(prey, point, INBOX_KINDS) for prey in Prey for point in Point),
        *(kill(prey, point, DEED_KINDS) for prey in _ACTING for point in Point),
        *(kill(prey, point, SALES_KINDS) for prey in _ACTING for point in Point),
        *(kill(prey, Point.BEFORE_RECORD, [Kind.MARK_SEEN]) for prey in Prey),
        *(freeze_runner(point) for point in sent),
        *(freeze_browser(point) for point in sent[1:]),
        freeze_browser(Point.AFTER_LEAVING, [Kind.MESSAGE], for_ever=True),
        mishap("drops its answer", late.model_copy(update={"do": "drop_answer_after_delivery"})),
        mishap("delivers late", late.model_copy(update={"seconds": 2.5})),
        mishap("delivers very late", late.model_copy(update={"seconds": 10.0})),
        mishap("delivers, then fails", late.model_copy(update={"do": "deliver_then_status"})),
        outage_before_the_start(),
        outage(Outage.GONE, Point.BEFORE_INTENT),
        outage(Outage.GONE, broken),
        outage(Outage.BLINK, broken),
        outage(Outage.SILENT, Point.AFTER_LEAVING),
    ]
