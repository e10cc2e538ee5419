"""The network between the browser and the sandbox, which can be made to fail."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_PIECE = 64 * 1024


class Network:
    """Relays connections to one origin."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._listener: asyncio.Server | None = None
        self._port = 0
        self._open: set[asyncio.StreamWriter] = set()
        self._questions = asyncio.Event()
        self._answers = asyncio.Event()

    @classmethod
    @asynccontextmanager
    async def leading_to(cls, url: str) -> AsyncIterator[Network]:
        """Relay to *url* until the block is left."""
        target = urlsplit(url)
        network = cls(target.hostname or "", target.port or 0)
        await network.come_back()
        try:
            yield network
        finally:
            network.go_away()
            # Whoever still waits to pass something on finds its connection closed.
            network._questions.set()
            network._answers.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def hold_answers(self) -> None:
        """Let requests through, and keep what is answered."""
        self._answers.clear()

    def fall_silent(self) -> None:
        """Pass nothing on in either direction, and leave the connections open."""
        self._questions.clear()
        self._answers.clear()

    def go_away(self) -> None:
        """Cut every connection, and refuse new ones."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        for writer in list(self._open):
            writer.transport.abort()

    async def come_back(self) -> None:
        """Work again; what was held is passed on."""
        self._questions.set()
        self._answers.set()
        if self._listener is None:
            self._listener = await asyncio.start_server(self._relay, "127.0.0.1", self._port)
            self._port = self._listener.sockets[0].getsockname()[1]

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            far_reader, far_writer = await asyncio.open_connection(*self._target)
        except OSError:
            writer.transport.abort()
            self._open.discard(writer)
            return
        self._open.add(far_writer)
        try:
            await asyncio.gather(
                _pass_on(reader, far_writer, self._questions),
                _pass_on(far_reader, writer, self._answers),
            )
        finally:
            self._open -= {writer, far_writer}


async def _pass_on(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, may: asyncio.Event
) -> None:
    """Pass bytes on while that is allowed; the end of one direction is the end of the other."""
    with suppress(ConnectionError):
        while piece := await reader.read(_PIECE):
            await may.wait()
            writer.write(piece)
            await writer.drain()
    writer.close()
