"""Sessions that end, and checks that come, wherever and in whatever shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.faults import Fault
from storage.sessions import SessionHealth
from storage.tasks import TaskStatus
from tests.executor.office import JANE
from tests.executor.scenarios.judging import judged

if TYPE_CHECKING:
    from executor.sandbox.faults import FaultDeed
    from tests.executor.office import Office


async def stopped_by(office: Office, do: FaultDeed, *, at: str = "/in/") -> SessionHealth:
    """Let something happen to the session on the way to a message, and return its health then."""
    await office.sandbox.client.arm(Fault(on="page", do=do, match=at))

    task = await office.message("Hello")

    assert await judged(office, task) == (TaskStatus.QUEUED, None, [])
    assert (task.attempts, task.submitted_at) == (0, None)
    return await office.health()


@pytest.mark.scenario(22)
@pytest.mark.parametrize(
    "toggles",
    [
        {"login_form": "react"},
        {"login_form": "remember_me"},
        {"signed_out_lands": "authwall"},
        {"signed_out_lands": "in_place"},
    ],
    ids=lambda toggles: "-".join(toggles.values()),
)
async def test_a_lost_session_is_recognised_in_every_shape(
    office: Office, toggles: dict[str, Any]
) -> None:
    """The address may name the feed in its query, or be the very page that was asked for."""
    await office.sandbox.client.toggle(**toggles)

    assert await stopped_by(office, "sign_out") is SessionHealth.SIGNED_OUT


@pytest.mark.scenario(22)
@pytest.mark.parametrize("kind", ["pin", "app", "captcha"])
async def test_every_check_is_left_to_the_accounts_person(office: Office, kind: str) -> None:
    """PIN, approval in the app and captcha stop the account, and nothing is answered for it."""
    await office.sandbox.client.change_account(1, challenge=kind)

    assert await stopped_by(office, "challenge") is SessionHealth.CHALLENGE


@pytest.mark.scenario(22)
async def test_a_check_in_the_pages_place_is_one_too(office: Office) -> None:
    """The address tells nothing then, so what stands there has to."""
    await office.sandbox.client.change_account(1, challenge="captcha")
    await office.sandbox.client.toggle(challenge_lands="in_place")

    assert await stopped_by(office, "challenge") is SessionHealth.CHALLENGE


@pytest.mark.scenario(22)
@pytest.mark.drift("2026-09-27")
async def test_a_restriction_is_told_from_a_sign_out(office: Office) -> None:
    """Its page lies below the sign-in's path, and only the person can settle it."""
    assert await stopped_by(office, "restrict", at="/messaging/") is SessionHealth.RESTRICTED


@pytest.mark.scenario(22)
async def test_a_captchas_frame_beside_the_page_is_no_check(office: Office) -> None:
    """Such frames are about on healthy pages; a changed page must not pass for a check."""
    await office.sandbox.client.toggle(captcha_frame=True, invite_dialog_missing=True)

    task = await office.invite()

    assert await judged(office, task) == ("failed", "ui_changed", [])
    assert await office.health() is SessionHealth.SIGNED_IN


@pytest.mark.scenario(22)
@pytest.mark.parametrize(
    ("do", "code", "health"),
    [
        ("sign_out", "signed_out", SessionHealth.SIGNED_OUT),
        ("challenge", "challenge", SessionHealth.CHALLENGE),
        ("restrict", "account_restricted", SessionHealth.RESTRICTED),
    ],
)
async def test_a_session_that_ends_with_the_click_has_sent_nothing(
    office: Office, do: Any, code: str, health: SessionHealth
) -> None:
    """LinkedIn's server says so, the account stops, and the next task waits for its person."""
    await office.sandbox.client.arm(Fault(on="create_message", do=do))

    task = await office.message("Hello")
    waiting = await office.ask("send_message", recipient={"profile_id": JANE}, message="Again")
    await office.runner().run_once()

    assert await judged(office, task) == ("failed", code, [])
    assert await office.health() is health
    assert (await office.task(waiting)).status is TaskStatus.QUEUED
