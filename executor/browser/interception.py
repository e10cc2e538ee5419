"""The page's requests that matter, held back on their way out, and the answers on their way in.

It uses the DevTools protocol's `Fetch` domain with narrow patterns. Playwright's own routing would
pause every request and switch the cache off; its events tell of every request, some sixty for a
message of which five matter, which costs three processes time and memory (measured 2026-12-01).

An answer that somebody wants is read, then passed on to the page, and told last: who is told of it
looks at the page next.
"""

from __future__ import annotations

import asyncio
import base64
import json
from contextvars import copy_context
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol

import structlog
from playwright.async_api import Error

from executor.locators import ASKED_CALLS, HEARD_CALLS, IRREVERSIBLE_CALLS, TELLTALE_CALLS

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable

    from playwright.async_api import CDPSession, Frame, Page, Request

    from executor.locators.element import NetworkCall

log = structlog.get_logger(__name__)

_LONGEST_READ_S = 30.0
"""Nobody tells of every body that will never come."""
_ASKED_AFTER_S = (0, 0.1, 0.5, 2)
"""Pauses between questions: a page may be known to have given up before its request has gone."""
_UNKNOWN = "Invalid InterceptionId"
"""What Chromium says of a request that is no longer there (150)."""
_JUDGED = (*IRREVERSIBLE_CALLS, *TELLTALE_CALLS)
_ANSWERED = (*IRREVERSIBLE_CALLS, *HEARD_CALLS)


def was_stopped(request: Request) -> bool:
    """Tell whether a request has failed because it was not let out."""
    return "BLOCKED_BY_CLIENT" in (request.failure or "")


class Response:
    """LinkedIn's answer to one of the page's requests."""

    def __init__(self, session: CDPSession, event: dict[str, Any]) -> None:
        self._session = session
        self.id: str = event["requestId"]
        """DevTools', the same as when the request left."""
        self.method: str = event["request"]["method"]
        self.url: str = event["request"]["url"]
        self.status: int = event["responseStatusCode"]
        self._headers = {
            each["name"].lower(): each["value"] for each in event.get("responseHeaders", ())
        }
        self.is_wanted = False
        """Whether somebody who was told of the answer wants its body."""
        loop = asyncio.get_running_loop()
        self._body: asyncio.Future[dict[str, Any] | None] = loop.create_future()
        self._gone = loop.create_future()

    @property
    def ok(self) -> bool:
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    def body(self) -> asyncio.Future[dict[str, Any] | None]:
        """Have the body read, for whoever is told of the answer just now.

        Returns:
            Its fields, empty when it is no JSON object; `None` when it has gone with the page, or
            may have broken off.
        """
        self.is_wanted = True
        return self._body

    def tell(self, body: dict[str, Any] | None) -> None:
        """Answer those who want the body."""
        if not self._body.done():
            self._body.set_result(body)

    def give_up(self) -> None:
        """Read no further."""
        if not self._gone.done():
            self._gone.set_result(None)

    async def read(self) -> dict[str, Any] | None:
        """Read the body, which is there until the answer is passed on."""
        body = asyncio.ensure_future(
            self._session.send("Fetch.getResponseBody", {"requestId": self.id})
        )
        await asyncio.wait(
            {body, self._gone}, timeout=_LONGEST_READ_S, return_when=asyncio.FIRST_COMPLETED
        )
        if not body.done():
            body.cancel()
            return None
        try:
            read = body.result()
        except Error:
            return None
        text: str = read["body"]
        raw = base64.b64decode(text) if read["base64Encoded"] else text.encode()
        fields = json_object(raw)
        return {} if fields is None and self._is_whole(raw) else fields

    def _is_whole(self, raw: bytes) -> bool:
        """Tell whether this is all of it: of what has broken off, Chromium hands out what came."""
        length = self._headers.get("content-length", "")
        if length.isdecimal() and "content-encoding" not in self._headers:
            return len(raw) >= int(length)
        return raw != b"" and not raw.lstrip().startswith(b"{")


class Judge(Protocol):
    """Who decides about requests that are held back."""

    async def may_leave(self, event: dict[str, Any]) -> bool:
        """Tell whether a request may leave the browser, given DevTools' event of it."""

    def on_end(self, request_id: str) -> None:
        """Take note that a request was answered, has failed, or was given up by its page."""


@dataclass(frozen=True, slots=True)
class _Listener:
    call: NetworkCall
    hear: Callable[[Response], None]
    ask: Callable[[str], None] | None


class Interception:
    """Holds requests and answers of one page until they have been looked at."""

    def __init__(self, page: Page, session: CDPSession, main_frame: str, judge: Judge) -> None:
        self._page = page
        self._session = session
        self._main_frame = main_frame
        self._judge = judge
        self._listeners: list[_Listener] = []
        self._underway: set[Response] = set()
        """Answers that are not passed on yet."""
        self._left_behind: set[Response] = set()
        """Those of a page that is about to give place to another one."""
        self._running: set[asyncio.Task[None]] = set()
        self._context = copy_context()

    async def begin(self) -> None:
        """Hold back from now on."""
        self._session.on("Fetch.requestPaused", self._on_paused)
        # Chromium may leave the question for a body open when its request is no longer wanted.
        self._page.on("requestfailed", self._on_failed)
        self._page.on("framenavigated", self._on_navigated)
        self._page.on("crash", lambda _: _give_up(self._underway))
        self._page.on("close", lambda _: _give_up(self._underway))
        await self._session.send(
            "Fetch.enable",
            {
                "patterns": [
                    {"urlPattern": "*", "resourceType": "Document"},
                    *_patterns("Request", (*_JUDGED, *ASKED_CALLS)),
                    *_patterns("Response", _ANSWERED),
                ]
            },
        )

    def listen(
        self,
        call: NetworkCall,
        hear: Callable[[Response], None],
        ask: Callable[[str], None] | None = None,
    ) -> Callable[[], None]:
        """Tell of every answer to one kind of request, whatever it says.

        Args:
            ask: gets the addresses, when the page asks.

        Returns:
            What ends that.

        Raises:
            ValueError: such answers, or such requests, are not held back.
        """
        if not _traits(_ANSWERED) >= {*call.traits} or (
            ask is not None and not _traits(ASKED_CALLS) >= {*call.traits}
        ):
            raise ValueError(f"{call.name} is not held back.")
        listener = _Listener(call, hear, ask)
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def ask_after(self, request_id: str) -> None:
        """Tell the judge if a request, held back or on its way, was given up by its page."""
        self._run(self._ask_after(request_id))

    def begin_task(self) -> None:
        """Log what happens from now on as the present task's; the browser's events come without."""
        self._context = copy_context()

    def _on_paused(self, event: dict[str, Any]) -> None:
        response = None
        if "responseStatusCode" in event:
            response = Response(self._session, event)
            # Right now, for the page may have gone before anything is done about it.
            self._underway.add(response)
        self._run(self._handle(event, response))

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        running = asyncio.get_running_loop().create_task(work, context=self._context.copy())
        self._running.add(running)
        running.add_done_callback(self._running.discard)

    async def _handle(self, event: dict[str, Any], response: Response | None) -> None:
        if response is not None:
            await self._answered(response, event)
        elif "responseErrorReason" in event:
            self._judge.on_end(event["requestId"])
            await self._continue(event)
        else:
            await self._asked(event)

    async def _asked(self, event: dict[str, Any]) -> None:
        if not await self._may_leave(event):
            await self._send("Fetch.failRequest", event, errorReason="BlockedByClient")
            return
        if event["resourceType"] == "Document" and event["frameId"] == self._main_frame:
            self._left_behind |= self._underway
        if not await self._continue(event):
            self._judge.on_end(event["requestId"])

    async def _may_leave(self, event: dict[str, Any]) -> bool:
        url = event["request"]["url"]
        try:
            for listener in tuple(self._listeners):
                if listener.ask is not None and listener.call.matches(url):
                    listener.ask(url)
            return await self._judge.may_leave(event)
        except Exception:
            # Held for ever, it would leave when the page is closed: Chromium lets go of it then.
            log.exception("interception_failed")
            return False

    async def _answered(self, response: Response, event: dict[str, Any]) -> None:
        body = None
        try:
            self._judge.on_end(response.id)
            for listener in tuple(self._listeners):
                if listener.call.matches(response.url):
                    listener.hear(response)
            if response.is_wanted:
                body = await response.read()
        finally:
            self._underway.discard(response)
            await self._continue(event)
            response.tell(body)

    async def _ask_after(self, request_id: str) -> None:
        for pause in _ASKED_AFTER_S:
            await asyncio.sleep(pause)
            try:
                # There is no question for whether a request is underway; but what may be asked of
                # it only when it is answered is refused in other words than what is unknown.
                await self._session.send("Fetch.getResponseBody", {"requestId": request_id})
            except Error as error:
                if _UNKNOWN in error.message:
                    self._judge.on_end(request_id)
                    return

    def _on_failed(self, request: Request) -> None:
        # Of two requests to one address, the second is often stopped.
        if not was_stopped(request):
            _give_up(each for each in self._underway if each.url == request.url)

    def _on_navigated(self, frame: Frame) -> None:
        if frame == self._page.main_frame:
            _give_up(self._left_behind)
            self._left_behind.clear()

    async def _continue(self, event: dict[str, Any]) -> bool:
        return await self._send("Fetch.continueRequest", event)

    async def _send(self, order: str, event: dict[str, Any], **more: str) -> bool:
        """Give an order about what is held back; `False`: the page has gone, and it as well."""
        try:
            await self._session.send(order, {"requestId": event["requestId"], **more})
        except Error:
            log.debug("interception_too_late")
            return False
        return True


def _give_up(responses: Iterable[Response]) -> None:
    for response in responses:
        response.give_up()


def json_object(raw: bytes) -> dict[str, Any] | None:
    """Return the fields of a JSON object; `None`: it is none."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _patterns(stage: str, calls: Iterable[NetworkCall]) -> list[dict[str, str]]:
    # Wider than the calls themselves: an address can be written in many ways.
    return [{"urlPattern": f"*{trait}*", "requestStage": stage} for trait in sorted(_traits(calls))]


def _traits(calls: Iterable[NetworkCall]) -> set[str]:
    return {trait for call in calls for trait in call.traits}
