"""Invitations whose dialog, page or server says something else than usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from executor.sandbox.faults import Fault
from executor.sandbox.people import Relation
from tests.executor.office import STRANGER
from tests.executor.scenarios.judging import judged

if TYPE_CHECKING:
    from tests.executor.office import Office

SENT = [("invitation", STRANGER, None)]


@pytest.mark.scenario(10)
async def test_a_connect_that_is_still_shown_invites_nobody_twice(office: Office) -> None:
    """The page lags behind, and the server's word counts."""
    await office.sandbox.client.toggle(relation_lag_seconds=60)

    first, second = await office.invite(), await office.invite()

    assert first.status == "succeeded"
    assert await judged(office, second) == ("failed", "already_pending", SENT)


@pytest.mark.scenario(10)
async def test_a_connect_that_is_still_shown_does_not_deny_what_was_sent(office: Office) -> None:
    """After a lost answer the sent list knows more than the profile."""
    await office.sandbox.client.toggle(relation_lag_seconds=60)
    await office.sandbox.client.arm(Fault(on="create_invitation", do="drop_answer_after_delivery"))

    task = await office.invite()

    assert await judged(office, task) == ("succeeded", None, SENT)


@pytest.mark.scenario(11)
async def test_a_warning_inside_the_dialog_stops_nothing(office: Office) -> None:
    """It bears the limit's classes, and the invitation can be sent all the same."""
    await office.sandbox.client.toggle(limit_warning="in_dialog")
    await office.sandbox.client.change_limits(warn_below=1000)

    task = await office.invite()

    assert await judged(office, task) == ("succeeded", None, SENT)


@pytest.mark.scenario(5, 11)
async def test_a_page_that_refuses_by_itself_has_sent_nothing(office: Office) -> None:
    """The three-weeks toast comes without any request, and that is proof."""
    await office.sandbox.client.toggle(generation="ember", reinvite_refusal="page")
    await office.sandbox.client.set_relation(STRANGER, Relation.BLOCKED_REINVITE)

    task = await office.invite()

    assert await judged(office, task) == ("failed", "refused", [])
    assert task.error is not None
    assert task.error.retry_safe


@pytest.mark.scenario(21)
@pytest.mark.parametrize(
    ("status", "server_code", "code"),
    [
        (429, "Resource level throttle limit", "rate_limited"),
        (999, None, "rate_limited"),
        (403, None, "refused"),
    ],
    ids=["429", "999", "csrf"],
)
async def test_a_throttled_invitation_is_not_the_weekly_limit(
    office: Office, status: int, server_code: str | None, code: str
) -> None:
    """The rate of requests is one thing, and the invitations of a week another."""
    await office.sandbox.client.arm(
        Fault(on="create_invitation", do="status", status=status, code=server_code)
    )

    task = await office.invite()

    assert await judged(office, task) == ("failed", code, [])


@pytest.mark.scenario(21)
async def test_a_200_full_of_errors_is_no_invitation(office: Office) -> None:
    """Nor is it a refusal: nobody knows, and the task says so."""
    await office.sandbox.client.arm(Fault(on="create_invitation", do="errors_in_200"))

    task = await office.invite()

    assert await judged(office, task) == ("unconfirmed", "unconfirmed", [])
