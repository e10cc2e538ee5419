"""A process of its own that uses a store: `python -m tests.storage.child DEED FILE [ARGUMENT]`."""

from __future__ import annotations

import asyncio
import ctypes
import os
import resource
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from storage.acceptance import IdempotencyKey
from storage.errors import StoreError, StoreUnavailable
from storage.secrets import StateCipher, new_key
from storage.sqlite import SqliteStore
from storage.tasks import TaskStatus
from tests.storage.outbox import hook
from tests.storage.world import REFUSED, TTL, MovableClock, World

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from storage.ports import Store

ROOT = Path(__file__).parents[2]
KEYS = 40
CLOCK = MovableClock()


def start(
    deed: str, database: Path, *more: str, inside: Sequence[str] = ()
) -> subprocess.Popen[str]:
    """Start a process that does *deed*; what it says comes line by line.

    Args:
        inside: the beginning of a command line that runs another one in its own surroundings.
    """
    return subprocess.Popen(
        [*inside, sys.executable, "-m", "tests.storage.child", deed, str(database), *more],
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
    world = await World.create(store, CLOCK)
    while True:
        say((await world.add()).id)


async def end_until_killed(store: Store) -> None:
    """End one task after the other that a team wants to hear of, and say each id when it has."""
    world = await World.create(store, CLOCK)
    await hook(world)
    lease = await world.lease()
    while True:
        say((await world.bring_to(TaskStatus.SUCCEEDED, lease)).id)


async def add_on_request(store: Store) -> None:
    """Accept a task for each line that comes in."""
    world = await World.create(store, CLOCK)
    say("ready")
    while await asyncio.to_thread(sys.stdin.readline):
        say((await world.add()).id)


async def claim_all(store: Store) -> None:
    """Lease every due account, claim and end all its tasks, and say their ids."""
    owner = f"host:{os.getpid()}:0"
    for member_id in await store.leases.due():
        lease = await store.leases.acquire(member_id, owner=owner, ttl=TTL)
        while lease is not None and (task := await store.queue.claim(lease)) is not None:
            await store.queue.fail(lease, task.id, error=REFUSED)
            say(task.id)


async def add_with_keys(store: Store) -> None:
    """Accept one task for each of some keys, and say what became of it."""
    team_id, member_id = sys.argv[3:5]
    world = World(store=store, clock=CLOCK, team_id=team_id, member_id=member_id)
    for n in range(KEYS):
        key = IdempotencyKey(key=f"k{n}", fingerprint="f", kept_for=TTL)
        accepted = await store.intake.add(world.new(), key=key)
        say(f"{accepted.how} {accepted.task.id}")


async def meet_a_full_disk(store: Store) -> None:
    """Say what becomes of a task and of a check: with room, without, and with room again."""
    world = await World.create(store, CLOCK)
    await say_how_it_goes(world)
    make_room = take_all_room(Path(sys.argv[2]), sys.argv[3])
    await say_how_it_goes(world)
    make_room()
    await say_how_it_goes(world)


async def say_how_it_goes(world: World) -> None:
    new = world.new()
    for asked in (world.store.intake.add(new), world.store.check()):
        try:
            await asked
        except StoreUnavailable as error:
            say(str(error))
        else:
            say("done")
    say(str(await world.store.intake.get(new.id, team_id=world.team_id) is not None))
    CLOCK.advance(timedelta(seconds=1))


def take_all_room(database: Path, how: str) -> Callable[[], None]:
    """Let no file beside the database grow any more, and return what ends that."""
    if how == "limit":
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        log = database.with_name(f"{database.name}-wal")
        resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, most))
        return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    filler = database.with_name("filler")
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    return filler.unlink


async def nothing(_: Store) -> None:
    """Only open and close."""


DEEDS = {
    deed.__name__: deed
    for deed in (
        add_until_killed,
        end_until_killed,
        add_on_request,
        add_with_keys,
        claim_all,
        meet_a_full_disk,
        nothing,
    )
}


async def main(deed: str, path: Path) -> None:
    store = await SqliteStore.open(path, cipher=StateCipher(new_key()), clock=CLOCK)
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
