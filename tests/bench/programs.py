"""Programs that are measured: processes of their own, which tell lines of JSON."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections import deque
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

import psutil

from tests.acceptance.service import PROGRAM
from tests.faults.process import PATIENCE_S, ROOT, gone

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from pathlib import Path

_NUMBERS = count(1)
_LAST_LINES = 20

Kind = Literal["program", "driver", "browser", "pages"]
"""Ours, Playwright's, Chromium's own, and those that Chromium draws pages in."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a program and everything that it has started take up."""

    kinds: Mapping[Kind, float]
    """Megabytes of each kind of process, as proportional set size: what they share counts once."""
    processes: int
    handles: int

    @property
    def megabytes(self) -> float:
        return sum(self.kinds.values())


def _kind(command: Sequence[str]) -> Kind:
    """Tell what a process is by its command, as Playwright and Chromium write them."""
    if "run-driver" in command:
        return "driver"
    if "--type=renderer" in command:
        return "pages"
    is_browser = any(each.startswith(("--type=", "--user-data-dir=")) for each in command)
    return "browser" if is_browser else "program"


class Program:
    """A running process; use `running` and its likes."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self._log = log

    @classmethod
    async def start(cls, *command: str, folder: Path, **settings: str) -> Self:
        """Start a command in *folder*, where its log is kept, with only these settings."""
        known = {k: v for k, v in os.environ.items() if not k.startswith("LINKEDIN_EXECUTOR_")}
        told = {f"LINKEDIN_EXECUTOR_{name.upper()}": value for name, value in settings.items()}
        log = folder / f"log-{next(_NUMBERS)}.txt"
        with log.open("wb") as file:
            process = await asyncio.create_subprocess_exec(
                *command,
                cwd=folder,
                env={**known, "PYTHONPATH": str(ROOT), **told},
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=file,
                limit=2**24,
            )
        return cls(process, log)

    async def heard(self) -> dict[str, Any]:
        """Return the next line of JSON that it says."""
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            if line.startswith(b"{"):
                told: dict[str, Any] = json.loads(line)
                return told
        last = deque(self._log.read_text(encoding="utf-8").splitlines(), _LAST_LINES)
        raise EOFError("\n".join((f"It ended; {self._log} says at the end:", *last)))

    async def ask(self, **order: Any) -> dict[str, Any]:
        """Tell it one line of JSON, and return its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        await self._process.stdin.drain()
        return await self.heard()

    async def ended(self) -> None:
        """Wait until it ends by itself, as a command does."""
        async with asyncio.timeout(PATIENCE_S):
            await self._process.communicate()
        if self._process.returncode:
            raise RuntimeError(self._log.read_text(encoding="utf-8"))

    def footprint(self) -> Footprint:
        """Measure it and everything that it has started."""
        family = self._family()
        kinds: dict[Kind, float] = dict.fromkeys(get_args(Kind), 0.0)
        processes, handles = 0, 0
        for each in family:
            with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                megabytes = each.memory_full_info().pss / 2**20
                handles += each.num_fds()
                kinds[_kind(each.cmdline())] += megabytes
                processes += 1
        return Footprint(kinds, processes, handles)

    async def stop(self) -> None:
        """End it as a service manager would; what it leaves behind is ended as well."""
        family = self._family()
        if self._process.returncode is None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            with suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGTERM)
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await self._process.communicate()
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        await gone(family, within=10)
        # asyncio keeps the transport open until its pipes are read to the end.
        self._process._transport.close()  # type: ignore[attr-defined]

    def _family(self) -> list[psutil.Process]:
        try:
            root = psutil.Process(self._process.pid)
            return [root, *root.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []


@asynccontextmanager
async def running(*command: str, folder: Path, **settings: str) -> AsyncIterator[Program]:
    """Run a command until the block is left."""
    program = await Program.start(*command, folder=folder, **settings)
    try:
        yield program
    finally:
        await program.stop()


def product(*arguments: str) -> tuple[str, ...]:
    """Return the command that users start."""
    return (PROGRAM, *arguments)


def serve(data_dir: Path, *arguments: str) -> tuple[str, ...]:
    """Return the command that serves a data directory, on a free port."""
    return product("serve", "--json", "--port", "0", "--data-dir", str(data_dir), *arguments)


def module(name: str, *arguments: str) -> tuple[str, ...]:
    """Return the command that runs a module of this package."""
    return (sys.executable, "-m", f"tests.bench.{name}", *arguments)


async def moment(seconds: float) -> None:
    """Let everything be idle for so long: that is what is measured, and nobody tells its end."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.Event().wait()
