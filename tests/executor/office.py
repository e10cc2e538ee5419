"""A team with a signed-in admin, a runner, and a sandbox: what executor tests work with."""

from __future__ import annotations

import uuid
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from executor.attachment import asset_urn, new_upload_id
from executor.runner import Runner
from storage.secrets import StateCipher, new_key
from storage.sessions import SessionHealth
from storage.sqlite.store import SqliteStore
from storage.tasks import NewTask, TaskStatus
from storage.teams import Role
from storage.uploads import NewUpload, UploadBounds

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from executor.sandbox.ledger import LedgerEntry
    from executor.sandbox.server import RunningSandbox
    from executor.settings import ExecutorSettings
    from storage.tasks import Task, TaskEvent
    from storage.teams import Member, Team
    from tests.executor.kept_browsers import KeptBrowsers

JANE = "ACoAABCDEFG"
"""A 1st-degree connection of every account in the sandbox's default world."""
STRANGER = "ACoAABCDEF123"
"""A member whom every account can invite."""


@dataclass
class Clock:
    """A clock that only moves when it is told to, starting at the present."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, span: timedelta) -> None:
        self.now += span


@dataclass
class Office:
    """Everything around one account."""

    store: SqliteStore
    sandbox: RunningSandbox
    settings: ExecutorSettings
    browsers: KeptBrowsers
    team: Team
    admin: Member
    folder: Path
    clock: Clock

    def runner(self, **changes: Any) -> Runner:
        """Return a runner; *changes* are settings of its own."""
        return Runner(
            self.store,
            self.browsers,
            self.settings.model_copy(update=changes),
            artifacts=self.folder / "artifacts",
            clock=self.clock,
            owner=f"test:{uuid.uuid4().hex}:0",
        )

    def as_member(self, member: Member) -> Office:
        """Return the same office with another member's account acting."""
        return replace(self, admin=member)

    async def read(self, task_type: str, **given: Any) -> Task:
        """Have something read, and return the task as it ended."""
        accepted = await self.store.intake.add(
            NewTask(
                id=str(uuid.uuid4()),
                team_id=self.team.id,
                member_id=self.admin.id,
                dialect="native",
                task_type=task_type,
                is_write=False,
                request={},
                input=given,
            )
        )
        await self.runner().run_once()
        return await self.task(accepted.task.id)

    async def ask(self, task_type: str, **given: Any) -> str:
        """Accept a write task for the admin and return its id."""
        accepted = await self.store.intake.add(
            NewTask(
                id=str(uuid.uuid4()),
                team_id=self.team.id,
                member_id=self.admin.id,
                dialect="outx",
                task_type=task_type,
                is_write=True,
                request={},
                input=given,
            )
        )
        return accepted.task.id

    async def message(self, text: str, to: str = JANE) -> Task:
        """Have a message sent, and return the task as it ended."""
        return await self.perform("send_message", recipient={"profile_id": to}, message=text)

    async def pages_visited(self) -> list[str]:
        """Return the paths of the pages that were opened; an earlier page may still be asking."""
        return [each.path for each in await self.sandbox.client.visits() if each.what == "page"]

    async def hand_in(self, name: str, media_type: str, content: bytes) -> dict[str, Any]:
        """Store a file as the API does, and return it as a task names it."""
        about = {"name": name, "media_type": media_type, "byte_size": len(content)}
        new = NewUpload(
            id=new_upload_id(sha256(content).hexdigest()),
            team_id=self.team.id,
            member_id=self.admin.id,
            kept_for=timedelta(hours=1),
            name=name,
            media_type=media_type,
            byte_size=len(content),
        )
        bounds = UploadBounds(files=100, total_bytes=100_000_000)
        await self.store.uploads.add(new, [content], bounds=bounds)
        return {"asset_urn": asset_urn(new.id), **about}

    async def invite(self, whom: str = STRANGER, note: str | None = None) -> Task:
        """Have an invitation sent, and return the task as it ended."""
        return await self.perform(
            "send_connection_request", invitee={"profile_id": whom}, note=note
        )

    async def like(self, post: str, reaction: str = "like", *, replaces: bool = False) -> Task:
        """Have a post liked or reacted to otherwise, and return the task as it ended."""
        given = {"post": post, "reaction": reaction, "replaces": replaces}
        return await self.perform("like_post", **given)

    async def unlike(self, post: str) -> Task:
        """Have a like taken back, and return the task as it ended."""
        return await self.perform("unlike_post", post=post)

    async def comment(self, post: str, text: str) -> Task:
        """Have a comment written, and return the task as it ended."""
        return await self.perform("comment_post", post=post, text=text)

    async def withdraw(self, whom: str = STRANGER) -> Task:
        """Have an invitation withdrawn, and return the task as it ended."""
        return await self.perform("withdraw_invitation", invitee={"profile_id": whom})

    async def answer(self, answer: str, whom: str = STRANGER) -> Task:
        """Have a received invitation answered, and return the task as it ended."""
        return await self.perform("answer_invitation", inviter={"profile_id": whom}, answer=answer)

    async def follow(self, action: str = "follow", whom: str = STRANGER) -> Task:
        """Have a member followed, or not any more, and return the task as it ended."""
        return await self.perform("follow_member", member={"profile_id": whom}, action=action)

    async def task(self, task_id: str) -> Task:
        view = await self.store.reports.view(task_id)
        assert view is not None
        return view.task

    async def timeline(self, task_id: str) -> tuple[TaskEvent, ...]:
        view = await self.store.reports.view(task_id)
        assert view is not None
        return view.events

    async def delivered(self) -> list[LedgerEntry]:
        """Return what the sandbox's ledger says was delivered."""
        return await self.sandbox.client.ledger()

    async def health(self) -> SessionHealth:
        session = await self.store.sessions.get(self.admin.id)
        assert session is not None
        return session.health

    async def sign_in(self) -> None:
        state = await self.sandbox.client.storage_state()
        await self.store.sessions.save(
            self.admin.id, state, health=SessionHealth.SIGNED_IN, verified=True
        )

    async def perform(self, task_type: str, **given: Any) -> Task:
        task_id = await self.ask(task_type, **given)
        await self.runner().run_once()
        return await self.task(task_id)


@asynccontextmanager
async def open_office(
    folder: Path, sandbox: RunningSandbox, browsers: KeptBrowsers, settings: ExecutorSettings
) -> AsyncIterator[Office]:
    """Set an office up in *folder*, with its admin signed in at the sandbox."""
    clock = Clock()
    store = await SqliteStore.open(
        folder / "store.sqlite3", cipher=StateCipher(new_key()), clock=clock
    )
    try:
        team = await store.teams.create("Team")
        admin = await store.teams.add_member(team.id, name="Avery", role=Role.ADMIN)
        office = Office(store, sandbox, settings, browsers, team, admin, folder, clock)
        await office.sign_in()
        yield office
    finally:
        await store.close()


__all__ = ["JANE", "STRANGER", "Clock", "Office", "TaskStatus", "open_office"]
