"""A team of many accounts with many tasks, and how all of these ended."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storage.sessions import SessionHealth
from storage.tasks import NewTask, TaskFilter, TaskStatus
from storage.teams import Role
from tests.faults.judgement import Tally, Verdict

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import AsyncIterator, Sequence

    from storage.ports import Store
    from storage.tasks import JsonObject, Task

_UNFINISHED = frozenset(status for status in TaskStatus if not status.is_final)
_PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What one of them wants to have sent."""

    member: int
    """Whose account acts, by its place in the crowd."""
    text: str
    """No other letter has it."""
    recipient: str
    """A profile id."""
    invites: bool = False

    @property
    def task_type(self) -> str:
        return "send_connection_request" if self.invites else "send_message"

    @property
    def order(self) -> JsonObject:
        """What the action takes."""
        person = {"profile_id": self.recipient}
        if self.invites:
            return {"invitee": person, "note": self.text}
        return {"recipient": person, "message": self.text}


@dataclass(slots=True)
class Crowd:
    """Everybody who acts, and everything that was asked for."""

    store: Store
    team_id: str
    members: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    """Each task's text."""

    @classmethod
    async def gather(cls, store: Store, sessions: Sequence[JsonObject]) -> Crowd:
        """Make a team with a member for each session."""
        team = await store.teams.create("Crowd")
        crowd = cls(store, team.id)
        for number, state in enumerate(sessions):
            member = await store.teams.add_member(team.id, name=f"{number}", role=Role.ADMIN)
            crowd.members.append(member.id)
            await store.sessions.save(
                member.id, state, health=SessionHealth.SIGNED_IN, verified=True
            )
        return crowd

    async def ask(self, letters: Sequence[Letter]) -> None:
        """Have tasks accepted, so many at a time that they share commits."""
        for start in range(0, len(letters), _PAGE):
            await asyncio.gather(*map(self._ask, letters[start : start + _PAGE]))

    async def _ask(self, letter: Letter) -> None:
        task_id = str(uuid.uuid4())
        self.texts[task_id] = letter.text
        await self.store.intake.add(
            NewTask(
                id=task_id,
                team_id=self.team_id,
                member_id=self.members[letter.member],
                dialect="native",
                task_type=letter.task_type,
                is_write=True,
                request=letter.order,
                input=letter.order,
            )
        )

    async def all_ended(self) -> None:
        """Wait until no task is left that has not ended."""
        changes = self.store.changes()
        unfinished = TaskFilter(statuses=_UNFINISHED, limit=1)
        while await self.store.reports.list(unfinished):
            await changes.wait()

    async def tally(self, delivered: Counter[str]) -> Tally:
        """Judge every task by how often its text was delivered."""
        known = {task.id: task async for task in self._tasks()}
        verdicts = [
            Verdict(
                kind="task",
                status=known[task_id].status if task_id in known else None,
                deliveries=delivered[text],
            )
            for task_id, text in self.texts.items()
        ]
        asked_for = sum(delivered[text] for text in self.texts.values())
        return Tally(verdicts=verdicts, strays=delivered.total() - asked_for)

    async def _tasks(self) -> AsyncIterator[Task]:
        before = None
        while views := await self.store.reports.list(TaskFilter(limit=_PAGE, before=before)):
            for view in views:
                yield view.task
            before = views[-1].task.id
