"""A service: API, runner and sandbox in one event loop.

It answers first, and then loads what acts on LinkedIn: Playwright and what reads the pages are a
sixth of a start.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import structlog
import uvicorn

from api.app import stop_waiting
from api.cli.application import application
from api.cli.output import fail
from api.cli.running_service import announced
from api.cli.sandbox_site import read_site, write_site
from api.cli.wiring import FirstTeam, found_team, open_store
from api.health import Check
from api.keys import create_key
from storage.sessions import SessionHealth

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from api.cli.wiring import Settings
    from api.dashboard.live_views import LiveViews, Viewer
    from api.health import Readiness
    from executor.runner import Runner
    from executor.sandbox.server import RunningSandbox
    from storage.ports import Store

    Begun = TypeVar("Begun")
    Part = Callable[[Settings, Store], AbstractAsyncContextManager[Begun]]
    """Works beside the API for as long as its block is not left."""

log = structlog.get_logger(__name__)

_LOADED_WITHIN_S = 3.0
"""How long `/readyz` waits for the runner to be loaded, which takes a sixth of a second."""
_SANDBOX_KEY = "sandbox"
_EXAMPLES_ACCOUNT = "acc_12345"
"""What ConnectSafely's documentation calls an account, so that its examples run as they stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where a service that is ready can be reached."""

    api_url: str
    docs_url: str
    dashboard_url: str
    sandbox_url: str | None
    api_key: str | None
    """Only when this start has made one, or the sandbox is on."""
    first_team: FirstTeam | None
    """What an empty store was given at this start."""


class _Server(uvicorn.Server):
    """Uvicorn without signal handlers of its own: `stopped_by_signal` decides for all parts."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(
    settings: Settings,
    *,
    with_runner: bool,
    with_sandbox: bool,
    api_key: str | None,
    tell: Callable[[Addresses], None] = lambda _: None,
) -> AsyncIterator[Addresses]:
    """Serve the API, with a runner and a sandbox as asked, until the block is left.

    Args:
        tell: is called as soon as the API answers; the block is entered when all is loaded.
    """
    data_dir = settings.storage.data_dir
    _refuse_to_mix(settings, with_sandbox=with_sandbox)
    async with AsyncExitStack() as stack:
        # First of all: a start that cannot listen must not use up the one look at a new key.
        listener = _listen(settings.api.host, settings.api.port)
        stack.callback(listener.close)
        store = await stack.enter_async_context(open_store(settings.storage))
        first = await found_team(store, api_key=api_key)
        shown_key = first.api_key if first else None
        sandbox = None
        if with_sandbox:
            sandbox = await stack.enter_async_context(_sandbox_of(data_dir))
            await _sign_in_at_sandbox(store, sandbox)
            shown_key = await _sandbox_key(store, api_key, first)
        # What is begun last has its place here: it ends its work after the API has closed.
        beside = await stack.enter_async_context(AsyncExitStack())
        runner: asyncio.Future[Runner] = asyncio.get_running_loop().create_future()
        readiness = _heartbeat_of(runner) if with_runner else None
        live_views = await stack.enter_async_context(_live_views(settings, store))
        await stack.enter_async_context(_http(settings, store, readiness, live_views, listener))
        api_url = _url(listener)
        if settings.api.dashboard != "off":
            stack.enter_context(announced(data_dir, api_url))
        addresses = Addresses(
            api_url=api_url,
            docs_url=f"{api_url}/docs",
            dashboard_url=f"{api_url}/",
            sandbox_url=sandbox.url if sandbox else None,
            api_key=shown_key,
            first_team=first,
        )
        tell(addresses)
        # In threads, because the API answers meanwhile.
        dispatching = await asyncio.to_thread(_load_dispatching)
        await beside.enter_async_context(dispatching(settings, store))
        if with_runner:
            performing = await asyncio.to_thread(_load_performing)
            runner.set_result(await beside.enter_async_context(performing(settings, store)))
        yield addresses


def _load_dispatching() -> Part[None]:
    from api.cli.dispatching import dispatching

    return dispatching


def _load_performing() -> Part[Runner]:
    from api.cli.performing import performing

    return performing


def _load_live_views() -> Part[LiveViews]:
    from api.cli.performing import live_views

    return live_views


def _refuse_to_mix(settings: Settings, *, with_sandbox: bool) -> None:
    """Keep a sandbox's data directory from being used for the real site, and the reverse."""
    data_dir = settings.storage.data_dir
    is_sandbox = read_site(data_dir) is not None
    if is_sandbox and not with_sandbox:
        raise fail(f"{data_dir} belongs to a sandbox. Use another directory, or serve --sandbox.")
    if with_sandbox and not is_sandbox and settings.storage.database_path.exists():
        raise fail(f"{data_dir} is in use for the real site. Use another directory for a sandbox.")


@asynccontextmanager
async def _sandbox_of(data_dir: Path) -> AsyncIterator[RunningSandbox]:
    """Serve the directory's sandbox, on the port it had before if that is still free."""
    # A sixth of all that `serve` loads, for those who ask for it.
    from executor.sandbox.server import running_sandbox

    known = read_site(data_dir)
    port = known.port if known and _is_free(known.port) else 0
    async with running_sandbox(port=port, state_file=data_dir / "sandbox.sqlite3") as sandbox:
        write_site(data_dir, url=sandbox.url, port=int(sandbox.url.rsplit(":", 1)[1]))
        yield sandbox


async def _sign_in_at_sandbox(store: Store, sandbox: RunningSandbox) -> None:
    """Give the oldest admin a session at the sandbox, as a person's sign-in would."""
    accounts = await sandbox.client.accounts()
    for team in await store.teams.list():
        admin = await store.teams.acting_member(team.id)
        if admin is not None:
            state = await sandbox.client.storage_state(accounts[0].id)
            # An operator who has signed in to another account here keeps it.
            await store.sessions.save(
                admin.id,
                state,
                health=SessionHealth.SIGNED_IN,
                verified=True,
                profile_id=accounts[0].profile,
            )
            await store.teams.add_alias(admin.id, _EXAMPLES_ACCOUNT)


async def _sandbox_key(store: Store, api_key: str | None, first: FirstTeam | None) -> str:
    """Return a key that works, replacing the one that an earlier start made and nobody knows."""
    if first is not None:
        return first.api_key
    for key in await store.keys.list():
        if key.name == _SANDBOX_KEY and key.revoked_at is None:
            await store.keys.revoke(key.id)
    team = (await store.teams.list())[0]
    return await create_key(store, team.id, name=_SANDBOX_KEY, text=api_key)


@asynccontextmanager
async def _http(
    settings: Settings,
    store: Store,
    readiness: Readiness | None,
    live_views: LiveViews | None,
    listener: socket.socket,
) -> AsyncIterator[None]:
    app = application(settings, store, readiness=readiness, live_views=live_views)
    server = _Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            # Of the two that uvicorn knows, the one that logs no messages, at no level: they hold
            # what is typed in a live view.
            ws="wsproto",
            ws_max_size=64 * 1024,
            ws_per_message_deflate=False,  # Pictures are compressed already.
            timeout_graceful_shutdown=5,
        )
    )
    serve = asyncio.ensure_future(server.serve(sockets=[listener]))
    try:
        while not server.started:
            if serve.done():
                await serve
            await asyncio.sleep(0.005)  # Uvicorn has no event for it.
        yield
    finally:
        stop_waiting(app)
        server.should_exit = True
        await serve


@asynccontextmanager
async def _live_views(settings: Settings, store: Store) -> AsyncIterator[LiveViews | None]:
    """Let accounts be signed in from the dashboard, where there is one."""
    if settings.api.dashboard == "off":
        yield None
        return
    async with AsyncExitStack() as stack:
        yield _LiveViewsToCome(settings, store, stack)


class _LiveViewsToCome:
    """Live views, loaded when somebody wants one: without a runner few ever do."""

    def __init__(self, settings: Settings, store: Store, stack: AsyncExitStack) -> None:
        self._settings = settings
        self._store = store
        self._stack = stack
        self._views: LiveViews | None = None
        self._loading = asyncio.Lock()

    async def watch(self, member_id: str, *, who: str) -> Viewer | None:
        async with self._loading:
            if self._views is None:
                live_views = await asyncio.to_thread(_load_live_views)
                self._views = await self._stack.enter_async_context(
                    live_views(self._settings, self._store)
                )
        return await self._views.watch(member_id, who=who)


def _heartbeat_of(coming: asyncio.Future[Runner]) -> Readiness:
    async def ask() -> Mapping[str, Check]:
        # Nothing is wrong with a runner that is being loaded: who asks hears of it a moment later.
        await asyncio.wait({coming}, timeout=_LOADED_WITHIN_S)
        if not coming.done():
            reason = "The runner is still being loaded."
        elif not coming.result().is_looking:
            reason = "The runner has not looked for work lately."
        else:
            reason = None
        return {"runner": Check(ok=reason is None, reason=reason)}

    return ask


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is said out loud: asyncio turns Nagle's algorithm off for such sockets only, and
    # with it on, every answer over a connection that stays open takes 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise fail(f"Cannot listen on {host} port {port}: {error.strerror}.") from error
    return listener


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    # "Every address" is none that a browser could open.
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared only
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
