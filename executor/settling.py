"""Finding out what became of a write that went past the point of no return."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import structlog

from executor.actions import Write
from executor.errors import BrowserCrashed, ExecutorError, RateLimited, SessionBlocked
from executor.outcome import Succeeded, Unconfirmed, unconfirmed
from storage.errors import LeaseLost, StoreError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from executor.actions import Action
    from executor.opened_account import OpenedAccount
    from executor.settings import ExecutorSettings
    from storage.tasks import JsonObject, Task

log = structlog.get_logger(__name__)


class Settler:
    """Reads back, for one account; it never clicks anything that writes."""

    def __init__(
        self,
        account: OpenedAccount,
        settings: ExecutorSettings,
        *,
        bear: Callable[[ExecutorError], Awaitable[None]],
        is_stopping: Callable[[], bool],
    ) -> None:
        """Make one.

        Args:
            bear: draws the consequences of an error that concerns the whole account.
            is_stopping: whether to leave the rest to the next runner.
        """
        self._account = account
        self._settings = settings
        self._bear = bear
        self._is_stopping = is_stopping

    async def settle(
        self, action: Action[Any, Any], task: Task, baseline: JsonObject, *, otherwise: Unconfirmed
    ) -> Succeeded | Unconfirmed | None:
        """Look several times for what the task has left on LinkedIn.

        What is not seen proves nothing.

        Args:
            baseline: as recorded with the task, the marks of its request included.
            otherwise: the end without evidence.

        Returns:
            The outcome, or `None` when the runner stops: the task stays `submitting`, and the
            next runner settles it.
        """
        if not isinstance(action, Write):
            raise TypeError(f"{action.task_type} leaves nothing behind to look for")
        for look in range(self._settings.read_back_looks):
            if look:
                await asyncio.sleep(self._settings.read_back_pause.total_seconds())
            if self._is_stopping():
                return None
            try:
                found = await self._look(action, task, baseline)
            except (SessionBlocked, RateLimited) as error:
                await self._bear(error)
                return unconfirmed(f"It could not be looked for: {error.message}")
            if found is not None:
                return found
        return otherwise

    async def _look(
        self, action: Write[Any, Any], task: Task, baseline: JsonObject
    ) -> Succeeded | None:
        try:
            order = action.input_model.model_validate(task.input)
            async with asyncio.timeout(self._settings.task_timeout.total_seconds()):
                linkedin = await self._account.linkedin()
                done = await action.read_back(linkedin, order, baseline)
        except (LeaseLost, SessionBlocked, RateLimited):
            raise
        except Exception as error:
            # The next look may go better.
            log.warning("look_failed", task_id=task.id, error=type(error).__name__)
            if not isinstance(error, ExecutorError | StoreError | TimeoutError):
                log.error("task_error", task_id=task.id, exc_info=error)
            if isinstance(error, BrowserCrashed | TimeoutError):
                await self._account.drop()
            return None
        if done is None:
            return None
        return Succeeded(output=done.output.model_dump(mode="json"), evidence=done.evidence)
