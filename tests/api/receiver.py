"""Receivers of webhooks for tests: real servers that answer as a test wants them to."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
NEVER = b""
"""Nothing is answered, and the connection stays."""


async def public_address(_host: str, _port: int) -> list[str]:
    """Look every name up without asking anybody."""
    return ["93.184.215.14"]


def status(number: int, *headers: str) -> bytes:
    lines = (f"HTTP/1.1 {number} x", "Content-Length: 0", "Connection: close", *headers)
    return "\r\n".join((*lines, "", "")).encode()


@dataclass(frozen=True)
class Received:
    """One request."""

    line: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """Answers with what `answers` has next, then with 200."""

    url: str = ""
    port: int = 0
    answers: list[bytes | None] = field(default_factory=list)
    """`None` closes the connection without an answer."""
    drips: bool = False
    """Whether answers begin and then go on for ever, a little at a time."""
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    names: list[str | None] = field(default_factory=list)
    """By which names TLS was asked for."""

    @property
    def ids(self) -> list[str]:
        return [each.headers["webhook-id"] for each in self.received]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            line, *rest = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            pairs = (each.split(": ", 1) for each in rest if each)
            headers = {name.lower(): value for name, value in pairs}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            self.received.append(Received(line, headers, body))
            self.arrived.set()
            answer = self.answers.pop(0) if self.answers else OK
            if self.drips:
                writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                while not writer.is_closing():
                    writer.write(b"1\r\nx\r\n")
                    with suppress(TimeoutError):
                        await asyncio.wait_for(reader.read(1), 0.02)
                        break
            elif answer == NEVER:
                await reader.read(1)
            elif answer is not None:
                writer.write(answer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def receiving(
    *answers: bytes | None, drips: bool = False, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Receiver]:
    """Listen on a free port of this machine until the block is left."""
    receiver = Receiver(answers=list(answers), drips=drips)
    if tls is not None:
        tls.sni_callback = lambda _, name, __: receiver.names.append(name)
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=tls)
    receiver.port = server.sockets[0].getsockname()[1]
    scheme = "http" if tls is None else "https"
    receiver.url = f"{scheme}://127.0.0.1:{receiver.port}/hook"
    try:
        yield receiver
    finally:
        server.close()
