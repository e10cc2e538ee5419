"""LinkedIn's own inbox and Sales Navigator's as one list: in order, each once, nothing marked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from executor.sandbox.casting import NewThread, SeededMessage
from executor.sandbox.people import Relation
from executor.sandbox.threads import SALES_NAVIGATOR
from storage.tasks import TaskStatus
from tests.executor.sales import BEGAN, marks, seed, with_seat

if TYPE_CHECKING:
    from executor.sandbox.threads import Category
    from tests.executor.office import Office


async def listed(office: Office, **asked: Any) -> dict[str, Any]:
    task = await office.read("fetch_conversations", with_sales_navigator=True, **asked)
    assert (task.status, task.error) == (TaskStatus.SUCCEEDED, None)
    assert task.output is not None
    return dict(task.output)


def together(output: dict[str, Any]) -> list[tuple[int, str]]:
    """Return moment and id of what is listed, in one order."""
    found = [*output["conversations"], *output["sales_threads"]]
    return sorted(((each["last_activity_at"], each["thread_id"]) for each in found), reverse=True)


async def every_moment(office: Office) -> list[tuple[int, str]]:
    client = office.sandbox.client
    threads = [
        *(each for each in await client.threads() if each.category != "SPAM"),
        *await client.threads(sales=True),
    ]
    return sorted(((int(each.last_at * 1000), each.id) for each in threads), reverse=True)


async def mix(office: Office, pattern: str) -> None:
    """Begin a conversation an hour for each letter: `l` in LinkedIn's inbox, `s` in the other.

    A capital one has the same moment as the one before.
    """
    people = await office.sandbox.client.people(Relation.CONNECTED)
    hours = -1
    for number, letter in enumerate(pattern):
        hours += letter.islower()
        line = SeededMessage(sender="them", text=f"{number}", at=BEGAN + timedelta(hours=hours))
        category: Category = SALES_NAVIGATOR if letter.lower() == "s" else "PRIMARY_INBOX"
        await office.sandbox.client.seed_thread(
            NewThread(
                person=people[number % len(people)].id,
                messages=(line,),
                unread=number % 2,
                category=category,
            )
        )


async def test_both_inboxes_are_paged_through_as_one(office: Office) -> None:
    """Whatever lies where, and although two conversations share a moment."""
    await with_seat(office)
    await mix(office, "lsslSlLsllsSLs" + "s" * 24)
    wanted = await every_moment(office)

    found: list[tuple[int, str]] = []
    place = None
    for _ in range(len(wanted)):
        page = await listed(office, count=7, behind=place)
        part = together(page)
        assert len(part) <= 7
        assert not found or part[0] <= found[-1]
        found += part
        place = page["next"]
        if place is None:
            break

    assert found == wanted
    assert await marks(office) == []


async def test_filters_hold_for_both(office: Office) -> None:
    """What is unread, and whose words are looked for."""
    await with_seat(office)
    await mix(office, "lsls")
    await seed(office, 4, unread=0)

    unread = await listed(office, is_read=False, count=50)
    words = await listed(office, words="MESSAGE 3", count=50)

    assert {each["latest_message"]["text"] for each in unread["sales_threads"]} == {"1", "3"}
    assert [each["latest_message"]["text"] for each in words["sales_threads"]] == ["message 3"]
    assert all(each["unread_count"] for each in unread["conversations"])


async def test_without_a_seat_the_inbox_is_listed_all_the_same(office: Office) -> None:
    """The other list is null rather than empty, since nobody has seen it."""
    output = await listed(office, count=5)

    assert output["sales_threads"] is None
    assert len(output["conversations"]) == 5
