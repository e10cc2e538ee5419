"""Which vanity belongs to which id: learnt from every page, used where a page tells only one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.mailbox import thread_id_of
from executor.sandbox.casting import NewThread, SeededMessage
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE, STRANGER

if TYPE_CHECKING:
    from tests.executor.office import Office


async def test_lists_teach_both_names_of_people(office: Office) -> None:
    """A search and the list of connections leave ids and vanities behind, for this account."""
    await office.read("search_profiles", keywords="Fjeldgren")
    await office.read("fetch_connections", keyword="Mercer")

    people = office.store.people
    found = await people.by_vanity(office.admin.id, "oskar-fjeldgren")
    connected = await people.by_profile_id(office.admin.id, JANE)
    assert found is not None
    assert connected is not None
    assert (found.profile_id, connected.vanity) == (STRANGER, "jane-mercer-tully")
    assert await people.by_vanity("another-member", "oskar-fjeldgren") is None


async def test_a_vanity_that_the_page_keeps_to_itself_is_remembered(office: Office) -> None:
    """The invitation's address takes vanities only; one that was seen before will do."""
    await office.read("search_profiles", keywords="Fjeldgren")
    await office.sandbox.client.toggle(ids_stay=True)

    task = await office.invite(STRANGER)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert [entry.recipient for entry in await office.delivered()] == [STRANGER]


async def test_a_vanity_that_nobody_has_seen_is_not_guessed(office: Office) -> None:
    """Without the page's word and without memory, nothing is sent."""
    await office.sandbox.client.toggle(ids_stay=True)

    task = await office.invite(STRANGER)

    assert task.error is not None
    assert task.error.code is ErrorCode.UI_CHANGED
    assert await office.delivered() == []


async def test_a_remembered_vanity_that_changed_hands_invites_nobody(office: Office) -> None:
    """An old vanity may lead to somebody else by now; the request's own id gives it away."""
    people = office.store.people
    await people.remember(
        office.admin.id, profile_id=STRANGER, vanity="ida-norr", name="Oskar Fjeldgren"
    )
    await office.sandbox.client.toggle(ids_stay=True)

    task = await office.invite(STRANGER)

    assert task.status is TaskStatus.FAILED
    assert await office.delivered() == []


THEM = SeededMessage(sender="them", text="Are you there?")


@pytest.mark.parametrize("how", ["list", "messages", "person", "watch"])
async def test_the_inbox_teaches_whose_conversations_they_are(office: Office, how: str) -> None:
    """Whatever it is read for."""
    client = office.sandbox.client
    thread = await client.seed_thread(NewThread(person=JANE, messages=(THEM,)))
    given: dict[str, tuple[str, dict[str, Any]]] = {
        "list": ("fetch_conversations", {}),
        "messages": ("fetch_messages", {"conversation_urn": thread.conversation_urn}),
        "person": ("find_conversation", {"person": {"profile_id": JANE}}),
        "watch": ("watch_inbox", {}),
    }
    task_type, order = given[how]

    task = await office.read(task_type, **order)

    assert task.status is TaskStatus.SUCCEEDED, task.error
    people, thread_id = office.store.people, thread_id_of(thread.conversation_urn or "")
    assert await people.in_conversation(office.admin.id, thread_id) == JANE
    assert await people.conversations_with(office.admin.id, JANE) == [thread_id]


async def test_a_message_teaches_where_it_went(office: Office) -> None:
    """Also where there was no conversation before."""
    task = await office.message("Hello Jane")

    assert task.output is not None
    thread_id = thread_id_of(task.output["conversation_urn"])
    assert await office.store.people.in_conversation(office.admin.id, thread_id) == JANE
