"""The image without a container engine: `python -m tests.deployment FOLDER`, as root.

Replays the Dockerfile on a plain Debian that debootstrap makes, then runs `serve --sandbox` in it
as the image's user, with the compose file's limits on writing and without a network, and has a task
done. What is printed last is one line of JSON; the exit code is 1 when the task was not done.

LEND names further folders of this machine, separated by colons, that the steps may read, such as
one that pip is told to look into. REUSE=1 takes a root that was made before.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import psutil

from executor.sandbox.client import SandboxClient
from tests.architecture.source import ROOT
from tests.deployment import compose
from tests.deployment.dockerfile import config_of, parse, release_of
from tests.deployment.root import Root, bootstrap

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.deployment.dockerfile import Config

_PATIENCE_S = 180.0
_TOOLS = ("chroot", "debootstrap", "ip", "mount", "setpriv", "unshare")
_MESSAGE = {"recipient_urn": "urn:li:person:ACoAABCDEFG", "message": "Hi Jane, from the image"}


def build(root: Root, lent: list[Path]) -> None:
    """Carry out every step, and tell how long each took."""
    steps = parse((ROOT / "Dockerfile").read_text(encoding="utf-8"))
    _timed("debootstrap", partial(bootstrap, root.path, release_of(steps)))
    root.mount_for_build(lent)
    config = config_of([])
    for step in steps[1:]:
        told = f"{step.instruction} {step.rest}"
        _timed(told[:70], partial(root.apply, step, config, ROOT))


async def use(root: Root, config: Config) -> dict[str, Any]:
    """Run the service, have a message sent, and return what was seen."""
    started = time.monotonic()
    serving = await asyncio.create_subprocess_exec(
        *root.as_service([*config.entrypoint, *config.command, "--sandbox", "--json"], config),
        env=config.environment,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        seen = await _watch(root, config, serving, started)
    finally:
        if serving.returncode is None:
            serving.kill()
            await serving.wait()
    return seen


async def _watch(
    root: Root, config: Config, serving: asyncio.subprocess.Process, started: float
) -> dict[str, Any]:
    assert serving.stdout is not None
    async with asyncio.timeout(_PATIENCE_S):
        ready = json.loads(await serving.stdout.readline())
    seen: dict[str, Any] = {"ready_s": round(time.monotonic() - started, 1)}
    asked = await asyncio.create_subprocess_exec(
        *root.as_service(config.health_check, config), env=config.environment
    )
    seen["health_check"] = await asked.wait()
    async with (
        httpx.AsyncClient(
            base_url=ready["api_url"], headers={"x-api-key": ready["api_key"]}, timeout=90
        ) as api,
        SandboxClient(ready["sandbox_url"]) as sandbox,
    ):
        began = time.monotonic()
        created = await api.post("/linkedin-agent/send-message", json=_MESSAGE)
        address = f"/tasks/{created.json()['api_agent_task_id']}"
        task: dict[str, Any] = {"status": "queued"}
        while task["status"] in {"queued", "running", "submitting"}:
            assert time.monotonic() - began < _PATIENCE_S, task
            task = (await api.get(address, params={"wait": 60})).json()
        seen["task"] = task["status"]
        seen["task_s"] = round(time.monotonic() - began, 1)
        entries = [each for each in await sandbox.ledger() if each.text == _MESSAGE["message"]]
        seen["delivered"] = len(entries)
    seen |= _figures(root, serving.pid)
    stopping = time.monotonic()
    serving.send_signal(signal.SIGTERM)
    async with asyncio.timeout(_PATIENCE_S):
        seen["exit_code"] = await serving.wait()
    seen["stop_s"] = round(time.monotonic() - stopping, 1)
    return seen


def _figures(root: Root, pid: int) -> dict[str, Any]:
    """Return what the service uses while its browser is open."""
    processes = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    tmpfs = [entry.partition(":")[0] for entry in compose.service()["tmpfs"]]
    return {
        "processes": len(processes),
        "threads": sum(each.num_threads() for each in processes),
        "memory_mb": sum(each.memory_full_info().pss for each in processes) // 2**20,
        "users": sorted({each.uids().real for each in processes}),
        "in_memory_mb": {
            folder: round(shutil.disk_usage(root.path / folder.lstrip("/")).used / 2**20, 1)
            for folder in [*tmpfs, "/dev/shm"]  # noqa: S108 - the image's, looked at only
        },
    }


def _timed(what: str, work: Callable[[], None]) -> None:
    started = time.monotonic()
    print(f"{what} …", file=sys.stderr, flush=True)  # noqa: T201 - this is a command line
    work()
    print(f"    {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)  # noqa: T201


def _apart(stage: str, *kinds: str) -> None:
    """Run a stage with namespaces of its own, so that its mounts and processes end with it."""
    subprocess.run(
        [
            *("unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"),
            *("--mount-proc", *kinds, sys.executable, "-m", "tests.deployment", *sys.argv[1:2]),
            stage,
        ],
        check=True,
        cwd=ROOT,
    )


def main(folder: Path, stage: str | None) -> int:
    """Do everything, or the one stage that `_apart` has named."""
    root = Root(folder / "root")
    if stage == "build":
        build(root, [Path(each) for each in os.environ.get("LEND", "").split(":") if each])
        return 0
    if stage == "use":
        config = config_of(parse((ROOT / "Dockerfile").read_text(encoding="utf-8")))
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        root.mount_for_service(config, folder / "data", compose.service()["tmpfs"])
        seen = asyncio.run(use(root, config))
        print(json.dumps(seen), flush=True)  # noqa: T201 - this is a command line
        done = seen["task"] == "succeeded" and seen["delivered"] == 1 and not seen["health_check"]
        return 0 if done and not seen["exit_code"] else 1
    if os.geteuid() != 0:
        print("Needs root: it mounts, and changes the user.", file=sys.stderr)  # noqa: T201
        return 2
    if missing := [tool for tool in _TOOLS if shutil.which(tool) is None]:
        print(f"Needs {', '.join(missing)}.", file=sys.stderr)  # noqa: T201
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    if not os.environ.get("REUSE"):
        if root.path.exists():
            print(f"{root.path} is there already; REUSE=1 takes it.", file=sys.stderr)  # noqa: T201
            return 2
        _apart("build")
    size = subprocess.run(
        ["du", "-smx", str(root.path)], capture_output=True, text=True, check=True
    )
    print(f"The root has {size.stdout.split()[0]} MB.", file=sys.stderr)  # noqa: T201
    # The same text again would be another delivery.
    shutil.rmtree(folder / "data", ignore_errors=True)
    _apart("use", "--net")
    return 0


if __name__ == "__main__":
    _, given, *rest = [*sys.argv, ""][:3]
    if not given:
        sys.exit("Say where: make replay FOLDER=/var/tmp/image")
    try:
        sys.exit(main(Path(given).resolve(), "".join(rest) or None))
    except subprocess.CalledProcessError as failed:
        print(failed, file=sys.stderr)  # noqa: T201 - a command has said why
        sys.exit(1)
