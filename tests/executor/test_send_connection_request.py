"""Invitations, from the profile to the ledger."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.faults import Fault
from executor.sandbox.people import Relation
from storage.limits import HoldReason
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE, STRANGER

if TYPE_CHECKING:
    from tests.executor.office import Office

NOTE = "Hello, I liked your talk about queues. Shall we connect?"


@pytest.mark.parametrize(
    "note", [None, NOTE, "مرحبا، سررت بلقائك 🎉", "line one\nline two", "n" * 200]
)
async def test_an_invitation_arrives_once_with_its_note(office: Office, note: str | None) -> None:
    """The ledger shows one invitation, with the note as it was given."""
    task = await office.invite(note=note)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    (entry,) = await office.delivered()
    assert (entry.kind, entry.recipient, entry.text) == ("invitation", STRANGER, note)
    assert task.output == {
        "invitee_profile_id": STRANGER,
        "invitation_urn": entry.invitation_urn,
    }
    assert task.evidence == {"method": "network", "status": 201}


@pytest.mark.scenario(4, 7, 8, 9)
@pytest.mark.drift("2026-05-20", "2026-06-24", "2026-09", "2026-09-14", "2026-10-09")
@pytest.mark.parametrize(
    ("note", "toggles"),
    [
        (None, {"controls_in_more": True, "language": "de", "toasts": "sdui"}),
        (NOTE, {"controls_in_more": True, "sales_navigator": True}),
        (NOTE, {"invite_dialog": "alertdialog", "self_profile_suffix": True}),
        (NOTE, {"invite_dialog": "native", "decoys": False}),
        (None, {"invite_dialog": "native_testid", "language": "ar"}),
        (NOTE, {"invite_dialog": "native_testid", "language": "ar"}),
        (None, {"invite_outlet": "artdeco", "connect_key": "absent"}),
        (NOTE, {"invite_steps": "three_buttons", "modal_delay_ms": 1500}),
        (None, {"relation_lag_seconds": 5, "connect_key": "_conn", "wrapper_section": False}),
    ],
    ids=str,
)
async def test_every_variant_of_the_pages_invites_once(
    office: Office, toggles: dict[str, Any], note: str | None
) -> None:
    """Dialog shapes, languages, layouts and late mounting change nothing about the invitation."""
    await office.sandbox.client.toggle(**toggles)

    task = await office.invite(note=note)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert [(e.recipient, e.text) for e in await office.delivered()] == [(STRANGER, note)]


@pytest.mark.scenario(3, 4, 5)
@pytest.mark.drift("2026-10-09")
@pytest.mark.parametrize("in_more", [False, True], ids=["card", "more"])
@pytest.mark.parametrize(
    ("relation", "code"),
    [
        (Relation.CONNECTED, ErrorCode.ALREADY_CONNECTED),
        (Relation.PENDING, ErrorCode.ALREADY_PENDING),
        (Relation.BLOCKED_REINVITE, ErrorCode.REINVITE_BLOCKED),
        (Relation.INCOMING, ErrorCode.ALREADY_PENDING),
        (Relation.FOLLOW_ONLY, ErrorCode.FOLLOW_ONLY),
    ],
)
async def test_who_cannot_be_invited_is_refused_by_name(
    office: Office, relation: Relation, code: ErrorCode, in_more: bool
) -> None:
    """Each relation has its own code, and nothing is sent to anybody."""
    await office.sandbox.client.toggle(controls_in_more=in_more)
    await office.sandbox.client.set_relation(STRANGER, relation)

    task = await office.invite()

    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, code)
    assert await office.delivered() == []


async def test_inviting_twice_is_refused_the_second_time(office: Office) -> None:
    """The first invitation is pending, and the page says so."""
    first = await office.invite(note=NOTE)
    second = await office.invite(note=NOTE)

    assert first.status is TaskStatus.SUCCEEDED
    assert second.error is not None
    assert second.error.code is ErrorCode.ALREADY_PENDING
    assert len(await office.delivered()) == 1


async def test_the_account_does_not_invite_itself(office: Office) -> None:
    """One's own profile is recognised by its edit link."""
    (account,) = await office.sandbox.client.accounts()

    task = await office.invite(account.profile)

    assert task.error is not None
    assert task.error.code is ErrorCode.RECIPIENT_MISMATCH


async def test_a_note_beyond_the_accounts_limit_is_refused_not_cut(office: Office) -> None:
    """A free account's field takes 200 characters; the caller hears of it."""
    task = await office.invite(note="n" * 201)

    assert task.error is not None
    assert task.error.code is ErrorCode.NOTE_TOO_LONG
    assert "200" in task.error.message
    assert await office.delivered() == []


async def test_a_premium_account_may_write_three_hundred(office: Office) -> None:
    """The counter's denominator decides, not a constant."""
    await office.sandbox.client.change_account(1, premium=True)

    task = await office.invite(note="n" * 300)

    assert task.status is TaskStatus.SUCCEEDED


@pytest.mark.scenario(11)
async def test_used_up_notes_are_told_apart_from_the_invitation_limit(office: Office) -> None:
    """The note quota fails this task only; an invitation without a note still goes out."""
    await office.sandbox.client.change_limits(personal_notes_left=0)

    with_note = await office.invite(note=NOTE)
    without = await office.invite()

    assert with_note.error is not None
    assert with_note.error.code is ErrorCode.NOTE_LIMIT_REACHED
    assert without.status is TaskStatus.SUCCEEDED


@pytest.mark.scenario(11)
async def test_the_weekly_limit_rests_the_accounts_invitations(office: Office) -> None:
    """The task fails, and invitations are on hold until the hold has run out; messages go on."""
    await office.sandbox.client.change_limits(weekly_invitations_left=0)

    task = await office.invite()
    hold = await office.store.limits.current(
        office.admin.id, "send_connection_request", HoldReason.INVITATION_LIMIT
    )
    waiting = await office.ask("send_connection_request", invitee={"profile_id": STRANGER})
    await office.runner().run_once()
    message = await office.message("Hello")

    assert task.error is not None
    assert task.error.code is ErrorCode.INVITATION_LIMIT_REACHED
    assert hold is not None
    assert (await office.task(waiting)).status is TaskStatus.QUEUED
    assert message.status is TaskStatus.SUCCEEDED

    await office.sandbox.client.change_limits(weekly_invitations_left=5)
    office.clock.pass_(timedelta(hours=24))
    await office.runner().run_once()
    assert (await office.task(waiting)).status is TaskStatus.SUCCEEDED


@pytest.mark.scenario(11)
async def test_a_mere_warning_about_the_limit_does_not_stop_the_invitation(office: Office) -> None:
    """LinkedIn sends the invitation and warns; that is a success."""
    await office.sandbox.client.change_limits(warn_below=1000)

    task = await office.invite()

    assert task.status is TaskStatus.SUCCEEDED
    assert len(await office.delivered()) == 1


@pytest.mark.scenario(11)
async def test_the_email_gate_is_recognised(office: Office) -> None:
    """LinkedIn wants an address that we do not have."""
    await office.sandbox.client.change_person(STRANGER, email_required=True)

    for note in (None, NOTE):
        task = await office.invite(note=note)

        assert task.error is not None
        assert task.error.code is ErrorCode.EMAIL_REQUIRED
    assert await office.delivered() == []


async def test_a_missing_dialog_is_a_changed_page_with_pictures_kept(office: Office) -> None:
    """What was seen is kept for a person to look at, readable for the owner only."""
    await office.sandbox.client.toggle(invite_dialog_missing=True)

    task = await office.invite()

    assert task.error is not None
    assert task.error.code is ErrorCode.UI_CHANGED
    folder = office.folder / "artifacts" / task.id
    assert {file.name for file in folder.iterdir()} == {"about.json", "page.html", "page.png"}
    assert folder.stat().st_mode & 0o077 == 0
    events = await office.timeline(task.id)
    assert ("page_kept", str(folder)) in [(e.name, e.detail.get("folder")) for e in events]


@pytest.mark.parametrize(
    ("status", "server_code", "code"),
    [
        (400, "CANT_RESEND_YET", ErrorCode.REINVITE_BLOCKED),
        (400, "ALREADY_INVITED", ErrorCode.ALREADY_PENDING),
        (400, "CANT_INVITE_CONNECTION_LIMIT_REACHED", ErrorCode.INVITATION_LIMIT_REACHED),
        (403, "TOO_MANY_PENDING_INVITATIONS", ErrorCode.INVITATION_LIMIT_REACHED),
        (400, "SOMETHING_NEW", ErrorCode.REFUSED),
        (429, None, ErrorCode.RATE_LIMITED),
    ],
)
async def test_the_servers_refusals_have_their_codes(
    office: Office, status: int, server_code: str | None, code: ErrorCode
) -> None:
    """After the click, the server's word is proof that nothing was sent."""
    await office.sandbox.client.arm(
        Fault(on="create_invitation", do="status", status=status, code=server_code)
    )

    task = await office.invite()

    assert task.error is not None
    assert (task.status, task.error.code, task.error.retry_safe) == (TaskStatus.FAILED, code, True)
    assert await office.delivered() == []


@pytest.mark.parametrize("do", ["drop_answer_after_delivery", "deliver_then_status"])
async def test_a_lost_answer_is_made_good_by_the_pending_mark(office: Office, do: Any) -> None:
    """The profile was connectable before the click and is pending after it: that is evidence."""
    await office.sandbox.client.arm(Fault(on="create_invitation", do=do, status=502))

    task = await office.invite()

    assert task.status is TaskStatus.SUCCEEDED
    assert task.evidence == {"method": "read_back", "relationship": "pending"}
    assert len(await office.delivered()) == 1


async def test_a_lost_request_ends_unconfirmed(office: Office) -> None:
    """Without a pending mark nobody knows, and the task says so."""
    await office.sandbox.client.arm(Fault(on="create_invitation", do="drop_before_delivery"))

    task = await office.invite()

    assert task.error is not None
    assert (task.status, task.error.retry_safe) == (TaskStatus.UNCONFIRMED, False)
    assert await office.delivered() == []


@pytest.mark.scenario(1, 24)
@pytest.mark.drift("2026-05-22")
async def test_past_the_commercial_limit_no_stranger_is_invited(office: Office) -> None:
    """LinkedIn leads to a page full of strangers' Connect buttons; none is touched."""
    await office.sandbox.client.toggle(commercial_limit=True)

    task = await office.invite()

    assert task.error is not None
    assert task.error.code is ErrorCode.COMMERCIAL_USE_LIMIT
    assert await office.delivered() == []


@pytest.mark.scenario(23)
async def test_a_renamed_vanity_still_invites_the_person(office: Office) -> None:
    """LinkedIn itself leads from the old name to the new one."""
    person = await office.sandbox.client.person(STRANGER)
    await office.sandbox.client.change_person(STRANGER, vanity="brand-new-name")
    task_id = await office.ask("send_connection_request", invitee={"vanity": person.vanity})

    await office.runner().run_once()

    assert (await office.task(task_id)).status is TaskStatus.SUCCEEDED
    assert [e.recipient for e in await office.delivered()] == [STRANGER]


async def test_profile_id_and_vanity_are_remembered(office: Office) -> None:
    """What the profile page showed can be looked up either way afterwards."""
    person = await office.sandbox.client.person(STRANGER)
    await office.invite()

    by_id = await office.store.people.by_profile_id(office.admin.id, STRANGER)
    by_vanity = await office.store.people.by_vanity(office.admin.id, person.vanity.upper())
    assert by_id is not None
    assert by_id.vanity == person.vanity
    assert by_vanity == by_id


async def test_the_other_person_is_never_messaged_or_withdrawn(office: Office) -> None:
    """Reading the relationship opens the menu at most; nothing in it is pressed."""
    await office.invite(JANE)

    calls = {visit.path for visit in await office.sandbox.client.visits("/voyager")}
    assert not [path for path in calls if "createMessage" in path or "withdraw" in path]
