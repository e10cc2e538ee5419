"""Several processes on one file, and processes that die."""

from __future__ import annotations

import asyncio
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

from storage.sqlite import SqliteStore
from storage.tasks import TaskFilter, TaskStatus
from storage.teams import Role
from tests.storage.child import KEYS, start
from tests.storage.world import TTL, World

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

    from storage.secrets import StateCipher
from tests.storage.world import MovableClock

SOON = 5
"""Seconds by which anything that happens at all has happened."""


@contextmanager
def child(deed: str, database: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    with start(deed, database, *more) as process:
        try:
            yield process
        finally:
            process.kill()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


async def test_an_accepted_task_survives_a_kill(
    database: Path, cipher: StateCipher, clock: MovableClock
) -> None:
    """Whatever `add` had returned is there, whole, after SIGKILL; nothing is half there."""
    with child("add_until_killed", database) as process:
        accepted = [await asyncio.to_thread(line, process) for _ in range(50)]
        process.send_signal(signal.SIGKILL)
        assert process.stdout is not None
        accepted += process.stdout.read().split()
    store = await SqliteStore.open(database, cipher=cipher, clock=clock)

    views = {
        view.task.id: await store.reports.view(view.task.id)
        for view in await store.reports.list(TaskFilter(limit=500))
    }

    assert set(accepted) <= set(views)
    assert len(views) - len(accepted) <= 1
    for view in views.values():
        assert view is not None
        assert [event.name for event in view.events] == ["accepted"]
    await store.close()


async def test_an_end_and_that_it_is_told_survive_a_kill_together(
    database: Path, cipher: StateCipher, clock: MovableClock
) -> None:
    """After SIGKILL every task that has ended has its event on the way, and no other has."""
    with child("end_until_killed", database) as process:
        ended = [await asyncio.to_thread(line, process) for _ in range(30)]
        process.send_signal(signal.SIGKILL)
        assert process.stdout is not None
        ended += process.stdout.read().split()
    store = await SqliteStore.open(database, cipher=cipher, clock=clock)
    told = []
    while taken := await store.outbox.claim(ttl=TTL, limit=500):
        told += [each.event.task_id for each in taken]
    views = await store.reports.list(TaskFilter(limit=500))
    await store.close()

    assert set(ended) <= set(told)
    assert sorted(filter(None, told)) == sorted(
        view.task.id for view in views if view.task.status is TaskStatus.SUCCEEDED
    )


async def test_another_process_sees_commits_and_is_seen(
    sqlite_store: SqliteStore, database: Path
) -> None:
    """A commit over there wakes who waits here, once, and its task is there to be read."""
    with child("add_on_request", database) as process:
        assert await asyncio.to_thread(line, process) == "ready"
        changes = sqlite_store.changes()
        await asyncio.wait_for(changes.wait(), SOON)
        for _ in range(3):
            waiting = asyncio.create_task(changes.wait())
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
            await asyncio.wait_for(waiting, SOON)
            task_id = await asyncio.to_thread(line, process)
            assert await sqlite_store.reports.view(task_id) is not None


async def test_of_equal_requests_in_two_processes_one_makes_a_task(
    sqlite_store: SqliteStore, database: Path, clock: MovableClock
) -> None:
    """The look for an earlier one and the storing of a new one are one transaction."""
    world = await World.create(sqlite_store, clock)

    with (
        child("add_with_keys", database, world.team_id, world.member_id) as one,
        child("add_with_keys", database, world.team_id, world.member_id) as two,
    ):
        said = await asyncio.gather(
            *(asyncio.to_thread(process.communicate, timeout=30) for process in (one, two))
        )

    answers = [[line.split() for line in output.splitlines()] for output, _ in said]
    ids = [[task_id for _, task_id in each] for each in answers]
    assert len(ids[0]) == KEYS
    assert ids[0] == ids[1]
    new = [task_id for each in answers for how, task_id in each if how == "new"]
    assert sorted(new) == sorted(ids[0])


async def test_two_processes_share_the_work_without_doing_any_twice(
    sqlite_store: SqliteStore, database: Path, clock: MovableClock
) -> None:
    """Leases keep two runners apart; together they leave nothing undone."""
    world = await World.create(sqlite_store, clock)
    added = set()
    for n in range(6):
        member = await sqlite_store.teams.add_member(world.team_id, name=f"M{n}", role=Role.MEMBER)
        await world.sign_in(member.id)
        added |= {(await world.add(member_id=member.id)).id for _ in range(5)}

    with child("claim_all", database) as one, child("claim_all", database) as two:
        said = await asyncio.gather(
            *(asyncio.to_thread(process.communicate, timeout=30) for process in (one, two))
        )

    done = [task_id for output, _ in said for task_id in output.split()]
    assert len(done) == len(added)
    assert set(done) == added
    failed = TaskFilter(statuses=frozenset({TaskStatus.FAILED}))
    assert {view.task.id for view in await sqlite_store.reports.list(failed)} == added
