"""Following the page's own requests: one irreversible one to its answer, others by the way."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

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

    def __init__(self, guard: Guard, permission: Permission) -> None:
        self._guard = guard
        self._permission = permission
        self._response: Response | None = None

    async def __aenter__(self) -> Self:
        self._stop_listening = self._guard.interception.listen(
            self._permission.call, self._on_response
        )
        self._guard.permit(self._permission)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._guard.withdraw_permission()
        self._stop_listening()
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
        try:
            async with asyncio.timeout(seconds):
                await self._permission.over.wait()
        except TimeoutError:
            self._permission.give_up()
        self._permission.raise_if_stopped()
        if self._response is None:
            return None
        read, _ = await asyncio.wait({self._response.body()}, timeout=seconds)
        body = read.pop().result() if read else None
        return Answer(status=self._response.status, body=body or {}, was_read=body is not None)

    def _on_response(self, response: Response) -> None:
        if response.id == self._permission.request_id:
            response.body()
            self._response = response


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
