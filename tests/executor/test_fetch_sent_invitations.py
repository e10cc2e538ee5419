"""The list of sent invitations, from the page to what clients get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.people import Relation
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import STRANGER

if TYPE_CHECKING:
    from tests.executor.office import Office


async def listed(office: Office, **asked: Any) -> dict[str, Any]:
    task = await office.read("fetch_sent_invitations", **asked)
    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output is not None
    return dict(task.output)


async def test_every_pending_invitation_is_listed_once(office: Office) -> None:
    """The list is asked for more until it has them all, and its header says how many that is."""
    everybody = await office.sandbox.client.people(Relation.PENDING)
    assert len(everybody) > 20

    output = await listed(office, count=100)

    found = [each["full_name"] for each in output["invitations"]]
    assert sorted(found) == sorted(person.name for person in everybody)
    assert output["complete"] is True


@pytest.mark.parametrize("language", ["de", "ar", "ja"])
async def test_a_list_that_cannot_be_asked_for_more_says_so(office: Office, language: str) -> None:
    """ "Load more" is known by its words only; what scrolling brings is all there is elsewhere."""
    await office.sandbox.client.toggle(language=language)

    output = await listed(office, count=20)

    assert (len(output["invitations"]), output["complete"]) == (10, False)


async def test_the_newest_invitation_comes_first(office: Office) -> None:
    """It has what a withdrawal takes, and the note that went with it."""
    tie = await office.sandbox.client.set_relation(STRANGER, Relation.PENDING, note="Hi Oskar")

    output = await listed(office, count=1)

    (first,) = output["invitations"]
    assert first["invitation_urn"] == f"urn:li:invitation:{tie.invitation}"
    assert first["vanity"] == "oskar-fjeldgren"
    assert first["lines"][-2:] == ["Sent just now", "Hi Oskar"]
    assert output["complete"] is True


async def test_an_account_without_pending_invitations_has_an_empty_list(office: Office) -> None:
    """An empty list is an answer, not a failure."""
    for person in await office.sandbox.client.people(Relation.PENDING):
        await office.sandbox.client.set_relation(person.id, Relation.CONNECTABLE)

    assert await listed(office) == {"invitations": [], "complete": True}


@pytest.mark.parametrize("task_type", ["fetch_sent_invitations", "fetch_received_invitations"])
async def test_a_list_whose_cards_nobody_knows_is_not_called_empty(
    office: Office, task_type: str
) -> None:
    """Its header says that there are some; without keys, words tell the cards in few languages."""
    await office.sandbox.client.toggle(invitation_keys=False, language="ja")

    task = await office.read(task_type, count=5)

    assert task.error is not None
    assert task.error.code == ErrorCode.UI_CHANGED
