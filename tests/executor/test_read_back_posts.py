"""Looking afterwards for likes and comments that a dead runner has left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from executor.sandbox.posts import Reaction
from storage.tasks import TaskStatus
from tests.executor.test_read_back import DELIVERED, LOST, DyingAttempt, crash, settled

if TYPE_CHECKING:
    from executor.sandbox.faults import FaultDeed
    from tests.executor.office import Office

POST = "urn:li:activity:7123456789012345678"
PAGES = ["sdui", "ember"]
TEXT = "Congratulations!"
"""The words that somebody else has written below the post already."""


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("do", "status"), [(DELIVERED, TaskStatus.SUCCEEDED), (LOST, TaskStatus.UNCONFIRMED)]
)
@pytest.mark.parametrize("task_type", ["like_post", "unlike_post"])
async def test_the_next_runner_reads_the_reaction_and_clicks_nothing(
    office: Office, page: str, do: FaultDeed, status: TaskStatus, task_type: str
) -> None:
    """A changed reaction is evidence; an unchanged one proves nothing."""
    await office.sandbox.client.toggle(post_generation=page)
    if task_type == "unlike_post":
        await office.sandbox.client.react(POST, Reaction.LIKE)
    task_id = await crash(office, do, task_type=task_type, post=POST)
    before = await office.delivered()

    task = await settled(office, task_id)

    assert task.status is status
    assert await office.delivered() == before
    assert len(before) == (status is TaskStatus.SUCCEEDED)


@pytest.mark.parametrize(
    ("do", "status"), [(DELIVERED, TaskStatus.SUCCEEDED), (LOST, TaskStatus.UNCONFIRMED)]
)
async def test_the_next_runner_tells_the_new_reaction_from_the_former(
    office: Office, do: FaultDeed, status: TaskStatus
) -> None:
    """There was one before, so only the wanted one is evidence."""
    await office.sandbox.client.react(POST, Reaction.LIKE)
    task_id = await crash(
        office, do, task_type="like_post", post=POST, reaction="praise", replaces=True
    )

    task = await settled(office, task_id)

    assert task.status is status
    assert len(await office.delivered()) == (status is TaskStatus.SUCCEEDED)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("do", "status"), [(DELIVERED, TaskStatus.SUCCEEDED), (LOST, TaskStatus.UNCONFIRMED)]
)
async def test_the_next_runner_tells_the_own_comment_from_anothers(
    office: Office, page: str, do: FaultDeed, status: TaskStatus
) -> None:
    """The same words were there before; only a new comment of the account's owner counts."""
    await office.sandbox.client.toggle(post_generation=page)
    task_id = await crash(office, do, task_type="comment_post", post=POST, text=TEXT)
    before = await office.delivered()

    task = await settled(office, task_id)

    assert task.status is status
    assert await office.delivered() == before
    assert len(before) == (status is TaskStatus.SUCCEEDED)


async def test_the_own_name_is_found_where_me_does_not_redirect(office: Office) -> None:
    """The page of the account's owner says in its head whose it is."""
    await office.sandbox.client.toggle(me_redirects=False)
    task_id = await crash(office, DELIVERED, task_type="comment_post", post=POST, text=TEXT)

    assert (await settled(office, task_id)).status is TaskStatus.SUCCEEDED


async def test_a_like_that_never_left_is_not_made_up(office: Office) -> None:
    """The runner died before the request could leave the browser."""
    task_id = await crash(office, DELIVERED, attempt=DyingAttempt, task_type="like_post", post=POST)

    assert (await settled(office, task_id)).status is TaskStatus.UNCONFIRMED
    assert await office.delivered() == []
