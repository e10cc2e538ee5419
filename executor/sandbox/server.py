"""Serving the sandbox: inside a test's loop, or as a program of its own."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES

from executor.sandbox.app import create_app
from executor.sandbox.client import SandboxClient
from executor.sandbox.stage import Stage

_GRACE_SECONDS = 2
_KEEP_ALIVE_SECONDS = 300

# LinkedIn's own status for throttled clients, which uvicorn cannot write without a phrase.
STATUS_PHRASES.setdefault(999, b"Request denied")


@dataclass(frozen=True)
class RunningSandbox:
    """A sandbox that answers."""

    url: str
    """Origin, without a final slash."""
    client: SandboxClient
    stage: Stage
    """The world itself, for tests that run in the same process."""


class _EmbeddedServer(uvicorn.Server):
    """A server that leaves the process's signal handlers alone."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Said out loud, or asyncio leaves Nagle's algorithm on and every answer takes 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(128)
    listener.settimeout(0)
    return listener


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _build(
    state_file: Path | None, server_class: type[uvicorn.Server]
) -> tuple[uvicorn.Server, Stage]:
    app = create_app(state_file)
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        # A client that asks now and then must not meet a connection that is just being closed.
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
    )
    server = server_class(config)
    stage: Stage = app.state.stage
    stage.connections = server.server_state.connections
    return server, stage


@contextlib.asynccontextmanager
async def running_sandbox(
    port: int = 0, host: str = "127.0.0.1", state_file: Path | None = None
) -> AsyncIterator[RunningSandbox]:
    """Serve a sandbox in the running loop for the length of the block.

    Args:
        port: 0 takes a free one.
        state_file: Keeps the world over restarts; None forgets it.
    """
    server, stage = _build(state_file, _EmbeddedServer)
    listener = _listen(host, port)
    url = _url(listener)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        # The socket listens already: a first request waits until the server takes it.
        async with SandboxClient(url) as client:
            yield RunningSandbox(url=url, client=client, stage=stage)
    finally:
        stage.closing.set()
        server.should_exit = True
        # Browsers keep their connections open for long; the end of the block ends them.
        for connection in list(server.server_state.connections):
            connection.shutdown()
        await serving
        await stage.close()


async def serve(port: int = 8600, host: str = "127.0.0.1", state_file: Path | None = None) -> None:
    """Serve a sandbox until the process is asked to stop."""
    server, stage = _build(state_file, uvicorn.Server)
    listener = _listen(host, port)
    try:
        await server.serve(sockets=[listener])
    finally:
        await stage.close()
