"""Starting the program as its users do: a process of its own, spoken to over HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from executor.sandbox.client import SandboxClient
from storage.tasks import TaskStatus

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PROGRAM = str(Path(sys.executable).with_name("linkedin-executor"))
PATIENCE_S = 40
ENDED = {status.value for status in TaskStatus if status.is_final}


@dataclass
class Service:
    """A running `serve --sandbox`."""

    process: asyncio.subprocess.Process
    ready: dict[str, Any]
    api: httpx.AsyncClient
    sandbox: SandboxClient
    log: asyncio.Future[bytes]
    """All of it, once it has stopped."""

    async def create(self, endpoint: str, **body: str) -> str:
        answer = await self.api.post(f"/linkedin-agent/{endpoint}", json=body)
        assert answer.status_code == 200, answer.text
        task_id: str = answer.json()["api_agent_task_id"]
        return task_id

    async def status(self, task_id: str) -> dict[str, Any]:
        answer = await self.api.get(
            "/linkedin-agent/get-task-status", params={"api_agent_task_id": task_id}
        )
        assert answer.status_code == 200, answer.text
        data: dict[str, Any] = answer.json()["data"]
        return data

    async def ended(self, task_id: str, *, within: float = PATIENCE_S) -> dict[str, Any]:
        """Wait until the task has ended, and return how the client's dialect tells it."""
        async with asyncio.timeout(within):
            while True:
                answer = await self.api.get(f"/tasks/{task_id}", params={"wait": 20}, timeout=30)
                assert answer.status_code == 200, answer.text
                if answer.json()["status"] in ENDED:
                    return await self.status(task_id)

    async def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        """End it as a service manager would, and return the exit code."""
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE_S):
            return await self.process.wait()


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    code: int
    out: str
    err: str


async def start(*arguments: str, **environment: str) -> asyncio.subprocess.Process:
    """Start the program; its output is read by whoever started it."""
    return await asyncio.create_subprocess_exec(
        PROGRAM,
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "COLUMNS": "200", **environment},
        limit=2**20,
    )


async def run(*arguments: str, **environment: str) -> Ran:
    """Run a command to its end."""
    process = await start(*arguments, **environment)
    async with asyncio.timeout(PATIENCE_S * 3):
        out, err = await process.communicate()
    assert process.returncode is not None
    return Ran(process.returncode, out.decode(), err.decode())


@asynccontextmanager
async def serving(data_dir: Path, *arguments: str, **environment: str) -> AsyncIterator[Service]:
    """Run `serve --sandbox` on a data directory until the block is left."""
    process = await start(
        *("serve", "--sandbox", "--json", "--port", "0", "--data-dir", str(data_dir)),
        *arguments,
        **environment,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    # A pipe that nobody empties would stop the program when it is full.
    log = asyncio.ensure_future(process.stderr.read())
    try:
        async with asyncio.timeout(PATIENCE_S):
            line = await process.stdout.readline()
        assert line, (await log).decode()
        ready = json.loads(line)
        async with (
            httpx.AsyncClient(
                base_url=ready["api_url"],
                headers={"x-api-key": ready["api_key"]},
                timeout=PATIENCE_S,
            ) as api,
            SandboxClient(ready["sandbox_url"]) as sandbox,
        ):
            service = Service(process, ready, api, sandbox, log)
            yield service
            if process.returncode is None:
                assert await service.stop() == 0, (await log).decode()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        await log
        # asyncio keeps the transport open until its pipes are read to the end.
        await process.stdout.read()
        process._transport.close()  # type: ignore[attr-defined]
