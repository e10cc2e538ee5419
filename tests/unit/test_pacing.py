"""When an account may write next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from executor.pacing import DAY, WEEK, Pacing, Rest, paces_of
from executor.settings import ExecutorSettings
from storage.limits import Charge, HoldReason

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=365)
MESSAGE, INVITATION = "send_message", "send_connection_request"


def pacing(**settings: Any) -> Pacing:
    return Pacing(ExecutorSettings.model_validate({"timezone": "UTC", **settings}))


def caps(rules: Pacing, task_type: str, *, age: timedelta) -> list[tuple[int, timedelta]]:
    return list(rules.caps(task_type, age=age))


def messages(pace: dict[str, Any], **settings: Any) -> Pacing:
    return pacing(limits={MESSAGE: pace}, **settings)


def charge(ago: timedelta, task_type: str = MESSAGE, spread: float = 0.0) -> Charge:
    return Charge(task_type=task_type, at=NOW - ago, spread=spread)


def every(step: timedelta, count: int, task_type: str = MESSAGE) -> list[Charge]:
    """So many charges, the newest of them one step ago."""
    return [charge(step * number, task_type) for number in range(1, count + 1)]


def rests(
    rules: Pacing, charges: list[Charge], task_type: str = MESSAGE, **times: Any
) -> list[Rest]:
    return list(rules.rests(task_type, charges, **{"now": NOW, "since": LONG_AGO, **times}))


def test_an_account_that_has_done_nothing_may_write() -> None:
    """Nothing was charged, so nothing has to be waited for."""
    assert rests(pacing(), []) == []


@pytest.mark.parametrize("before", [MESSAGE, INVITATION])
@pytest.mark.parametrize(("spread", "seconds"), [(0.0, 60), (0.5, 75), (1.0, 90)])
def test_the_gap_follows_every_write(before: str, spread: float, seconds: int) -> None:
    """Whatever was written last, the next write waits for its gap and the jitter drawn then."""
    found = rests(pacing(), [charge(timedelta(0), before, spread)])

    assert found == [Rest(NOW + timedelta(seconds=seconds), HoldReason.GAP)]


def test_a_gap_that_is_over_is_no_rest() -> None:
    """A minute and a half later nothing is left of it."""
    assert rests(pacing(), [charge(timedelta(seconds=90), spread=1.0)]) == []


def test_the_day_cap_lasts_until_the_oldest_of_the_day_is_a_day_old() -> None:
    """Fifty messages within 24 hours are enough; the window rolls, and knows no midnight."""
    hourly = every(timedelta(minutes=20), 50)

    assert rests(pacing(), hourly) == [Rest(hourly[-1].at + DAY, HoldReason.DAY_CAP)]
    assert rests(pacing(), hourly[:-1]) == []


def test_invitations_have_a_week_cap_as_well() -> None:
    """Ninety invitations in a week are enough, however they are spread over its days."""
    spread_out = every(timedelta(hours=1.8), 90, INVITATION)

    (rest,) = rests(pacing(), spread_out, INVITATION)

    assert rest == Rest(spread_out[-1].at + WEEK, HoldReason.WEEK_CAP)


def test_caps_are_each_actions_own() -> None:
    """Invitations that are used up do not stop messages."""
    used_up = every(timedelta(minutes=10), 20, INVITATION)

    assert rests(pacing(), used_up) == []
    assert [rest.reason for rest in rests(pacing(), used_up, INVITATION)] == [HoldReason.DAY_CAP]


def test_caps_can_be_raised_and_taken_away() -> None:
    """The operator's word counts, field by field; the rest stays the action's own."""
    used_up = every(timedelta(minutes=20), 50)

    assert rests(messages({"per_day": 51}), used_up) == []
    assert rests(messages({"per_day": None}), used_up) == []
    assert paces_of(ExecutorSettings.model_validate({"limits": {MESSAGE: {"per_day": 51}}}))[
        MESSAGE
    ].gap == timedelta(seconds=60)


def test_a_cap_of_zero_forbids() -> None:
    """An operator who allows none gets none, also from an account that has done nothing."""
    (rest,) = rests(messages({"per_day": 0}), [])

    assert rest.reason is HoldReason.DAY_CAP


def test_an_unknown_task_type_in_the_limits_is_refused() -> None:
    """A misspelt limit would silently not apply."""
    with pytest.raises(ValidationError, match="send_massage"):
        ExecutorSettings.model_validate({"limits": {"send_massage": {"per_day": 1}}})


def test_outside_working_hours_writes_wait_for_the_opening() -> None:
    """The hours are those of the configured zone."""
    (rest,) = rests(pacing(working_hours="13:00-14:00"), [])

    assert rest == Rest(NOW + timedelta(hours=1), HoldReason.WORKING_HOURS)


def test_a_rest_that_ends_after_closing_lasts_until_the_next_opening() -> None:
    """Being allowed again at night is no use to an account that does not work at night."""
    used_up = [charge(timedelta(hours=20))]

    found = rests(messages({"per_day": 1}, working_hours="09:00-15:00"), used_up)

    assert [rest.reason for rest in found] == [HoldReason.WORKING_HOURS, HoldReason.DAY_CAP]
    assert found[0].until == datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "allowed"),
    [(timedelta(0), 10), (timedelta(days=7), 30), (timedelta(days=14), 50), (WEEK * 9, 50)],
)
def test_a_new_session_is_warmed_up(age: timedelta, allowed: int) -> None:
    """Its caps grow from a fifth to the whole."""
    rules = pacing(warm_up=timedelta(days=14))
    done = every(timedelta(minutes=2), allowed)

    assert [rest.reason for rest in rests(rules, done, since=NOW - age)] == [HoldReason.DAY_CAP]
    assert rests(rules, done[:-1], since=NOW - age) == []


@pytest.mark.parametrize(
    ("url", "chosen", "applies"),
    [
        ("https://www.linkedin.com", None, True),
        ("http://127.0.0.1:8765", None, False),
        ("http://127.0.0.1:8765", True, True),
        ("https://www.linkedin.com", False, False),
        ("https://evil-linkedin.com", None, False),
    ],
)
def test_pacing_is_off_in_the_sandbox_unless_asked_for(
    url: str, chosen: bool | None, applies: bool
) -> None:
    """Nobody waits a minute for the second message to an invented person."""
    assert bool(pacing(linkedin_url=url, pacing=chosen).task_types) is applies


def test_a_charge_from_the_future_still_counts() -> None:
    """A clock that was set back must not free an account from what it has done."""
    ahead = [Charge(task_type=MESSAGE, at=NOW + timedelta(minutes=5), spread=0.0)]

    assert rests(messages({"per_day": 1}), ahead)[0].until == NOW + timedelta(minutes=5) + DAY


@given(
    minutes=st.lists(st.integers(0, 12_000), max_size=120),
    per_day=st.integers(1, 30),
    per_week=st.integers(1, 90),
)
def test_no_window_ever_holds_more_than_its_cap(
    minutes: list[int], per_day: int, per_week: int
) -> None:
    """Writing as soon as the rests allow it never passes a cap, whatever was done before."""
    rules = messages({"gap": 1, "jitter": 0, "per_day": per_day, "per_week": per_week})
    charges = [charge(timedelta(minutes=each)) for each in sorted(minutes)]
    for _ in range(5):
        waits = rests(rules, charges)
        at = waits[0].until if waits else NOW
        charges.insert(0, Charge(task_type=MESSAGE, at=at, spread=0.0))

        assert len([each for each in charges[1:] if each.at > at - DAY]) < per_day
        assert len([each for each in charges[1:] if each.at > at - WEEK]) < per_week


def test_a_forecast_follows_gaps_and_caps() -> None:
    """Whoever is last in the queue learns on which day its turn comes."""
    rules = messages({"gap": 60, "jitter": 0, "per_day": 3})

    starts = rules.starts(MESSAGE, [], now=NOW, since=LONG_AGO)

    minute = timedelta(minutes=1)
    assert [start - NOW for start in islice(starts, 7)] == [
        timedelta(0),
        minute,
        2 * minute,
        DAY,
        DAY + minute,
        DAY + 2 * minute,
        2 * DAY,
    ]


@given(
    minutes=st.lists(st.integers(1, 3 * 24 * 60), max_size=8, unique=True),
    per_day=st.integers(1, 4),
    per_week=st.integers(1, 9),
)
def test_a_forecast_is_what_writing_at_once_comes_to(
    minutes: list[int], per_day: int, per_week: int
) -> None:
    """Each place starts when the rests would let it, if all before it started as foreseen."""
    rules = messages(
        {"gap": 60, "jitter": 0, "per_day": per_day, "per_week": per_week},
        working_hours="Mon-Fri 09:00-17:00",
    )
    charges = [charge(timedelta(minutes=each)) for each in sorted(minutes)]

    for start in islice(rules.starts(MESSAGE, charges, now=NOW, since=LONG_AGO), 8):
        at = max(NOW, charges[0].at) if charges else NOW
        waits = rests(rules, [each for each in charges if each.at > at - WEEK], now=at)

        assert start == (waits[0].until if waits else at)
        charges.insert(0, Charge(task_type=MESSAGE, at=start, spread=0.0))


def test_caps_are_told_with_their_windows() -> None:
    """A cap that is not set is not told; a young account's daily one is smaller."""
    rules = pacing(warm_up="P10D")

    assert caps(rules, INVITATION, age=timedelta(days=10)) == [(20, DAY), (90, WEEK)]
    assert caps(rules, MESSAGE, age=timedelta(days=10)) == [(50, DAY)]
    assert caps(rules, MESSAGE, age=timedelta(0)) == [(10, DAY)]
    assert caps(messages({"per_day": None}), MESSAGE, age=timedelta(0)) == []
