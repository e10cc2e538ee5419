"""Playwright's errors: every one of them becomes one of ours, without the page's words."""

from __future__ import annotations

import inspect

import playwright.async_api
import pytest
from playwright.async_api import Error
from playwright.async_api import TimeoutError as PlaywrightTimeout

from executor.browser.failures import translate, translated
from executor.errors import (
    BrowserCrashed,
    ExecutorError,
    Refused,
    TimedOut,
    Transient,
    UiChanged,
)

SECRET = "Dear Ada, li_at=AQEDAR"


def public_errors() -> list[type[BaseException]]:
    return [
        each
        for _, each in inspect.getmembers(playwright.async_api, inspect.isclass)
        if issubclass(each, BaseException)
    ]


def with_subclasses(kind: type[Error]) -> list[type[Error]]:
    return [kind, *(deeper for below in kind.__subclasses__() for deeper in with_subclasses(below))]


def test_playwright_has_one_error_tree() -> None:
    """Every public exception class of Playwright is an Error, which is what we catch."""
    assert [each for each in public_errors() if not issubclass(each, Error)] == []


@pytest.mark.parametrize("kind", with_subclasses(Error), ids=lambda kind: kind.__name__)
def test_every_class_is_mapped(kind: type[Error]) -> None:
    """Each class, the private ones below included, becomes an error that says what to do next."""
    ours = translate(kind(SECRET))

    assert isinstance(ours, Transient | Refused)
    assert ours.message


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (PlaywrightTimeout("Timeout 20000ms exceeded."), TimedOut),
        (PlaywrightTimeout("Timeout; Target page has been closed"), TimedOut),
        (Error("Target page, context or browser has been closed"), BrowserCrashed),
        (Error("Page crashed"), BrowserCrashed),
        (Error("Browser has been disconnected"), BrowserCrashed),
        (Error("Connection lost"), BrowserCrashed),
        (Error("net::ERR_NAME_NOT_RESOLVED at https://www.linkedin.com/"), TimedOut),
        (Error("net::ERR_INTERNET_DISCONNECTED"), TimedOut),
        (Error('strict mode violation: locator("h1") resolved to 2 elements'), UiChanged),
        (Error("Something that nobody has seen before"), BrowserCrashed),
    ],
)
def test_messages_decide_within_a_class(theirs: Error, ours: type[ExecutorError]) -> None:
    """Where Playwright has one class for many troubles, its words tell them apart."""
    assert ours is type(translate(theirs))


@pytest.mark.parametrize(
    "quoted", ['<p class="disclosed">', "<b>Closed: crashed</b>", "<i>closed</i>", "net::ERR_X"]
)
def test_the_pages_words_do_not_decide(quoted: str) -> None:
    """Playwright quotes the page; an element that says "closed" is not a closed browser."""
    theirs = Error(f'strict mode violation: locator("p") resolved to 2 elements:\n 1) {quoted}')

    assert UiChanged is type(translate(theirs))


@pytest.mark.parametrize(
    "words",
    ["", " closed", " crashed", " net::ERR_FAILED", " strict mode violation", " Connection lost"],
)
@pytest.mark.parametrize("kind", [Error, PlaywrightTimeout])
def test_the_pages_words_stay_out(kind: type[Error], words: str) -> None:
    """Whatever Playwright quotes from a page, none of it gets into our message."""
    ours = translate(kind(f"{SECRET}{words} <div>{SECRET}</div>"))

    assert "Ada" not in ours.message
    assert "li_at" not in ours.message


async def test_a_step_raises_ours() -> None:
    """A translated step raises our error and keeps Playwright's as its cause."""

    @translated
    async def step() -> None:
        raise PlaywrightTimeout(SECRET)

    with pytest.raises(TimedOut) as caught:
        await step()

    assert isinstance(caught.value.__cause__, PlaywrightTimeout)


async def test_a_step_leaves_other_errors_alone() -> None:
    """What does not come from Playwright passes unchanged."""

    @translated
    async def step() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        await step()


async def test_a_step_returns_what_it_returns() -> None:
    """A step that works gives its answer."""

    @translated
    async def step(one: int, *, other: int) -> int:
        return one + other

    assert await step(1, other=2) == 3
