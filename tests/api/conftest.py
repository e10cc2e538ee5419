"""A team with a signed-in admin, a real store, and clients of the app over it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx
import pytest
import uvicorn

from api.app import create_app
from api.settings import ApiSettings
from storage.secrets import StateCipher, digest_key, new_api_key, new_key
from storage.sessions import SessionHealth
from storage.sqlite import SqliteStore
from storage.tasks import ErrorCode, NewTask, TaskError, TaskFilter
from storage.teams import Role, Scope
from tests.api.dashboard.looking import LookedAt
from tests.api.receiver import public_address

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import FastAPI
    from pydantic import SecretStr

    from api.connectsafely.quotas import Caps
    from api.services import Services
    from api.waiting import Forecast
    from storage.limits import HoldReason
    from storage.sessions import Lease
    from storage.tasks import Task, TaskView
    from storage.teams import Member, Team

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)


class StoppedClock:
    """Time that passes only when a test says so."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        self.now += by


@dataclass(kw_only=True)
class World:
    """One team, its key, and the app that serves it."""

    store: SqliteStore
    clock: StoppedClock
    team: Team
    admin: Member
    key: str
    settings: ApiSettings = field(default_factory=lambda: ApiSettings(_env_file=None))

    forecast: Forecast | None = None
    caps: Caps | None = None
    watched_every: timedelta | None = None

    def app(self, **changed: Any) -> FastAPI:
        settings = self.settings.model_copy(update=changed)
        return create_app(
            self.store,
            settings,
            clock=self.clock,
            forecast=self.forecast,
            caps=self.caps,
            watched_every=self.watched_every,
            resolve=public_address,
            live_views=LookedAt(),
        )

    async def new_key(self, *, team: Team | None = None, scope: Scope = Scope.FULL) -> str:
        key = new_api_key()
        await self.store.keys.add(
            (team or self.team).id, name="test", digest=digest_key(key), hint=key[:6], scope=scope
        )
        return key

    async def sign_in(self, member: Member) -> None:
        await self.store.sessions.save(
            member.id, {"cookies": []}, health=SessionHealth.SIGNED_IN, verified=True
        )

    async def another_team(self, name: str = "Other") -> tuple[Team, str]:
        team = await self.store.teams.create(name)
        admin = await self.store.teams.add_member(team.id, name="Olga", role=Role.ADMIN)
        await self.sign_in(admin)
        return team, await self.new_key(team=team)

    async def task(self, task_id: str) -> Task:
        return (await self.view(task_id)).task

    async def view(self, task_id: str) -> TaskView:
        found = await self.store.reports.view(task_id)
        assert found is not None
        return found

    async def claim(self) -> tuple[Lease, Task]:
        lease = await self.store.leases.acquire(
            self.admin.id, owner="test:1:1", ttl=timedelta(minutes=5)
        )
        assert lease is not None
        task = await self.store.queue.claim(lease)
        assert task is not None
        return lease, task

    async def succeed(self, **output: Any) -> str:
        """Perform the oldest due task, and return its id."""
        lease, task = await self.claim()
        if task.is_write:
            await self.store.queue.submitting(lease, task.id, baseline={})
        await self.store.queue.succeed(
            lease,
            task.id,
            output=output or {"message_urn": "urn:li:x"},
            evidence={"method": "answer"},
        )
        await self.store.leases.release(lease)
        return task.id

    async def fail(self, code: ErrorCode, message: str = "It did not work.") -> str:
        """Let the oldest due task fail; `unconfirmed` after it was submitted."""
        lease, task = await self.claim()
        if code is ErrorCode.UNCONFIRMED:
            await self.store.queue.submitting(lease, task.id, baseline={})
            error = TaskError(code=code, message=message, retry_safe=False)
            await self.store.queue.leave_unconfirmed(lease, task.id, error=error)
        else:
            error = TaskError(code=code, message=message, retry_safe=True)
            await self.store.queue.fail(lease, task.id, error=error)
        await self.store.leases.release(lease)
        return task.id

    async def ended_task(self) -> str:
        """Return a task that was accepted and performed."""
        await self.waiting_task()
        return await self.succeed()

    async def waiting_task(self, member: Member | None = None) -> str:
        """Return a task that was accepted; by default of the admin's."""
        member = member or self.admin
        task_id = str(uuid4())
        await self.store.intake.add(
            NewTask(
                id=task_id,
                team_id=member.team_id,
                member_id=member.id,
                dialect="native",
                task_type="send_message",
                is_write=True,
                request={},
                input={
                    "recipient": {"profile_id": "ACoAABCDEFG", "vanity": None},
                    "message": "Hi",
                },
            )
        )
        return task_id

    async def hold(self, reason: HoldReason, task_type: str | None, **lasting: float) -> datetime:
        until = self.clock() + timedelta(**lasting)
        await self.store.limits.hold(self.admin.id, task_type, reason=reason, until=until)
        return until

    async def has_accepted(self, count: int) -> None:
        """Return once there are so many tasks."""
        changes = self.store.changes()
        try:
            while len(await self.tasks()) < count:
                await changes.wait()
        finally:
            await changes.close()

    async def tasks(self) -> list[Task]:
        return [view.task for view in await self.store.reports.list(TaskFilter(limit=500))]


@asynccontextmanager
async def world_in(folder: Path, *, key: SecretStr | None = None) -> AsyncIterator[World]:
    """Make a team with a signed-in admin and a key in a new store.

    Args:
        key: encrypts what the store keeps secret; default: a new one.
    """
    clock = StoppedClock()
    store = await SqliteStore.open(
        folder / "test.sqlite3", cipher=StateCipher(key or new_key()), clock=clock
    )
    try:
        team = await store.teams.create("Acme")
        admin = await store.teams.add_member(team.id, name="Ada", role=Role.ADMIN)
        made = World(store=store, clock=clock, team=team, admin=admin, key="")
        await made.sign_in(admin)
        made.key = await made.new_key()
        yield made
    finally:
        await store.close()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with world_in(tmp_path) as made:
        yield made


class OutxClient:
    """Speaks the OutX dialect with one key."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def send_message(self, body: Any, **headers: str) -> httpx.Response:
        return await self.http.post(
            "/linkedin-agent/send-message", json=body, headers=_dashed(headers)
        )

    async def send_connection_request(self, body: Any, **headers: str) -> httpx.Response:
        return await self.http.post(
            "/linkedin-agent/send-connection-request", json=body, headers=_dashed(headers)
        )

    async def create_message(self, text: str = "Hello") -> str:
        answer = await self.send_message({"recipient_urn": "ACoAABCDEFG", "message": text})
        assert answer.status_code == 200, answer.text
        task_id: str = answer.json()["api_agent_task_id"]
        return task_id

    async def status(self, task_id: str) -> httpx.Response:
        return await self.http.get(
            "/linkedin-agent/get-task-status", params={"api_agent_task_id": task_id}
        )


class NativeClient:
    """Speaks our own contract with one key."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def create(self, body: Any, **headers: str) -> httpx.Response:
        return await self.http.post("/tasks", json=body, headers=_dashed(headers))

    async def create_message(self, text: str = "Hello", **more: Any) -> str:
        body = {
            "task_type": "send_message",
            "input": {"recipient": "ACoAABCDEFG", "message": text},
            **more,
        }
        answer = await self.create(body)
        assert answer.status_code == 201, answer.text
        task_id: str = answer.json()["id"]
        return task_id

    async def task(self, task_id: str, **query: Any) -> httpx.Response:
        return await self.http.get(f"/tasks/{task_id}", params=query)

    async def list(self, **query: Any) -> httpx.Response:
        return await self.http.get("/tasks", params=query)

    async def cancel(self, task_id: str) -> httpx.Response:
        return await self.http.post(f"/tasks/{task_id}/cancel")


class ConnectSafelyClient:
    """Speaks ConnectSafely's dialect with one key, to an app whose tasks a test performs."""

    def __init__(self, http: httpx.AsyncClient, world: World) -> None:
        self.http = http
        self._world = world

    async def post(self, path: str, body: Any, **headers: str) -> httpx.Response:
        return await self.http.post(f"/linkedin{path}", json=body, headers=_dashed(headers))

    async def get(self, path: str, **query: Any) -> httpx.Response:
        return await self.http.get(f"/linkedin{path}", params=query)

    async def message(self, text: str = "Hello", **headers: str) -> httpx.Response:
        return await self.post(
            "/message", {"recipientProfileId": "jane-doe", "message": text}, **headers
        )

    @asynccontextmanager
    async def calling(
        self, call: Coroutine[Any, Any, httpx.Response]
    ) -> AsyncIterator[asyncio.Task[httpx.Response]]:
        """Let a call go on until its task has been accepted, and end it with the block."""
        known = len(await self._world.tasks())
        calling = asyncio.ensure_future(call)
        accepted = asyncio.ensure_future(self._world.has_accepted(known + 1))
        await asyncio.wait({calling, accepted}, return_when=asyncio.FIRST_COMPLETED, timeout=20)
        accepted.cancel()
        yield calling
        await calling


def _dashed(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


Connect = Callable[..., OutxClient]


@pytest.fixture
async def connect(world: World) -> AsyncIterator[Connect]:
    """Make clients of an app with changed settings, or with another key."""
    opened: list[httpx.AsyncClient] = []

    def connect(*, key: str | None = world.key, **changed: Any) -> OutxClient:
        headers = {} if key is None else {"x-api-key": key}
        http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=world.app(**changed)),
            base_url="http://test",
            headers=headers,
        )
        opened.append(http)
        return OutxClient(http)

    yield connect
    for http in opened:
        await http.aclose()


@pytest.fixture
async def outx(connect: Connect) -> OutxClient:
    return connect()


@pytest.fixture
async def native(outx: OutxClient) -> NativeClient:
    """Our own contract, beside OutX's, on the same app."""
    return NativeClient(outx.http)


ConnectSafely = Callable[..., ConnectSafelyClient]


@pytest.fixture
async def call_connectsafely(world: World) -> AsyncIterator[ConnectSafely]:
    """Make clients of an app with changed settings."""
    opened: list[httpx.AsyncClient] = []

    def connect(**changed: Any) -> ConnectSafelyClient:
        http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=world.app(**changed)),
            base_url="http://test",
            headers={"Authorization": f"Bearer {world.key}"},
        )
        opened.append(http)
        return ConnectSafelyClient(http, world)

    yield connect
    for http in opened:
        await http.aclose()


@pytest.fixture
async def connectsafely(call_connectsafely: ConnectSafely) -> ConnectSafelyClient:
    return call_connectsafely()


async def until(condition: Callable[[], bool]) -> None:
    """Let the others run until it holds."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - what it looks at has no event to wait for
            await asyncio.sleep(0)


def waited_for(app: FastAPI) -> dict[str, Any]:
    found: Services = app.state.services
    return found.endings._waited


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[str]:
    """Serve *app* on a free port of this machine, for tests where HTTP itself matters."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    # Connections queue here until the server takes them, so nobody has to wait for its start.
    listener.listen()
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on", ws="wsproto"))
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await running
