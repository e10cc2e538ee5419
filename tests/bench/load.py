"""The load: a process of its own that keeps connections busy; `python -m tests.bench.load`.

Each line of stdin is an order, each line of stdout its answer. It speaks HTTP/1.1 by hand over
connections that stay open, so that it is far from being what is measured.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field
from itertools import count, cycle
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.bench.figures import percentile

if TYPE_CHECKING:
    from collections.abc import Iterator

_WARM_SHARE = 0.2
"""Part of the time whose answers do not count yet."""
_NUMBERS = count(1)


@dataclass(slots=True)
class Load:
    """What is asked, until when, and how long each answer took."""

    requests: Iterator[bytes]
    counted_from: float
    until: float
    took: list[float] = field(default_factory=list)
    refused: int = 0
    first_refusal: str = ""


class _Connection(asyncio.Protocol):
    """Asks for one thing after the other."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._answer = b""
        self._asked_at = 0.0
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head, found, body = self._answer.partition(b"\r\n\r\n")
        if not found or len(body) < _content_length(head):
            return
        now = time.perf_counter()
        if not head.startswith(b"HTTP/1.1 200"):
            self._load.refused += 1
            self._load.first_refusal = self._load.first_refusal or self._answer.decode()
        elif self._asked_at >= self._load.counted_from:
            self._load.took.append(now - self._asked_at)
        self._answer = b""
        if now < self._load.until:
            self._ask()
        else:
            self._transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if error is not None:
            self.ended.set_exception(error)
        else:
            self.ended.set_result(None)

    def _ask(self) -> None:
        request = next(self._load.requests)
        self._asked_at = time.perf_counter()
        self._transport.write(request)


def _content_length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def messages(host: str, key: str) -> Iterator[bytes]:
    """Ask for messages, none of which has the text of another."""
    for number in _NUMBERS:
        body = json.dumps(
            {
                "recipient_urn": "urn:li:person:ACoAABCDEFG",
                "message": f"Hello, this is number {number} of {time.time_ns()}.",
            }
        ).encode()
        yield (
            b"POST /linkedin-agent/send-message HTTP/1.1\r\n"
            b"Host: %s\r\nx-api-key: %s\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n%s"
        ) % (host.encode(), key.encode(), len(body), body)


def looks(host: str, key: str, tasks: list[str]) -> Iterator[bytes]:
    """Ask how tasks stand, one after the other."""
    for task in cycle(tasks):
        yield (
            f"GET /linkedin-agent/get-task-status?api_agent_task_id={task} HTTP/1.1\r\n"
            f"Host: {host}\r\nx-api-key: {key}\r\n\r\n"
        ).encode()


async def put_under_load(order: dict[str, Any]) -> dict[str, Any]:
    """Do what one order says.

    Args:
        order: `url`, `key`, `connections`, `seconds`, and `tasks` to look at; without them
            messages are asked for.
    """
    address = urlsplit(order["url"])
    host, key, tasks = address.netloc, order["key"], order.get("tasks")
    begun, cpu = time.perf_counter(), time.process_time()
    load = Load(
        requests=looks(host, key, tasks) if tasks else messages(host, key),
        counted_from=begun + order["seconds"] * _WARM_SHARE,
        until=begun + order["seconds"],
    )
    loop = asyncio.get_running_loop()
    connections = [
        (await loop.create_connection(lambda: _Connection(load), address.hostname, address.port))[1]
        for _ in range(order["connections"])
    ]
    await asyncio.gather(*(each.ended for each in connections))
    seconds = time.perf_counter() - load.counted_from
    if load.refused or not load.took:
        return {"refused": load.refused, "answer": load.first_refusal}
    return {
        "per_s": len(load.took) / seconds,
        "p50_ms": percentile(load.took, 0.5) * 1000,
        "p99_ms": percentile(load.took, 0.99) * 1000,
        "busy": (time.process_time() - cpu) / (time.perf_counter() - begun),
    }


def main() -> None:
    for line in sys.stdin:
        answer = asyncio.run(put_under_load(json.loads(line)))
        print(json.dumps(answer), flush=True)  # noqa: T201 - its answers


if __name__ == "__main__":
    main()
