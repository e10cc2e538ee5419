"""A process of its own that uses a store: `python -m tests.storage.child DEED FILE [ARGUMENT]`."""

from __future__ import annotations

import asyncio
import ctypes
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from storage.errors import StoreError
from storage.secrets import StateCipher, new_key
from storage.sqlite import SqliteStore
from tests.storage.world import MovableClock, World

if TYPE_CHECKING:
    from storage.ports import Store

ROOT = Path(__file__).parents[2]


def start(deed: str, database: Path, *more: str) -> subprocess.Popen[str]:
    """Start a process that does *deed*; what it says comes line by line."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.child", deed, str(database), *more],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def drop_capabilities() -> None:
    """Make permissions count for root as for anybody else (Linux only)."""
    version_3, this_process, none_of_them = 0x20080522, 0, [0] * 6
    header = (ctypes.c_uint32 * 2)(version_3, this_process)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.capset(header, (ctypes.c_uint32 * 6)(*none_of_them)) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


async def add_until_killed(store: Store) -> None:
    """Accept one task after the other, and say each id once it has been accepted."""
    world = await World.create(store, MovableClock())
    while True:
        say((await world.add()).id)


async def add_on_request(store: Store) -> None:
    """Accept a task for each line that comes in."""
    world = await World.create(store, MovableClock())
    say("ready")
    while await asyncio.to_thread(sys.stdin.readline):
        say((await world.add()).id)


async def claim_all(store: Store) -> None:
    """Lease every due account, claim and end all its tasks, and say their ids."""
    from tests.storage.world import REFUSED, TTL  # noqa: PLC0415 - this deed only

    owner = f"host:{os.getpid()}:0"
    for member_id in await store.leases.due():
        lease = await store.leases.acquire(member_id, owner=owner, ttl=TTL)
        while lease is not None and (task := await store.queue.claim(lease)) is not None:
            await store.queue.fail(lease, task.id, error=REFUSED)
            say(task.id)


async def nothing(_: Store) -> None:
    """Only open and close."""


DEEDS = {deed.__name__: deed for deed in (add_until_killed, add_on_request, claim_all, nothing)}


async def main(deed: str, path: Path) -> None:
    store = await SqliteStore.open(path, cipher=StateCipher(new_key()), clock=MovableClock())
    try:
        await DEEDS[deed](store)
    finally:
        await store.close()


if __name__ == "__main__":
    if "unprivileged" in sys.argv and os.geteuid() == 0:
        drop_capabilities()
    try:
        asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
    except StoreError as error:
        say(f"{type(error).__name__}: {error}")
