"""Turning Playwright's errors into ours, in this one place."""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from playwright.async_api import Error
from playwright.async_api import TimeoutError as PlaywrightTimeout

from executor.errors import BrowserCrashed, ExecutorError, PageHangs, TimedOut, UiChanged

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

P = ParamSpec("P")
R = TypeVar("R")

_LONGEST_STEP_S = 60.0
"""Beyond this a page counts as hung. Playwright bounds clicks and navigations itself, but waits for
ever for a page that does not answer a question."""

_DEAD = ("closed", "crashed", "disconnected", "Connection lost")


def has_moved_on(error: Error) -> bool:
    """Tell whether a page went elsewhere by itself while it was asked something."""
    return "context was destroyed" in error.message or "navigat" in error.message


def translate(error: Error) -> ExecutorError:
    """Return our error for one of Playwright's; the text of the page never gets into it."""
    # Only the first line is Playwright's own; what follows quotes the page.
    text = error.message.partition("\n")[0]
    if isinstance(error, PlaywrightTimeout):
        return TimedOut()
    if "strict mode violation" in text:
        return UiChanged("Something that should be there once is there several times.")
    if any(word in text for word in _DEAD):
        return BrowserCrashed()
    if "net::" in text:
        return TimedOut("LinkedIn could not be reached.")
    return BrowserCrashed("The browser did not do what it was told.")


def translated(step: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """Make a browser step raise our errors instead of Playwright's."""

    @functools.wraps(step)
    async def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return await step(*args, **kwargs)
        except Error as error:
            raise translate(error) from error

    return wrapper


def bounded(step: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """Make a quick browser step raise `TimedOut` when the page hangs, and else as `translated`."""

    @functools.wraps(step)
    async def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            async with asyncio.timeout(_LONGEST_STEP_S) as limit:
                return await step(*args, **kwargs)
        except TimeoutError as error:
            if not limit.expired():
                raise
            raise PageHangs from error

    return translated(wrapper)
