"""How a try at a task ended, as a value; exceptions are turned into outcomes here only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from executor.errors import (
    BrowserCrashed,
    ExecutorError,
    NotSent,
    RateLimited,
    SessionBlocked,
    TimedOut,
    Transient,
    Unproven,
)
from storage.errors import StoreError
from storage.tasks import ErrorCode, TaskError, TaskStatus, WaitReason

if TYPE_CHECKING:
    from storage.tasks import JsonObject, Task
    from storage.webhooks import News


@dataclass(frozen=True, slots=True, kw_only=True)
class Succeeded:
    """Done, and proven."""

    output: JsonObject
    evidence: JsonObject
    news: tuple[News, ...] = ()
    """What it has found out that the team may want to be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """Nothing irreversible has happened; back to the queue."""

    why: str
    delay: timedelta = timedelta(0)
    wait_reason: WaitReason | None = None
    counted: bool = True
    """Whether it counts as an attempt."""
    cause: ExecutorError | None = None
    """What LinkedIn or its pages said, when that concerns more than this task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """It did not happen."""

    error: TaskError
    cause: ExecutorError | None = None
    """As in `Retry`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unconfirmed:
    """It may have happened."""

    error: TaskError


Outcome = Succeeded | Retry | Failed | Unconfirmed


def outcome_of(error: Exception, *, submitted: bool, attempts: int, max_attempts: int) -> Outcome:
    """Turn what a try raised into its outcome.

    Args:
        submitted: whether the point of no return was recorded, or was being recorded.
        attempts: which try this was, counted from 1.
    """
    trouble = _known(error)
    if submitted:
        return _after_submitting(trouble)
    if isinstance(trouble, SessionBlocked):
        return Retry(
            why=trouble.message, wait_reason=WaitReason.SIGN_IN, counted=False, cause=trouble
        )
    if isinstance(trouble, RateLimited):
        return Retry(why=trouble.message, counted=False, cause=trouble)
    if isinstance(trouble, Transient):
        if attempts < max_attempts or not trouble.counted:
            return Retry(
                why=trouble.message,
                delay=trouble.delay * 2 ** (attempts - 1),
                wait_reason=trouble.waits_for,
                counted=trouble.counted,
            )
        return attempts_exhausted(attempts, trouble.message)
    return Failed(error=_task_error(trouble), cause=trouble)


def attempts_exhausted(attempts: int, last: str) -> Failed:
    """Return how a task ends that was tried often enough; *last* says what came of the last try."""
    return Failed(
        error=TaskError(
            code=ErrorCode.ATTEMPTS_EXHAUSTED,
            message=f"Gave up after {attempts} attempts. The last one: {last}",
            retry_safe=True,
        )
    )


def outcome_of_earlier(earlier: Task, *, is_elsewhere: bool) -> Succeeded | Failed:
    """Return how a task ends that an earlier one keeps from being sent a second time.

    It gets that one's answer, as a repeated request would; but it cannot be unconfirmed itself.

    Args:
        is_elsewhere: whether it names another place or goes another way, so that the other one's
            output does not fit.
    """
    if earlier.status is not TaskStatus.SUCCEEDED:
        return _not_sent_again(
            ErrorCode.UNCONFIRMED,
            f"Task {earlier.id} may have sent the same words to the same person, so this one did "
            "not. Look on LinkedIn; with an Idempotency-Key they are sent all the same.",
        )
    if is_elsewhere:
        return _not_sent_again(
            ErrorCode.REFUSED,
            f"Task {earlier.id} has sent the same words to the same person in another "
            "conversation, group or inbox; with an Idempotency-Key they are sent all the same.",
        )
    evidence = {"method": "earlier_task", "task_id": earlier.id, "evidence": earlier.evidence}
    return Succeeded(output=earlier.output or {}, evidence=evidence)


def _not_sent_again(code: ErrorCode, message: str) -> Failed:
    return Failed(error=TaskError(code=code, message=message, retry_safe=False))


def _after_submitting(error: ExecutorError) -> Outcome:
    if isinstance(error, NotSent):
        return Failed(error=_task_error(error.cause), cause=error.cause)
    return unconfirmed("" if isinstance(error, Unproven) else f"What went wrong: {error.message}")


def unconfirmed(*details: str) -> Unconfirmed:
    """Return the outcome of a write that nobody could prove, with what is known, in sentences."""
    message = " ".join(filter(None, (Unproven().message, *details)))
    return Unconfirmed(
        error=TaskError(code=ErrorCode.UNCONFIRMED, message=message, retry_safe=False)
    )


def _known(error: Exception) -> ExecutorError:
    if isinstance(error, ExecutorError):
        return error
    if isinstance(error, TimeoutError):
        return TimedOut("The task took longer than its time limit.")
    if isinstance(error, ConnectionError):
        return BrowserCrashed()
    if isinstance(error, StoreError):
        return TimedOut("The store could not be used.")
    return ExecutorError("An error inside linkedin-executor; its log tells more.")


def _task_error(error: ExecutorError) -> TaskError:
    return TaskError(code=error.code, message=error.message, retry_safe=True)
