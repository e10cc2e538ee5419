"""Sales Navigator's conversations among the others, for accounts that are known to have a seat."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.api.test_connectsafely_sales import FOUND, HELLO, JOHN, ME, THREAD

if TYPE_CHECKING:
    from tests.api.conftest import ConnectSafelyClient, World

URN = f"urn:li:salesNav_thread:{THREAD}"
STANDING: dict[str, Any] = {
    "profile_urn": None,
    "vanity": None,
    "has_premium": True,
    "credits": 9,
}
OWN: dict[str, Any] = {
    "conversation_urn": "urn:li:msg_conversation:(urn:li:fsd_profile:ACoAA1,2-b3du)",
    "thread_id": "2-b3du",
    "participants": [],
    "unread_count": 1,
    "last_activity_at": FOUND["last_activity_at"] + 1,
    "latest_message": None,
}


async def ask_for_credits(client: ConnectSafelyClient, world: World, **read: Any) -> None:
    """Let the account's pages be asked what it has."""
    async with client.calling(client.get("/inmail/credits")) as calling:
        await world.succeed(**STANDING, **read)
    assert (await calling).status_code == 200


async def conversations(
    client: ConnectSafelyClient, world: World, **query: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Ask for both lists; return what the task was to do, and the answer."""
    async with client.calling(client.get("/conversations", **query)) as calling:
        asked = (each for each in await world.tasks() if each.task_type == "fetch_conversations")
        task = next(asked)
        await world.succeed(conversations=[OWN], sales_threads=[FOUND], next=None)
    answer = await calling
    assert answer.status_code == 200, answer.text
    return dict(task.input), dict(answer.json())


async def test_an_account_with_a_seat_gets_one_list_of_both(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """In the order of their newest messages; where one lies is said with it."""
    await ask_for_credits(connectsafely, world, has_sales_navigator=True)

    asked, answer = await conversations(connectsafely, world)

    assert asked["with_sales_navigator"] is True
    own, sales = answer["conversations"]
    assert own["conversationUrn"] == OWN["conversation_urn"]
    assert own.keys().isdisjoint({"source", "salesNavThreadId"})
    assert sales["conversationUrn"] == URN
    assert (sales["source"], sales["salesNavThreadId"]) == ("sales_navigator", THREAD)
    assert sales["participants"][0]["name"] == JOHN["name"]


async def test_a_listed_inbox_shows_the_seat_as_well(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Until the account is seen without it."""
    async with connectsafely.calling(connectsafely.get("/sales-nav/threads")) as calling:
        await world.succeed(threads=[], next=None)
    assert (await calling).status_code == 200
    before, _ = await conversations(connectsafely, world)
    await ask_for_credits(connectsafely, world, has_sales_navigator=False)
    after, _ = await conversations(connectsafely, world, count=3)

    assert before["with_sales_navigator"] is True
    assert after["with_sales_navigator"] is False


async def test_nobody_asks_sales_navigator_of_whom_no_seat_is_known(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """A runner looks for the next list, once and behind all clients."""
    asked, _ = await conversations(connectsafely, world)
    again, _ = await conversations(connectsafely, world, count=3)

    assert asked["with_sales_navigator"] is again["with_sales_navigator"] is False
    looks = [each for each in await world.tasks() if each.task_type == "fetch_inmail_credits"]
    assert [each.dialect for each in looks] == ["runner"]


async def test_what_was_seen_too_long_ago_does_not_count(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Seats are paid for by the month."""
    await ask_for_credits(connectsafely, world, has_sales_navigator=True)
    world.clock.advance(timedelta(days=31))

    asked, _ = await conversations(connectsafely, world)

    assert asked["with_sales_navigator"] is False


async def test_the_own_inbox_can_be_asked_for_alone(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """With the word that the vendor has for it when sending."""
    await ask_for_credits(connectsafely, world, has_sales_navigator=True)

    asked, _ = await conversations(connectsafely, world, messagingChannel="linkedin_inbox")

    assert asked["with_sales_navigator"] is False


async def test_a_conversation_of_sales_navigator_is_read_by_its_urn(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """As the list names it, with cursor and since."""
    call = connectsafely.get(f"/conversations/{URN}/messages", cursor=9, since=3, count=2)
    async with connectsafely.calling(call) as calling:
        (task,) = await world.tasks()
        entry = {**FOUND, "participants": [ME, JOHN]}
        await world.succeed(thread=entry, messages=[HELLO], has_more=True)
        answer = (await calling).json()

    assert task.task_type == "fetch_sales_thread"
    assert task.input == {"thread_id": THREAD, "count": 2, "before": 9, "since": 3}
    assert answer["messages"][0]["text"] == HELLO["text"]
    assert [each["name"] for each in answer["participants"]] == [ME["name"], JOHN["name"]]
    assert (answer["hasMore"], answer["cursor"]) == (True, str(HELLO["sent_at"]))


async def test_a_conversation_of_sales_navigator_is_marked_by_its_urn(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """The answer names it as the request did."""
    call = connectsafely.post("/messaging/mark-seen", {"conversationUrn": URN})
    async with connectsafely.calling(call) as calling:
        (task,) = await world.tasks()
        await world.succeed(thread_id=THREAD, already_read=False)
        answer = (await calling).json()

    assert (task.task_type, task.input) == ("mark_sales_thread_read", {"thread_id": THREAD})
    assert answer["conversationUrn"] == URN
