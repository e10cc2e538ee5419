"""Messages to fellow members of a group, from its list of members to the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.faults import Fault
from executor.sandbox.groups import Group
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE, STRANGER

if TYPE_CHECKING:
    from storage.tasks import Task
    from tests.executor.office import Office

GROUP = "12345678"
"""Account #1 and Oskar are both in it."""
ANOTHER = "87654321"
"""Account #1 is not in it."""
TEXT = "Hello from the Harbour Circle!\nShall we talk about lanterns?"


async def write(office: Office, **changes: Any) -> Task:
    given = {"recipient": {"profile_id": STRANGER}, "group_id": GROUP, "message": TEXT}
    return await office.perform("send_group_message", **{**given, **changes})


@pytest.mark.parametrize(
    ("cards", "language"), [("sdui", "en"), ("ember", "de"), ("sdui", "ar"), ("ember", "ja")]
)
async def test_a_group_message_arrives_once(office: Office, cards: str, language: str) -> None:
    """Who is no connection gets it by the group, whatever the page's cards and language."""
    await office.sandbox.client.toggle(group_cards=cards, language=language)

    task = await write(office)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    (entry,) = await office.delivered()
    assert (entry.kind, entry.recipient, entry.text) == ("message", STRANGER, TEXT)
    assert entry.group == GROUP
    assert task.output is not None
    assert task.output["group_id"] == GROUP
    assert task.output["message_urn"] == entry.message_urn
    assert task.output["conversation_urn"] == entry.conversation_urn


@pytest.mark.parametrize("searchable", [True, False])
async def test_somebody_far_down_the_list_is_found(office: Office, *, searchable: bool) -> None:
    """By the list's own search, or by scrolling to them."""
    client = office.sandbox.client
    (account, *_) = await client.accounts()
    many = [person.id for person in await client.people() if person.id != STRANGER]
    await client.put_group(
        Group(id="555", name="Everybody", members=(account.profile, *many[:110], STRANGER))
    )
    await client.toggle(group_search=searchable)

    task = await write(office, group_id="555")

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    (entry,) = await office.delivered()
    assert (entry.recipient, entry.group) == (STRANGER, "555")


async def test_a_connection_in_the_group_gets_it_in_their_conversation(office: Office) -> None:
    """Where the two have a conversation already, the bubble shows it, and it goes there."""
    john = await office.sandbox.client.person("john-doe-123")

    task = await write(office, recipient={"vanity": "john-doe-123"})

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    (entry,) = await office.delivered()
    assert entry.recipient == john.id
    (thread,) = [t for t in await office.sandbox.client.threads() if t.person == john.id]
    assert len(thread.messages) > 1
    assert thread.messages[-1].text == TEXT


@pytest.mark.parametrize("group", [ANOTHER, "404404"])
async def test_who_is_not_in_the_group_writes_nobody(office: Office, group: str) -> None:
    """LinkedIn leads outsiders away from the list."""
    task = await write(office, group_id=group)

    assert task.error is not None
    assert task.error.code == ErrorCode.NOT_GROUP_MEMBER
    assert await office.delivered() == []


async def test_who_is_not_listed_gets_nothing(office: Office) -> None:
    """A recipient outside of the group is looked for to the list's end, and not found."""
    (account, *_) = await office.sandbox.client.accounts()
    await office.sandbox.client.put_group(
        Group(id="556", name="Us two", members=(account.profile, JANE))
    )

    task = await write(office, group_id="556")

    assert task.error is not None
    assert task.error.code == ErrorCode.NOT_GROUP_MEMBER
    assert await office.delivered() == []


@pytest.mark.scenario(7)
async def test_a_namesake_in_the_group_gets_nothing(office: Office) -> None:
    """The card is chosen by its link, and the request is let go by the recipient's id."""
    client = office.sandbox.client
    (account, *_) = await client.accounts()
    stranger = await client.person(STRANGER)
    namesake = await client.add_person(first_name=stranger.first_name, last_name=stranger.last_name)
    await client.put_group(
        Group(id="557", name="Twins", members=(account.profile, namesake.id, STRANGER))
    )

    task = await write(office, group_id="557")

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert [entry.recipient for entry in await office.delivered()] == [STRANGER]


async def test_a_group_message_whose_answer_is_lost_is_found(office: Office) -> None:
    """It is found by its token, and never sent a second time."""
    await office.sandbox.client.arm(Fault(on="create_message", do="drop_answer_after_delivery"))

    task = await write(office)

    assert len(await office.delivered()) == 1
    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)


async def test_a_group_message_that_nothing_proves_is_unconfirmed(office: Office) -> None:
    """Cut off before LinkedIn took it, nobody here can know."""
    await office.sandbox.client.arm(Fault(on="create_message", do="drop_before_delivery"))

    task = await write(office)

    assert await office.delivered() == []
    assert task.status is TaskStatus.UNCONFIRMED
