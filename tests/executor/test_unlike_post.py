"""Taking likes back, judged by the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.faults import Fault
from executor.sandbox.posts import Reaction
from storage.tasks import ErrorCode, TaskStatus

if TYPE_CHECKING:
    from tests.executor.office import Office

POST = "urn:li:activity:7123456789012345678"
PAGES = ["sdui", "ember"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("calls", ["sdui", "graphql", "legacy"])
async def test_a_like_is_taken_back_once(office: Office, page: str, calls: str) -> None:
    """The ledger shows that the like has gone."""
    client = office.sandbox.client
    await client.toggle(post_generation=page, post_calls=calls)
    await client.react(POST, Reaction.LIKE)

    task = await office.unlike(POST)

    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert [(e.kind, e.post_urn, e.reaction) for e in await office.delivered()] == [
        ("unreaction", POST, Reaction.LIKE)
    ]
    assert task.output == {"post_urn": POST, "was_liked": True}


@pytest.mark.parametrize("page", PAGES)
async def test_a_post_without_a_like_is_done_without_a_click(office: Office, page: str) -> None:
    """The button would give one."""
    await office.sandbox.client.toggle(post_generation=page)

    task = await office.unlike(POST)

    assert (task.status, task.submitted_at) == (TaskStatus.SUCCEEDED, None)
    assert task.output == {"post_urn": POST, "was_liked": False}
    assert await office.delivered() == []


@pytest.mark.parametrize("page", PAGES)
async def test_another_reaction_stays(office: Office, page: str) -> None:
    """Only a like was asked about."""
    await office.sandbox.client.toggle(post_generation=page)
    await office.sandbox.client.react(POST, Reaction.EMPATHY)

    task = await office.unlike(POST)

    assert task.error is not None
    assert task.error.code is ErrorCode.REFUSED
    assert await office.delivered() == []


@pytest.mark.parametrize(
    ("do", "status"),
    [
        ("drop_answer_after_delivery", TaskStatus.SUCCEEDED),
        ("drop_before_delivery", TaskStatus.UNCONFIRMED),
    ],
)
async def test_a_lost_answer_is_looked_into(office: Office, do: Any, status: TaskStatus) -> None:
    """There was a like before the click; that there is none after it is evidence."""
    await office.sandbox.client.react(POST, Reaction.LIKE)
    await office.sandbox.client.arm(Fault(on="create_reaction", do=do))

    task = await office.unlike(POST)

    assert task.status is status
    gone = status is TaskStatus.SUCCEEDED
    assert [entry.kind for entry in await office.delivered()] == ["unreaction"] * gone
