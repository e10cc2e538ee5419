"""Hearing the answers that a page gets, from a real server through a real browser."""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from executor.browser.interception import Interception, was_stopped
from executor.locators import account, attachments, messaging
from tests.chromium import chromium

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page

    from executor.browser.interception import Response

PATIENCE_S = 30
HEARD = "/voyager/api/me"
LOADED = "/voyager/api/voyagerMessagingGraphQL/graphql?queryId=messengerMessages.1"
TOLD = {"miniProfile": "Zoë", "padding": "x" * 300_000}

FETCH = """async (path) => {
  const answer = await fetch(path);
  try { return [answer.status, await answer.text()]; } catch { return [answer.status, null]; }
}"""


class Site:
    """Answers each address with the bytes that a test gives it; `None` leaves the answer open."""

    def __init__(self) -> None:
        self.url = ""
        self.answers: dict[str, bytes | None] = {"/": answer(b"<p>Here", "text/html")}
        self.asked: list[str] = []
        self._open: list[asyncio.StreamWriter] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.append(writer)
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, path, _ = head.split(" ", 2)
        self.asked.append(f"{method} {path}")
        told = self.answers.get(path, answer(b"", status="404 Not Found"))
        if told is None:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{")
            await writer.drain()
            return
        writer.write(told)
        writer.close()

    def finish(self, rest: bytes) -> None:
        """End the answers that were left open."""
        for writer in self._open:
            if not writer.is_closing():
                writer.write(rest)
                writer.close()

    def end(self) -> None:
        for writer in self._open:
            writer.transport.abort()


def answer(
    body: bytes, kind: str = "application/json", *, status: str = "200 OK", **headers: str
) -> bytes:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    length = {} if "Transfer-Encoding" in told else {"Content-Length": str(len(body))}
    fields = {"Content-Type": kind, **length, **told}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join((*lines, "Connection: close", "", "")).encode() + body


class Anything:
    """Lets every request leave."""

    async def may_leave(self, event: dict[str, Any]) -> bool:  # noqa: ARG002 - as asked for
        return True

    def on_end(self, request_id: str) -> None:
        """Nobody wants to know."""


class Listener:
    """Has every answer read that it is told of."""

    def __init__(self) -> None:
        self.told: list[Response] = []
        self.bodies: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self.came = asyncio.Event()

    def __call__(self, response: Response) -> None:
        self.told.append(response)
        response.body().add_done_callback(lambda body: self.bodies.put_nowait(body.result()))
        self.came.set()

    @property
    def statuses(self) -> list[int]:
        return [each.status for each in self.told]


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    listener = await asyncio.start_server(site.serve, "127.0.0.1", 0)
    site.url = "http://127.0.0.1:{1}".format(*listener.sockets[0].getsockname())
    yield site
    listener.close()
    site.end()


@asynccontextmanager
async def intercepted(browser: Browser, site: Site) -> AsyncIterator[tuple[Page, Interception]]:
    context = await browser.new_context()
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    tree = await session.send("Page.getFrameTree")
    interception = Interception(page, session, tree["frameTree"]["frame"]["id"], Anything())
    await interception.begin()
    await page.goto(site.url)
    async with asyncio.timeout(PATIENCE_S):
        yield page, interception
    await context.close()


@pytest.mark.parametrize(
    ("told", "heard"),
    [
        pytest.param(answer(json.dumps(TOLD).encode()), TOLD, id="as it is"),
        pytest.param(
            answer(gzip.compress(json.dumps(TOLD).encode()), Content_Encoding="gzip"),
            TOLD,
            id="compressed",
        ),
        pytest.param(
            answer(zlib.compress(json.dumps(TOLD).encode()), Content_Encoding="deflate"),
            TOLD,
            id="deflated",
        ),
        pytest.param(answer(b"[1]"), {}, id="a list"),
        pytest.param(answer(b"<p>No", "text/html"), {}, id="a page"),
        pytest.param(answer(b""), {}, id="nothing"),
        pytest.param(answer(b"\xff\xfe\xff"), {}, id="no text"),
        pytest.param(
            answer(b'{"message": "No"}', status="429 Too Many Requests"),
            {"message": "No"},
            id="a refusal",
        ),
    ],
)
async def test_an_answer_is_heard_and_reaches_the_page(
    browser: Browser, site: Site, told: bytes, heard: dict[str, Any]
) -> None:
    """However it is written and packed, both get the same."""
    site.answers[HEARD] = told
    async with intercepted(browser, site) as (page, interception):
        listener = Listener()
        interception.listen(account.OWN_ACCOUNT, listener)
        status, text = await page.evaluate(FETCH, HEARD)

        assert listener.statuses == [status]
        assert await listener.bodies.get() == heard
        if heard:
            assert json.loads(text) == heard


async def test_an_answer_is_read_once_for_all_who_want_it(browser: Browser, site: Site) -> None:
    """Two who listen to one call get one and the same body."""
    site.answers[HEARD] = answer(b'{"a": 1}')
    async with intercepted(browser, site) as (page, interception):
        first, second = Listener(), Listener()
        for each in (first, second):
            interception.listen(account.OWN_ACCOUNT, each)
        await page.evaluate(FETCH, HEARD)

        body = await first.bodies.get()
        assert body == {"a": 1}
        assert await second.bodies.get() is body


async def test_an_answer_that_nobody_wants_goes_to_the_page(browser: Browser, site: Site) -> None:
    """What is held back in vain is passed on."""
    site.answers[HEARD] = answer(b'{"a": 1}')
    async with intercepted(browser, site) as (page, _):
        assert await page.evaluate(FETCH, HEARD) == [200, '{"a": 1}']


async def test_other_answers_are_told_to_nobody(browser: Browser, site: Site) -> None:
    """An address that is no call's is not even held back."""
    site.answers["/elsewhere"] = answer(b'{"a": 1}')
    async with intercepted(browser, site) as (page, interception):
        listener = Listener()
        interception.listen(account.OWN_ACCOUNT, listener)
        await page.evaluate(FETCH, "/elsewhere")

        assert listener.told == []


async def test_who_listens_no_more_is_told_nothing(browser: Browser, site: Site) -> None:
    """Whoever has stopped listening can be forgotten."""
    site.answers[HEARD] = answer(b'{"a": 1}')
    async with intercepted(browser, site) as (page, interception):
        listener = Listener()
        stop = interception.listen(account.OWN_ACCOUNT, listener)
        stop()
        await page.evaluate(FETCH, HEARD)

        assert listener.told == []


async def test_nobody_listens_in_vain(browser: Browser, site: Site) -> None:
    """What is not held back would never be told of."""
    async with intercepted(browser, site) as (_, interception):
        with pytest.raises(ValueError, match="announce_upload"):
            interception.listen(attachments.ANNOUNCE_UPLOAD, Listener())
        with pytest.raises(ValueError, match="typing"):
            interception.listen(messaging.TYPING, Listener(), lambda _: None)


async def test_a_listener_that_fails_stops_the_request(browser: Browser, site: Site) -> None:
    """Held for ever, it would leave in the end, when its page is closed."""
    site.answers[LOADED] = answer(b'{"a": 1}')

    def fail(_: str) -> None:
        raise LookupError

    async with intercepted(browser, site) as (page, interception):
        stop = interception.listen(messaging.LOAD_MESSAGES, Listener(), fail)
        async with page.expect_event("requestfailed", was_stopped):
            await page.evaluate("path => { fetch(path).catch(() => {}) }", LOADED)
        stop()

        assert await page.evaluate(FETCH, LOADED) == [200, '{"a": 1}']


async def test_a_request_that_was_stopped_ends_no_other(browser: Browser, site: Site) -> None:
    """A page that sends twice has its second request stopped."""
    site.answers[HEARD] = None
    async with intercepted(browser, site) as (page, interception):
        listener = Listener()
        interception.listen(account.OWN_ACCOUNT, listener)
        await page.evaluate("path => { fetch(path) }", HEARD)
        await listener.came.wait()
        await page.route(f"**{HEARD}", lambda route: route.abort("blockedbyclient"))
        async with page.expect_event("requestfailed"):
            await page.evaluate("path => { fetch(path).catch(() => {}) }", HEARD)
        site.finish(b'"a": 1}')

        assert await listener.bodies.get() == {"a": 1}


async def test_a_redirection_is_told_and_followed(browser: Browser, site: Site) -> None:
    """It has a status and no body."""
    site.answers[HEARD] = answer(b"", status="303 See Other", Location="/there")
    site.answers["/there"] = answer(b'{"there": true}')
    async with intercepted(browser, site) as (page, interception):
        listener = Listener()
        interception.listen(account.OWN_ACCOUNT, listener)

        assert await page.evaluate(FETCH, HEARD) == [200, '{"there": true}']
        assert listener.statuses == [303]
        assert await listener.bodies.get() is None


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(answer(b'{"a": 1, ', Content_Length="300"), id="within words"),
        pytest.param(answer(b"", Content_Length="300"), id="before the first"),
        pytest.param(answer(b'9\r\n{"a": 1, \r\n', Transfer_Encoding="chunked"), id="chunked"),
        pytest.param(answer(b"", Transfer_Encoding="chunked"), id="chunked, before the first"),
    ],
)
async def test_an_answer_that_breaks_off_fails_in_the_page_as_well(
    browser: Browser, site: Site, told: bytes
) -> None:
    """What came of it counts as unread, and nobody waits for the rest."""
    site.answers[HEARD] = told
    async with intercepted(browser, site) as (page, interception):
        listener = Listener()
        interception.listen(account.OWN_ACCOUNT, listener)

        assert await page.evaluate(FETCH, HEARD) == [200, None]
        assert listener.statuses == [200]
        assert await listener.bodies.get() is None


async def test_a_connection_without_an_answer_fails_in_the_page(
    browser: Browser, site: Site
) -> None:
    """The page hears of it, who listens is told nothing, and nobody asks a second time."""
    site.answers[HEARD] = b""
    async with intercepted(browser, site) as (page, interception):
        listener = Listener()
        interception.listen(account.OWN_ACCOUNT, listener)
        error = await page.evaluate(
            """path => fetch(path, {method: "POST"}).then(() => "answered", error => error.name)""",
            HEARD,
        )

        assert error == "TypeError"
        assert site.asked.count(f"POST {HEARD}") == 1
        assert listener.told == []


async def test_an_answer_that_never_ends_holds_up_no_other(browser: Browser, site: Site) -> None:
    """Each is waited for by itself."""
    site.answers[f"{HEARD}?endless"] = None
    site.answers[HEARD] = answer(b'{"a": 1}')
    async with intercepted(browser, site) as (page, interception):
        listener = Listener()
        interception.listen(account.OWN_ACCOUNT, listener)
        await page.evaluate("path => { fetch(path) }", f"{HEARD}?endless")
        await listener.came.wait()

        assert await page.evaluate(FETCH, HEARD) == [200, '{"a": 1}']
        assert await listener.bodies.get() == {"a": 1}


@pytest.mark.parametrize(
    "leave",
    [
        pytest.param("window.asking.abort()", id="aborted"),
        pytest.param("location.href = 'about:blank'", id="navigated"),
    ],
)
async def test_an_answer_that_the_page_no_longer_wants_is_given_up(
    browser: Browser, site: Site, leave: str
) -> None:
    """Chromium says nothing more about such a body."""
    site.answers[HEARD] = None
    async with intercepted(browser, site) as (page, interception):
        listener = Listener()
        interception.listen(account.OWN_ACCOUNT, listener)
        await page.evaluate(
            """path => {
              window.asking = new AbortController();
              fetch(path, {signal: window.asking.signal}).catch(() => {});
            }""",
            HEARD,
        )
        await listener.came.wait()
        await page.evaluate(leave)

        assert await listener.told[0].body() is None


async def test_an_answer_is_given_up_with_its_page(browser: Browser, site: Site) -> None:
    """A page that is closed takes what it was told along."""
    site.answers[HEARD] = None
    async with intercepted(browser, site) as (page, interception):
        listener = Listener()
        interception.listen(account.OWN_ACCOUNT, listener)
        await page.evaluate("path => { fetch(path) }", HEARD)
        await listener.came.wait()
        await page.close()

        assert await listener.told[0].body() is None
