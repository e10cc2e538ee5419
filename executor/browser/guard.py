"""The last gate before LinkedIn: what the browser may ask for while it acts for somebody.

Two rules, enforced on the requests themselves and not on our idea of what a click does:

* The tab's main frame stays on LinkedIn's own hosts.
* A request that cannot be undone (`IRREVERSIBLE_CALLS`) leaves the browser only while a task
  expects exactly this call, only once, and only when its body names the person and the text that
  the task is about. Anything else is failed inside the browser, so a click on the wrong control
  sends nothing, and the failure is itself proof of that.

It uses the DevTools protocol's `Fetch` domain with narrow patterns. Playwright's own routing would
pause every request and switch the cache off.
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import structlog
from playwright.async_api import Error

from executor.errors import NotSent, RecipientMismatch
from executor.locators import IRREVERSIBLE_CALLS

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, CDPSession, Page

    from executor.locators.element import NetworkCall
    from storage.tasks import JsonObject

log = structlog.get_logger(__name__)

BodyCheck = Callable[["JsonObject"], str | None]
"""Given a request's JSON body, says what is wrong with it, or `None`."""


@dataclass(slots=True)
class Permission:
    """Leave for one irreversible request."""

    call: NetworkCall
    check: BodyCheck
    let_through: int = 0
    """How many requests have left the browser."""
    refused: str | None = None
    """Why a request was stopped, if one was."""
    decided: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once a request was let through or stopped."""

    def raise_if_stopped(self) -> None:
        """Raise `NotSent` when the request was stopped and none was let through."""
        if self.refused is not None and not self.let_through:
            raise NotSent(RecipientMismatch(f"{RecipientMismatch.__doc__} {self.refused}"))


class Guard:
    """Watches one tab."""

    def __init__(self, session: CDPSession, main_frame: str, site: str) -> None:
        self._session = session
        self._main_frame = main_frame
        self._site = site
        self._permission: Permission | None = None
        self._running: set[asyncio.Task[None]] = set()

    @classmethod
    async def install(cls, context: BrowserContext, page: Page, site: str) -> Guard:
        """Put a guard on *page* that keeps it on *site* (an origin)."""
        session = await context.new_cdp_session(page)
        tree = await session.send("Page.getFrameTree")
        guard = cls(session, tree["frameTree"]["frame"]["id"], site)
        session.on("Fetch.requestPaused", guard._on_paused)
        await session.send(
            "Fetch.enable",
            {
                "patterns": [
                    {"urlPattern": "*", "resourceType": "Document"},
                    # Wider than the calls themselves: an address can be written in many ways.
                    *({"urlPattern": f"*{call.endpoint}*"} for call in IRREVERSIBLE_CALLS),
                ]
            },
        )
        return guard

    def permit(self, call: NetworkCall, check: BodyCheck) -> Permission:
        """Allow one request of this kind whose body passes *check*; replaces any earlier leave."""
        self._permission = Permission(call, check)
        return self._permission

    def withdraw_permission(self) -> None:
        """Let nothing irreversible through any more."""
        self._permission = None

    def allows_address(self, url: str) -> bool:
        """Tell whether the main frame may go there."""
        parts = urlsplit(url)
        if parts.scheme in {"about", "data", "blob"}:
            return True
        if f"{parts.scheme}://{parts.netloc}" == self._site:
            return True
        host = parts.hostname or ""
        own = (urlsplit(self._site).hostname or "").removeprefix("www.")
        return parts.scheme == "https" and own == "linkedin.com" and f".{host}".endswith(f".{own}")

    def _on_paused(self, event: dict[str, Any]) -> None:
        decision = asyncio.ensure_future(self._decide(event))
        self._running.add(decision)
        decision.add_done_callback(self._running.discard)

    async def _decide(self, event: dict[str, Any]) -> None:
        allowed = self._judge(event)
        try:
            if allowed:
                await self._session.send("Fetch.continueRequest", {"requestId": event["requestId"]})
            else:
                await self._session.send(
                    "Fetch.failRequest",
                    {"requestId": event["requestId"], "errorReason": "BlockedByClient"},
                )
        except Error:
            # The page has gone, and the paused request with it.
            log.debug("guard_too_late")

    def _judge(self, event: dict[str, Any]) -> bool:
        request = event["request"]
        call = call_of(request["url"])
        if call is not None and request["method"] != "OPTIONS":
            return self._judge_call(call, request)
        if event.get("frameId") != self._main_frame or self.allows_address(request["url"]):
            return True
        log.warning("guard_stopped_navigation", host=urlsplit(request["url"]).hostname)
        return False

    def _judge_call(self, call: NetworkCall, request: dict[str, Any]) -> bool:
        permission = self._permission
        if permission is None or permission.call is not call:
            log.error("guard_stopped_unexpected_call", call=call.name)
            return False
        problem = "It was sent a second time." if permission.let_through else None
        if problem is None:
            problem = (
                permission.check(body) if (body := _json_body(request)) else "No readable body."
            )
        if problem is None:
            permission.let_through += 1
        else:
            log.error("guard_stopped_call", call=call.name, problem=problem)
            permission.refused = problem
        permission.decided.set()
        return problem is None


def call_of(url: str) -> NetworkCall | None:
    """Return which irreversible call an address belongs to, if any."""
    for call in IRREVERSIBLE_CALLS:
        if call.matches(url):
            return call
    return None


def _json_body(request: dict[str, Any]) -> dict[str, Any] | None:
    """Return the body as an object; Chromium leaves `postData` out when it is long."""
    try:
        text = request.get("postData")
        if text is None:
            entries = request.get("postDataEntries") or ()
            text = b"".join(base64.b64decode(entry["bytes"]) for entry in entries)
        body = json.loads(text)
    except (ValueError, KeyError, RecursionError):
        return None
    return body if isinstance(body, dict) else None
