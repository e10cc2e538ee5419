"""The last gate before LinkedIn: what the browser may ask for while it acts for somebody.

Four rules, enforced on the requests themselves and not on our idea of what a click does:

* The tab's main frame stays on LinkedIn's own hosts.
* A request that cannot be undone (`IRREVERSIBLE_CALLS`) leaves the browser only while a task
  expects exactly this call, only once, only when its body names the person or post and the text
  that the task is about, and only after the store has taken down that it leaves, which it does for
  the owner of the account's lease alone. Anything else is failed inside the browser, so a click on
  the wrong control sends nothing, and the failure is itself proof of that. From then on until it is
  answered the tunnel keeps the browser from repeating it.
* The same goes for a change that can be taken back (`Permission.call` that is not irreversible),
  for as long as a task expects it; but it is not taken down, and nothing keeps it from being
  repeated.
* While a task only reads, what the page tells by itself about having been looked at
  (`TELLTALE_CALLS`) stays in the browser: no receipt goes out, and no badge goes away, that the
  account's person has not caused.

`Interception` holds the requests back for it.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import structlog

from executor.address import is_linkedin
from executor.browser.interception import Interception, json_object, was_stopped
from executor.browser.tunnel import Place
from executor.errors import NotSent, RecipientMismatch, TimedOut
from executor.locators import IRREVERSIBLE_CALLS, TELLTALE_CALLS
from storage.errors import LeaseLost, StoreError

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, CDPSession, Page, Request

    from executor.browser.tunnel import Tunnel
    from executor.locators.element import NetworkCall
    from storage.tasks import JsonObject

log = structlog.get_logger(__name__)

_READING = {"GET", "HEAD", "OPTIONS"}
"""Methods that change nothing; pages read reactions under the name by which they give them."""


class RequestBody(dict[str, Any]):
    """The fields of a request's JSON body; none where bodies are in a form of LinkedIn's own."""

    def __init__(self, fields: JsonObject, *, url: str, raw: bytes) -> None:
        super().__init__(fields)
        self.url = url
        """Where it goes; some calls name in it what they are about."""
        self.raw = raw


BodyCheck = Callable[[RequestBody], str | None]
"""Given a request's body, says what is wrong with it, or `None`."""

BodyMarks = Callable[[RequestBody], "JsonObject"]
"""Given a request's body, says what it can be recognised by later."""


def no_marks(_: RequestBody) -> JsonObject:
    """Return nothing: only messages carry an id that their page has made (2026-10)."""
    return {}


Commit = Callable[["JsonObject"], Awaitable[None]]
"""Takes down that a request with these marks leaves the browser; when it raises, it does not."""


async def taken_down_nowhere(_: JsonObject) -> None:
    """Take nothing down: to do it once more would do no harm."""


@dataclass(slots=True)
class Permission:
    """Leave for one request."""

    call: NetworkCall
    check: BodyCheck
    marks: BodyMarks
    commit: Commit
    taken: bool = False
    """Whether a request has passed the check; there is never a second one."""
    let_through: bool = False
    request_id: str = ""
    """DevTools' id of the request that has passed the check."""
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a request was answered or stopped, or given up by the page; none leaves after it."""
    refused: NotSent | StoreError | None = None
    """Why a request was stopped, if one was."""

    @property
    def is_used_up(self) -> bool:
        """Whether a request was decided upon; what follows it is stopped, and proves nothing."""
        return self.taken or self.over.is_set()

    def give_up(self) -> None:
        """Stop the request if it is still waiting to be taken down."""
        if self.taken and not self.let_through and self.refused is None:
            self.refuse(_not_taken_down("it took too long"))

    def refuse(self, why: NotSent | StoreError) -> None:
        """Have the request stopped."""
        self.refused = why
        self.over.set()

    def raise_if_stopped(self) -> None:
        """Raise when the request was stopped.

        Raises:
            NotSent: it was about something else, or the store could not be used.
            LeaseLost: the account belongs to another runner.
        """
        if self.refused is not None:
            raise self.refused


class Guard:
    """Watches one tab."""

    def __init__(
        self, page: Page, session: CDPSession, main_frame: str, site: str, tunnel: Tunnel
    ) -> None:
        self._main_frame = main_frame
        self._site = site
        self._tunnel = tunnel
        self._permission: Permission | None = None
        self._taken: Permission | None = None
        """Whose request is being taken down, or on its way."""
        self.only_reads = False
        """Whether the page is only read, so that it tells nobody of it."""
        self.may_tell: Callable[[str], bool] | None = None
        """Given an address, says whether it may be told there all the same."""
        self.interception = Interception(page, session, main_frame, self)

    @classmethod
    async def install(cls, context: BrowserContext, page: Page, site: str, tunnel: Tunnel) -> Guard:
        """Put a guard on *page* that keeps it on *site* (an origin), reached through *tunnel*."""
        session = await context.new_cdp_session(page)
        tree = await session.send("Page.getFrameTree")
        guard = cls(page, session, tree["frameTree"]["frame"]["id"], site, tunnel)
        page.on("requestfailed", guard._on_failed)
        page.on("crash", guard._on_gone)
        page.on("close", guard._on_gone)
        await guard.interception.begin()
        return guard

    def permit(self, permission: Permission) -> None:
        """Allow what *permission* says; replaces any earlier leave."""
        self._permission = permission

    def withdraw_permission(self) -> None:
        """Let nothing irreversible through any more."""
        self._permission = None

    async def end_unanswered(self) -> None:
        """End the request that was let through, if it still has no answer."""
        if self._taken is not None:
            # It may have gone in a moment of which nobody tells, and then nothing else would.
            self.interception.ask_after(self._taken.request_id)
        await self._tunnel.end_watched()

    def allows_address(self, url: str) -> bool:
        """Tell whether the main frame may go there."""
        parts = urlsplit(url)
        if parts.scheme in {"about", "data", "blob"}:
            return True
        if f"{parts.scheme}://{parts.netloc}" == self._site:
            return True
        of_one_kind = is_linkedin(urlsplit(self._site).hostname) and is_linkedin(parts.hostname)
        return parts.scheme == "https" and of_one_kind

    def on_end(self, request_id: str) -> None:
        """Take note that a request was answered, has failed, or was given up by its page."""
        if self._taken is not None and self._taken.request_id == request_id:
            self._end()

    def _on_failed(self, request: Request) -> None:
        if was_stopped(request) or request.method in _READING:
            return
        if self._taken is not None and self._taken.call.matches(request.url):
            # Playwright does not tell which of several requests to one address it was.
            self.interception.ask_after(self._taken.request_id)
        elif (permission := self._permission) and permission.call.matches(request.url):
            permission.over.set()

    def _end(self) -> None:
        if self._taken is not None:
            self._taken.over.set()
            self._taken = None
        self._tunnel.release()

    def _on_gone(self, _page: Page) -> None:
        if self._permission is not None:
            self._permission.over.set()
        self._end()

    async def may_leave(self, event: dict[str, Any]) -> bool:
        """Judge a request that is held back."""
        request = event["request"]
        call = call_of(request["url"]) or self._expected(request["url"])
        writes = request["method"] not in _READING
        if writes and self._is_telltale(request):
            return False
        if writes and call is not None:
            return await self._judge_call(call, event)
        if event.get("frameId") != self._main_frame or self.allows_address(request["url"]):
            return True
        log.warning("guard_stopped_navigation", host=urlsplit(request["url"]).hostname)
        return False

    def _expected(self, url: str) -> NetworkCall | None:
        """Return the call that a task expects now, if this is its address."""
        permission = self._permission
        return permission.call if permission is not None and permission.call.matches(url) else None

    def _is_telltale(self, request: dict[str, Any]) -> bool:
        """Tell whether a page that is only read would tell by this that somebody has looked.

        What a task expects at the same address is something else; whatever is not quite that uses
        no permission up, since pages mark read whenever it suits them.
        """
        url = request["url"]
        if not self.only_reads or not any(each.matches(url) for each in TELLTALE_CALLS):
            return False
        if self.may_tell is not None and self.may_tell(url):
            return False
        call = self._expected(url)
        if self._permission is None or call is None or self._permission.is_used_up:
            return True
        return _compared(self._permission, _body(call, request))[1] is None

    async def _judge_call(self, call: NetworkCall, event: dict[str, Any]) -> bool:
        permission, request = self._permission, event["request"]
        if permission is None or permission.call is not call:
            log.error("guard_stopped_unexpected_call", call=call.name)
            return False
        if permission.is_used_up:
            log.error("guard_stopped_call", call=call.name, problem="It was sent a second time.")
            return False
        problem, marks = _compared(permission, _body(call, request))
        if marks is None:
            log.error("guard_stopped_call", call=call.name, problem=problem)
            mismatch = RecipientMismatch(f"{RecipientMismatch.__doc__} {problem}")
            permission.refuse(NotSent(mismatch))
            return False
        permission.taken, permission.request_id = True, event["requestId"]
        self._taken = permission
        await _take_down(permission, marks)
        # Whoever waited for the answer, or the page, may have given up while the store was busy.
        permission.let_through = self._permission is permission and not permission.over.is_set()
        if permission.let_through and call.irreversible:
            self._tunnel.watch(Place.of(request["url"]))
        elif not permission.let_through and self._taken is permission:
            self._taken = None
        return permission.let_through


def _compared(
    permission: Permission, body: RequestBody | None
) -> tuple[str, None] | tuple[None, JsonObject]:
    """Return what is wrong with a body, or its marks.

    It may be made in a way that nobody has thought of.
    """
    if body is None:
        return "No readable body.", None
    try:
        problem = permission.check(body)
        return (None, permission.marks(body)) if problem is None else (problem, None)
    except Exception as error:
        log.exception("guard_cannot_compare", call=permission.call.name)
        return f"It cannot be compared ({type(error).__name__}).", None


async def _take_down(permission: Permission, marks: JsonObject) -> None:
    try:
        await permission.commit(marks)
    except StoreError as error:
        log.error("guard_stopped_call", call=permission.call.name, problem=str(error))
        permission.refuse(error if isinstance(error, LeaseLost) else _not_taken_down(str(error)))
    except Exception as error:
        log.exception("guard_stopped_call", call=permission.call.name)
        permission.refuse(_not_taken_down(type(error).__name__))


def _not_taken_down(why: str) -> NotSent:
    return NotSent(TimedOut(f"The request was stopped, because the store did not take it: {why}"))


def call_of(url: str) -> NetworkCall | None:
    """Return which irreversible call an address belongs to, if any."""
    for call in IRREVERSIBLE_CALLS:
        if call.matches(url):
            return call
    return None


def _body(call: NetworkCall, request: dict[str, Any]) -> RequestBody | None:
    """Return the body, or `None` when it cannot be compared with anything."""
    url = request["url"]
    try:
        raw = _raw_body(request)
    except (ValueError, KeyError):
        return None
    fields = json_object(raw)
    if fields is None and raw and call.is_opaque_at(url):
        fields = {}
    return None if fields is None else RequestBody(fields, url=url, raw=raw)


def _raw_body(request: dict[str, Any]) -> bytes:
    """Return the body's bytes; Chromium leaves `postData` out when it is long."""
    entries = request.get("postDataEntries")
    if entries or request.get("postData") is None:
        return b"".join(base64.b64decode(entry["bytes"]) for entry in entries or ())
    return str(request["postData"]).encode()
