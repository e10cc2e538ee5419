"""The socket that `serve` listens on."""

from __future__ import annotations

import asyncio
import socket

from api.cli.service import _listen


async def test_answers_are_not_held_back_for_company() -> None:
    """Nagle's algorithm is off for every client: with it, each answer waits 40 ms for an ACK."""
    delays: list[int] = []
    seen = asyncio.Event()

    def look(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted: socket.socket = writer.get_extra_info("socket")
        delays.append(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()
        seen.set()

    listener = _listen("127.0.0.1", 0)
    async with await asyncio.start_server(look, sock=listener):
        _, client = await asyncio.open_connection(*listener.getsockname())
        await seen.wait()
        client.close()
        await client.wait_closed()

    assert delays == [1]
