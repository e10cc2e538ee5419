"""Performing tasks: the runner finds accounts with work, leases them, and sets workers on."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from executor.account import AccountWorker
from executor.actions import BY_TASK_TYPE
from executor.evidence import KeptPages
from executor.memory import memory_taken
from executor.owners import is_dead, this_process
from executor.pacing import Pacing
from executor.watching import Watcher
from storage.errors import LeaseLost, StoreError
from storage.runners import SEEN_EVERY
from storage.sessions import SessionHealth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path
    from typing import Any

    from executor.actions import Action
    from executor.browser.launch import BrowserHost
    from executor.settings import ExecutorSettings
    from storage.ports import Store
    from storage.sessions import Session

log = structlog.get_logger(__name__)

_REST_AFTER_S = 1.0
_TICK_S = 1.0
"""How often to look for tasks whose time has come, and for runners that have died."""


_TIDY_EVERY_S = 3600.0
_SILENT_AFTER_S = 30.0
"""How long after its last look for work a runner counts as one that hangs."""

_ASK_EVERY_S = 15.0
"""How often it is considered whether an inbox is to be looked at."""

_LOOK_AGAIN_AFTER = timedelta(minutes=15)
"""Pause after a look at a sign-in that told nothing, because LinkedIn could not be reached."""


@dataclass(slots=True)
class _Shift:
    """A worker that is on, and what the runner needs to reach it."""

    worker: AccountWorker
    woken: asyncio.Event = field(default_factory=asyncio.Event)


class Runner:
    """Performs what is due, one worker for each leased account."""

    def __init__(
        self,
        store: Store,
        browsers: BrowserHost,
        settings: ExecutorSettings,
        *,
        artifacts: Path,
        clock: Callable[[], datetime],
        owner: str | None = None,
        actions: Mapping[str, Action[Any, Any]] = BY_TASK_TYPE,
    ) -> None:
        """Make one.

        Args:
            owner: names this process in leases; default: its host, number and start.
            actions: what can be performed, by task type; default: the whole catalogue.
        """
        self._store = store
        self._browsers = browsers
        self._settings = settings
        self._kept_pages = KeptPages(artifacts, settings, clock=clock)
        self._clock = clock
        self._owner = owner or this_process()
        self._actions = actions
        self._pacing = Pacing(settings)
        self._watcher = Watcher(store, settings, self._pacing, clock=clock)
        self._shifts: dict[str, _Shift] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._looked_at: dict[str, datetime] = {}
        self._last_look_at: datetime | None = None

    @property
    def is_looking(self) -> bool:
        """Whether it has looked for work lately, without trouble, or has just begun."""
        seen = self._last_look_at
        return seen is not None and (self._clock() - seen).total_seconds() <= _SILENT_AFTER_S

    async def run_once(self) -> int:
        """Perform everything that is due now, and return how many tasks were tried."""
        tried = 0
        for member_id in await self._store.leases.due():
            worker = await self._lease(member_id)
            if worker is not None:
                async with worker:
                    await worker.settle_leftovers()
                    tried += await worker.work()
        await self._take_down()
        return tried

    async def run(self, stop: asyncio.Event) -> None:
        """Work until *stop* is set; then hand back what is not irrevocable, and end the rest."""
        changed = asyncio.Event()
        watching = asyncio.ensure_future(self._watch(changed))
        tidying = asyncio.ensure_future(self._tidy())
        counting = asyncio.ensure_future(self._count())
        asking = asyncio.ensure_future(self._ask_for_looks())
        stopping = asyncio.ensure_future(stop.wait())
        log.info("runner_started", owner=self._owner)
        self._last_look_at = self._clock()
        try:
            await self.apply_settings()
            while not stop.is_set():
                changed.clear()
                await self._look_for_work()
                waiting = asyncio.ensure_future(changed.wait())
                await asyncio.wait(
                    {waiting, stopping}, timeout=_TICK_S, return_when=asyncio.FIRST_COMPLETED
                )
                waiting.cancel()
        finally:
            beside = (watching, tidying, counting, asking, stopping)
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            await self._end_shifts()
            await self._take_down()
            await self._leave()
            log.info("runner_stopped", owner=self._owner)

    async def apply_settings(self) -> None:
        """Have every pause worked out anew, because settings may have changed."""
        try:
            await self._store.limits.lift_pacing()
        except StoreError as error:
            log.error("store_trouble", error=str(error))

    async def _watch(self, changed: asyncio.Event) -> None:
        """Pass the store's changes on, at once and to everyone on shift."""
        changes = self._store.changes()
        try:
            while True:
                try:
                    await changes.wait()
                except StoreError as error:
                    log.error("changes_not_seen", error=str(error))
                    await asyncio.sleep(_TICK_S)  # The tick goes on finding work meanwhile.
                for shift in self._shifts.values():
                    shift.woken.set()
                changed.set()
        finally:
            await changes.close()

    async def _tidy(self) -> None:
        """Remove kept pages and files when their time is over, also while none is added."""
        while True:
            try:
                await asyncio.to_thread(self._kept_pages.prune)
            except OSError as error:
                log.warning("kept_pages_not_tidied", error=type(error).__name__)
            try:
                await self._store.uploads.drop_expired()
            except StoreError as error:
                log.warning("uploads_not_tidied", error=str(error))
            await asyncio.sleep(_TIDY_EVERY_S)

    async def _count(self) -> None:
        """Show that this runner is there, and once a minute also what it has counted."""
        await self._show()
        while True:
            await asyncio.sleep(SEEN_EVERY.total_seconds())
            await self._take_down()
            if self.is_looking:
                await self._show()

    async def _show(self) -> None:
        """Let everybody know that this runner is there, and which others on this host are not."""
        try:
            memory = await asyncio.to_thread(memory_taken)
            await self._store.runners.show(self._owner, memory)
            for other in await self._store.runners.seen():
                if is_dead(other.owner):
                    await self._store.runners.leave(other.owner)
        except StoreError as error:
            log.warning("runner_not_shown", error=str(error))

    async def _leave(self) -> None:
        try:
            await self._store.runners.leave(self._owner)
        except StoreError as error:
            log.warning("runner_not_shown", error=str(error))

    async def _take_down(self) -> None:
        """Add what the browser has counted to what the store knows."""
        measures = self._store.measures
        try:
            if found := self._browsers.lookup.usage.take():
                await measures.count_locators(found)
            if restarts := self._browsers.take_restarts():
                await measures.count_browser_restarts(restarts)
        except StoreError as error:
            log.warning("not_counted", error=str(error))

    async def _ask_for_looks(self) -> None:
        """Have inboxes looked at from time to time, where the operator wants that."""
        while self._watcher.is_on:
            try:
                await self._watcher.ask()
            except StoreError as error:
                log.warning("no_look_asked_for", error=str(error))
            except Exception as error:
                # Nobody else would ask from then on.
                log.error("no_look_asked_for", exc_info=error)
            await asyncio.sleep(_ASK_EVERY_S)

    async def _look_for_work(self) -> None:
        try:
            await self._expire_leases_of_the_dead()
            for member_id in await self._store.leases.due():
                await self._start_shift(member_id)
            for session in await self._store.sessions.list():
                if self._wants_a_look(session):
                    await self._start_shift(session.member_id)
            # Time passes without changing the store, so everyone on shift looks again as well.
            for shift in self._shifts.values():
                shift.woken.set()
        except StoreError as error:
            log.error("store_trouble", error=str(error))
        else:
            self._last_look_at = self._clock()

    async def _expire_leases_of_the_dead(self) -> None:
        """Do not wait for the leases of processes that are seen to have died."""
        for lease in await self._store.leases.held():
            if lease.owner != self._owner and is_dead(lease.owner):
                log.warning("lease_of_dead_runner", member_id=lease.member_id, owner=lease.owner)
                await self._store.leases.expire(lease)

    async def _start_shift(self, member_id: str) -> None:
        if member_id in self._shifts:
            return
        worker = await self._lease(member_id)
        if worker is None:
            return
        shift = self._shifts[member_id] = _Shift(worker)
        running = asyncio.ensure_future(self._work_shift(shift))
        self._running.add(running)
        running.add_done_callback(self._running.discard)

    async def _lease(self, member_id: str) -> AccountWorker | None:
        lease = await self._store.leases.acquire(
            member_id, owner=self._owner, ttl=self._settings.lease_ttl
        )
        if lease is None:
            return None
        return AccountWorker(
            self._store,
            self._browsers,
            self._settings,
            actions=self._actions,
            pacing=self._pacing,
            lease=lease,
            kept_pages=self._kept_pages,
            clock=self._clock,
        )

    async def _work_shift(self, shift: _Shift) -> None:
        """Keep one account's worker going until it has long had nothing to do."""
        worker = shift.worker
        try:
            with structlog.contextvars.bound_contextvars(member_id=worker.member_id):
                async with worker:
                    await self._work_until_idle(shift)
        except LeaseLost:
            log.error("lease_lost", member_id=worker.member_id)
        except StoreError as error:
            log.error("worker_stopped", member_id=worker.member_id, error=str(error))
        finally:
            del self._shifts[worker.member_id]

    async def _work_until_idle(self, shift: _Shift) -> None:
        worker = shift.worker
        await worker.settle_leftovers()
        idle_since = time.monotonic()
        idle_release = self._settings.idle_release.total_seconds()
        is_at_rest = False
        while not worker.is_stopping and time.monotonic() - idle_since < idle_release:
            shift.woken.clear()
            if await worker.work():
                idle_since, is_at_rest = time.monotonic(), False
            elif not is_at_rest and time.monotonic() - idle_since >= _REST_AFTER_S:
                # Not at once: the next task is often on its way.
                await worker.rest()
                is_at_rest = True
            if not await self._is_usable(worker):
                return
            await shift.woken.wait()

    async def _is_usable(self, worker: AccountWorker) -> bool:
        """Tell whether the account is signed in, looking at LinkedIn when that was long ago.

        It is nobody's to use while a person waits for it in a live view.
        """
        if await self._store.leases.is_requested(worker.member_id):
            return False
        session = await self._store.sessions.get(worker.member_id)
        if session is None or session.health is not SessionHealth.SIGNED_IN:
            return False
        if not self._wants_a_look(session):
            return True
        self._looked_at[worker.member_id] = self._clock()
        return await worker.verify()

    async def _end_shifts(self) -> None:
        for shift in self._shifts.values():
            shift.worker.stop()
            shift.woken.set()
        if self._running:
            grace = self._settings.stop_grace.total_seconds()
            _, late = await asyncio.wait(self._running, timeout=grace)
            for task in late:
                # It stays `submitting` in the store; the next runner settles it.
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _wants_a_look(self, session: Session) -> bool:
        """Tell whether nobody has seen for long whether this session is signed in."""
        now = self._clock()
        looked_at = self._looked_at.get(session.member_id)
        return (
            session.health is SessionHealth.SIGNED_IN
            and (
                session.verified_at is None
                or now - session.verified_at >= self._settings.verify_every
            )
            and (looked_at is None or now - looked_at >= _LOOK_AGAIN_AFTER)
        )
