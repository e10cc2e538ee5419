"""Following the page's own requests: one irreversible one to its answer, others by the way."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from executor.browser.interception import was_stopped

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from playwright.async_api import Page, Request

    from executor.browser.guard import Guard, Permission
    from executor.browser.interception import Response
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
        self._stop_listening = self._guard.interception.listen(
            self._permission.call, self._on_response
        )
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
        self._stop_listening()
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
        read, _ = await asyncio.wait({response.body()}, timeout=seconds)
        body = read.pop().result() if read else None
        return Answer(status=response.status, body=body or {}, was_read=body is not None)

    def _on_response(self, response: Response) -> None:
        if response.method == "POST":
            response.body()
            self._settle(response)

    def _on_failed(self, request: Request) -> None:
        # A page that sends twice has its second request stopped by the guard, which says nothing
        # about the first.
        is_second = was_stopped(request) and self._permission.refused is None
        is_ours = request.method == "POST" and self._permission.call.matches(request.url)
        if is_ours and not is_second:
            self._settle(None)

    def _on_gone(self, _page: Page) -> None:
        self._settle(None)

    def _settle(self, response: Response | None) -> None:
        if not self._response.done():
            self._response.set_result(response)


class Overheard:
    """Reads what LinkedIn granted of one kind of the page's own requests, as answers come in."""

    def __init__(
        self,
        guard: Guard,
        call: NetworkCall,
        tell: Callable[[str, dict[str, Any]], None],
        refuse: Callable[[str, int], None] | None = None,
        ask: Callable[[str], None] | None = None,
    ) -> None:
        self._tell = tell
        self._refuse = refuse
        self._reading: set[asyncio.Future[dict[str, Any] | None]] = set()
        self._has_ended = False
        self._stop_listening = guard.interception.listen(call, self._on_response, ask)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Listen no more, and tell nothing of what is still being read."""
        self._stop_listening()
        self._has_ended = True

    async def settle(self) -> None:
        """Wait until every answer that has come in so far is read, but not for endless ones."""
        if self._reading:
            _, endless = await asyncio.wait(set(self._reading), timeout=_SETTLE_S)
            self._reading -= endless

    def _on_response(self, response: Response) -> None:
        if not response.ok:
            if self._refuse is not None:
                self._refuse(response.url, response.status)
            return

        def on_read(reading: asyncio.Future[dict[str, Any] | None]) -> None:
            self._reading.discard(reading)
            if not self._has_ended:
                self._tell(response.url, reading.result() or {})

        reading = response.body()
        self._reading.add(reading)
        reading.add_done_callback(on_read)
