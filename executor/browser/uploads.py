"""Following the page's own uploads, from the question where to put a file to its being there."""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Self

from playwright.async_api import Error

from executor.errors import AttachmentRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.async_api import Page, Request, Response

    from executor.locators.element import NetworkCall


class Uploads:
    """What has been heard of uploads since the page began to be watched."""

    def __init__(self, page: Page, announce: NetworkCall) -> None:
        self._page = page
        self._announce = announce
        self._addresses: list[str] = []
        self._put: dict[str, bool] = {}
        """Whether what was put at an address was taken."""
        self._failed = False
        self._answered: set[Request] = set()
        self._changed = asyncio.Event()
        self._reading: set[asyncio.Task[None]] = set()

    @contextmanager
    def watched(self) -> Iterator[Self]:
        self._page.on("response", self._on_response)
        self._page.on("requestfailed", self._on_failed)
        try:
            yield self
        finally:
            self._page.remove_listener("response", self._on_response)
            self._page.remove_listener("requestfailed", self._on_failed)
            for reading in self._reading:
                reading.cancel()

    @property
    def has_failed(self) -> bool:
        """Whether LinkedIn did not take a file, or not even the question."""
        return self._failed or any(self._put.get(each) is False for each in self._addresses)

    async def announced(self, count: int, *, seconds: float) -> bool:
        """Wait until so many uploads were begun; `False`: the page did not tell of them.

        Raises:
            AttachmentRefused: one of them will not be there.
        """
        return await self._wait(lambda: len(self._addresses) >= count, seconds)

    async def finished(self, count: int, *, seconds: float) -> bool:
        """Wait until so many files are there; `False`: they take longer.

        Raises:
            AttachmentRefused: one of them will not be there.
        """

        def are_there() -> bool:
            return sum(self._put.get(each, False) for each in self._addresses) >= count

        return await self._wait(are_there, seconds)

    async def _wait(self, holds: Callable[[], bool], seconds: float) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not holds():
                    if self.has_failed:
                        raise AttachmentRefused
                    self._changed.clear()
                    await self._changed.wait()
        return holds()

    def _on_response(self, response: Response) -> None:
        self._answered.add(response.request)
        method = response.request.method
        if method == "POST" and self._announce.matches(response.url):
            reading = asyncio.ensure_future(self._read(response))
            self._reading.add(reading)
            reading.add_done_callback(self._reading.discard)
        elif method in {"PUT", "POST"}:
            # The address may not be known yet: it stands in an answer that is still being read.
            self._note(response.url, taken=response.ok)

    def _on_failed(self, request: Request) -> None:
        if request in self._answered:
            # Whoever looks at the status alone drops the body, which counts as a failure then.
            return
        if request.method == "POST" and self._announce.matches(request.url):
            self._failed = True
            self._changed.set()
        elif request.method in {"PUT", "POST"}:
            self._note(request.url, taken=False)

    def _note(self, url: str, *, taken: bool) -> None:
        self._put[url] = taken
        self._changed.set()

    async def _read(self, response: Response) -> None:
        try:
            address = _address_in(json.loads(await response.text())) if response.ok else None
        except (Error, ValueError):
            address = None
        if address is None:
            self._failed = True
        else:
            self._addresses.append(address)
        self._changed.set()


def _address_in(answer: Any) -> str | None:
    while isinstance(answer, dict):
        found = answer.get("singleUploadUrl")
        if isinstance(found, str):
            return found
        answer = answer.get("value") or answer.get("data")
    return None
