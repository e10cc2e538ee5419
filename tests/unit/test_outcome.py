"""How a try ends, for everything that it can raise, before and after the point of no return."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

import executor.errors
from executor.errors import (
    BrowserNotFound,
    BrowserUnavailable,
    ExecutorError,
    NotSent,
    RateLimited,
    Refused,
    SessionBlocked,
    SessionUnreadable,
    TimedOut,
    Transient,
    Unproven,
)
from executor.outcome import (
    Failed,
    Outcome,
    Retry,
    Succeeded,
    Unconfirmed,
    outcome_of,
    outcome_of_earlier,
)
from storage.errors import StoreUnavailable
from storage.sessions import SessionHealth
from storage.tasks import ErrorCode, Task, TaskStatus, WaitReason

SECRET = "li_at=AQEDAR; Dear Ada"


def known_classes() -> list[type[ExecutorError]]:
    return [
        each
        for each in vars(executor.errors).values()
        # `SessionBlocked` is only the family's name: which trouble it is, its members say.
        if isinstance(each, type) and issubclass(each, ExecutorError) and each is not SessionBlocked
    ]


def made(kind: type[ExecutorError]) -> ExecutorError:
    return kind(Refused()) if issubclass(kind, NotSent) else kind()


EVERY_ERROR = [
    *(made(kind) for kind in known_classes()),
    TimeoutError(SECRET),
    ConnectionResetError(SECRET),
    StoreUnavailable(SECRET),
    ValueError(SECRET),
    KeyError(SECRET),
    RuntimeError(SECRET),
]


def before(error: Exception, *, attempts: int = 1, max_attempts: int = 3) -> Outcome:
    return outcome_of(error, submitted=False, attempts=attempts, max_attempts=max_attempts)


def after(error: Exception) -> Outcome:
    return outcome_of(error, submitted=True, attempts=1, max_attempts=3)


def failure(outcome: Outcome) -> Failed:
    assert isinstance(outcome, Failed)
    return outcome


def retry(outcome: Outcome) -> Retry:
    assert isinstance(outcome, Retry)
    return outcome


def message_of(outcome: Outcome) -> str:
    match outcome:
        case Retry():
            return outcome.why
        case Failed() | Unconfirmed():
            return outcome.error.message
        case _:
            return ""


def named(error: Exception) -> str:
    return type(error).__name__


@pytest.mark.parametrize("attempts", [1, 3, 20])
@pytest.mark.parametrize("error", EVERY_ERROR, ids=named)
def test_before_the_click_nothing_is_doubtful(error: Exception, attempts: int) -> None:
    """Before the point of no return a try ends as failed or is tried again, safely."""
    outcome = before(error, attempts=attempts)

    assert isinstance(outcome, Retry | Failed)
    if isinstance(outcome, Failed):
        assert outcome.error.retry_safe


@pytest.mark.parametrize("error", EVERY_ERROR, ids=named)
def test_after_the_click_only_proof_means_failure(error: Exception) -> None:
    """After the point of no return all but a proven refusal is unconfirmed, and never repeated."""
    outcome = after(error)

    if isinstance(error, NotSent):
        assert isinstance(outcome, Failed)
    else:
        assert isinstance(outcome, Unconfirmed)
        assert outcome.error.code is ErrorCode.UNCONFIRMED
        assert not outcome.error.retry_safe


@pytest.mark.parametrize("error", EVERY_ERROR, ids=named)
def test_foreign_texts_stay_out_of_messages(error: Exception) -> None:
    """A message never quotes an exception that is not ours; it may hold cookies or text."""
    for outcome in (before(error), before(error, attempts=9), after(error)):
        assert message_of(outcome)
        assert "Ada" not in message_of(outcome)
        assert "li_at" not in message_of(outcome)


@pytest.mark.parametrize("cause", [made(kind) for kind in known_classes()], ids=named)
def test_a_proven_refusal_tells_its_cause(cause: ExecutorError) -> None:
    """A failure after the point of no return has the code and message of what caused it."""
    outcome = failure(after(NotSent(cause)))

    assert (cause.code, cause.message) == (outcome.error.code, outcome.error.message)
    assert outcome.error.retry_safe
    assert outcome.cause is cause


@pytest.mark.parametrize(
    "kind",
    [kind for kind in known_classes() if issubclass(kind, Refused)],
    ids=lambda k: k.__name__,
)
def test_a_refusal_is_not_tried_again(kind: type[Refused]) -> None:
    """A refusal fails at the first try, under its own code."""
    refusal = made(kind)
    outcome = failure(before(refusal))

    assert kind.code is outcome.error.code
    assert outcome.cause is refusal


@pytest.mark.parametrize(
    "kind",
    [
        kind
        for kind in known_classes()
        if issubclass(kind, SessionBlocked) and "health" in vars(kind)
    ],
    ids=lambda k: k.__name__,
)
def test_a_blocked_session_waits_for_its_person(kind: type[SessionBlocked]) -> None:
    """The task waits for a sign-in for as long as it takes, and what is wrong is handed on."""
    outcome = retry(before(kind(), attempts=20))

    assert WaitReason.SIGN_IN is outcome.wait_reason
    assert isinstance(outcome.cause, kind)
    assert kind.health is not SessionHealth.SIGNED_IN
    assert not outcome.counted


COUNTED = [kind for kind in known_classes() if issubclass(kind, Transient) and kind.counted]
UNCOUNTED = [kind for kind in known_classes() if issubclass(kind, Transient) and not kind.counted]


@pytest.mark.parametrize("kind", COUNTED, ids=lambda k: k.__name__)
def test_the_pause_doubles(kind: type[Transient]) -> None:
    """Each further try waits twice as long as the one before."""
    pauses = [
        retry(before(kind(), attempts=attempts, max_attempts=6)).delay for attempts in range(1, 6)
    ]

    assert kind.delay == pauses[0] > timedelta(0)
    assert all(later == 2 * earlier for earlier, later in pairwise(pauses))


@pytest.mark.parametrize("attempts", [3, 4, 20])
@pytest.mark.parametrize("kind", COUNTED, ids=lambda k: k.__name__)
def test_the_last_try_gives_up(kind: type[Transient], attempts: int) -> None:
    """The last try, or one beyond it, fails; asking again later is safe and its reason is told."""
    outcome = failure(before(kind(), attempts=attempts))

    assert ErrorCode.ATTEMPTS_EXHAUSTED is outcome.error.code
    assert outcome.error.retry_safe
    assert f"{attempts} attempts" in outcome.error.message
    assert kind().message in outcome.error.message


@pytest.mark.parametrize("attempts", [1, 3, 20])
@pytest.mark.parametrize("kind", UNCOUNTED, ids=lambda k: k.__name__)
def test_an_uncounted_trouble_never_exhausts(kind: type[Transient], attempts: int) -> None:
    """A trouble of the machine, such as a missing browser, is waited for without end."""
    outcome = retry(before(kind(), attempts=attempts))

    assert not outcome.counted
    assert outcome.wait_reason is kind.waits_for


def test_a_missing_browser_is_such_a_trouble() -> None:
    """A browser that is missing or does not start uses up no attempts; it says how to get one."""
    assert {BrowserNotFound, BrowserUnavailable} < set(UNCOUNTED)
    assert "linkedin-executor browser install" in retry(before(BrowserNotFound())).why


def test_a_session_of_another_key_is_such_a_trouble() -> None:
    """The queue waits for its person; it would be used up before somebody looks."""
    assert SessionUnreadable in UNCOUNTED
    assert retry(before(SessionUnreadable())).wait_reason is WaitReason.SIGN_IN


def test_trouble_with_the_store_is_waited_out() -> None:
    """Nothing was clicked, and the store may be back in a moment; its words stay out."""
    outcome = before(StoreUnavailable(SECRET))

    assert isinstance(outcome, Retry)
    assert SECRET not in outcome.why


@pytest.mark.parametrize("error", [ValueError(SECRET), KeyError(SECRET)], ids=named)
def test_an_unknown_error_is_internal(error: Exception) -> None:
    """What nobody foresaw fails as *internal* and points to the log."""
    outcome = failure(before(error))

    assert ErrorCode.INTERNAL is outcome.error.code
    assert "log" in outcome.error.message


@pytest.mark.parametrize("attempts", [1, 2])
def test_the_watchdogs_timeout_is_transient(attempts: int) -> None:
    """A task over its time limit is tried again, as long as nothing irreversible happened."""
    assert retry(before(TimeoutError(), attempts=attempts)).counted


def test_a_lost_connection_is_a_crashed_browser() -> None:
    """A connection that breaks is treated as a browser that died: tried again."""
    assert retry(before(BrokenPipeError())).counted
    assert ErrorCode.ATTEMPTS_EXHAUSTED is failure(before(BrokenPipeError(), attempts=3)).error.code


def test_an_unproven_effect_says_it_once() -> None:
    """The message of *unconfirmed* tells to look first, and repeats nothing."""
    outcome = after(Unproven())

    assert Unproven().message == message_of(outcome)


def test_an_unconfirmed_effect_tells_what_went_wrong() -> None:
    """A known trouble after the point of no return is told behind the warning."""
    assert f"{Unproven().message} What went wrong: {TimedOut().message}" == message_of(
        after(TimedOut())
    )


@pytest.mark.parametrize("attempts", [1, 3, 20])
def test_a_rate_limit_uses_no_attempt_up(attempts: int) -> None:
    """It is the account that has to rest, for as long as it takes; the task keeps its place."""
    outcome = retry(before(RateLimited(), attempts=attempts))

    assert not outcome.counted
    assert isinstance(outcome.cause, RateLimited)


def earlier(status: TaskStatus) -> Task:
    return Task(
        id="t-1",
        team_id="t",
        member_id="m",
        dialect="native",
        task_type="send_message",
        is_write=True,
        status=status,
        request={},
        input={},
        created_at=datetime(2026, 10, 1, tzinfo=UTC),
        output={"message_urn": "u"} if status is TaskStatus.SUCCEEDED else None,
        evidence={"method": "network"} if status is TaskStatus.SUCCEEDED else None,
    )


def test_a_message_that_another_task_has_sent_ends_with_that_ones_answer() -> None:
    """Its evidence is the other one's, and says so."""
    assert outcome_of_earlier(earlier(TaskStatus.SUCCEEDED), is_elsewhere=False) == Succeeded(
        output={"message_urn": "u"},
        evidence={
            "method": "earlier_task",
            "task_id": "t-1",
            "evidence": {"method": "network"},
        },
    )


@pytest.mark.parametrize(
    ("status", "is_elsewhere", "code"),
    [
        (TaskStatus.UNCONFIRMED, False, ErrorCode.UNCONFIRMED),
        (TaskStatus.UNCONFIRMED, True, ErrorCode.UNCONFIRMED),
        (TaskStatus.SUBMITTING, False, ErrorCode.UNCONFIRMED),
        (TaskStatus.SUCCEEDED, True, ErrorCode.REFUSED),
    ],
)
def test_a_message_that_another_task_stands_for_otherwise_fails(
    status: TaskStatus, code: ErrorCode, *, is_elsewhere: bool
) -> None:
    """With the reason, the other task's name, and the warning not to ask again."""
    outcome = outcome_of_earlier(earlier(status), is_elsewhere=is_elsewhere)

    assert isinstance(outcome, Failed)
    assert (outcome.error.code, outcome.error.retry_safe) == (code, False)
    assert "t-1" in outcome.error.message
    assert outcome.cause is None, "the account need not rest for it"
