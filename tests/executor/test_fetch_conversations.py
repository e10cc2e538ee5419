"""The inbox's list, from LinkedIn's answers to what clients get, with nothing marked read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from executor.sandbox.casting import NewThread, SeededMessage
from executor.sandbox.people import Relation
from storage.tasks import TaskStatus

if TYPE_CHECKING:
    from executor.sandbox.threads import Thread
    from tests.executor.office import Office

TELLTALE = "/voyager/api/voyagerMessagingDashMess"
BADGE = "/voyager/api/voyagerMessagingDashMessagingBadge"
BEGAN = datetime(2026, 8, 1, 9, tzinfo=UTC)


async def listed(office: Office, **asked: Any) -> dict[str, Any]:
    task = await office.read("fetch_conversations", **asked)
    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output is not None
    return dict(task.output)


async def fill(office: Office, threads: int, *, messages: int = 1) -> None:
    """Give the account so many conversations, an hour apart."""
    people = await office.sandbox.client.people(Relation.CONNECTED)
    for number in range(threads):
        at = BEGAN + timedelta(hours=number)
        lines = tuple(
            SeededMessage(
                sender="them" if place % 2 else "me",
                text=f"{number}.{place}",
                at=at + timedelta(minutes=place),
            )
            for place in range(messages)
        )
        person = people[number % len(people)].id
        await office.sandbox.client.seed_thread(
            NewThread(person=person, messages=lines, unread=number % 2)
        )


async def mailbox(office: Office) -> list[Thread]:
    return [each for each in await office.sandbox.client.threads() if each.category != "SPAM"]


async def told(office: Office) -> list[str]:
    """Return what the browser has told LinkedIn about what was looked at."""
    client = office.sandbox.client
    return [
        visit.path
        for prefix in (TELLTALE, BADGE)
        for visit in await client.visits(prefix)
        if visit.method == "POST"
    ]


@pytest.mark.parametrize("answers", ["graphql", "normalized"])
async def test_a_conversation_has_everything_that_linkedin_tells(
    office: Office, answers: str
) -> None:
    """In both shapes of LinkedIn's answers; nobody learns that it was looked at."""
    client = office.sandbox.client
    await client.toggle(messaging_answers=answers)
    jane = await client.person("john-doe-123")
    at = datetime(2026, 11, 1, 12, tzinfo=UTC)
    seeded = await client.seed_thread(
        NewThread(
            person=jane.id,
            messages=(
                SeededMessage(sender="me", text="Hi Jane", at=BEGAN),
                SeededMessage(sender="them", text="Hello\nAvery", at=at),
            ),
            unread=1,
        )
    )
    before = await mailbox(office)
    await client.forget_visits()

    output = await listed(office, count=1)

    (conversation,) = output["conversations"]
    me = (await client.accounts())[0].profile
    latest, others = conversation.pop("latest_message"), conversation.pop("participants")
    assert conversation == {
        "conversation_urn": seeded.conversation_urn,
        "backend_urn": f"urn:li:messagingThread:{seeded.id}",
        "thread_id": seeded.id,
        "conversation_url": f"https://www.linkedin.com/messaging/thread/{seeded.id}/",
        "title": None,
        "is_group": False,
        "categories": ["PRIMARY_INBOX", "INBOX"],
        "unread_count": 1,
        "is_read": False,
        "last_activity_at": int(at.timestamp() * 1000),
        "created_at": int(BEGAN.timestamp() * 1000),
        "last_read_at": int(BEGAN.timestamp() * 1000),
        "state": None,
    }
    assert [(each["profile_id"], each["distance"]) for each in others] == [
        (me, "SELF"),
        (jane.id, "DISTANCE_1"),
    ]
    assert (others[1]["name"], others[1]["headline"]) == (jane.name, jane.headline)
    assert (others[1]["backend_urn"], others[1]["picture_url"]) == (
        f"urn:li:member:{jane.member}",
        f"https://media.licdn.com/dms/image/{jane.member}/100_100",
    )
    assert latest["text"] == "Hello\nAvery"
    assert latest["sent_at"] == int(at.timestamp() * 1000)
    assert (latest["is_own"], latest["sender"]["name"]) == (False, jane.name)
    assert output["next"] is not None
    assert await told(office) == []
    assert await mailbox(office) == before


async def test_the_list_is_followed_from_place_to_place(office: Office) -> None:
    """Every conversation once, in order, whatever the size of the parts, and nothing marked."""
    await fill(office, 57)
    everything = await mailbox(office)
    await office.sandbox.client.forget_visits()

    found: list[str] = []
    place, parts = None, 0
    while parts == 0 or place is not None:
        output = await listed(office, count=23, **({"behind": place} if place else {}))
        found += [each["thread_id"] for each in output["conversations"]]
        place, parts = output["next"], parts + 1

    assert found == [thread.id for thread in everything if thread.category == "PRIMARY_INBOX"]
    assert parts == -(-len(found) // 23)
    assert await told(office) == []


async def test_where_nothing_fits_the_list_is_empty(office: Office) -> None:
    """It was looked through to its end."""
    output = await listed(office, words="nothing like this was ever written")

    assert (output["conversations"], output["next"]) == ([], None)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"words": "NORTH ENTRANCE"}, "north entrance"),
        ({"words": "john doe"}, "John Doe"),
    ],
)
async def test_words_are_looked_for_in_names_and_messages(
    office: Office, asked: dict[str, Any], expected: str
) -> None:
    """Whatever their case; as far as the list tells, which is the latest message."""
    output = await listed(office, **asked)

    assert output["conversations"]
    for each in output["conversations"]:
        names = [person["name"] for person in each["participants"]]
        assert expected in "\n".join([*names, each["latest_message"]["text"]])
    assert output["next"] is None


@pytest.mark.parametrize("is_read", [True, False])
async def test_read_and_unread_conversations_can_be_told_apart(
    office: Office, *, is_read: bool
) -> None:
    """As LinkedIn counts them."""
    expected = [each.id for each in await mailbox(office) if (each.unread == 0) is is_read]

    output = await listed(office, is_read=is_read, count=100)

    assert [each["thread_id"] for each in output["conversations"]] == expected
