"""A conversation's messages, from LinkedIn's answers to what clients get, left unread."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from executor.locators import messaging
from executor.sandbox.casting import NewThread, SeededMessage
from executor.sandbox.faults import Fault
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.test_fetch_conversations import mailbox, told

if TYPE_CHECKING:
    from executor.sandbox.casting import SeededThread
    from executor.sandbox.faults import FaultDeed
    from tests.executor.office import Office

BEGAN = datetime(2026, 10, 1, 8, tzinfo=UTC)


def moment(number: int) -> int:
    return int((BEGAN + timedelta(minutes=number)).timestamp() * 1000)


async def seed(office: Office, count: int, *, unread: int = 1) -> SeededThread:
    """Let John and the account write so many messages, a minute apart."""
    lines = tuple(
        SeededMessage(
            sender="them" if number % 2 else "me",
            text=f"message {number}",
            at=BEGAN + timedelta(minutes=number),
        )
        for number in range(count)
    )
    thread = NewThread(person="john-doe-123", messages=lines, unread=unread)
    return await office.sandbox.client.seed_thread(thread)


async def read(office: Office, thread: SeededThread, **asked: Any) -> dict[str, Any]:
    task = await office.read("fetch_messages", conversation_urn=thread.conversation_urn, **asked)
    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output is not None
    return dict(task.output)


def slow_piece(*, after: int, do: FaultDeed = "delay") -> Fault:
    """Let one piece of a conversation's messages not come in time, or not at all."""
    match = "/voyager/api/voyagerMessagingGraphQL/graphql?queryId=messengerMessages."
    return Fault(on="voyager_read", do=do, seconds=12, after=after, match=match)


def texts(output: dict[str, Any]) -> list[str]:
    return [each["text"] for each in output["messages"]]


@pytest.mark.parametrize("answers", ["graphql", "normalized"])
async def test_messages_come_newest_first_with_all_that_is_known(
    office: Office, answers: str
) -> None:
    """In both shapes of LinkedIn's answers; the conversation stays unread."""
    await office.sandbox.client.toggle(messaging_answers=answers)
    thread = await seed(office, 3)
    before = await mailbox(office)
    await office.sandbox.client.forget_visits()

    output = await read(office, thread)

    john = await office.sandbox.client.person("john-doe-123")
    assert texts(output) == ["message 2", "message 1", "message 0"]
    assert [each["sent_at"] for each in output["messages"]] == [moment(2), moment(1), moment(0)]
    assert [each["is_own"] for each in output["messages"]] == [True, False, True]
    middle = output["messages"][1]
    assert (middle["sender"]["profile_id"], middle["sender"]["name"]) == (john.id, john.name)
    assert {each["name"] for each in output["participants"]} >= {john.name}
    assert middle["message_urn"].startswith("urn:li:msg_message:(")
    assert middle["backend_urn"].startswith("urn:li:messagingMessage:2-")
    assert output["has_more"] is False
    assert await told(office) == []
    assert await mailbox(office) == before


async def test_older_messages_are_scrolled_to(office: Office) -> None:
    """As many as are asked for, from the newest on; what is older is told to be there."""
    thread = await seed(office, 70)

    output = await read(office, thread, count=45)

    assert texts(output) == [f"message {number}" for number in range(69, 24, -1)]
    assert output["has_more"] is True


async def test_a_conversation_is_paged_through_by_time(office: Office) -> None:
    """Every message once, in order, in parts."""
    thread = await seed(office, 70)
    found: list[str] = []
    before, more = None, True
    while more:
        asked = {"count": 32} if before is None else {"count": 32, "before": before}
        output = await read(office, thread, **asked)
        found += texts(output)
        before, more = output["messages"][-1]["sent_at"], output["has_more"]

    assert found == [f"message {number}" for number in range(69, -1, -1)]
    assert await told(office) == []


async def test_news_is_what_came_after_a_moment(office: Office) -> None:
    """For those who ask again and again."""
    thread = await seed(office, 50)

    assert texts(await read(office, thread, since=moment(47))) == ["message 49", "message 48"]
    assert texts(await read(office, thread, since=moment(49))) == []


async def test_messages_around_a_moment_are_read_together(office: Office) -> None:
    """Some from before it, and the first ones from then on."""
    thread = await seed(office, 50)

    output = await read(office, thread, before=moment(20), count=2, after=3)

    assert texts(output) == [f"message {number}" for number in (22, 21, 20, 19, 18)]


async def test_fewer_may_have_come_after_a_moment_than_are_asked_for(office: Office) -> None:
    """All of them are told."""
    thread = await seed(office, 30)

    output = await read(office, thread, before=moment(27), count=2, after=4)

    assert texts(output) == [f"message {number}" for number in (29, 28, 27, 26, 25)]


@pytest.mark.parametrize("do", ["delay", "status", "errors_in_200"])
async def test_older_messages_that_do_not_come_are_not_taken_for_the_beginning(
    office: Office, do: FaultDeed
) -> None:
    """What has come is told, and whoever goes on behind it gets the rest."""
    thread = await seed(office, 28)
    await office.sandbox.client.arm(slow_piece(after=1, do=do))

    newer = await read(office, thread)
    older = await read(office, thread, before=newer["messages"][-1]["sent_at"])

    assert texts(newer) == [f"message {number}" for number in range(27, 7, -1)]
    assert texts(older) == [f"message {number}" for number in range(7, -1, -1)]
    assert (newer["has_more"], older["has_more"]) == (True, False)


async def test_a_reading_is_tried_again_when_nothing_that_is_wanted_came(office: Office) -> None:
    """An answer without messages would tell of an end."""
    thread = await seed(office, 30)
    await office.sandbox.client.arm(slow_piece(after=1))

    task = await office.read(
        "fetch_messages", conversation_urn=thread.conversation_urn, before=moment(5)
    )

    assert (task.status, task.output) == (TaskStatus.QUEUED, None)


@pytest.mark.parametrize("count", [3, 15, 20, 40])
async def test_the_beginning_of_a_conversation_is_known_for_it(office: Office, count: int) -> None:
    """Whether its last piece is a whole one or not."""
    thread = await seed(office, count)

    output = await read(office, thread)

    assert len(output["messages"]) == count
    assert output["has_more"] is False


async def test_messages_of_one_moment_stay_together(office: Office) -> None:
    """Who goes on by time would miss the rest of them."""
    lines = tuple(SeededMessage(sender="me", text=str(number), at=BEGAN) for number in range(4))
    thread = await office.sandbox.client.seed_thread(
        NewThread(person="john-doe-123", messages=lines)
    )

    output = await read(office, thread, count=2)

    assert sorted(texts(output)) == ["0", "1", "2", "3"]
    assert output["has_more"] is False


async def test_where_answers_are_not_recognised_the_page_tells(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after LinkedIn has renamed its query: text, side and time stand on the page as well."""
    renamed = replace(messaging.LOAD_MESSAGES, value="renamed.")
    monkeypatch.setattr(messaging, "LOAD_MESSAGES", renamed)
    thread = await seed(office, 3)

    output = await read(office, thread)

    assert texts(output) == ["message 2", "message 1", "message 0"]
    assert [each["sent_at"] for each in output["messages"]] == [moment(2), moment(1), moment(0)]
    assert [each["is_own"] for each in output["messages"]] == [True, False, True]
    assert output["has_more"] is False
    assert await told(office) == []


async def test_a_conversation_that_is_not_there_is_said_to_be_missing(office: Office) -> None:
    """An id of nothing, in the account's own mailbox."""
    me = (await office.sandbox.client.accounts())[0].profile
    urn = f"urn:li:msg_conversation:(urn:li:fsd_profile:{me},2-bm9uZQ==)"

    task = await office.read("fetch_messages", conversation_urn=urn)

    assert task.error is not None
    assert task.error.code is ErrorCode.CONVERSATION_NOT_FOUND
