"""One try at a task: the two commits that surround the click which cannot be undone."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Protocol

from storage.errors import LeaseLost, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import timedelta

    from storage.acceptance import Undoing
    from storage.ports import TaskQueue
    from storage.sessions import Lease
    from storage.tasks import JsonObject, Task


class Attempt(Protocol):
    """What pages and actions see of it."""

    async def submitting(self, baseline: JsonObject) -> None:
        """Commit that the click comes next.

        Args:
            baseline: what the page shows now, for a later read-back to compare with.

        Raises:
            SentBefore: another task has brought the same words to the same person, or may have; do
                not click, and leave no draft behind.
            StoreError: it is not committed, or the account belongs to another runner; do not click.
        """
        ...

    async def leaving(self, marks: JsonObject) -> None:
        """Commit that the request which the click has made is about to leave the browser.

        Args:
            marks: what a later read-back can recognise the request by; may be empty.

        Raises:
            StoreError: as above; stop the request.
        """
        ...


class RecordedAttempt:
    """An attempt whose commits are the store's."""

    def __init__(
        self,
        queue: TaskQueue,
        lease: Callable[[], Lease],
        task: Task,
        *,
        lease_ttl: timedelta,
        task_types: Collection[str] = (),
        undone_by: Undoing | None = None,
    ) -> None:
        """Make one.

        Args:
            task_types: those whose effect is the task's; none: its own alone.
            undone_by: what proves that nothing is left of that effect.
        """
        self._queue = queue
        self._lease = lease
        self._task = task
        self._lease_ttl = lease_ttl
        self._task_types = task_types
        self._undone_by = undone_by
        self.crossed = False
        """Whether *submitting* is recorded or being recorded: from here on nobody may cancel."""
        self.baseline: JsonObject = {}
        """What was recorded with it, and the request's marks once it left."""

    async def submitting(self, baseline: JsonObject) -> None:
        self.crossed = True
        try:
            await self._queue.submitting(
                self._lease(),
                self._task.id,
                baseline=baseline,
                recipient_id=_member_in(baseline),
                task_types=self._task_types,
                undone_by=self._undone_by,
                spread=random.random(),  # noqa: S311 - it spreads a pause, and protects nothing
            )
        except StoreError:
            self.crossed = False  # The click comes after this, so there was none.
            raise
        self.baseline = baseline

    async def leaving(self, marks: JsonObject) -> None:
        started = time.monotonic()
        await self._queue.leaving(self._lease(), self._task.id, marks=marks)
        if time.monotonic() - started >= self._lease_ttl.total_seconds():
            # The process was frozen in the middle: the lease that was checked is over by now.
            raise LeaseLost
        self.baseline = {**self.baseline, **marks}


def _member_in(baseline: JsonObject) -> str | None:
    """Return whom the page is about to reach, which those that act on a person note down."""
    member = baseline.get("member")
    return None if member is None else str(member["profile_id"])
