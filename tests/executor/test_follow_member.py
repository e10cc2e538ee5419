"""Members who are followed, or not any more, judged by the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.faults import Fault
from executor.sandbox.people import Relation
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE, STRANGER
from tests.executor.test_read_back import DELIVERED, LOST, crash, settled

if TYPE_CHECKING:
    from executor.sandbox.faults import FaultDeed
    from tests.executor.office import Office

PAGES = ["sdui", "ember"]
ACTIONS = ["follow", "unfollow"]


async def follows(office: Office) -> list[tuple[str, str]]:
    return [(entry.kind, entry.recipient) for entry in await office.delivered()]


async def standing(office: Office, action: str) -> None:
    """Let the account stand so that there is something to do."""
    await office.sandbox.client.follow(STRANGER, following=action == "unfollow")


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("calls", ["sdui", "framed", "voyager"])
@pytest.mark.parametrize("relation", [Relation.CONNECTABLE, Relation.FOLLOW_ONLY])
async def test_a_member_is_followed_once(
    office: Office, relation: Relation, calls: str, action: str
) -> None:
    """From the card or from below More; the ledger shows it once, and the profile confirms it."""
    await office.sandbox.client.toggle(follow_calls=calls)
    await office.sandbox.client.set_relation(STRANGER, relation)
    await standing(office, action)

    task = await office.follow(action)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert await follows(office) == [(action, STRANGER)]
    assert task.output == {"member_profile_id": STRANGER, "action": action, "changed": True}
    assert task.evidence == {"method": "reload", "following": action == "follow", "status": 200}
    assert task.submitted_at is not None


@pytest.mark.parametrize(
    ("action", "relation", "toggles"),
    [
        ("follow", Relation.FOLLOW_ONLY, {"generation": "ember"}),
        ("unfollow", Relation.CONNECTABLE, {"generation": "ember"}),
        ("unfollow", Relation.FOLLOW_ONLY, {"generation": "ember", "language": "de"}),
        ("follow", Relation.FOLLOW_ONLY, {"language": "ja"}),
        ("unfollow", Relation.PENDING, {"language": "ar", "menu_follow_key": True}),
        ("follow", Relation.CONNECTABLE, {"decoys": False, "wrapper_section": False}),
        ("follow", Relation.INCOMING, {"sales_navigator": True}),
        ("unfollow", Relation.FOLLOW_ONLY, {"follow_icons": False}),
    ],
    ids=str,
)
async def test_every_variant_of_the_pages_follows_once(
    office: Office, action: str, relation: Relation, toggles: dict[str, Any]
) -> None:
    """Key and icon are the same in every language; words count where they are known."""
    await office.sandbox.client.toggle(**toggles)
    await office.sandbox.client.set_relation(STRANGER, relation)
    await standing(office, action)

    task = await office.follow(action)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert await follows(office) == [(action, STRANGER)]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("relation", [Relation.CONNECTABLE, Relation.FOLLOW_ONLY])
async def test_what_is_so_already_is_done_without_a_click(
    office: Office, page: str, action: str, relation: Relation
) -> None:
    """The control would do the opposite, so nothing is pressed and nothing submitted."""
    await office.sandbox.client.toggle(generation=page)
    await office.sandbox.client.set_relation(STRANGER, relation)
    await office.sandbox.client.follow(STRANGER, following=action == "follow")

    task = await office.follow(action)

    assert (task.status, task.submitted_at) == (TaskStatus.SUCCEEDED, None)
    assert task.output == {"member_profile_id": STRANGER, "action": action, "changed": False}
    assert task.evidence == {"method": "page", "following": action == "follow"}
    assert await office.delivered() == []


@pytest.mark.parametrize("page", PAGES)
async def test_a_connection_is_followed_from_the_beginning(office: Office, page: str) -> None:
    """There is nothing to follow, but the account can stop it, and begin again."""
    await office.sandbox.client.toggle(generation=page)

    tasks = [await office.follow(each, JANE) for each in ("follow", "unfollow", "follow")]

    assert [task.status for task in tasks] == [TaskStatus.SUCCEEDED] * 3
    assert [task.output and task.output["changed"] for task in tasks] == [False, True, True]
    assert await follows(office) == [("unfollow", JANE), ("follow", JANE)]


@pytest.mark.scenario(6)
async def test_strangers_are_not_followed(office: Office) -> None:
    """Their Follow stands in the rail, inside the page's main part, and the card has none."""
    await office.sandbox.client.toggle(controls_in_more=True)

    task = await office.follow()

    assert task.status is TaskStatus.SUCCEEDED
    assert await follows(office) == [("follow", STRANGER)]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("relation", [Relation.CONNECTABLE, Relation.FOLLOW_ONLY])
async def test_a_state_that_cannot_be_read_is_left_alone(
    office: Office, page: str, relation: Relation
) -> None:
    """Without known words and icons, a click might do the opposite."""
    await office.sandbox.client.toggle(
        generation=page, language="de", follow_icons=False, menu_follow_key=True
    )
    await office.sandbox.client.set_relation(STRANGER, relation)

    task = await office.follow()

    assert task.error is not None
    assert (task.error.code, task.submitted_at) == (ErrorCode.UI_CHANGED, None)
    assert await office.delivered() == []


async def test_nobody_follows_themselves(office: Office) -> None:
    """The account's own profile has no such control."""
    accounts = await office.sandbox.client.accounts()

    task = await office.follow(whom=accounts[0].profile)

    assert task.error is not None
    assert task.error.code is ErrorCode.RECIPIENT_MISMATCH


@pytest.mark.parametrize(
    "toggles", [{}, {"generation": "ember"}, {"generation": "ember", "language": "de"}], ids=str
)
async def test_the_question_before_unfollowing_is_answered(
    office: Office, toggles: dict[str, Any]
) -> None:
    """LinkedIn may ask once more; that is part of unfollowing."""
    await office.sandbox.client.toggle(unfollow_asks=True, **toggles)
    await office.sandbox.client.set_relation(STRANGER, Relation.FOLLOW_ONLY)
    await standing(office, "unfollow")

    task = await office.follow("unfollow")

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert await follows(office) == [("unfollow", STRANGER)]


async def test_a_question_in_an_unknown_language_is_left_open(office: Office) -> None:
    """Nobody knows what its buttons do there, so nobody claims anything."""
    await office.sandbox.client.toggle(unfollow_asks=True, language="ja")
    await office.sandbox.client.set_relation(STRANGER, Relation.FOLLOW_ONLY)
    await standing(office, "unfollow")

    task = await office.follow("unfollow")

    assert task.status is TaskStatus.UNCONFIRMED
    assert await office.delivered() == []


@pytest.mark.parametrize(
    ("calls", "status", "code"),
    [
        ("sdui", 400, ErrorCode.REFUSED),
        ("voyager", 405, ErrorCode.REFUSED),
        ("framed", 429, ErrorCode.RATE_LIMITED),
    ],
)
async def test_the_servers_refusal_is_proof_that_nobody_was_followed(
    office: Office, calls: str, status: int, code: ErrorCode
) -> None:
    """After the click, a client error says that it was not done."""
    await office.sandbox.client.toggle(follow_calls=calls)
    await office.sandbox.client.arm(Fault(on="change_following", do="status", status=status))

    task = await office.follow()

    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, code)
    assert await office.delivered() == []


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    ("do", "status"),
    [
        ("drop_answer_after_delivery", TaskStatus.SUCCEEDED),
        ("drop_before_delivery", TaskStatus.UNCONFIRMED),
        ("errors_in_200", TaskStatus.UNCONFIRMED),
    ],
)
async def test_a_lost_answer_is_looked_into(
    office: Office, action: str, do: Any, status: TaskStatus
) -> None:
    """What the profile shows afterwards is evidence; an unchanged one proves nothing."""
    await standing(office, action)
    await office.sandbox.client.arm(Fault(on="change_following", do=do))

    task = await office.follow(action)

    assert task.status is status
    done = status is TaskStatus.SUCCEEDED
    assert await follows(office) == [(action, STRANGER)] * done


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    ("do", "status"), [(DELIVERED, TaskStatus.SUCCEEDED), (LOST, TaskStatus.UNCONFIRMED)]
)
async def test_the_next_runner_reads_the_profile_and_clicks_nothing(
    office: Office, do: FaultDeed, status: TaskStatus, action: str
) -> None:
    """A runner that died before the answer leaves the looking to the next one."""
    await standing(office, action)
    member = {"profile_id": STRANGER}
    task_id = await crash(office, do, task_type="follow_member", member=member, action=action)
    before = await office.delivered()

    task = await settled(office, task_id)

    assert task.status is status
    assert await office.delivered() == before
    assert len(before) == (status is TaskStatus.SUCCEEDED)
