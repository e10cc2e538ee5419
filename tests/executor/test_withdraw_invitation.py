"""Withdrawn invitations, from the profile or the list to the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.faults import Fault
from executor.sandbox.people import Relation
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import STRANGER
from tests.executor.test_read_back import DELIVERED, LOST, crash, settled

if TYPE_CHECKING:
    from executor.sandbox.faults import FaultDeed
    from tests.executor.office import Office


async def invited(office: Office, **toggles: Any) -> None:
    """Let an invitation to the stranger be pending, the newest of many."""
    if toggles:
        await office.sandbox.client.toggle(**toggles)
    await office.sandbox.client.set_relation(STRANGER, Relation.PENDING)


async def withdrawn(office: Office) -> list[str]:
    entries = await office.delivered()
    assert {entry.kind for entry in entries} <= {"withdrawal"}
    return [entry.recipient for entry in entries]


@pytest.mark.parametrize("calls", ["sdui", "framed"])
async def test_an_invitation_is_withdrawn_once(office: Office, calls: str) -> None:
    """The profile's Pending opens the dialog; afterwards the profile shows that it is over."""
    await invited(office, invitation_calls=calls)

    task = await office.withdraw()

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert await withdrawn(office) == [STRANGER]
    assert task.output == {"invitee_profile_id": STRANGER}
    assert task.evidence == {
        "method": "reload",
        "relationship": "reinvite_blocked",
        "status": 200,
    }
    assert task.submitted_at is not None


@pytest.mark.scenario(29)
@pytest.mark.drift("2026-10-09")
@pytest.mark.parametrize(
    "toggles",
    [
        {"language": "de", "decoys": False},
        {"language": "ar"},
        {"controls_in_more": True, "language": "ja"},
        {"withdraw_dialog": "alertdialog"},
        {"generation": "ember"},
    ],
    ids=str,
)
async def test_every_variant_of_the_pages_withdraws_once(
    office: Office, toggles: dict[str, Any]
) -> None:
    """Languages, the More menu, the older page and dialog change nothing about it."""
    await invited(office, **toggles)

    task = await office.withdraw()

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert await withdrawn(office) == [STRANGER]


@pytest.mark.parametrize(
    "toggles",
    [{}, {"invitation_calls": "voyager", "language": "ar"}, {"invitation_keys": False}],
    ids=str,
)
async def test_the_list_serves_where_the_profile_does_not_tell(
    office: Office, toggles: dict[str, Any]
) -> None:
    """A link without a key only seems to be Pending; the card of the sent list is sure."""
    given = {"pending_key": False, "language": "de", **toggles}
    await invited(office, **given)

    task = await office.withdraw()

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert await office.sandbox.client.visits("/mynetwork/invitation-manager/sent/")
    assert await withdrawn(office) == [STRANGER]


@pytest.mark.parametrize(
    ("relation", "code"),
    [
        (Relation.BLOCKED_REINVITE, ErrorCode.REINVITE_BLOCKED),
        (Relation.CONNECTED, ErrorCode.ALREADY_CONNECTED),
        (Relation.CONNECTABLE, ErrorCode.INVITATION_NOT_FOUND),
        (Relation.INCOMING, ErrorCode.INVITATION_NOT_FOUND),
    ],
)
async def test_what_is_not_pending_is_refused(
    office: Office, relation: Relation, code: ErrorCode
) -> None:
    """The code says what there is instead; nothing is clicked."""
    await office.sandbox.client.set_relation(STRANGER, relation)

    task = await office.withdraw()

    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, code)
    assert task.submitted_at is None
    assert await office.delivered() == []


async def test_a_withdrawal_from_somebody_to_follow_is_seen(office: Office) -> None:
    """A creator's page shows Follow before and after; only More tells of the invitation."""
    await office.sandbox.client.change_person(STRANGER, creator=True)
    await invited(office)

    task = await office.withdraw()

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert await withdrawn(office) == [STRANGER]


async def test_withdrawing_twice_withdraws_once(office: Office) -> None:
    """The second task finds that it is done."""
    await invited(office)

    first, second = await office.withdraw(), await office.withdraw()

    assert first.status is TaskStatus.SUCCEEDED
    assert second.error is not None
    assert second.error.code is ErrorCode.REINVITE_BLOCKED
    assert await withdrawn(office) == [STRANGER]


async def test_a_dialog_that_does_not_come_is_refused(office: Office) -> None:
    """A control that is not alive leads nowhere, and nothing is submitted."""
    await invited(office, withdraw_dialog_missing=True)

    task = await office.withdraw()

    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, ErrorCode.UI_CHANGED)
    assert await office.delivered() == []


async def test_a_request_that_names_nobody_is_stopped(office: Office) -> None:
    """The older call names the invitation by a number that the profile does not tell."""
    await invited(office, invitation_calls="voyager")

    task = await office.withdraw()

    assert task.error is not None
    assert (task.error.code, task.error.retry_safe) == (ErrorCode.RECIPIENT_MISMATCH, True)
    assert await office.delivered() == []


@pytest.mark.parametrize(
    ("status", "code"), [(403, ErrorCode.REFUSED), (429, ErrorCode.RATE_LIMITED)]
)
async def test_the_servers_refusal_is_proof_that_nothing_was_withdrawn(
    office: Office, status: int, code: ErrorCode
) -> None:
    """After the click, a client error says that it was not done."""
    await invited(office)
    await office.sandbox.client.arm(Fault(on="change_invitation", do="status", status=status))

    task = await office.withdraw()

    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, code)
    assert await office.delivered() == []


@pytest.mark.parametrize(
    ("do", "status"),
    [
        ("drop_answer_after_delivery", TaskStatus.SUCCEEDED),
        ("drop_before_delivery", TaskStatus.UNCONFIRMED),
        ("errors_in_200", TaskStatus.UNCONFIRMED),
    ],
)
async def test_a_lost_answer_is_looked_into(office: Office, do: Any, status: TaskStatus) -> None:
    """What the profile shows afterwards is evidence; still pending proves nothing."""
    await invited(office)
    await office.sandbox.client.arm(Fault(on="change_invitation", do=do))

    task = await office.withdraw()

    assert task.status is status
    assert await withdrawn(office) == [STRANGER] * (status is TaskStatus.SUCCEEDED)


@pytest.mark.parametrize(
    ("do", "status"), [(DELIVERED, TaskStatus.SUCCEEDED), (LOST, TaskStatus.UNCONFIRMED)]
)
async def test_the_next_runner_reads_the_profile_and_clicks_nothing(
    office: Office, do: FaultDeed, status: TaskStatus
) -> None:
    """A runner that died before the answer leaves the looking to the next one."""
    await invited(office)
    invitee = {"profile_id": STRANGER}
    task_id = await crash(office, do, task_type="withdraw_invitation", invitee=invitee)
    before = await office.delivered()

    task = await settled(office, task_id)

    assert task.status is status
    assert await office.delivered() == before
    assert len(before) == (status is TaskStatus.SUCCEEDED)
