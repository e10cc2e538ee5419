"""The whole inbox marked read, one conversation after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.tasks import TaskStatus
from tests.executor.test_fetch_conversations import fill
from tests.executor.test_mark_read import unread

if TYPE_CHECKING:
    from tests.executor.office import Office


async def test_nothing_is_left_unread(office: Office) -> None:
    """Not even behind the first piece of the list; and what was read is not opened."""
    await fill(office, 24)
    before = set(await unread(office))
    everything = {each.id for each in await office.sandbox.client.threads()}
    await office.sandbox.client.forget_visits()

    task = await office.read("mark_all_read")

    opened = {
        visit.path.split("/")[3]
        for visit in await office.sandbox.client.visits("/messaging/thread/")
    }
    assert task.status is TaskStatus.SUCCEEDED
    assert task.output is not None
    assert {urn.rpartition(",")[2][:-1] for urn in task.output["conversation_urns"]} == before
    assert await unread(office) == {}
    assert 0 < len(opened) < len(everything)


async def test_where_all_was_read_nothing_is_opened(office: Office) -> None:
    """Once is enough."""
    await office.read("mark_all_read")
    await office.sandbox.client.forget_visits()

    task = await office.read("mark_all_read")

    assert task.output == {"conversation_urns": []}
    assert await office.sandbox.client.visits("/messaging/thread/") == []
