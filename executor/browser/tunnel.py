"""The one way from a browser context to the network, which no watched request goes twice.

Chromium's network stack repeats a request, a POST too, when a connection that had been used before
breaks ahead of the answer, in HTTP/1.1 and HTTP/2 alike (`ShouldResendRequest` in its
`http_network_transaction.cc`). It does so below the stage at which the guard stops requests, and
LinkedIn may well have taken the first one.

So every connection leads through here, as bytes that nobody looks into. While a request is watched,
the first end of a connection that may have carried it is the end of all others to the same place:
they are cut and new ones refused, before Chromium can act on it. Chromium gives a connection up
before it repeats a request on another, so the repetition finds every way shut, and fails.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import structlog
from structlog.contextvars import get_contextvars

if TYPE_CHECKING:
    from collections.abc import Callable

log = structlog.get_logger(__name__)

_PIECE = 256 * 1024
_CONNECT_S = 30.0
_NEXT_ADDRESS_S = 0.25
_GIVE_UP_S = 5.0
# Nothing more is read above twice this, and then an end is not seen either: far above what a
# watched request takes.
_UNREAD = 1024 * 1024

# RFC 1928.
_VERSION, _NO_AUTHENTICATION, _CONNECT = 5, 0, 1
_IPV4, _NAME, _IPV6 = 1, 3, 4
_OPEN, _NOT_ALLOWED, _UNREACHABLE, _REFUSED, _WHICH_COMMAND, _WHICH_ADDRESS = 0, 2, 4, 5, 7, 8


class Place(NamedTuple):
    """Where a connection leads."""

    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> Place:
        """Return where a request for *url* goes."""
        parts = urlsplit(url)
        return cls(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))


@dataclass(eq=False, slots=True)
class _Line:
    """One connection, from the browser to here and on to its server."""

    place: Place
    browser: asyncio.StreamWriter
    server: asyncio.StreamWriter
    spoken: bool = False
    """Whether the browser has said anything on it since the watch began."""

    def cut(self) -> None:
        self.browser.transport.abort()
        self.server.transport.abort()


class _BrowserSide(asyncio.StreamReaderProtocol):
    """Tells of the connection's end when it comes, and not when somebody next reads."""

    on_end: Callable[[], None] | None = None

    def eof_received(self) -> bool | None:
        self._tell()
        return super().eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        self._tell()
        super().connection_lost(exc)

    def _tell(self) -> None:
        if self.on_end is not None:
            self.on_end()


class _NotOpenedError(Exception):
    """A connection that the browser asked for is not to be had."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Tunnel:
    """A SOCKS5 proxy for one browser context, on the loopback interface only.

    Other users of the machine can go through it too, which gives them nothing that they have not
    got: it leads to the same network, and to no connection of the browser's.
    """

    def __init__(self) -> None:
        self._listener: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()
        self._lines: set[_Line] = set()
        self._watched: Place | None = None
        self._shut = False
        self._closed = False
        self._released = asyncio.Event()
        self._log = log

    async def open(self) -> str:
        """Begin to listen, and return the proxy's address for the browser."""
        self._closed = False
        self._listener = await asyncio.get_running_loop().create_server(
            lambda: _BrowserSide(asyncio.StreamReader(_UNREAD), self._accept), "127.0.0.1", 0
        )
        return "socks5://{}:{}".format(*self._listener.sockets[0].getsockname())

    def shut(self) -> None:
        """Let nothing through any more; the port stays taken until `close`."""
        self._closed = True
        self.release()
        for line in self._lines:
            line.cut()

    async def close(self) -> None:
        """Cut everything off; may be called again."""
        self.shut()
        if self._listener is not None:
            await _stop_accepting(self._listener)
            self._listener.close()
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)

    def watch(self, place: Place) -> None:
        """See to it that what the browser is about to send to *place* goes there once at most."""
        self._watched = place
        # The line may break in some other task's time.
        self._log = log.bind(**get_contextvars())
        self._released.clear()
        for line in self._lines:
            line.spoken = False

    def release(self) -> None:
        """Stop watching: the browser has its answer, or has given the request up."""
        self._watched = None
        self._shut = False
        self._released.set()

    async def end_watched(self) -> None:
        """End the watched request, if there is one, and wait until the browser has given it up.

        A request that has waited so long for its answer could otherwise arrive when somebody has
        already looked for its effect.
        """
        if self._watched is None:
            return
        self._shut_to(self._watched)
        with suppress(TimeoutError):
            async with asyncio.timeout(_GIVE_UP_S):
                await self._released.wait()

    def _is_shut_to(self, place: Place) -> bool:
        return self._shut and place == self._watched

    def _shut_to(self, place: Place, besides: _Line | None = None) -> None:
        self._log.warning("tunnel_shut", host=place.host)
        self._shut = True
        for line in self._lines:
            if line.place == place and line is not besides:
                line.cut()

    def _ended(self, line: _Line) -> None:
        if line.place == self._watched and line.spoken and not self._shut:
            self._shut_to(line.place, besides=line)

    def _accept(self, reader: asyncio.StreamReader, browser: asyncio.StreamWriter) -> None:
        if self._closed:
            browser.transport.abort()
            return
        task = asyncio.ensure_future(self._serve(reader, browser))
        self._serving.add(task)
        task.add_done_callback(lambda task: self._served(task, browser))

    def _served(self, task: asyncio.Task[None], browser: asyncio.StreamWriter) -> None:
        self._serving.discard(task)
        if task.cancelled():  # Before its first step, perhaps, and then nothing of it has run.
            browser.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, browser: asyncio.StreamWriter) -> None:
        try:
            place = await _asked_for(reader, browser)
            answers, server = await self._connect(place)
        except _NotOpenedError as error:
            browser.write(_reply(error.code))
            browser.close()
            return
        except (OSError, EOFError):
            browser.transport.abort()
            return
        line = _Line(place, browser, server)
        self._lines.add(line)
        protocol = browser.transport.get_protocol()
        if isinstance(protocol, _BrowserSide):
            protocol.on_end = lambda: self._ended(line)
        try:
            browser.write(_reply(_OPEN))
            await asyncio.gather(self._send(line, reader), self._answer(line, answers))
        finally:
            line.cut()
            self._lines.discard(line)

    async def _connect(self, place: Place) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._is_shut_to(place):
            raise _NotOpenedError(_NOT_ALLOWED)
        try:
            async with asyncio.timeout(_CONNECT_S):
                return await asyncio.open_connection(
                    *place, limit=_UNREAD, happy_eyeballs_delay=_NEXT_ADDRESS_S
                )
        except ConnectionRefusedError:
            raise _NotOpenedError(_REFUSED) from None
        except (OSError, UnicodeError):  # Unknown names, impossible names, and time-outs.
            raise _NotOpenedError(_UNREACHABLE) from None

    async def _send(self, line: _Line, requests: asyncio.StreamReader) -> None:
        try:
            # The end of another connection that came before this piece is known already: it was
            # told of when it was read off its socket, and a piece has waited here for one more
            # round of the loop.
            while (piece := await requests.read(_PIECE)) and not self._is_shut_to(line.place):
                line.spoken = True
                line.server.write(piece)
                await line.server.drain()
        except OSError:
            line.cut()
        # A browser closes a connection altogether, and never its own half alone.
        line.server.close()

    async def _answer(self, line: _Line, answers: asyncio.StreamReader) -> None:
        try:
            while piece := await answers.read(_PIECE):
                line.browser.write(piece)
                await line.browser.drain()
            # First this and then the browser, or it would still find a way for its repetition.
            self._ended(line)
            # Not closed: that would throw away what the browser has not read yet.
            line.browser.write_eof()
        except OSError:
            self._ended(line)
            line.cut()


async def _stop_accepting(listener: asyncio.Server) -> None:
    """Take no further connection, and wait until those taken are known.

    In Python 3.11 and 3.12 a connection that the loop has taken, but not handed over yet when its
    server closes, would stay open: the loop fails to hand it over, and forgets it.
    """
    loop = asyncio.get_running_loop()
    for socket_ in listener.sockets:
        loop.remove_reader(socket_.fileno())
    for _ in range(2):  # One round for the loop to make a task of it, and one for that task.
        await asyncio.sleep(0)


async def _asked_for(reader: asyncio.StreamReader, browser: asyncio.StreamWriter) -> Place:
    version, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    if version != _VERSION:
        raise ConnectionAbortedError
    browser.write(bytes((_VERSION, _NO_AUTHENTICATION)))
    _, command, _, kind = await reader.readexactly(4)
    if kind == _NAME:
        length = (await reader.readexactly(1))[0]
        host = (await reader.readexactly(length)).decode("ascii", "replace")
    elif kind == _IPV4:
        host = socket.inet_ntop(socket.AF_INET, await reader.readexactly(4))
    elif kind == _IPV6:
        host = socket.inet_ntop(socket.AF_INET6, await reader.readexactly(16))
    else:
        raise _NotOpenedError(_WHICH_ADDRESS)
    port = int.from_bytes(await reader.readexactly(2))
    if command != _CONNECT:
        raise _NotOpenedError(_WHICH_COMMAND)
    return Place(host, port)


def _reply(code: int) -> bytes:
    """Answer, with an address that nobody looks at."""
    return bytes((_VERSION, code, 0, _IPV4)) + bytes(6)
