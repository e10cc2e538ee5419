"""Which vanity belongs to which id: learnt from every page, used where a page tells only one."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
