"""Conversations of Sales Navigator to test with, and what the browser tells of looking at them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from executor.sandbox.casting import NewThread, SeededMessage
from executor.sandbox.people import Relation
from executor.sandbox.threads import SALES_NAVIGATOR

if TYPE_CHECKING:
    from tests.executor.office import Office

BEGAN = datetime(2026, 10, 1, 8, tzinfo=UTC)
JOHN = "john-doe-123"
_MARKS = "/sales-api/salesApiMessagingThreads/"


def moment(number: int) -> int:
    return int((BEGAN + timedelta(minutes=number)).timestamp() * 1000)


async def with_seat(office: Office) -> None:
    """Give the account Sales Navigator."""
    await office.sandbox.client.change_account(1, premium=True, sales_navigator=True)


async def seed(office: Office, count: int = 3, *, unread: int = 1, person: str = JOHN) -> str:
    """Let somebody and the account write so many messages, a minute apart; return the thread."""
    lines = tuple(
        SeededMessage(
            sender="them" if number % 2 else "me",
            text=f"message {number}",
            at=BEGAN + timedelta(minutes=number),
            subject=None if number else "Lanterns",
        )
        for number in range(count)
    )
    thread = NewThread(person=person, messages=lines, unread=unread, category=SALES_NAVIGATOR)
    seeded = await office.sandbox.client.seed_thread(thread)
    assert seeded.id is not None
    return seeded.id


async def fill(office: Office, threads: int) -> None:
    """Give the account so many conversations, an hour apart; every second one is unread."""
    people = await office.sandbox.client.people(Relation.CONNECTED)
    for number in range(threads):
        line = SeededMessage(sender="them", text=f"{number}", at=BEGAN + timedelta(hours=number))
        thread = NewThread(
            person=people[number % len(people)].id,
            messages=(line,),
            unread=number % 2,
            category=SALES_NAVIGATOR,
        )
        await office.sandbox.client.seed_thread(thread)


async def unread(office: Office) -> set[str]:
    """Return which conversations of Sales Navigator are unread."""
    return {each.id for each in await office.sandbox.client.threads(sales=True) if each.unread}


async def marks(office: Office) -> list[str]:
    """Return the addresses to which the browser has told that something was looked at."""
    visits = await office.sandbox.client.visits(_MARKS)
    return [visit.path for visit in visits if visit.method == "POST"]
