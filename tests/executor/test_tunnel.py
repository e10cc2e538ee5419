"""The tunnel between browser and network, with real connections through it."""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import pytest

from executor.browser.tunnel import Place, Tunnel

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PATIENCE_S = 30


class Server:
    """Sends back what it gets, and keeps hold of its connections."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.connections: list[asyncio.StreamWriter] = []
        self.place = Place("", 0)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections.append(writer)
        try:
            while piece := await reader.read(65536):
                self.received.append(piece)
                writer.write(piece)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.transport.abort()


Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Browser:
    """Asks the tunnel for connections as Chromium does."""

    def __init__(self, address: str) -> None:
        self._port = int(address.rpartition(":")[2])
        self._lines: list[Line] = []

    async def connect(self, place: Place, *, command: int = 1) -> tuple[int, Line]:
        """Ask for a connection by name, and return the tunnel's answer with it."""
        host = place.host.encode()
        return await self.ask(bytes((command, 0, 3, len(host))) + host, place.port)

    async def ask(self, wanted: bytes, port: int) -> tuple[int, Line]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._lines.append((reader, writer))
        writer.write(b"\x05\x01\x00")
        assert await reader.readexactly(2) == b"\x05\x00"
        writer.write(b"\x05" + wanted + port.to_bytes(2))
        code = (await reader.readexactly(10))[1]
        return code, (reader, writer)

    def close(self) -> None:
        for _, writer in self._lines:
            writer.transport.abort()


@pytest.fixture
async def tunnel() -> AsyncIterator[Tunnel]:
    tunnel = Tunnel()
    yield tunnel
    await tunnel.close()


@pytest.fixture
async def browser(tunnel: Tunnel) -> AsyncIterator[Browser]:
    browser = Browser(await tunnel.open())
    yield browser
    browser.close()


async def serving(host: str = "127.0.0.1") -> AsyncIterator[Server]:
    server = Server()
    listener = await asyncio.start_server(server.serve, host, 0)
    server.place = Place(host, listener.sockets[0].getsockname()[1])
    yield server
    listener.close()
    for writer in server.connections:
        writer.transport.abort()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async for each in serving():
        yield each


@pytest.fixture
async def elsewhere() -> AsyncIterator[Server]:
    async for each in serving():
        yield each


async def echo(line: Line, text: bytes) -> bytes:
    line[1].write(text)
    async with asyncio.timeout(PATIENCE_S):
        return await line[0].readexactly(len(text))


async def ends(line: Line) -> bool:
    """Wait until the connection ends, and tell whether it did so without a further byte."""
    async with asyncio.timeout(PATIENCE_S):
        try:
            return await line[0].read() == b""
        except ConnectionError:
            return True


async def test_what_is_sent_arrives_and_comes_back(browser: Browser, server: Server) -> None:
    """Bytes pass in both directions, unchanged."""
    code, line = await browser.connect(server.place)

    assert code == 0
    assert await echo(line, b"Hello") == b"Hello"


async def test_a_tunnel_that_closes_leaves_no_connection_behind() -> None:
    """Whatever point a new connection has come to, it ends with the tunnel."""
    for rounds in range(12):
        tunnel = Tunnel()
        port = int((await tunnel.open()).rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as connection:
            connection.sendall(b"\x05\x01\x00")
            for _ in range(rounds):
                await asyncio.sleep(0)  # One round of the loop, and no time.
            await tunnel.close()
            read = partial(connection.recv, 2, socket.MSG_WAITALL)
            with suppress(ConnectionError):
                assert await asyncio.to_thread(read) in {b"", b"\x05\x00"}
                assert await asyncio.to_thread(connection.recv, 1) == b""


async def test_many_connections_carry_much_at_once(browser: Browser, server: Server) -> None:
    """More than any buffer holds goes through, as fast as the slower side takes it."""
    lines = [(await browser.connect(server.place))[1] for _ in range(20)]
    pieces = [os.urandom(3_000_000) for _ in lines]

    assert await asyncio.gather(*map(echo, lines, pieces)) == pieces


async def test_a_server_that_closes_has_all_of_its_answer_delivered(
    browser: Browser, server: Server
) -> None:
    """The end comes after the last byte, although the browser has sent something meanwhile."""
    _, (reader, writer) = await browser.connect(server.place)
    await echo((reader, writer), b"x")
    answer = os.urandom(2_000_000)
    server.connections[0].write(answer)
    server.connections[0].write_eof()
    writer.write(b"more")

    async with asyncio.timeout(PATIENCE_S):
        assert await reader.readexactly(len(answer)) == answer


async def test_a_browser_that_closes_ends_the_servers_connection(
    browser: Browser, server: Server
) -> None:
    """Even a server that never answers is told of it."""
    _, line = await browser.connect(server.place)
    await echo(line, b"x")
    line[1].close()

    async with asyncio.timeout(PATIENCE_S):
        await server.connections[0].wait_closed()


async def test_connections_that_are_not_to_be_had_are_refused(
    browser: Browser, server: Server
) -> None:
    """The browser gets an answer in its proxy's language, which it shows as a network error."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = Place("127.0.0.1", closed.getsockname()[1])

    assert (await browser.connect(nobody))[0] == 5
    assert (await browser.connect(Place("nobody.invalid", 80)))[0] == 4
    assert (await browser.connect(Place(f"{'x' * 70}.invalid", 80)))[0] == 4
    assert (await browser.connect(server.place, command=2))[0] == 7


@pytest.mark.parametrize("kind", ["name", "address"])
async def test_ipv6_is_spoken(browser: Browser, kind: str) -> None:
    """Chromium sends addresses as names; other clients of the protocol do not."""
    if not socket.has_ipv6:
        pytest.skip("This machine has no IPv6.")
    async for server in serving("::1"):
        if kind == "name":
            code, line = await browser.connect(server.place)
        else:
            wanted = b"\x01\x00\x04" + socket.inet_pton(socket.AF_INET6, "::1")
            code, line = await browser.ask(wanted, server.place.port)
        assert code == 0
        assert await echo(line, b"x") == b"x"


async def test_it_listens_on_the_loopback_interface_only(tunnel: Tunnel) -> None:
    """Nobody on the network can go through it."""
    assert (await tunnel.open()).startswith("socks5://127.0.0.1:")


async def test_closing_it_ends_all_connections(
    tunnel: Tunnel, browser: Browser, server: Server
) -> None:
    """Nothing is left behind, and a second call does no harm."""
    _, line = await browser.connect(server.place)
    await echo(line, b"x")
    await tunnel.close()
    await tunnel.close()

    assert await ends(line)
    with pytest.raises(ConnectionError):
        await browser.connect(server.place)


@pytest.mark.parametrize("how", ["closed", "reset", "given up"])
async def test_a_watched_request_finds_no_second_way(
    tunnel: Tunnel, browser: Browser, server: Server, how: str
) -> None:
    """Whoever ends its connection: others to the same server are cut, and new ones refused."""
    _, used = await browser.connect(server.place)
    _, idle = await browser.connect(server.place)
    await echo(used, b"x")
    await echo(idle, b"x")
    tunnel.watch(server.place)
    await echo(used, b"POST")
    if how == "closed":
        server.connections[0].close()
    elif how == "reset":
        server.connections[0].transport.abort()
    else:
        used[1].write_eof()  # At once; closing would wait for the loop.
        idle[1].write(b"POST")

    assert await ends(idle)
    assert (await browser.connect(server.place))[0] == 2
    assert server.received.count(b"POST") == 1
    tunnel.release()
    code, line = await browser.connect(server.place)
    assert code == 0
    assert await echo(line, b"GET") == b"GET"


async def test_a_connection_that_carried_nothing_may_end(
    tunnel: Tunnel, browser: Browser, server: Server
) -> None:
    """Servers close idle connections all the time; that is no reason to cut a request off."""
    _, idle = await browser.connect(server.place)
    _, used = await browser.connect(server.place)
    await echo(idle, b"x")
    tunnel.watch(server.place)
    await echo(used, b"POST")
    server.connections[0].close()

    assert await ends(idle)
    assert await echo(used, b"more") == b"more"


async def test_other_servers_are_left_alone(
    tunnel: Tunnel, browser: Browser, server: Server, elsewhere: Server
) -> None:
    """Pictures and scripts come from elsewhere, and a POST is not repeated there."""
    _, used = await browser.connect(server.place)
    _, other = await browser.connect(elsewhere.place)
    tunnel.watch(server.place)
    await echo(used, b"POST")
    server.connections[0].close()
    assert await ends(used)

    assert await echo(other, b"GET") == b"GET"
    assert (await browser.connect(elsewhere.place))[0] == 0


async def test_a_request_without_an_answer_is_ended(
    tunnel: Tunnel, browser: Browser, server: Server
) -> None:
    """Its connection is cut, and who ends it waits until the browser has given it up."""
    _, line = await browser.connect(server.place)
    tunnel.watch(server.place)
    await echo(line, b"POST")
    ending = asyncio.create_task(tunnel.end_watched())

    assert await ends(line)
    assert not ending.done()
    assert (await browser.connect(server.place))[0] == 2
    tunnel.release()
    await ending


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://www.linkedin.com/feed/", Place("www.linkedin.com", 443)),
        ("http://WWW.example.com/", Place("www.example.com", 80)),
        ("http://[::1]:8600/x", Place("::1", 8600)),
    ],
)
def test_an_address_tells_where_its_request_goes(url: str, place: Place) -> None:
    """The port is the scheme's own unless the address names one."""
    assert Place.of(url) == place
