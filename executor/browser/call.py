"""Following the page's own requests: one irreversible one to its answer, others by the way."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from playwright.async_api import Error

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from playwright.async_api import Page, Request, Response

    from executor.browser.guard import Guard, Permission
    from executor.locators.element import NetworkCall


_SETTLE_S = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What LinkedIn answered to the page's request."""

    status: int
    body: dict[str, Any]
    """Empty when it was no JSON object."""
    was_read: bool = True
    """Whether there was a body to look at; the page may have moved on, and taken it along."""


class PageCall:
    """Listens, and keeps the guard's permission open, from before the click until the answer."""

    def __init__(self, page: Page, guard: Guard, permission: Permission) -> None:
        self._page = page
        self._guard = guard
        self._permission = permission
        self._response: asyncio.Future[Response | None] = asyncio.get_running_loop().create_future()

    async def __aenter__(self) -> Self:
        self._guard.permit(self._permission)
        self._page.on("response", self._on_response)
        self._page.on("requestfailed", self._on_failed)
        self._page.on("crash", self._on_gone)
        self._page.on("close", self._on_gone)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._guard.withdraw_permission()
        self._page.remove_listener("response", self._on_response)
        self._page.remove_listener("requestfailed", self._on_failed)
        self._page.remove_listener("crash", self._on_gone)
        self._page.remove_listener("close", self._on_gone)
        self._response.cancel()
        await self._guard.end_unanswered()

    @property
    def left_the_browser(self) -> bool:
        """Whether the page's request was let through."""
        return self._permission.let_through

    async def answer(self, seconds: float) -> Answer | None:
        """Wait for the answer; `None` when none came, or the connection broke.

        Raises:
            NotSent, LeaseLost: the request was stopped.
        """
        done, _ = await asyncio.wait({self._response}, timeout=seconds)
        if not done:
            self._permission.give_up()
        self._permission.raise_if_stopped()
        response = self._response.result() if done else None
        if response is None:
            return None
        body = await _json_object(response)
        return Answer(status=response.status, body=body or {}, was_read=body is not None)

    def _on_response(self, response: Response) -> None:
        if self._is_ours(response.request):
            self._settle(response)

    def _on_failed(self, request: Request) -> None:
        # A page that sends twice has its second request stopped by the guard, which says nothing
        # about the first.
        stopped = "BLOCKED_BY_CLIENT" in (request.failure or "")
        is_second = stopped and self._permission.refused is None
        if self._is_ours(request) and not is_second:
            self._settle(None)

    def _on_gone(self, _page: Page) -> None:
        self._settle(None)

    def _settle(self, response: Response | None) -> None:
        if not self._response.done():
            self._response.set_result(response)

    def _is_ours(self, request: Request) -> bool:
        return request.method == "POST" and self._permission.call.matches(request.url)


class Overheard:
    """Reads what LinkedIn granted of one kind of the page's own requests, as answers come in."""

    def __init__(
        self,
        page: Page,
        call: NetworkCall,
        tell: Callable[[str, dict[str, Any]], None],
        refuse: Callable[[str, int], None] | None = None,
        ask: Callable[[str], None] | None = None,
    ) -> None:
        self._call = call
        self._tell = tell
        self._refuse = refuse
        self._ask = ask
        self._page = page
        self._reading: set[asyncio.Task[None]] = set()
        if ask is not None:
            # Chromium tells of every request of the page, to those only who want to know.
            page.on("request", self._on_request)
        page.on("response", self._on_response)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Listen no more, and tell nothing of what is still being read."""
        if self._ask is not None:
            self._page.remove_listener("request", self._on_request)
        self._page.remove_listener("response", self._on_response)
        for reading in self._reading:
            reading.cancel()

    async def settle(self) -> None:
        """Wait until every answer that has come in so far is read, but not for endless ones."""
        if self._reading:
            await asyncio.wait(set(self._reading), timeout=_SETTLE_S)

    def _on_request(self, request: Request) -> None:
        if self._ask is not None and self._call.matches(request.url):
            self._ask(request.url)

    def _on_response(self, response: Response) -> None:
        if not self._call.matches(response.url):
            return
        if not response.ok:
            if self._refuse is not None:
                self._refuse(response.url, response.status)
            return
        reading = asyncio.ensure_future(self._read(response))
        self._reading.add(reading)
        reading.add_done_callback(self._reading.discard)

    async def _read(self, response: Response) -> None:
        self._tell(response.url, await _json_object(response) or {})


async def _json_object(response: Response) -> dict[str, Any] | None:
    """Return the body, empty when it is no JSON object; `None`: it has gone with the page."""
    try:
        body = json.loads(await response.text())
    except Error:
        return None
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
