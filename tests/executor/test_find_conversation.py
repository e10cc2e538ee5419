"""Whether the account has written with somebody before, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.sandbox.casting import NewThread, SeededMessage
from storage.tasks import ErrorCode
from tests.executor.office import JANE
from tests.executor.test_fetch_conversations import told

if TYPE_CHECKING:
    from tests.executor.office import Office


async def test_all_conversations_with_somebody_are_found(office: Office) -> None:
    """There may be several with one person; the newest comes first, and none is marked read."""
    client = office.sandbox.client
    john = await client.person("john-doe-123")
    earlier = next(each for each in await client.threads() if each.person == john.id)
    line = SeededMessage(sender="me", text="Once more")
    later = await client.seed_thread(NewThread(person=john.id, messages=(line,)))

    task = await office.read("find_conversation", person={"vanity": "john-doe-123"})

    assert task.output is not None
    assert task.output["profile_id"] == john.id
    assert [urn.rpartition(",")[2] for urn in task.output["conversation_urns"]] == [
        f"{later.id})",
        f"{earlier.id})",
    ]
    assert task.output["complete"] is True
    assert await told(office) == []


async def test_with_most_people_there_is_none(office: Office) -> None:
    """Then the whole list was looked through; who is named by id is not visited."""
    await office.sandbox.client.forget_visits()

    task = await office.read("find_conversation", person={"profile_id": JANE})

    assert task.output is not None
    assert task.output["conversation_urns"] == []
    assert task.output["complete"] is True
    assert await office.sandbox.client.visits("/in/") == []


async def test_with_nobody_there_is_nothing_to_look_for(office: Office) -> None:
    """A profile that does not exist is told as such."""
    task = await office.read("find_conversation", person={"vanity": "nobody-at-all"})

    assert task.error is not None
    assert task.error.code is ErrorCode.PROFILE_NOT_FOUND
