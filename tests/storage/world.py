"""What storage tests start from: a clock that is moved by hand, and a team at work."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from storage.sessions import SessionHealth
from storage.sqlite.times import SteadyTime
from storage.tasks import ErrorCode, NewTask, TaskError, TaskStatus
from storage.teams import Role

if TYPE_CHECKING:
    from pathlib import Path

    from storage.ports import Store
    from storage.sessions import Lease
    from storage.tasks import Task

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TTL = timedelta(seconds=60)
REFUSED = TaskError(code=ErrorCode.NOT_CONNECTED, message="Not connected.", retry_safe=True)
UNPROVEN = TaskError(code=ErrorCode.UNCONFIRMED, message="Nobody could tell.", retry_safe=False)


class MovableClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> datetime:
        self.now += by
        return self.now


@dataclass
class Machine:
    """A machine with both of its clocks."""

    clock: MovableClock = field(default_factory=MovableClock)
    boot: str | None = "first boot"
    elapsed: timedelta = timedelta(hours=5)
    asleep_between_looks: timedelta = timedelta(0)
    """How long it sleeps after the next look at the steady clock."""

    def steady(self) -> SteadyTime:
        look = SteadyTime(self.boot, self.elapsed)
        self.wait(self.asleep_between_looks)
        self.asleep_between_looks = timedelta(0)
        return look

    def wait(self, time: timedelta) -> None:
        self.clock.advance(time)
        self.elapsed += time

    def set_clock(self, by: timedelta) -> None:
        self.clock.advance(by)

    def boot_again(self) -> None:
        self.boot, self.elapsed = "next boot", timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class World:
    """One team with one admin, whose session is signed in."""

    store: Store
    clock: MovableClock
    team_id: str
    member_id: str

    @classmethod
    async def create(cls, store: Store, clock: MovableClock) -> World:
        team = await store.teams.create("Acme")
        member = await store.teams.add_member(team.id, name="Ada", role=Role.ADMIN)
        world = cls(store=store, clock=clock, team_id=team.id, member_id=member.id)
        await world.sign_in()
        return world

    async def sign_in(self, member_id: str | None = None) -> None:
        await self.store.sessions.save(
            member_id or self.member_id,
            {"cookies": [], "origins": []},
            health=SessionHealth.SIGNED_IN,
            verified=True,
        )

    def new(self, **changes: Any) -> NewTask:
        values: dict[str, Any] = {
            "id": str(uuid4()),
            "team_id": self.team_id,
            "member_id": self.member_id,
            "dialect": "outx",
            "task_type": "send_message",
            "is_write": True,
            "request": {"message": "Hello"},
            "input": {"message": "Hello"},
        }
        return NewTask(**{**values, **changes})

    async def add(self, **changes: Any) -> Task:
        return (await self.store.intake.add(self.new(**changes))).task

    async def task(self, task_id: str) -> Task:
        task = await self.store.intake.get(task_id, team_id=self.team_id)
        assert task is not None
        return task

    async def lease(self, *, owner: str = "host:1:0", ttl: timedelta = TTL) -> Lease:
        lease = await self.store.leases.acquire(self.member_id, owner=owner, ttl=ttl)
        assert lease is not None
        return lease

    async def claim(self, lease: Lease) -> Task:
        task = await self.store.queue.claim(lease)
        assert task is not None
        return task

    async def events(self, task_id: str) -> list[str]:
        view = await self.store.reports.view(task_id)
        assert view is not None
        return [event.name for event in view.events]

    async def bring_to(self, status: TaskStatus, lease: Lease, **changes: Any) -> Task:
        """Lead a new task to *status* the way a runner would."""
        task = await self.add(**changes)
        if status is TaskStatus.CANCELLED:
            await self.store.intake.cancel(task.id, team_id=self.team_id)
        elif status is not TaskStatus.QUEUED:
            claimed = await self.claim(lease)
            assert claimed.id == task.id
        if status in {TaskStatus.SUBMITTING, TaskStatus.UNCONFIRMED}:
            await self.store.queue.submitting(lease, task.id, baseline={"own_items": 0})
        if status is TaskStatus.SUCCEEDED:
            await self.store.queue.succeed(
                lease, task.id, output={"sent": True}, evidence={"method": "response"}
            )
        if status is TaskStatus.FAILED:
            await self.store.queue.fail(lease, task.id, error=REFUSED)
        if status is TaskStatus.UNCONFIRMED:
            await self.store.queue.leave_unconfirmed(lease, task.id, error=UNPROVEN)
        found = await self.task(task.id)
        assert found.status is status
        return found


def steps(database: Path) -> list[timedelta]:
    """Return by how much the clock was found to have been set, each time."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT moved_by FROM clock_steps ORDER BY seq").fetchall()
    return [timedelta(microseconds=moved_by) for (moved_by,) in rows]


async def ages(world: World) -> list[timedelta]:
    """Return how long ago the account was charged."""
    charges = await world.store.limits.charges(
        world.member_id, since=START - timedelta(days=30_000)
    )
    return [world.clock() - charge.at for charge in charges]
