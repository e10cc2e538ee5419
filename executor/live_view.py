"""Live views: a person signs an account in, in a browser that runs here and is seen elsewhere.

A view holds the account's lease, so that no runner acts meanwhile, and is over as soon as LinkedIn
shows the account to be signed in; another one than the member's so far is not kept. Its tab has the
guard of every other one and no permission: a person can sign in and answer checks there, and send
nothing.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

import structlog
from structlog.contextvars import bound_contextvars

from executor.browser.launch import BrowserHost
from executor.browser.viewer_input import End, Seen, Size, read_input
from executor.errors import ExecutorError, SessionBlocked, TimedOut
from executor.lease_keeping import keep_lease
from executor.owners import this_process
from executor.pages.own_account import read_own_id
from storage.errors import LeaseLost, SecretUnreadable, StoreError
from storage.sessions import SessionHealth

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from executor.browser.account_browser import AccountBrowser
    from executor.browser.screencast import Screencast
    from executor.browser.viewer_input import ViewerInput
    from executor.settings import ExecutorSettings
    from storage.ports import Store
    from storage.sessions import Lease
    from storage.tasks import JsonObject

log = structlog.get_logger(__name__)

LONGEST_S = 20 * 60.0
"""After which a view is closed, whatever happens in it."""
_PATIENCE_S = 4 * 60.0
"""How long to wait for the account: a task that is going on is never interrupted."""
_REQUEST = timedelta(seconds=10)
_ASK_EVERY_S = 0.5
_BLIND_S = 0.5
_CLOSE_S = 10.0


class _Over(Exception):
    """Ends a view."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Viewer:
    """One person's eyes and hands in a view."""

    def __init__(self, view: _LiveView, who: str) -> None:
        self._view = view
        self.who = who
        self._news: list[JsonObject] = []
        self._woken = asyncio.Event()
        self._is_over = False

    def tell(self, news: JsonObject, *, last: bool = False) -> None:
        """Have this shown to the person."""
        self._news.append(news)
        self._is_over = self._is_over or last
        self._woken.set()

    def wake(self) -> None:
        """Let it look for a new picture."""
        self._woken.set()

    async def next(self) -> bytes | JsonObject | None:
        """Return what to show next, a picture (JPEG) or news; `None`: the view is over."""
        while True:
            if self._news:
                return self._news.pop(0)
            if self._is_over:
                return None
            picture = self._view.picture_for(self)
            if picture is not None:
                return picture
            self._woken.clear()
            await self._woken.wait()

    async def act(self, given: Any) -> bool:
        """Do what the person does; `False` for what no viewer of ours sends."""
        understood = read_input(given)
        if understood is None:
            return False
        await self._view.act(self, understood)
        return True

    def end(self, why: str) -> None:
        """Close the view, if this person is still the one who looks."""
        self._view.ended_by(self, why)

    async def leave(self) -> None:
        """Look no longer; the view stays open for a while, for who has only lost the connection."""
        await self._view.left_by(self)


class LiveViews:
    """The live views of one process, one for each account, in a browser of their own."""

    def __init__(
        self,
        store: Store,
        settings: ExecutorSettings,
        *,
        locators: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; the browser starts with the first view, and stops with the last.

        Args:
            clock: seconds, for inactivity and the longest time.
        """
        # What is typed in a view must get into no recording.
        self.settings = settings.model_copy(update={"kept_pages": "masked"})
        self.store = store
        self.clock = clock
        # Not the runner's own name: in one process both may want the same account.
        self.owner = f"live-view/{this_process()}"
        self.browsers = BrowserHost(self.settings, locators=locators)
        self._views: dict[str, _LiveView] = {}
        self._running: set[asyncio.Task[None]] = set()

    async def watch(self, member_id: str, *, who: str) -> Viewer | None:
        """Open the account's live view, or come back to it; `None` while somebody else looks.

        Args:
            who: the same for the same person, who may have reloaded the page or lost the
                connection, and then takes over from themselves.
        """
        while (view := self._views.get(member_id)) is not None and view.is_ended:
            await asyncio.wait(set(self._running), return_when=asyncio.FIRST_COMPLETED)
        if view is None:
            view = self._views[member_id] = _LiveView(self, member_id)
            running = asyncio.ensure_future(self._run(view))
            self._running.add(running)
            running.add_done_callback(self._running.discard)
        return await view.joined_by(who)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close every view, and give the accounts back."""
        for view in self._views.values():
            view.end("stopped")
        await asyncio.gather(*self._running, return_exceptions=True)
        await self.browsers.close()

    async def _run(self, view: _LiveView) -> None:
        try:
            await view.run()
        finally:
            del self._views[view.member_id]
            if not self._views:
                await self.browsers.abandon()


class _LiveView:
    """One account's view, from asking for the account to giving it back."""

    def __init__(self, views: LiveViews, member_id: str) -> None:
        self._views = views
        self._store = views.store
        self.member_id = member_id
        self._viewer: Viewer | None = None
        self._screencast: Screencast | None = None
        self._size: Size | None = None
        self._state: JsonObject = {"news": "opening"}
        self._used_at = views.clock()
        self._takes_input = True
        self._ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    @property
    def is_ended(self) -> bool:
        """Whether it is over, though its browser may still be closing."""
        return self._ended.done()

    # What the viewer does.

    async def joined_by(self, who: str) -> Viewer | None:
        if self._viewer is not None and self._viewer.who != who:
            return None
        if self._viewer is not None:
            self._viewer.tell({"news": "over", "why": "replaced"}, last=True)
        self._viewer = viewer = Viewer(self, who)
        self._used_at = self._views.clock()
        viewer.tell(self._state)
        if self._screencast is not None:
            with suppress(ExecutorError):
                await self._screencast.pause()
                await self._screencast.begin()
        return viewer

    async def left_by(self, viewer: Viewer) -> None:
        if self._viewer is viewer:
            self._viewer = None
            if self._screencast is not None:
                with suppress(ExecutorError):
                    await self._screencast.pause()

    def ended_by(self, viewer: Viewer, why: str) -> None:
        if self._viewer is viewer:
            self.end(why)

    def picture_for(self, viewer: Viewer) -> bytes | None:
        if self._viewer is not viewer or self._screencast is None:
            return None
        return self._screencast.take()

    async def act(self, viewer: Viewer, given: ViewerInput) -> None:
        if self._viewer is not viewer:
            return
        if isinstance(given, End):
            self.end("ended")
        elif isinstance(given, Seen):
            if self._screencast is not None:
                await self._screencast.seen()
            return
        elif isinstance(given, Size):
            self._size = given
        elif not self._takes_input:
            return
        else:
            self._used_at = self._views.clock()
        if self._screencast is not None:
            await self._screencast.act(given)

    def end(self, why: str) -> None:
        if not self._ended.done():
            self._ended.set_result(why)

    # What the view does.

    async def run(self) -> None:
        work = asyncio.ensure_future(self._work())
        log.info("live_view_opened", member_id=self.member_id)
        try:
            over: tuple[asyncio.Future[Any], ...] = (work, self._ended)
            await asyncio.wait(over, return_when=asyncio.FIRST_COMPLETED)
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work
        except _Over as ending:
            self.end(ending.why)
        except LeaseLost:
            self.end("busy")
        except TimedOut as error:
            log.warning("live_view_failed", member_id=self.member_id, error=str(error))
            self.end("unreachable")
        except (ExecutorError, StoreError) as error:
            log.error("live_view_failed", member_id=self.member_id, error=str(error))
            self.end("failed")
        except Exception as error:
            # Its person would look at a picture that stands still.
            log.error("live_view_failed", member_id=self.member_id, exc_info=error)
            self.end("failed")
        why = self._ended.result()
        log.info("live_view_ended", member_id=self.member_id, why=why)
        if self._viewer is not None:
            self._viewer.tell({"news": "over", "why": why}, last=True)

    def _now(self, news: JsonObject) -> None:
        self._state = news
        if self._viewer is not None:
            self._viewer.tell(news)

    async def _work(self) -> None:
        lease = await self._wait_for_account()
        keeping = asyncio.ensure_future(
            keep_lease(self._store, lease, ttl=self._views.settings.lease_ttl)
        )
        showing = asyncio.ensure_future(self._show())
        try:
            await asyncio.wait({keeping, showing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            # The browser is closed before the account is given back.
            showing.cancel()
            shown = await asyncio.gather(showing, return_exceptions=True)
            keeping.cancel()
            kept = await asyncio.gather(keeping, return_exceptions=True)
            with suppress(StoreError):
                await self._store.leases.release(lease)
        for trouble in (*shown, *kept):
            if isinstance(trouble, Exception):
                raise trouble

    async def _wait_for_account(self) -> Lease:
        """Take the lease as soon as whoever has it is between two tasks, and force nothing."""
        leases, owner = self._store.leases, self._views.owner
        end = self._views.clock() + _PATIENCE_S
        try:
            while self._views.clock() < end:
                lease = await leases.acquire(
                    self.member_id, owner=owner, ttl=self._views.settings.lease_ttl
                )
                if lease is not None:
                    return lease
                self._now({"news": "waiting"})
                await leases.request(self.member_id, owner=owner, patience=_REQUEST)
                await asyncio.sleep(_ASK_EVERY_S)
        finally:
            with suppress(StoreError):
                await leases.withdraw_request(self.member_id, owner=owner)
        raise _Over("busy")

    async def _show(self) -> None:
        self._now({"news": "opening"})
        account = await self._views.browsers.open_account(await self._kept_state())
        try:
            self._screencast = await account.screencast(self._picture_made)
            if self._size is not None:
                await self._screencast.act(self._size)
            if self._viewer is not None:
                await self._screencast.begin()
            await account.tab.lead_to_sign_in()
            self._now({"news": "open"})
            profile_id = await self._until_signed_in(account)
            saved = await self._store.sessions.save(
                self.member_id,
                await account.current_state(),
                health=SessionHealth.SIGNED_IN,
                verified=True,
                profile_id=profile_id,
            )
            raise _Over("signed_in" if saved else "other_account")
        finally:
            self._screencast = None
            with suppress(ExecutorError, TimeoutError):
                async with asyncio.timeout(_CLOSE_S):
                    await account.close()

    async def _kept_state(self) -> JsonObject | None:
        """Return the session as it is stored, by which LinkedIn knows the device."""
        try:
            kept = await self._store.sessions.open(self.member_id)
        except SecretUnreadable:
            return None
        return None if kept is None else kept.state

    async def _until_signed_in(self, account: AccountBrowser) -> str | None:
        """Wait for the person, and return whose account it is, if LinkedIn tells."""
        began_at = self._views.clock()
        idle = self._views.settings.live_view_idle.total_seconds()
        while True:
            if await account.tab.is_signed_in(_BLIND_S):
                # A check may come with the next page only; then it is the person's turn again.
                with suppress(SessionBlocked), bound_contextvars(member_id=self.member_id):
                    return await self._own_id(account)
            now = self._views.clock()
            if now - self._used_at >= idle:
                raise _Over("idle")
            if now - began_at >= LONGEST_S:
                raise _Over("too_long")

    async def _own_id(self, account: AccountBrowser) -> str | None:
        """Look whose account it is, while nobody's click leads elsewhere."""
        self._now({"news": "checking"})
        self._takes_input = False
        try:
            return await read_own_id(account.tab)
        except SessionBlocked:
            self._takes_input = True
            self._now({"news": "open"})
            raise

    def _picture_made(self) -> None:
        if self._viewer is not None:
            self._viewer.wake()
