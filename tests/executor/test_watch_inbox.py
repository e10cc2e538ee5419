"""Looks at what is new: everything is told once, and nothing is marked read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from executor.sandbox.casting import NewMessage, NewThread, SeededMessage
from executor.sandbox.faults import Fault
from executor.sandbox.people import Relation
from storage.tasks import TaskStatus
from tests.executor.office import JANE, STRANGER
from tests.executor.test_fetch_conversations import fill, mailbox, told
from tests.executor.test_fetch_messages import slow_piece

if TYPE_CHECKING:
    from executor.sandbox.threads import Thread
    from tests.executor.office import Office

JOHN = "john-doe-123"
IDA = "ida-norr"
THREADS = "/messaging/thread/"
LIST = "/mynetwork/invite-connect/connections/"
NEVER = 10**14


async def look(office: Office, **asked: Any) -> dict[str, Any]:
    task = await office.read("watch_inbox", **asked)
    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output is not None
    return dict(task.output)


async def next_look(office: Office, before: dict[str, Any], **asked: Any) -> dict[str, Any]:
    given = {name: before[name] for name in ("left", "old_until", "seen")}
    return await look(office, since=before["complete_until"], **given, **asked)


async def write(office: Office, *texts: str, sender: Any = "them", person: str = JOHN) -> None:
    for text in texts:
        message = NewMessage(person=person, sender=sender, text=text)
        await office.sandbox.client.add_message(message)


def texts(output: dict[str, Any]) -> list[str]:
    return [each["text"] for each in output["messages"]]


async def opened(office: Office) -> list[str]:
    """Return the conversations that were opened, in order."""
    visits = await office.sandbox.client.visits(THREADS)
    return [visit.path for visit in visits if visit.method == "GET"]


async def newest(office: Office, count: int) -> list[Thread]:
    return [each for each in await mailbox(office) if each.category == "PRIMARY_INBOX"][:count]


async def test_old_mail_is_no_news(office: Office) -> None:
    """The first look only learns where the news begins; one piece of the list is enough."""
    await fill(office, 45)
    (newest_one,) = await newest(office, 1)
    await office.sandbox.client.forget_visits()

    output = await look(office)

    assert (output["messages"], output["accepted"], output["left"]) == ([], [], [])
    assert output["complete_until"] == int(newest_one.last_at * 1000)
    assert (output["complete"], len(output["conversations"])) == (True, 20)
    assert output["next"] is not None
    assert (await opened(office), await told(office)) == ([], [])


async def test_messages_between_two_looks_are_told_once(office: Office) -> None:
    """Both of two, in their order, with what is known of their sender; then none any more."""
    first = await look(office)
    await write(office, "One", "Two")
    before = await mailbox(office)
    await office.sandbox.client.forget_visits()

    second = await next_look(office, first)
    third = await next_look(office, second)

    assert texts(second) == ["One", "Two"]
    assert [each["sender"]["name"] for each in second["messages"]] == ["John Doe", "John Doe"]
    assert (second["complete"], second["left"]) == (True, [])
    assert texts(third) == []
    assert len(await opened(office)) == 1
    assert await told(office) == []
    assert await mailbox(office) == before
    assert await office.delivered() == []


async def seed(office: Office, person: str, *lines: str, ago: float, unread: int) -> None:
    at = datetime.now(UTC) - timedelta(seconds=ago)
    messages = tuple(SeededMessage(sender="them", text=each, at=at) for each in lines)
    await office.sandbox.client.seed_thread(
        NewThread(person=person, messages=messages, unread=unread)
    )


async def seed_many(office: Office, count: int) -> str:
    """Let somebody write so many messages in a new conversation, and return its URN."""
    now = datetime.now(UTC)
    lines = tuple(
        SeededMessage(sender="them", text=f"{number}", at=now + timedelta(milliseconds=number))
        for number in range(count)
    )
    thread = NewThread(person=IDA, messages=lines, unread=count)
    urn = (await office.sandbox.client.seed_thread(thread)).conversation_urn
    assert urn is not None
    return urn


async def test_what_linkedin_shows_late_is_told_all_the_same(office: Office) -> None:
    """Also when something newer was seen before it; nothing is told twice, and nothing old."""
    await seed(office, JANE, "Old", "and known", ago=40, unread=1)
    first = await look(office)
    second = await next_look(office, first)
    await write(office, "One")
    third = await next_look(office, second)
    await seed(office, IDA, "Late", ago=20, unread=1)
    fourth = await next_look(office, third)
    await write(office, "Two", person=JANE)
    await write(office, "Three")
    fifth = await next_look(office, fourth)
    sixth = await next_look(office, fifth)

    looks = (first, second, third, fourth, fifth, sixth)
    assert [texts(each) for each in looks] == [[], [], ["One"], ["Late"], ["Two", "Three"], []]


async def test_a_single_new_message_opens_no_conversation(office: Office) -> None:
    """The list tells it, and that nobody has read the conversation since."""
    await write(office, "What do you think?", sender="me")
    first = await look(office)
    await write(office, "Just one")
    await office.sandbox.client.forget_visits()

    second = await next_look(office, first)

    assert texts(second) == ["Just one"]
    assert (await opened(office), await told(office)) == ([], [])


async def test_what_was_read_or_answered_meanwhile_is_told_all_the_same(office: Office) -> None:
    """Who reads it first on a telephone takes nothing away from the news; own words are none."""
    first = await look(office)
    await write(office, "Are you there?")
    await write(office, "Yes.", sender="me")
    await office.sandbox.client.forget_visits()

    second = await next_look(office, first)

    assert texts(second) == ["Are you there?"]
    assert len(await opened(office)) == 1
    assert await told(office) == []


async def test_what_one_look_does_not_open_is_left_to_the_next(office: Office) -> None:
    """The conversation that has waited longest comes first, and each message is told once."""
    first = await look(office)
    people = await office.sandbox.client.people(Relation.CONNECTED)
    for place, person in enumerate(people[10:17]):
        lines = tuple(SeededMessage(sender="them", text=f"{place}.{line}") for line in (1, 2))
        at = datetime.now(UTC) + timedelta(seconds=place)
        dated = tuple(each.model_copy(update={"at": at}) for each in lines)
        await office.sandbox.client.seed_thread(
            NewThread(person=person.id, messages=dated, unread=2)
        )

    second = await next_look(office, first)
    await write(office, "6.3", person=people[16].id)
    third = await next_look(office, second)
    fourth = await next_look(office, third)

    expected = [f"{place}.{line}" for place in range(7) for line in (1, 2)]
    assert sorted(texts(second)) == expected[:10]
    assert [len(each["left"]) for each in (second, third, fourth)] == [2, 0, 0]
    assert sorted(texts(third)) == sorted([*expected[10:], "6.3"])
    assert texts(fourth) == []
    assert second["complete"]
    assert await told(office) == []


async def test_a_conversation_that_does_not_appear_is_tried_three_times(office: Office) -> None:
    """The others are told meanwhile, and at the end what the list knows, with a word of warning."""
    first = await look(office)
    await write(office, "One", "Two")
    (johns,) = await newest(office, 1)
    await seed(office, JANE, "3", "4", ago=0, unread=2)
    fault = Fault(on="page", do="status", status=500, match=f"{THREADS}{johns.id}", times=None)
    await office.sandbox.client.arm(fault)

    looks = [first]
    for _ in range(3):
        looks.append(await next_look(office, looks[-1]))

    assert [sorted(texts(each)) for each in looks[1:]] == [["3", "4"], [], ["Two"]]
    assert [len(each["left"]) for each in looks[1:]] == [1, 1, 0]
    assert [each["complete"] for each in looks[1:]] == [True, True, False]


async def test_older_messages_that_come_late_are_left_to_the_next_look(office: Office) -> None:
    """Those that have come are told at once; in the end each is told, and none twice."""
    first = await look(office)
    await seed_many(office, 25)
    await office.sandbox.client.arm(slow_piece(after=1))

    second = await next_look(office, first)
    third = await next_look(office, second)
    fourth = await next_look(office, third)

    assert texts(second) == [f"{number}" for number in range(5, 25)]
    assert texts(third) == [f"{number}" for number in range(5)]
    assert texts(fourth) == []
    assert [len(each["left"]) for each in (second, third)] == [1, 0]
    assert (second["complete"], third["complete"]) == (True, True)


async def test_messages_that_come_late_three_times_are_warned_of(office: Office) -> None:
    """No look goes on for ever; the others are told."""
    first = await look(office)
    urn = await seed_many(office, 25)
    left = {"conversation_urn": urn, "since": first["complete_until"], "tries": 2}
    await office.sandbox.client.arm(slow_piece(after=1))

    last = await next_look(office, {**first, "left": [left]})

    assert texts(last) == [f"{number}" for number in range(5, 25)]
    assert (last["left"], last["complete"]) == ([], False)


async def test_what_came_of_a_conversation_is_not_told_again_when_it_appears_no_more(
    office: Office,
) -> None:
    """Its latest message is among what the first of three looks has told."""
    first = await look(office)
    await seed_many(office, 25)
    await office.sandbox.client.arm(slow_piece(after=1))
    second = await next_look(office, first)
    fault = Fault(on="page", do="status", status=500, match=THREADS, times=None)
    await office.sandbox.client.arm(fault)

    third = await next_look(office, second)
    fourth = await next_look(office, third)

    assert [texts(each) for each in (third, fourth)] == [[], []]
    assert [len(each["left"]) for each in (second, third, fourth)] == [1, 1, 0]
    assert [each["complete"] for each in (second, third, fourth)] == [True, True, False]


async def test_an_accepted_invitation_is_told(office: Office) -> None:
    """By the list of connections; who has not accepted, or was not invited, is left out."""
    await office.sandbox.client.set_relation(STRANGER, Relation.CONNECTED)
    await office.sandbox.client.set_relation(IDA, Relation.PENDING)
    ida = await office.sandbox.client.person(IDA)
    stranger = await office.sandbox.client.person(STRANGER)

    output = await look(office, since=NEVER, invited=[STRANGER, ida.id])

    assert output["accepted"] == [
        {
            "profile_id": STRANGER,
            "profile_urn": f"urn:li:fsd_profile:{STRANGER}",
            "vanity": stranger.vanity,
            "full_name": stranger.name,
        }
    ]
    assert output["messages"] == []


async def test_the_connections_are_left_alone_when_nobody_is_waited_for(office: Office) -> None:
    """A look visits no more than it needs."""
    await office.sandbox.client.forget_visits()

    output = await look(office, since=NEVER)

    assert output["accepted"] == []
    assert await office.sandbox.client.visits(LIST) == []


async def test_the_list_is_followed_back_to_what_is_known(office: Office) -> None:
    """However many conversations have news, none is forgotten."""
    first = await look(office)
    people = [
        each for each in await office.sandbox.client.people(Relation.CONNECTED) if each.id != JANE
    ]
    now = datetime.now(UTC)
    for place in range(30):
        line = SeededMessage(sender="them", text=f"{place}", at=now + timedelta(seconds=place))
        await office.sandbox.client.seed_thread(
            NewThread(person=people[place].id, messages=(line,), unread=1)
        )

    second = await next_look(office, first)

    assert sorted(texts(second), key=int) == ["0", "1", "2", "3", "4"]
    assert len(second["left"]) == 25
    assert second["complete"]
