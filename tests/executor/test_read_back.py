"""Looking afterwards for what was sent: after a lost answer, and after a runner that died."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from executor.actions import BY_TASK_TYPE
from executor.attempt import RecordedAttempt
from executor.errors import ExecutorError
from executor.pages.linkedin import LinkedIn
from executor.sandbox.casting import NewMessage, NewThread, SeededMessage
from executor.sandbox.faults import Fault
from executor.sandbox.people import Relation
from storage.errors import LeaseLost
from storage.tasks import TaskStatus
from tests.executor.office import JANE, STRANGER

if TYPE_CHECKING:
    from executor.attachment import AttachedFile
    from executor.components.member import Member
    from executor.sandbox.faults import FaultDeed
    from storage.tasks import JsonObject, Task
    from tests.executor.office import Office

LEASE = timedelta(minutes=1)
DELIVERED: FaultDeed = "drop_answer_after_delivery"
LOST: FaultDeed = "drop_before_delivery"
DELIVERIES = {
    "send_message": "create_message",
    "send_connection_request": "create_invitation",
    "like_post": "create_reaction",
    "unlike_post": "create_reaction",
    "comment_post": "create_comment",
    "withdraw_invitation": "change_invitation",
    "answer_invitation": "change_invitation",
    "follow_member": "change_following",
}


class UnmarkedAttempt(RecordedAttempt):
    """An attempt at a page whose request carries nothing to recognise it by."""

    async def leaving(self, marks: JsonObject) -> None:  # noqa: ARG002 - this is the point
        await super().leaving({})


class DyingAttempt(RecordedAttempt):
    """An attempt whose runner is gone when the request would leave the browser."""

    async def leaving(self, marks: JsonObject) -> None:  # noqa: ARG002 - it is not reached
        raise LeaseLost


async def forget(_: Member) -> None:
    """Remember nobody."""


async def crash(
    office: Office,
    do: FaultDeed,
    *,
    attempt: type[RecordedAttempt] = RecordedAttempt,
    task_type: str = "send_message",
    left: TaskStatus = TaskStatus.SUBMITTING,
    **given: Any,
) -> str:
    """Leave a task behind as a runner does that dies before LinkedIn's answer comes."""
    fault = {"on": DELIVERIES[task_type], "do": do, "seconds": 4}
    await office.sandbox.client.arm(Fault.model_validate(fault))
    task_id = await office.ask(task_type, **given)
    lease = await office.store.leases.acquire(office.admin.id, owner="test:dead:0", ttl=LEASE)
    assert lease is not None
    task = await office.store.queue.claim(lease)
    assert task is not None
    action = BY_TASK_TYPE[task_type]

    async def content_of(file: AttachedFile) -> bytes | None:
        return await office.store.uploads.content(file.upload_id, member_id=office.admin.id)

    account = await office.browsers.open_account(await office.sandbox.client.storage_state())
    try:
        with suppress(ExecutorError, LeaseLost):
            await action.perform(
                LinkedIn(account.tab, remember=forget, content_of=content_of),
                action.input_model.model_validate(task.input),
                attempt(office.store.queue, lambda: lease, task, lease_ttl=LEASE),
            )
    finally:
        await account.close()
    await office.sandbox.client.disarm()
    await office.store.leases.expire(lease)
    assert (await office.task(task_id)).status is left
    return task_id


async def crash_messaging(office: Office, do: FaultDeed = DELIVERED, **told: Any) -> str:
    return await crash(office, do, recipient={"profile_id": JANE}, message="Hello", **told)


async def crash_inviting(office: Office, do: FaultDeed = DELIVERED) -> str:
    return await crash(
        office, do, task_type="send_connection_request", invitee={"profile_id": STRANGER}
    )


async def settled(office: Office, task_id: str) -> Task:
    """Let another runner take over, and return the task as it ended."""
    await office.runner(read_back_looks=1).run_once()
    return await office.task(task_id)


async def know_jane(office: Office) -> None:
    """Give the two a history in which these very words have been said by both."""
    lines = [("me", "Hello"), ("them", "Hello"), ("me", "How are you?")]
    await office.sandbox.client.seed_thread(
        NewThread(
            person=JANE,
            messages=tuple(
                SeededMessage.model_validate({"sender": sender, "text": text})
                for sender, text in lines
            ),
        )
    )


async def say(office: Office, sender: str, text: str) -> None:
    await office.sandbox.client.add_message(
        NewMessage.model_validate({"person": JANE, "sender": sender, "text": text})
    )


async def assert_found(office: Office, task: Task, **evidence: str) -> None:
    """Judge by the ledger: delivered once, and reported with what proves it."""
    (entry,) = await office.delivered()
    assert (task.status, task.evidence and task.evidence["method"]) == (
        TaskStatus.SUCCEEDED,
        "read_back",
    )
    assert task.evidence is not None
    assert evidence.items() <= task.evidence.items()
    if entry.kind == "message":
        assert task.output == {
            "recipient_profile_id": entry.recipient,
            "conversation_urn": entry.conversation_urn,
            "message_urn": entry.message_urn,
            "sent_at": int(entry.at.timestamp() * 1000),
            "typing_shown": False,
        }
    else:
        assert task.output == {"invitee_profile_id": entry.recipient, "invitation_urn": None}


async def assert_unproven(office: Office, task: Task) -> None:
    """The task says that nobody knows, and nothing was delivered after all."""
    assert (task.status, task.error and task.error.retry_safe) == (TaskStatus.UNCONFIRMED, False)
    assert await office.delivered() == []


@pytest.mark.parametrize(
    ("history", "toggles"),
    [
        (True, {}),
        (True, {"compose_lands": "compose", "language": "de"}),
        (False, {"messaging_answers": "normalized", "language": "ar"}),
    ],
    ids=str,
)
async def test_a_message_that_left_before_the_crash_is_found_by_its_token(
    office: Office, toggles: dict[str, Any], history: bool
) -> None:
    """LinkedIn hands back what the page told its message by, even in a brand-new conversation."""
    await office.sandbox.client.toggle(**toggles)
    if history:
        await know_jane(office)

    task = await settled(office, await crash_messaging(office))

    await assert_found(office, task, by="origin_token")


@pytest.mark.parametrize("history", [True, False], ids=["known", "new"])
async def test_a_message_that_never_arrived_is_not_made_up(office: Office, history: bool) -> None:
    """The same words from before, by either side, prove nothing."""
    if history:
        await know_jane(office)

    task = await settled(office, await crash_messaging(office, LOST))

    await assert_unproven(office, task)


@pytest.mark.parametrize("sender", ["me", "them"])
async def test_the_same_words_written_by_hand_afterwards_are_no_evidence(
    office: Office, sender: str
) -> None:
    """The other side says them too; or the account's person, seeing that they did not go out."""
    await know_jane(office)
    task_id = await crash_messaging(office, LOST)
    await say(office, sender, "Hello")

    await assert_unproven(office, await settled(office, task_id))


async def test_a_runner_that_dies_before_the_request_leaves_proves_nothing(office: Office) -> None:
    """Without that commit the request stays in the browser, though the click was made."""
    await know_jane(office)

    task = await settled(office, await crash_messaging(office, LOST, attempt=DyingAttempt))

    await assert_unproven(office, task)


async def test_without_a_token_the_last_known_message_is_the_landmark(office: Office) -> None:
    """An own message with the words behind it is new."""
    await know_jane(office)

    task = await settled(office, await crash_messaging(office, attempt=UnmarkedAttempt))

    await assert_found(office, task, by="landmark")


async def test_without_token_and_landmark_nothing_is_proven(office: Office) -> None:
    """In a new conversation an equal message might be anybody's doing."""
    task = await settled(office, await crash_messaging(office, attempt=UnmarkedAttempt))

    assert task.status is TaskStatus.UNCONFIRMED
    assert len(await office.delivered()) == 1


@pytest.mark.parametrize("history", [True, False], ids=["known", "new"])
async def test_older_messages_are_loaded_until_it_comes_up(office: Office, history: bool) -> None:
    """A conversation that has gone on for long shows the newest messages only."""
    if history:
        await know_jane(office)
    task_id = await crash_messaging(office)
    for number in range(45):
        await say(office, "them", f"Answer {number}")

    await assert_found(office, await settled(office, task_id), by="origin_token")


async def test_a_new_name_and_vanity_do_not_hide_the_message(office: Office) -> None:
    """The person is known by the id, which stays."""
    task_id = await crash_messaging(office)
    await office.sandbox.client.change_person(
        JANE, first_name="Johanna", last_name="Other", vanity="johanna-other"
    )

    await assert_found(office, await settled(office, task_id))


async def test_a_lost_connection_does_not_hide_the_message(office: Office) -> None:
    """The two are strangers by now, but the conversation is still there."""
    task_id = await crash_messaging(office)
    await office.sandbox.client.set_relation(JANE, Relation.CONNECTABLE)

    await assert_found(office, await settled(office, task_id))


@pytest.mark.parametrize("lands", ["thread", "compose"])
async def test_without_a_message_box_the_conversation_opens_by_its_own_address(
    office: Office, lands: str
) -> None:
    """The person has left LinkedIn; what was said stays readable."""
    await office.sandbox.client.toggle(compose_lands=lands)
    await know_jane(office)
    task_id = await crash_messaging(office)
    await office.sandbox.client.change_person(JANE, gone=True)

    await assert_found(office, await settled(office, task_id))


@pytest.mark.scenario(18)
async def test_a_second_conversation_of_the_two_does_not_hide_the_message(office: Office) -> None:
    """The message box may open another conversation than the one that was written in."""
    await know_jane(office)
    task_id = await crash_messaging(office)
    now = office.clock.now + timedelta(minutes=5)
    later = SeededMessage(sender="them", text="A new matter", at=now)
    await office.sandbox.client.seed_thread(NewThread(person=JANE, messages=(later,)))

    await assert_found(office, await settled(office, task_id))


async def test_a_late_delivery_is_found_by_looking_again(office: Office) -> None:
    """The request was on its way when everybody had stopped waiting for its answer."""
    await office.sandbox.client.arm(Fault(on="create_message", do="deliver_late", seconds=5))
    task_id = await office.ask("send_message", recipient={"profile_id": JANE}, message="Hello")

    pause = timedelta(seconds=0.5)
    await office.runner(read_back_looks=5, read_back_pause=pause).run_once()

    await assert_found(office, await office.task(task_id), by="origin_token")


@pytest.mark.parametrize(
    "toggles",
    [{}, {"controls_in_more": True, "language": "ar"}],
    ids=lambda toggles: "-".join(f"{k}={v}" for k, v in toggles.items()) or "default",
)
async def test_an_invitation_that_left_before_the_crash_is_found_pending(
    office: Office, toggles: dict[str, Any]
) -> None:
    """The profile was connectable before, and is pending now."""
    await office.sandbox.client.toggle(**toggles)

    task = await settled(office, await crash_inviting(office))

    await assert_found(office, task, relationship="pending")


@pytest.mark.parametrize(
    "toggles",
    [{}, {"language": "de", "invitation_keys": False}],
    ids=lambda toggles: "-".join(f"{k}={v}" for k, v in toggles.items()) or "default",
)
async def test_an_invitation_that_no_profile_shows_is_found_in_the_list(
    office: Office, toggles: dict[str, Any]
) -> None:
    """A creator's card has Follow in its front, and the profile may lag behind."""
    client = office.sandbox.client
    await client.toggle(relation_lag_seconds=600, **toggles)
    await client.change_person(STRANGER, creator=True)

    task = await settled(office, await crash_inviting(office))

    await assert_found(office, task, listed="sent")


async def test_the_list_is_read_when_the_profile_cannot_be(office: Office) -> None:
    """The person has left, and the card still stands in the list."""
    task_id = await crash_inviting(office)
    await office.sandbox.client.change_person(STRANGER, gone=True)

    await assert_found(office, await settled(office, task_id), listed="sent")


@pytest.mark.parametrize("relation", [Relation.CONNECTED, Relation.INCOMING])
async def test_an_invitation_that_never_arrived_is_not_made_up(
    office: Office, relation: Relation
) -> None:
    """That the two are connected by now, or that the other side asks, is not our doing."""
    task_id = await crash_inviting(office, LOST)
    await office.sandbox.client.set_relation(STRANGER, relation)

    await assert_unproven(office, await settled(office, task_id))


async def test_a_namesakes_pending_invitation_is_no_evidence(office: Office) -> None:
    """Cards are told apart by their links, never by names."""
    client = office.sandbox.client
    task_id = await crash_inviting(office, LOST)
    person = await client.person(STRANGER)
    twin = await client.add_person(first_name=person.first_name, last_name=person.last_name)
    await client.set_relation(twin.id, Relation.PENDING)

    await assert_unproven(office, await settled(office, task_id))


async def test_what_was_pending_before_the_click_proves_nothing(office: Office) -> None:
    """Only a change is evidence, and an earlier invitation looks just the same."""
    client = office.sandbox.client
    await client.set_relation(STRANGER, Relation.PENDING)
    person = await client.person(STRANGER)
    member = {"profile_id": STRANGER, "vanity": person.vanity, "name": person.name}
    account = await office.browsers.open_account(await client.storage_state())
    linkedin = LinkedIn(account.tab, remember=forget)
    try:
        before = {"member": member, "relationship": "pending"}
        assert await linkedin.find_sent_invitation(before) is None
        assert await linkedin.find_sent_invitation({**before, "relationship": "connectable"})
    finally:
        await account.close()
