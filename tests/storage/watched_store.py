"""A real store beside the model of it, and what has to hold for the two at any time."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis.stateful import RuleBasedStateMachine, invariant

from storage.sqlite import SqliteStore
from storage.tasks import TaskFilter
from storage.teams import Role
from tests.storage.model import LEADS_TO, WINDOW, Model
from tests.storage.world import Machine, World

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from storage.secrets import StateCipher
    from storage.sessions import Lease

T = TypeVar("T")


class WatchedStore(RuleBasedStateMachine):
    """Opens the store, and compares it with the model after each step."""

    empty: Path
    cipher: StateCipher

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "store.sqlite3"
        shutil.copyfile(self.empty, self.path)
        self.machine = Machine()
        self.model = Model(self.machine)
        self.leases: list[Lease] = []
        self.open()
        self.world = self.run(World.create(self.store, self.machine.clock))
        other = self.run(
            self.store.teams.add_member(self.world.team_id, name="Bob", role=Role.MEMBER)
        )
        self.run(self.world.sign_in(other.id))
        self.members = [self.world.member_id, other.id]

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def open(self) -> None:
        self.store = self.run(
            SqliteStore.open(
                self.path,
                cipher=self.cipher,
                clock=self.machine.clock,
                steady=self.machine.steady,
            )
        )

    def teardown(self) -> None:
        try:
            self.every_timeline_tells_the_life_of_its_task()
        finally:
            self.run(self.store.close())
            self.loop.close()
            self.folder.cleanup()

    # What holds at any time.

    @invariant()
    def every_accepted_task_is_where_it_must_be(self) -> None:
        views = self.run(self.store.reports.list(TaskFilter(limit=500)))
        stored = {view.task.id: (view.task.status, view.task.lease_token) for view in views}
        assert stored == {task.id: (task.status, task.token) for task in self.model.tasks}

    @invariant()
    def every_submission_is_charged_once_and_for_ever(self) -> None:
        for member_id in self.members:
            since = self.machine.clock() - 30_000 * WINDOW
            charges = self.run(self.store.limits.charges(member_id, since=since))
            ages = sorted(self.machine.clock() - charge.at for charge in charges)
            assert ages == sorted(
                self.machine.elapsed - task.charged
                for task in self.model.tasks
                if task.member_id == member_id and task.charged is not None
            )

    @invariant()
    def exactly_those_are_due_who_could_work(self) -> None:
        due = {
            member_id
            for member_id in self.members
            if self.model.is_free(member_id)
            and (
                self.model.next_due(member_id) is not None
                or any(task.token and task.member_id == member_id for task in self.model.tasks)
            )
        }
        assert set(self.run(self.store.leases.due())) == due

    @invariant()
    def every_queued_task_without_a_time_is_counted(self) -> None:
        with closing(sqlite3.connect(self.path)) as connection:
            counted = connection.execute("SELECT * FROM queue_blocks ORDER BY 1, 2, 3").fetchall()
            queued = connection.execute(
                "SELECT member_id, task_type, seq >> 6, count(*) FROM tasks"
                " WHERE status = 'queued' AND not_before IS NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
            ).fetchall()
        assert counted == queued

    @invariant()
    def every_end_is_counted_on_its_day(self) -> None:
        views = self.run(self.store.reports.list(TaskFilter(limit=500)))
        ends = Counter(
            (task.finished_at.date(), task.is_write, task.status)
            for task in (view.task for view in views)
            if task.finished_at is not None
        )
        counted = self.run(self.store.reports.ended_by_day(self.world.team_id, since=date.min))
        assert ends == {
            (each.day, each.is_write, outcome): tasks
            for each in counted
            for outcome, tasks in each.tasks.items()
        }

    def every_timeline_tells_the_life_of_its_task(self) -> None:
        for task in self.model.tasks:
            events = self.run(World.events(self.on_store(), task.id))
            assert events == task.events
            assert events.count("submitting") <= 1
            states = [LEADS_TO[event] for event in events if event in LEADS_TO]
            assert states[-1] is task.status

    def on_store(self) -> World:
        return World(
            store=self.store,
            clock=self.machine.clock,
            team_id=self.world.team_id,
            member_id=self.world.member_id,
        )
