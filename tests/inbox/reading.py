"""Filling an inbox, reading it over HTTP as a client does, and comparing the two."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import repeat
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from executor.sandbox.casting import NewThread, SeededMessage
from executor.sandbox.people import Relation
from tests.executor.test_fetch_conversations import BEGAN, mailbox, told

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from executor.sandbox.threads import Thread
    from tests.executor.office import Office

SIZES = (*repeat(4, 250), *repeat(10, 40), *repeat(50, 8), *repeat(100, 2))
"""Messages of each conversation that is added: 300 conversations, 2,000 messages."""
_CONVERSATIONS_AT_ONCE = 100
_MESSAGES_AT_ONCE = 30


@dataclass(slots=True)
class Reading:
    """What was read, and whatever of it is not as it should be."""

    conversations: int = 0
    messages: int = 0
    opened: int = 0
    """Conversations whose messages were read."""
    troubles: list[str] = field(default_factory=list)

    def compare(self, what: str, found: list[str], expected: list[str]) -> None:
        """Note what is missing, there twice, or not in its place."""
        if found == expected:
            return
        missing, more = set(expected) - set(found), len(found) - len(set(found))
        self.troubles.append(f"{what}: {len(missing)} missing, {more} twice, or out of order")


async def fill_inbox(office: Office) -> None:
    """Add conversations of SIZES, long ones between short ones; every second one is unread."""
    client = office.sandbox.client
    people = await client.people(Relation.CONNECTED)
    # Neighbours in the list differ in size, or a page of the list would hold one size alone.
    mixed = sorted(range(len(SIZES)), key=lambda number: (number * 37 % len(SIZES), number))
    for place, number in enumerate(mixed):
        ended = BEGAN + timedelta(hours=place)
        lines = tuple(
            SeededMessage(
                sender="them" if (SIZES[number] - line) % 2 else "me",
                text=f"{number}.{line}",
                at=ended - timedelta(seconds=30 * (SIZES[number] - line)),
            )
            for line in range(SIZES[number])
        )
        person = people[place % len(people)].id
        await client.seed_thread(NewThread(person=person, messages=lines, unread=place % 2))


async def read_inbox(
    office: Office,
    api: httpx.AsyncClient,
    *,
    wanted: Callable[[Thread], bool],
    tell: Callable[[int, int], None] = lambda _done, _of: None,
) -> Reading:
    """Read the list whole, and the messages of the conversations that are *wanted*.

    Args:
        tell: called with how many of the wanted conversations have been read, and how many are.
    """
    before = [each for each in await mailbox(office) if each.category == "PRIMARY_INBOX"]
    await office.sandbox.client.forget_visits()
    reading = Reading()
    listed = await _everything(
        api, "/conversations", "conversations", "nextCursor", count=_CONVERSATIONS_AT_ONCE
    )
    reading.conversations = len(listed)
    reading.compare(
        "conversations",
        [each["conversationId"] for each in listed],
        [thread.id for thread in before],
    )
    urns = {each["conversationId"]: each["conversationUrn"] for each in listed}
    chosen = [thread for thread in before if wanted(thread) and thread.id in urns]
    for thread in chosen:
        path = f"/conversations/{quote(urns[thread.id], safe='')}/messages"
        messages = await _everything(api, path, "messages", "cursor", count=_MESSAGES_AT_ONCE)
        expected = [message.text for message in reversed(thread.messages)]
        reading.compare(thread.id, [each["text"] for each in messages], expected)
        reading.messages += len(messages)
        reading.opened += 1
        tell(reading.opened, len(chosen))
    if marks := await told(office):
        reading.troubles.append(f"LinkedIn was told of {len(marks)} looks")
    if before != [each for each in await mailbox(office) if each.category == "PRIMARY_INBOX"]:
        reading.troubles.append("the inbox is not what it was")
    return reading


async def _everything(
    api: httpx.AsyncClient, path: str, key: str, cursor: str, *, count: int
) -> list[dict[str, Any]]:
    """Follow a list to its end."""
    found: list[dict[str, Any]] = []
    query: dict[str, Any] = {"count": count}
    while True:
        answer = await api.get(path, params=query)
        assert answer.status_code == 200, answer.text
        found += answer.json()[key]
        at = answer.json().get(cursor)
        if at is None:
            return found
        query = {"count": count, cursor: at}
