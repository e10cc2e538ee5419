"""Marking conversations read, one or all: what LinkedIn has counted, nothing less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from executor.sandbox import Fault
from executor.sandbox.casting import NewThread, SeededMessage
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE

if TYPE_CHECKING:
    from executor.sandbox.casting import SeededThread
    from tests.executor.office import Office


async def seed(office: Office, *, unread: int = 2) -> SeededThread:
    line = SeededMessage(sender="them", text="Hello")
    thread = NewThread(person=JANE, messages=(line,), unread=unread)
    return await office.sandbox.client.seed_thread(thread)


async def unread(office: Office) -> dict[str, int]:
    return {each.id: each.unread for each in await office.sandbox.client.threads() if each.unread}


async def test_the_conversation_counts_as_read(office: Office) -> None:
    """It alone, and LinkedIn's own answer says so."""
    before = await unread(office)
    thread = await seed(office)

    task = await office.read("mark_read", conversation_urn=thread.conversation_urn)

    assert (task.status, task.output) == (
        TaskStatus.SUCCEEDED,
        {"conversation_urn": thread.conversation_urn, "already_read": False},
    )
    assert task.evidence == {"method": "network"}
    assert await unread(office) == before


async def test_what_was_read_already_is_done(office: Office) -> None:
    """There is nothing to change, and that is told."""
    thread = await seed(office, unread=0)

    task = await office.read("mark_read", conversation_urn=thread.conversation_urn)

    assert task.status is TaskStatus.SUCCEEDED
    assert task.output is not None
    assert task.output["already_read"] is True


async def test_a_list_that_comes_after_the_mark_tells_what_was_before(office: Office) -> None:
    """The page asks for its list first, but the answers may come the other way round."""
    thread = await seed(office, unread=0)
    lists = "/voyager/api/voyagerMessagingGraphQL/graphql?queryId=messengerConversations"
    await office.sandbox.client.arm(Fault(on="voyager_read", do="delay", match=lists, seconds=0.6))

    task = await office.read("mark_read", conversation_urn=thread.conversation_urn)

    assert task.output is not None
    assert task.output["already_read"] is True


async def test_a_mark_that_linkedin_does_not_take_is_no_success(office: Office) -> None:
    """The conversation is still unread, and nobody says otherwise."""
    thread = await seed(office)
    await office.sandbox.client.arm(Fault(on="mark_conversation", do="status", times=None))

    task = await office.read("mark_read", conversation_urn=thread.conversation_urn)

    assert task.error is not None
    assert task.error.code is ErrorCode.UI_CHANGED
    assert thread.id in await unread(office)


async def test_a_conversation_that_is_not_there_is_said_to_be_missing(office: Office) -> None:
    """It is nobody's."""
    me = (await office.sandbox.client.accounts())[0].profile
    urn = f"urn:li:msg_conversation:(urn:li:fsd_profile:{me},2-bm9uZQ==)"

    task = await office.read("mark_read", conversation_urn=urn)

    assert task.error is not None
    assert task.error.code is ErrorCode.CONVERSATION_NOT_FOUND
