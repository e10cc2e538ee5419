"""Many tasks, several runners, and somebody killed every few seconds."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil

from api.cli.wiring import open_store
from storage.settings import StorageSettings
from tests.faults.crowd import Crowd, Letter
from tests.faults.place import MUCH, ordinary_people
from tests.faults.process import Victim, gone
from tests.faults.simulated import Deliveries

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from executor.sandbox.server import RunningSandbox
    from tests.faults.judgement import Tally

_NOBODY = "http://127.0.0.1:9"
_SOMEBODY = "ACoAABCDEFG"
_UUID_LENGTH = 36
_INVITATIONS_OF = 4
"""Of so many tasks with a browser one is an invitation, while there is somebody to invite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much there is to do, and how it is disturbed."""

    tasks: int
    accounts: int
    runners: int = 2
    kill_after: tuple[int, int]
    """Fewest and most deliveries between two kills."""
    patience_s: float = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Storm:
    """How it went."""

    tally: Tally
    seconds: float

    def summary(self) -> dict[str, float | None]:
        """Return the line that a storm ends with."""
        rate = round(len(self.tally.verdicts) / self.seconds, 1)
        return {**self.tally.summary(), "seconds": round(self.seconds), "tasks_per_s": rate}


class Fleet:
    """Runners on one data directory, each replaced when it is killed."""

    def __init__(self, module: str, arguments: tuple[str, ...], folder: Path, site: str) -> None:
        self._module = module
        self._arguments = arguments
        self._folder = folder
        self._site = site
        self._all: list[Victim] = []
        self._running: list[Victim] = []
        self.kills = 0
        self.left_behind = 0
        """How many processes had outlived the runner that had started them, when all stopped."""

    async def grow(self) -> None:
        """Start one more runner."""
        settings = {
            "LINKEDIN_URL": self._site,
            "DATA_DIR": str(self._folder),
            "LEASE_TTL": "5",
            "READ_BACK_PAUSE": "0.5",
        }
        victim = await Victim.start(
            *self._arguments,
            module=self._module,
            folder=self._folder,
            settings={f"LINKEDIN_EXECUTOR_{name}": value for name, value in settings.items()},
        )
        self._all.append(victim)
        self._running.append(victim)

    async def kill_runner(self) -> None:
        """Kill any runner, and start another one."""
        victim = self._running.pop(random.randrange(len(self._running)))  # noqa: S311 - a dice
        await victim.kill()
        self.kills += 1
        await self.grow()

    async def kill_anybody(self) -> None:
        """Kill any runner, or any runner's browser or driver where it has one at the moment."""
        prey = random.choice(("runner", "browser", "driver"))  # noqa: S311 - a dice
        victim = random.choice(self._running)  # noqa: S311 - a dice
        if prey != "runner":
            with suppress(LookupError, psutil.NoSuchProcess):
                (victim.browser() if prey == "browser" else victim.driver()).kill()
                self.kills += 1
                return
        await self.kill_runner()

    async def stop(self) -> None:
        for victim in self._all:
            await victim.stop()
        family = [each for victim in self._all for each in victim.family()]
        self.left_behind = len(await gone(family, within=10))


async def simulated_storm(folder: Path, size: Size, tell: Callable[[str], None]) -> Storm:
    """Deliver into files."""
    deliveries = Deliveries(folder)
    async with open_store(StorageSettings(data_dir=folder)) as store:
        crowd = await Crowd.gather(store, [{"cookies": [], "origins": []}] * size.accounts)
        await crowd.ask(
            [
                Letter(
                    member=number % size.accounts,
                    text=str(uuid.uuid4()),
                    recipient=_SOMEBODY,
                )
                for number in range(size.tasks)
            ]
        )
        tell(f"{size.tasks} tasks accepted")
        fleet = Fleet("tests.faults.simulated", (), folder, _NOBODY)

        seconds = await _under_fire(
            fleet,
            crowd,
            size,
            strike=fleet.kill_runner,
            delivered=lambda: deliveries.count(_UUID_LENGTH),
            tell=tell,
        )
        return await _judged(crowd, fleet, deliveries.all(), seconds)


async def browser_storm(
    folder: Path, size: Size, sandbox: RunningSandbox, tell: Callable[[str], None]
) -> Storm:
    """Deliver to a sandbox, with real browsers."""
    client = sandbox.client
    accounts = [(await client.add_account()).id for _ in range(size.accounts)]
    for account in accounts:
        await client.change_limits(account, weekly_invitations_left=MUCH, personal_notes_left=MUCH)
    friends = await ordinary_people(client, accounts[0], "connected")
    strangers = await ordinary_people(client, accounts[0], "connectable")
    async with open_store(StorageSettings(data_dir=folder)) as store:
        crowd = await Crowd.gather(store, [await client.storage_state(each) for each in accounts])
        await crowd.ask(_letters(size, friends, strangers))
        tell(f"{size.tasks} tasks accepted")
        fleet = Fleet("tests.faults.victim", ("run",), folder, client.url)

        ledger = sandbox.stage.world.ledger
        seconds = await _under_fire(
            fleet,
            crowd,
            size,
            strike=fleet.kill_anybody,
            delivered=lambda: len(ledger.entries()),
            tell=tell,
        )
        delivered = Counter(entry.text or "" for entry in ledger.entries())
        return await _judged(crowd, fleet, delivered, seconds)


def _letters(size: Size, friends: list[str], strangers: list[str]) -> list[Letter]:
    letters = []
    for number in range(size.tasks):
        turn = number // size.accounts
        invited = turn // _INVITATIONS_OF
        invites = turn % _INVITATIONS_OF == 0 and invited < len(strangers)
        letters.append(
            Letter(
                member=number % size.accounts,
                text=f"This is {uuid.uuid4()}.",
                recipient=strangers[invited] if invites else friends[turn % len(friends)],
                invites=invites,
            )
        )
    return letters


async def _under_fire(
    fleet: Fleet,
    crowd: Crowd,
    size: Size,
    *,
    strike: Callable[[], Awaitable[None]],
    delivered: Callable[[], int],
    tell: Callable[[str], None],
) -> float:
    """Strike now and then until every task has ended; return how long that took."""
    started = time.monotonic()
    ended = asyncio.ensure_future(crowd.all_ended())
    changes = crowd.store.changes()
    try:
        # Together: the first one up would have done much before the last one was.
        await asyncio.gather(*(fleet.grow() for _ in range(size.runners)))
        async with asyncio.timeout(size.patience_s):
            while not ended.done():
                target = delivered() + random.randint(*size.kill_after)  # noqa: S311 - a dice
                while delivered() < target and not ended.done():
                    await changes.wait()
                if not ended.done():
                    await strike()
                    tell(f"{fleet.kills} kills, {delivered()} deliveries")
    except TimeoutError:
        tell("gave up waiting")
    finally:
        ended.cancel()
        await asyncio.gather(ended, return_exceptions=True)
        seconds = time.monotonic() - started
        await fleet.stop()
    return seconds


async def _judged(crowd: Crowd, fleet: Fleet, delivered: Counter[str], seconds: float) -> Storm:
    tally = await crowd.tally(delivered)
    tally.kills, tally.left_behind = fleet.kills, fleet.left_behind
    return Storm(tally=tally, seconds=seconds)
