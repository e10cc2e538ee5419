"""Live views without a browser behind them, and a WebSocket to their page."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from tests.api.dashboard.visiting import ORIGIN

if TYPE_CHECKING:
    from fastapi import FastAPI


class Eyes:
    """Sees one picture, and no more."""

    def __init__(self, views: LookedAt) -> None:
        self._views = views
        self._pictures = [b"a picture"]

    async def next(self) -> bytes | None:
        if self._pictures:
            return self._pictures.pop()
        self._views.seen.set()
        if self._views.stay_open:
            await asyncio.Event().wait()
        return None

    async def act(self, given: Any) -> bool:
        return given is not None

    def end(self, why: str) -> None:
        self._views.ended.append(why)

    async def leave(self) -> None: ...


class LookedAt:
    """Lets everybody look who gets so far."""

    def __init__(self) -> None:
        self.by: list[tuple[str, str]] = []
        """Whose account was looked at, and by whom."""
        self.stay_open = False
        """Whether a view goes on after its picture."""
        self.seen = asyncio.Event()
        """Somebody has seen a picture."""
        self.ended: list[str] = []
        """Why views were closed from here."""

    async def watch(self, member_id: str, *, who: str) -> Eyes:
        self.by.append((member_id, who))
        return Eyes(self)


async def connect(
    app: FastAPI, account_id: str, first: Any, *, origin: str | None = ORIGIN, cookie: str = ""
) -> list[Any]:
    """Open the WebSocket of an account's live view, say *first*, and return all that is answered.

    `["refused"]` is what those get who are not even let in.
    """
    headers = {"host": ORIGIN.removeprefix("http://"), "cookie": cookie}
    if origin is not None:
        headers["origin"] = origin
    path = f"/dashboard/accounts/{account_id}/live/socket"
    scope = {
        "type": "websocket",
        "asgi": {"version": "3.0"},
        "scheme": "ws",
        "http_version": "1.1",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 4711),
        "server": ("127.0.0.1", 8000),
        "subprotocols": [],
        "state": {},
    }
    said = [{"type": "websocket.connect"}]
    said += [{"type": "websocket.receive", "text": json.dumps(first)}]
    heard: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if said:
            return said.pop(0)
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Any) -> None:
        heard.append(message)

    async with asyncio.timeout(20):
        await app(scope, receive, send)
    if heard[0]["type"] != "websocket.accept":
        return ["refused"]
    sent = [each for each in heard if each["type"] == "websocket.send"]
    return [json.loads(each["text"]) if each.get("text") else each["bytes"] for each in sent]
