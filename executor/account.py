"""One account's worker: it holds the lease, keeps the browser warm, and does task after task."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Self, assert_never

import structlog

from executor.actions import BY_TASK_TYPE
from executor.errors import BrowserCrashed, ExecutorError, SessionBlocked, SignedOut
from executor.evidence import keep_evidence
from executor.outcome import Failed, Outcome, Retry, Succeeded, Unconfirmed, outcome_of
from executor.pages.linkedin import LinkedIn
from storage.errors import LeaseLost, StoreError
from storage.sessions import SessionHealth
from storage.tasks import ErrorCode, TaskError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

    from executor.browser.account_browser import AccountBrowser
    from executor.browser.launch import BrowserHost
    from executor.components.member import Member
    from executor.settings import ExecutorSettings
    from storage.ports import Store
    from storage.sessions import Lease, Session
    from storage.tasks import JsonObject, Task

log = structlog.get_logger(__name__)

_CHORE_S = 10.0
"""Longest time for what the browser does between tasks: a hung page must not stop the worker."""
_MARK_VERIFIED_EVERY = timedelta(minutes=5)


class RecordedAttempt:
    """One try at a task, with the point of no return written down before it is crossed."""

    def __init__(self, store: Store, lease: Callable[[], Lease], task: Task) -> None:
        self._store = store
        self._lease = lease
        self._task = task
        self.crossed = False
        """Whether *submitting* is recorded or being recorded: from here on nobody may cancel."""

    async def submitting(self, baseline: JsonObject) -> None:
        self.crossed = True
        try:
            await self._store.queue.submitting(self._lease(), self._task.id, baseline=baseline)
        except StoreError:
            self.crossed = False  # The click comes after this, so there was none.
            raise


class AccountWorker:
    """Acts for one member while it holds the lease, which it renews within `async with`."""

    def __init__(
        self,
        store: Store,
        browsers: BrowserHost,
        settings: ExecutorSettings,
        *,
        lease: Lease,
        artifacts: Path,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._browsers = browsers
        self._settings = settings
        self._lease = lease
        self._artifacts = artifacts
        self._clock = clock
        self._browser: AccountBrowser | None = None
        self._session: Session | None = None
        self._marked_at: datetime | None = None
        self._attempt: RecordedAttempt | None = None
        self._stopping = False
        self._trying: asyncio.Task[Outcome] | None = None
        self._keeping: asyncio.Task[None] | None = None

    @property
    def member_id(self) -> str:
        return self._lease.member_id

    @property
    def is_stopping(self) -> bool:
        """Whether it has been told to stop, or has lost its lease."""
        return self._stopping

    async def settle_leftovers(self) -> None:
        """Take over what an earlier runner left; a submitted task is never clicked again."""
        for task in await self._store.queue.recover(self._lease):
            await self._store.queue.leave_unconfirmed(
                self._lease,
                task.id,
                error=TaskError(
                    code=ErrorCode.UNCONFIRMED,
                    message="The runner stopped between the click and the proof. "
                    "Look on LinkedIn before asking again.",
                    retry_safe=False,
                ),
            )
            log.warning("task_unconfirmed", task_id=task.id, reason="runner_lost")

    async def work(self) -> int:
        """Do every task that is due, and return how many were tried."""
        tried = 0
        while not self._stopping and (task := await self._store.queue.claim(self._lease)):
            await self._do(task)
            tried += 1
        return tried

    async def verify(self) -> bool:
        """Look whether the account is still signed in, record the answer and return it."""
        try:
            await (await self._linkedin()).verify_sign_in()
        except SessionBlocked as error:
            await self._block(error.health)
        except ExecutorError as error:
            log.warning("verify_failed", member_id=self.member_id, code=error.code)
            await self._drop_browser()
        else:
            await self._mark_verified()
            return True
        return False

    async def __aenter__(self) -> Self:
        self._keeping = asyncio.ensure_future(self._keep_lease())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Save the session, close the browser context and give the account back."""
        await self._save_session()
        await self._drop_browser()
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        with suppress(StoreError):
            await self._store.leases.release(self._lease)

    async def _keep_lease(self) -> None:
        """Renew the lease until it is lost; then stop whatever is going on."""
        pause = self._settings.lease_ttl.total_seconds() / 3
        while True:
            await asyncio.sleep(pause)
            try:
                self._lease = await self._store.leases.renew(
                    self._lease, ttl=self._settings.lease_ttl
                )
            except LeaseLost:
                log.error("lease_lost", member_id=self.member_id)
                self._stopping = True
                if self._trying is not None:
                    self._trying.cancel()
                return
            except StoreError:
                # The store may be back before the lease runs out; if not, it is lost by itself.
                log.exception("lease_not_renewed", member_id=self.member_id)

    def stop(self) -> None:
        """Take no further task, and hand the present one back unless it is irrevocable."""
        self._stopping = True
        if self._trying is not None and self._attempt is not None and not self._attempt.crossed:
            self._trying.cancel()

    async def _do(self, task: Task) -> None:
        self._attempt = RecordedAttempt(self._store, lambda: self._lease, task)
        self._trying = asyncio.ensure_future(self._try(task, self._attempt))
        try:
            outcome = await self._trying
        except asyncio.CancelledError:
            if not self._stopping:
                raise
            outcome = Retry(why="The runner is stopping.", counted=False)
        finally:
            self._trying = None
        with structlog.contextvars.bound_contextvars(task_id=task.id, attempt=task.attempts):
            await self._record(task, outcome)
        if not isinstance(outcome, Retry) or outcome.session is None:
            await self._save_session()

    async def _try(self, task: Task, attempt: RecordedAttempt) -> Outcome:
        action = BY_TASK_TYPE[task.task_type]
        try:
            order = action.input_model.model_validate(task.input)
            limit = self._settings.task_timeout + action.extra_time(order)
            async with asyncio.timeout(limit.total_seconds()):
                linkedin = await self._linkedin()
                done = await action.perform(linkedin, order, attempt)
        except LeaseLost:
            raise
        except Exception as error:  # noqa: BLE001 - every failure has to become an outcome
            return await self._translate(error, task, attempt)
        await self._mark_verified()
        return Succeeded(output=done.output.model_dump(mode="json"), evidence=done.evidence)

    async def _translate(self, error: Exception, task: Task, attempt: RecordedAttempt) -> Outcome:
        outcome = outcome_of(
            error,
            submitted=attempt.crossed,
            attempts=task.attempts,
            max_attempts=self._settings.max_attempts,
        )
        if not isinstance(error, ExecutorError | TimeoutError):
            log.error("task_error", task_id=task.id, exc_info=error)
        await self._keep_evidence(error, task)
        if isinstance(error, BrowserCrashed | TimeoutError):
            await self._drop_browser()
        return outcome

    async def _keep_evidence(self, error: Exception, task: Task) -> None:
        if self._browser is None:
            return
        with suppress(StoreError, TimeoutError):
            async with asyncio.timeout(_CHORE_S):
                kept = await keep_evidence(error, self._browser.tab, self._artifacts / task.id)
            if kept is not None:
                await self._store.queue.note(
                    self._lease, task.id, "page_kept", {"folder": str(kept)}
                )

    async def _record(self, task: Task, outcome: Outcome) -> None:
        queue, lease = self._store.queue, self._lease
        match outcome:
            case Succeeded():
                await queue.succeed(
                    lease, task.id, output=outcome.output, evidence=outcome.evidence
                )
                log.info("task_succeeded", task_type=task.task_type)
            case Retry():
                await queue.put_back(
                    lease,
                    task.id,
                    why=outcome.why,
                    not_before=self._clock() + outcome.delay if outcome.delay else None,
                    wait_reason=outcome.wait_reason if outcome.delay else None,
                    counted=outcome.counted,
                )
                log.warning("task_put_back", task_type=task.task_type, why=outcome.why)
                if outcome.session is not None:
                    await self._block(outcome.session)
            case Failed():
                await queue.fail(lease, task.id, error=outcome.error)
                log.warning("task_failed", task_type=task.task_type, code=outcome.error.code)
                await self._rest_after(task, outcome)
            case Unconfirmed():
                await queue.leave_unconfirmed(lease, task.id, error=outcome.error)
                log.error("task_unconfirmed", task_type=task.task_type)
            case _:
                assert_never(outcome)

    async def _rest_after(self, task: Task, outcome: Failed) -> None:
        if outcome.error.code is ErrorCode.INVITATION_LIMIT_REACHED:
            await self._store.limits.hold(
                self.member_id,
                task.task_type,
                until=self._clock() + self._settings.invitation_hold,
                reason=outcome.error.code,
            )
        if outcome.session is not None:
            await self._block(outcome.session)

    async def _block(self, health: SessionHealth) -> None:
        """Stop acting for the account until its person has done something."""
        # If somebody has signed in meanwhile, it was the older session that ended.
        if await self._store.sessions.mark(self.member_id, health, replaces=self._session):
            log.error("session_blocked", member_id=self.member_id, health=health)
        await self._drop_browser()

    async def _linkedin(self) -> LinkedIn:
        if self._browser is not None and not await self._is_the_stored_session():
            # Somebody has signed in again meanwhile; the open context is the older session.
            await self._drop_browser()
        if self._browser is None:
            opened = await self._store.sessions.open(self.member_id)
            if opened is None:
                raise SignedOut
            self._browser = await self._browsers.open_account(opened.state)
            self._session = opened.session
        return LinkedIn(self._browser.tab, remember=self._remember)

    async def _is_the_stored_session(self) -> bool:
        return await self._store.sessions.get(self.member_id) == self._session

    async def _remember(self, member: Member) -> None:
        if member.vanity is not None:
            await self._store.people.remember(
                self.member_id, profile_id=member.profile_id, vanity=member.vanity, name=member.name
            )

    async def _mark_verified(self) -> None:
        now = self._clock()
        if self._marked_at is None or now - self._marked_at >= _MARK_VERIFIED_EVERY:
            # The outcome that is still to be recorded matters more than this mark.
            with suppress(StoreError):
                marked = await self._store.sessions.mark(
                    self.member_id, SessionHealth.SIGNED_IN, verified=True, replaces=self._session
                )
                self._session, self._marked_at = marked or self._session, now

    async def _save_session(self) -> None:
        """Store the browser's state when LinkedIn has changed its cookies."""
        if self._browser is None:
            return
        try:
            async with asyncio.timeout(_CHORE_S):
                state = await self._browser.changed_state()
            # A session that was brought in meanwhile is newer than the one that is open here.
            if state is not None:
                saved = await self._store.sessions.save(
                    self.member_id,
                    state,
                    health=SessionHealth.SIGNED_IN,
                    verified=False,
                    replaces=self._session,
                )
                self._session = saved or self._session
        except (ExecutorError, StoreError, TimeoutError) as error:
            log.warning("session_not_saved", member_id=self.member_id, error=repr(error))

    async def _drop_browser(self) -> None:
        if self._browser is not None:
            browser, self._browser = self._browser, None
            try:
                async with asyncio.timeout(_CHORE_S):
                    await browser.close()
            except TimeoutError:
                # A browser that does not even close is no use to any account.
                log.error("browser_hangs", member_id=self.member_id)
                await self._browsers.abandon()
