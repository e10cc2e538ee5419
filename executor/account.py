"""One account's worker: it holds the lease, keeps the browser warm, and does task after task."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Self, assert_never

import structlog
from structlog.contextvars import bound_contextvars

from executor.actions import Write, same_effect
from executor.attempt import RecordedAttempt
from executor.errors import (
    BrowserCrashed,
    ExecutorError,
    InvitationLimitReached,
    RateLimited,
    SessionBlocked,
    UiChanged,
)
from executor.opened_account import OpenedAccount
from executor.outcome import (
    Failed,
    Outcome,
    Retry,
    Succeeded,
    Unconfirmed,
    attempts_exhausted,
    outcome_of,
    outcome_of_earlier,
    unconfirmed,
)
from executor.rests import Rests
from executor.settling import Settler
from storage.errors import LeaseLost, SentBefore, StoreError, StoreUnavailable
from storage.tasks import RUNNER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from datetime import datetime
    from types import TracebackType
    from typing import Any

    from executor.actions import Action
    from executor.browser.launch import BrowserHost
    from executor.evidence import KeptPages
    from executor.pacing import Pacing
    from executor.settings import ExecutorSettings
    from storage.ports import Store
    from storage.sessions import Lease
    from storage.tasks import Task

log = structlog.get_logger(__name__)

_RECORD_AGAIN_S = 0.5


class AccountWorker:
    """Acts for one member while it holds the lease, which it renews within `async with`."""

    def __init__(
        self,
        store: Store,
        browsers: BrowserHost,
        settings: ExecutorSettings,
        *,
        actions: Mapping[str, Action[Any, Any]],
        pacing: Pacing,
        lease: Lease,
        kept_pages: KeptPages,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._settings = settings
        self._actions = actions
        self._lease = lease
        self._kept_pages = kept_pages
        self._clock = clock
        self._rests = Rests(store, pacing, settings, member_id=lease.member_id, clock=clock)
        self._account = OpenedAccount(store, browsers, member_id=lease.member_id, clock=clock)
        self._settler = Settler(
            self._account, settings, bear=self._bear, is_stopping=lambda: self._stopping
        )
        self._attempt: RecordedAttempt | None = None
        self._stopping = False
        self._trying: asyncio.Task[Outcome | None] | None = None
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
            with _about(task):
                log.warning("task_adopted", reason="runner_lost")
                outcome = await self._settler.settle(
                    self._actions[task.task_type],
                    task,
                    task.baseline or {},
                    otherwise=unconfirmed("The runner stopped between the click and the proof."),
                )
                await self._end(task, outcome)

    async def work(self) -> int:
        """Do every task that is due, and return how many were tried."""
        tried = 0
        while not self._stopping:
            await self._rests.bring_up_to_date()
            task = await self._store.queue.claim(self._lease)
            if task is None:
                break
            with _about(task):
                await self._do(task)
            await self._account.tidy_up()
            tried += 1
        return tried

    async def verify(self) -> bool:
        """Look whether the account is still signed in, record the answer and return it."""
        try:
            async with asyncio.timeout(self._settings.task_timeout.total_seconds()):
                linkedin = await self._account.linkedin()
                await linkedin.verify_sign_in()
                if not self._account.is_known:
                    await linkedin.identify()
        except (SessionBlocked, RateLimited) as error:
            await self._bear(error)
        except (ExecutorError, TimeoutError) as error:
            log.warning("verify_failed", member_id=self.member_id, error=type(error).__name__)
            await self._account.drop()
        else:
            await self._account.mark_verified()
            return True
        return False

    async def rest(self) -> None:
        """Have the open browser take up less memory until there is work again."""
        await self._account.rest()

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
        await self._account.save()
        await self._account.drop()
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
        action = self._actions[task.task_type]
        self._attempt = RecordedAttempt(
            self._store.queue,
            lambda: self._lease,
            task,
            lease_ttl=self._settings.lease_ttl,
            task_types=same_effect(action),
            undone_by=action.undone_by if isinstance(action, Write) else None,
        )
        self._trying = asyncio.ensure_future(self._try(task, self._attempt))
        outcome: Outcome | None
        try:
            outcome = await self._trying
        except asyncio.CancelledError:
            if not self._stopping:
                raise
            outcome = Retry(why="The runner is stopping.", counted=False)
        finally:
            self._trying = None
            self._rests.note_write()
            await self._account.drop_trace()
        await self._end(task, outcome)

    async def _try(self, task: Task, attempt: RecordedAttempt) -> Outcome | None:
        action = self._actions[task.task_type]
        if task.attempts > self._settings.max_attempts:
            # Else whatever ends the process, such as a lack of memory, would do so for ever.
            return attempts_exhausted(task.attempts - 1, "The runner died during it.")
        try:
            order = action.input_model.model_validate(task.input)
            limit = self._settings.task_timeout + action.extra_time(order)
            async with asyncio.timeout(limit.total_seconds()):
                linkedin = await self._account.linkedin()
                await self._account.begin_trace()
                done = await action.perform(linkedin, order, attempt)
        except LeaseLost:
            raise
        except SentBefore as error:
            return outcome_of_earlier(
                error.earlier,
                is_elsewhere=isinstance(action, Write)
                and action.is_elsewhere(order, error.earlier),
            )
        except Exception as error:  # noqa: BLE001 - every failure has to become an outcome
            outcome = await self._translate(error, task, attempt)
            if isinstance(outcome, Unconfirmed):
                return await self._settler.settle(action, task, attempt.baseline, otherwise=outcome)
            return outcome
        return Succeeded(
            output=done.output.model_dump(mode="json"),
            evidence=done.evidence,
            # What a client asks for may be news to nobody; only the runner asks for what is new.
            news=tuple(action.news(done.output)) if task.dialect == RUNNER else (),
        )

    async def _translate(self, error: Exception, task: Task, attempt: RecordedAttempt) -> Outcome:
        outcome = outcome_of(
            error,
            submitted=attempt.crossed,
            attempts=task.attempts,
            max_attempts=self._settings.max_attempts,
        )
        if not isinstance(error, ExecutorError | TimeoutError):
            log.error("task_error", exc_info=error)
        await self._keep_page(error, task)
        if isinstance(error, BrowserCrashed | TimeoutError):
            await self._account.drop()
        return outcome

    async def _keep_page(self, error: Exception, task: Task) -> None:
        browser = self._account.browser
        if browser is None:
            return
        kept = await self._kept_pages.keep(error, task, browser)
        if kept is not None:
            with suppress(StoreError):
                await self._store.queue.note(
                    self._lease, task.id, "page_kept", {"folder": str(kept)}
                )

    async def _end(self, task: Task, outcome: Outcome | None) -> None:
        """Record an outcome, and what follows from it for the account; `None` has none yet."""
        if outcome is None:
            return
        # The account rests before the task is seen to have ended; but whatever becomes of that,
        # the outcome is recorded.
        if isinstance(outcome, Retry | Failed) and outcome.cause is not None:
            with suppress(StoreUnavailable):
                await self._bear(outcome.cause, task_type=task.task_type)
        if isinstance(outcome, Succeeded):
            with suppress(StoreError):
                await self._account.remember_delivery(outcome.output)
        await self._record_patiently(task, outcome)
        if isinstance(outcome, Succeeded):
            with suppress(StoreUnavailable):
                await self._rests.went_well(task.task_type)
                await self._account.mark_verified()
        await self._account.save()

    async def _record_patiently(self, task: Task, outcome: Outcome) -> None:
        """Record an outcome as soon as the store takes it, for as long as the lease lasts."""
        while True:
            try:
                await self._record(task, outcome)
            except StoreUnavailable as error:
                log.error("outcome_not_recorded", error=str(error))
                await asyncio.sleep(_RECORD_AGAIN_S)
            else:
                return
            if self._stopping:
                # What is left behind is found in the store, and read back, by the next runner.
                return

    async def _record(self, task: Task, outcome: Outcome) -> None:
        queue, lease = self._store.queue, self._lease
        match outcome:
            case Succeeded():
                await queue.succeed(
                    lease,
                    task.id,
                    output=outcome.output,
                    evidence=outcome.evidence,
                    news=outcome.news,
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
            case Failed():
                await queue.fail(lease, task.id, error=outcome.error)
                log.warning("task_failed", task_type=task.task_type, code=outcome.error.code)
            case Unconfirmed():
                await queue.leave_unconfirmed(lease, task.id, error=outcome.error)
                log.error("task_unconfirmed", task_type=task.task_type)
            case _:
                assert_never(outcome)

    async def _bear(self, cause: ExecutorError, *, task_type: str | None = None) -> None:
        """Let the account rest, or stop it, when what was met concerns more than one task."""
        match cause:
            case SessionBlocked():
                await self._account.block(cause)
            case RateLimited():
                await self._rests.was_throttled()
            case InvitationLimitReached() if task_type is not None:
                await self._rests.reached_invitation_limit(task_type)
            case UiChanged() if task_type is not None:
                await self._rests.was_not_understood(task_type)
            case _:
                pass


def _about(task: Task) -> AbstractContextManager[None]:
    """Have the log's lines name the task."""
    return bound_contextvars(task_id=task.id, attempt=task.attempts)
