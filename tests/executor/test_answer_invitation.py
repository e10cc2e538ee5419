"""Received invitations that are accepted or ignored, judged by the ledger."""

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

KINDS = {"accept": "acceptance", "ignore": "ignoring"}


async def inviting(office: Office, **toggles: Any) -> None:
    """Let the stranger invite the account, as the newest of many."""
    await office.sandbox.client.toggle(**{"dead_accepts": "none", **toggles})
    await office.sandbox.client.set_relation(STRANGER, Relation.INCOMING)


async def answers(office: Office) -> list[tuple[str, str]]:
    return [(entry.kind, entry.recipient) for entry in await office.delivered()]


@pytest.mark.parametrize(
    ("answer", "calls"),
    [("accept", "sdui"), ("ignore", "framed"), ("accept", "voyager"), ("ignore", "voyager")],
)
async def test_an_invitation_is_answered_once(office: Office, calls: str, answer: str) -> None:
    """The ledger shows one answer, and the profile confirms it."""
    await inviting(office, invitation_calls=calls)

    task = await office.answer(answer)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert await answers(office) == [(KINDS[answer], STRANGER)]
    assert task.output == {
        "inviter_profile_id": STRANGER,
        "answer": answer,
        "already_connected": False,
    }
    assert task.evidence is not None
    assert task.evidence["method"] == "reload"
    assert task.submitted_at is not None


@pytest.mark.parametrize(
    ("answer", "toggles"),
    [
        ("accept", {"language": "de"}),
        ("ignore", {"language": "ja"}),
        ("accept", {"invitation_keys": False}),
        ("ignore", {"generation": "ember"}),
    ],
    ids=str,
)
async def test_every_variant_of_the_pages_answers_once(
    office: Office, toggles: dict[str, Any], answer: str
) -> None:
    """Accept is told from Ignore by their order where their words are not known."""
    await inviting(office, **toggles)

    task = await office.answer(answer)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert await answers(office) == [(KINDS[answer], STRANGER)]


async def test_taking_care_is_answered_as_well(office: Office) -> None:
    """Accept may ask once more; that is part of accepting."""
    await inviting(office, take_care=True)

    task = await office.answer("accept")

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert await answers(office) == [("acceptance", STRANGER)]


async def test_a_question_in_an_unknown_language_is_left_open(office: Office) -> None:
    """Nobody knows what the second question's buttons do there, so nobody claims anything."""
    await inviting(office, take_care=True, language="ja")

    task = await office.answer("accept")

    assert task.status is TaskStatus.UNCONFIRMED
    assert await office.delivered() == []


async def test_an_accept_that_does_nothing_gives_way_to_the_profiles(office: Office) -> None:
    """Some inviters' Accept in the list is a link back to it."""
    await inviting(office, dead_accepts="all")

    task = await office.answer("accept")

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert await answers(office) == [("acceptance", STRANGER)]


async def test_an_accept_that_does_nothing_is_no_acceptance(office: Office) -> None:
    """In a language whose words are not known, the profile's buttons are not pressed either."""
    await inviting(office, dead_accepts="all", language="de")

    task = await office.answer("accept")

    assert task.error is not None
    assert (task.error.code, task.submitted_at) == (ErrorCode.UI_CHANGED, None)
    assert await office.delivered() == []


async def test_ignoring_beside_an_accept_that_does_nothing(office: Office) -> None:
    """Ignore is a button on such cards too."""
    await inviting(office, dead_accepts="all", language="de")

    task = await office.answer("ignore")

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert await answers(office) == [("ignoring", STRANGER)]


async def test_an_invitation_beyond_the_list_is_answered_on_the_profile(office: Office) -> None:
    """The list shows ten and loads no more."""
    await inviting(office)
    for person in (await office.sandbox.client.people(Relation.CONNECTABLE))[:10]:
        await office.sandbox.client.set_relation(person.id, Relation.INCOMING)

    task = await office.answer("ignore")

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert await answers(office) == [("ignoring", STRANGER)]


async def test_accepting_a_connection_is_done_without_a_click(office: Office) -> None:
    """There is nothing left to do, and nothing is submitted."""
    await office.sandbox.client.set_relation(STRANGER, Relation.CONNECTED)

    task = await office.answer("accept")

    assert (task.status, task.submitted_at) == (TaskStatus.SUCCEEDED, None)
    assert task.output is not None
    assert task.output["already_connected"] is True
    assert await office.delivered() == []


@pytest.mark.parametrize(
    ("relation", "answer", "code"),
    [
        (Relation.CONNECTED, "ignore", ErrorCode.ALREADY_CONNECTED),
        (Relation.PENDING, "accept", ErrorCode.INVITATION_NOT_FOUND),
        (Relation.CONNECTABLE, "accept", ErrorCode.INVITATION_NOT_FOUND),
        (Relation.FOLLOW_ONLY, "accept", ErrorCode.INVITATION_NOT_FOUND),
    ],
)
async def test_who_has_not_invited_cannot_be_answered(
    office: Office, relation: Relation, answer: str, code: ErrorCode
) -> None:
    """Above all, Follow is not taken for Accept."""
    await office.sandbox.client.set_relation(STRANGER, relation)

    task = await office.answer(answer)

    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, code)
    assert task.submitted_at is None
    assert await office.delivered() == []


@pytest.mark.parametrize("answer", ["accept", "ignore"])
@pytest.mark.parametrize(
    ("do", "status"),
    [
        ("drop_answer_after_delivery", TaskStatus.SUCCEEDED),
        ("drop_before_delivery", TaskStatus.UNCONFIRMED),
    ],
)
async def test_a_lost_answer_is_looked_into(
    office: Office, answer: str, do: Any, status: TaskStatus
) -> None:
    """What the profile shows afterwards is evidence; an open invitation proves nothing."""
    await inviting(office)
    await office.sandbox.client.arm(Fault(on="change_invitation", do=do))

    task = await office.answer(answer)

    assert task.status is status
    done = status is TaskStatus.SUCCEEDED
    assert await answers(office) == [(KINDS[answer], STRANGER)] * done


async def test_the_servers_refusal_is_proof_that_nothing_was_answered(office: Office) -> None:
    """After the click, a client error says that it was not done."""
    await inviting(office)
    await office.sandbox.client.arm(Fault(on="change_invitation", do="status", status=400))

    task = await office.answer("accept")

    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, ErrorCode.REFUSED)
    assert await office.delivered() == []


@pytest.mark.parametrize(
    ("do", "status"), [(DELIVERED, TaskStatus.SUCCEEDED), (LOST, TaskStatus.UNCONFIRMED)]
)
async def test_the_next_runner_reads_the_profile_and_clicks_nothing(
    office: Office, do: FaultDeed, status: TaskStatus
) -> None:
    """A runner that died before the answer leaves the looking to the next one."""
    await inviting(office)
    task_id = await crash(
        office,
        do,
        task_type="answer_invitation",
        inviter={"profile_id": STRANGER},
        answer="accept",
    )
    before = await office.delivered()

    task = await settled(office, task_id)

    assert task.status is status
    assert await office.delivered() == before
    assert len(before) == (status is TaskStatus.SUCCEEDED)
