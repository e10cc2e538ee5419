"""A victim: a process of the program's, its browser and its driver, and what is done to them."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import psutil

from tests.faults.points import Arrival, Point
from tests.faults.victim import SIGN

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
"""By when anything that happens at all has happened, on a machine that is busy with much else."""


class Victim:
    """One running command; it stands still at no point unless that was asked for."""

    def __init__(self, process: asyncio.subprocess.Process, *, serves: bool) -> None:
        self.serves = serves
        """Whether it takes orders over HTTP."""
        self._process = process
        self._standing: list[Arrival] = []
        self._wanted: tuple[Point, asyncio.Future[Arrival]] | None = None
        self._family: dict[int, psutil.Process] = {}
        self._ready: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._listening = asyncio.ensure_future(self._listen())

    @classmethod
    async def start(
        cls,
        *arguments: str,
        module: str = "tests.faults.victim",
        folder: Path,
        settings: Mapping[str, str],
    ) -> Self:
        """Start a command in *folder*, where its log is kept."""
        known = {k: v for k, v in os.environ.items() if not k.startswith("LINKEDIN_EXECUTOR_")}
        with (folder / "log.txt").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", module, *arguments),
                cwd=folder,
                env={**known, "PYTHONPATH": str(ROOT), **settings},
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        return cls(process, serves="serve" in arguments)

    async def ready(self) -> dict[str, Any]:
        """Return the line of JSON with which `serve --json` says that it is ready."""
        async with asyncio.timeout(PATIENCE_S):
            return await asyncio.shield(self._ready)

    def expect(self, point: Point) -> asyncio.Future[Arrival]:
        """Let the process stand still when it next comes to *point*."""
        arriving: asyncio.Future[Arrival] = asyncio.get_running_loop().create_future()
        self._wanted = (point, arriving)
        return arriving

    def release_all(self) -> None:
        """Let the process go on, from wherever it stands."""
        for arrival in self._standing:
            self._release(arrival)
        self._standing.clear()

    def _release(self, arrival: Arrival) -> None:
        assert self._process.stdin is not None
        with suppress(ConnectionError):
            self._process.stdin.write(f"{arrival.number}\n".encode())

    def browser(self) -> psutil.Process:
        """Return Chromium's main process."""
        return self._child("--remote-debugging-pipe", but_not="--type=")

    async def kill_browser(self) -> None:
        """Kill Chromium, and see that none of it goes on: that would be no kill at all."""
        browser = self.browser()
        parts = browser.children(recursive=True)
        browser.kill()
        if left := await gone([browser, *parts], within=PATIENCE_S):
            raise AssertionError(f"{len(left)} processes outlive the browser that was killed")

    def driver(self) -> psutil.Process:
        """Return Playwright's driver."""
        return self._child("run-driver")

    async def kill(self) -> None:
        """End it as a power cut would."""
        self.family()
        self._process.kill()
        await self._end()

    def freeze(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGCONT)

    async def stop(self) -> None:
        """End it as a service manager would, and see that nothing of it is left."""
        self.family()
        if self._process.returncode is None:
            assert self._process.stdin is not None
            # Nobody lets it go on any more, so it must not wait for that.
            self._process.stdin.close()
            self._process.terminate()
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await self._process.wait()
            except TimeoutError:
                self._process.kill()
        await self._end()

    def family(self) -> list[psutil.Process]:
        """Return everything that it has started so far and that was seen to live."""
        with suppress(psutil.NoSuchProcess):
            for each in psutil.Process(self._process.pid).children(recursive=True):
                self._family.setdefault(each.pid, each)
        return list(self._family.values())

    def _child(self, word: str, *, but_not: str = "\0") -> psutil.Process:
        """Return the innermost: a script that has started a program has the same words."""
        found: dict[int, psutil.Process] = {}
        for each in self.family():
            with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                told = " ".join(each.cmdline())
                if word in told and but_not not in told:
                    found[each.pid] = each
                    found.pop(each.ppid(), None)
        if len(found) != 1:
            raise LookupError(f"{len(found)} processes with {word}")
        return next(iter(found.values()))

    async def _listen(self) -> None:
        assert self._process.stdout is not None
        while line := (await self._process.stdout.readline()).decode():
            if line.startswith(SIGN):
                self._hear(json.loads(line.removeprefix(SIGN)))
            elif line.startswith("{"):
                self._ready.set_result(json.loads(line))

    def _hear(self, told: dict[str, Any]) -> None:
        arrival = Arrival(told["number"], Point(told["point"]), told["task_id"])
        if self._wanted is not None and self._wanted[0] is arrival.point:
            (_, arriving), self._wanted = self._wanted, None
            if not arriving.done():
                arriving.set_result(arrival)
                self._standing.append(arrival)
                return
        self._release(arrival)

    async def _end(self) -> None:
        await self._process.wait()
        await self._listening
        self._ready.cancel()
        # asyncio keeps the transport open until its pipes are read to the end.
        self._process._transport.close()  # type: ignore[attr-defined]


async def gone(processes: list[psutil.Process], *, within: float) -> list[psutil.Process]:
    """Wait until they have ended; end those that have not, and return them."""
    _, left = await asyncio.to_thread(psutil.wait_procs, processes, timeout=within)
    for each in left:
        with suppress(psutil.NoSuchProcess):
            each.kill()
    return left
