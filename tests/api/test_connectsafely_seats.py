"""In which inbox a recipient is written to: by the account's seat, which a runner looks for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from storage.sessions import SessionHealth
from storage.tasks import RUNNER, ErrorCode
from tests.api.test_connectsafely_channels import STANDING, ask_for_credits
from tests.api.test_connectsafely_sales import THREAD

if TYPE_CHECKING:
    from storage.tasks import Task
    from tests.api.conftest import ConnectSafelyClient, World

SEND = "/conversations/send"
BODY: dict[str, Any] = {
    "recipientProfileId": "jane-doe",
    "subject": "Lanterns",
    "message": "Hello",
}
IN_SALES = {"thread_id": THREAD, "message_id": "2-bWVzc2FnZQ==", "credits_left": 9}
IN_INBOX = {"recipient_profile_id": "ACoAAB", "conversation_urn": None, "message_urn": "urn:li:x"}
LOOK, MESSAGE, INMAIL = "fetch_inmail_credits", "send_message", "send_sales_inmail"


async def types(world: World) -> list[str]:
    """Return what was asked for, the first first."""
    return [task.task_type for task in reversed(await world.tasks())]


async def accepted(client: ConnectSafelyClient, world: World, **changes: Any) -> Task:
    """Return the task of a message that is not waited for."""
    answer = await client.post(SEND, {**BODY, **changes}, Prefer="respond-async")
    assert answer.status_code == 202, answer.text
    return await world.task(answer.json()["taskId"])


@pytest.mark.parametrize(
    ("has_one", "task_type", "output"), [(True, INMAIL, IN_SALES), (False, MESSAGE, IN_INBOX)]
)
async def test_the_first_message_waits_until_the_seat_is_known(
    connectsafely: ConnectSafelyClient,
    world: World,
    *,
    has_one: bool,
    task_type: str,
    output: dict[str, Any],
) -> None:
    """A runner looks, once; then the message goes by what that told."""
    async with connectsafely.calling(connectsafely.post(SEND, BODY)) as calling:
        (look,) = await world.tasks()
        await world.succeed(**STANDING, has_sales_navigator=has_one)
        await world.has_accepted(2)
        await world.succeed(**output)
        answer = await calling
    again = await connectsafely.post(SEND, BODY)

    assert (look.task_type, look.dialect) == (LOOK, RUNNER)
    assert answer.status_code == 200, answer.text
    assert await types(world) == [LOOK, task_type]
    assert answer.json().get("threadId") == (THREAD if has_one else None)
    assert again.json() == answer.json()


async def test_sales_navigator_gets_the_subject_and_may_leave_it_out(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Connections are written to without one, and their page offers no field for it."""
    await ask_for_credits(connectsafely, world, has_sales_navigator=True)

    task = await accepted(connectsafely, world)

    assert task.task_type == INMAIL
    assert task.input == {
        "recipient": {"profile_id": None, "vanity": "jane-doe"},
        "subject": "Lanterns",
        "message": "Hello",
        "subject_is_optional": True,
    }


async def test_nothing_that_may_cost_a_credit_is_guessed(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Who does not wait until the seat is known has the message sent as an ordinary one."""
    task = await accepted(connectsafely, world)

    assert task.task_type == MESSAGE
    assert await types(world) == [LOOK, MESSAGE]


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": None},
        {"subject": "  "},
        {"message": "x" * 1901},
        {"subject": "x" * 201},
        {"messagingChannel": "linkedin_inbox"},
    ],
)
async def test_what_asks_for_no_inmail_goes_to_linkedins_own_inbox(
    connectsafely: ConnectSafelyClient, world: World, changes: dict[str, Any]
) -> None:
    """Whatever the account has; nobody looks for the seat because of it."""
    assert (await accepted(connectsafely, world, **changes)).task_type == MESSAGE
    assert await types(world) == [MESSAGE]
    await world.succeed(**IN_INBOX)
    await ask_for_credits(connectsafely, world, has_sales_navigator=True)

    another = {"message": "y" * 1901} if "message" in changes else {"message": "Another"}
    assert (await accepted(connectsafely, world, **{**changes, **another})).task_type == MESSAGE


async def test_a_request_that_is_sent_again_is_the_first_ones_whatever_is_known_by_then(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """It would go to another inbox now, and that would be a second message."""
    first = await accepted(connectsafely, world)
    keyed = await connectsafely.post(
        SEND, {**BODY, "message": "Bye"}, Prefer="respond-async", Idempotency_Key="k1"
    )
    await world.succeed(**IN_INBOX)
    await ask_for_credits(connectsafely, world, has_sales_navigator=True)

    again = await connectsafely.post(SEND, BODY)
    replayed = await connectsafely.post(
        SEND, {**BODY, "message": "Bye"}, Prefer="respond-async", Idempotency_Key="k1"
    )

    assert again.headers["Duplicate-Of"] == first.id
    assert again.json()["sentMessage"]["messageUrn"] == "urn:li:x"
    assert replayed.headers["Idempotent-Replayed"] == "true"
    assert replayed.json()["taskId"] == keyed.json()["taskId"]


@pytest.mark.parametrize("other", ["linkedin_inbox", "sales_navigator"])
async def test_the_same_words_in_the_other_inbox_are_refused(
    connectsafely: ConnectSafelyClient, world: World, other: str
) -> None:
    """Whoever has named the inbox gets no answer out of another one."""
    await ask_for_credits(connectsafely, world, has_sales_navigator=True)
    channels = {"linkedin_inbox": "sales_navigator", "sales_navigator": "linkedin_inbox"}
    first = await accepted(connectsafely, world, messagingChannel=other)

    body = {**BODY, "messagingChannel": channels[other]}
    refused = await connectsafely.post(SEND, body)
    meant = await connectsafely.post(SEND, body, Prefer="respond-async", Idempotency_Key="k1")

    assert refused.status_code == 409
    assert first.id in refused.json()["error"]
    assert meant.status_code == 202


async def test_the_same_words_below_another_subject_are_refused(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """They would reach the person twice, and cost twice."""
    await ask_for_credits(connectsafely, world, has_sales_navigator=True)
    first = await accepted(connectsafely, world)

    refused = await connectsafely.post(SEND, {**BODY, "subject": "Lamps"})

    assert refused.status_code == 409
    assert first.id in refused.json()["error"]


@pytest.mark.parametrize(
    "way",
    [
        {"path": "/message"},
        {"path": "/message", "messageType": "inmail"},
        {"path": "/message", "groupId": "12345678"},
        {"path": "/messaging/send-with-typing"},
    ],
)
async def test_every_other_way_to_a_person_is_compared(
    connectsafely: ConnectSafelyClient, world: World, way: dict[str, Any]
) -> None:
    """An InMail that Sales Navigator has sent stands for all of them."""
    await ask_for_credits(connectsafely, world, has_sales_navigator=True)
    first = await accepted(connectsafely, world)
    await world.succeed(**IN_SALES)

    refused = await connectsafely.post(way["path"], {**BODY, **way})

    assert refused.status_code == 409
    assert first.id in refused.json()["error"]


async def test_an_answer_in_a_conversation_that_an_inmail_began_is_compared(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """Once it is known whose the conversation is."""
    await world.store.people.remember(
        world.admin.id, profile_id="ACoAAB", vanity="jane-doe", name="Jane"
    )
    await world.store.people.remember_conversations(world.admin.id, {THREAD: "ACoAAB"})
    first = await accepted(connectsafely, world, messagingChannel="sales_navigator")

    refused = await connectsafely.post(SEND, {"threadId": THREAD, "message": BODY["message"]})

    assert refused.status_code == 409
    assert first.id in refused.json()["error"]


async def test_the_seat_is_looked_for_once_a_day(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """What was seen before that counts until the next look has ended."""
    await ask_for_credits(connectsafely, world, has_sales_navigator=True)
    world.clock.advance(timedelta(hours=23))
    await accepted(connectsafely, world)
    early = await types(world)
    world.clock.advance(timedelta(hours=2))
    late = await accepted(connectsafely, world, message="Another")

    assert early == [LOOK, INMAIL]
    assert await types(world) == [LOOK, INMAIL, LOOK, INMAIL]
    assert late.task_type == INMAIL


async def test_a_look_that_failed_is_left_at_that_for_an_hour(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """However often is asked meanwhile; one that is under way is not asked for twice."""
    await accepted(connectsafely, world, message="one")
    await accepted(connectsafely, world, message="two")
    for _ in range(2):
        await world.succeed(**IN_INBOX)
    await world.fail(ErrorCode.UI_CHANGED)
    await accepted(connectsafely, world, message="three")
    before = (await types(world)).count(LOOK)
    world.clock.advance(timedelta(hours=1))
    await accepted(connectsafely, world, message="four")

    assert before == 1
    assert (await types(world)).count(LOOK) == 2


async def test_an_account_that_is_signed_out_is_not_looked_at(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """The look would wait for its person, and tell nobody anything."""
    await world.store.sessions.mark(world.admin.id, SessionHealth.SIGNED_OUT)

    assert (await accepted(connectsafely, world)).task_type == MESSAGE
    assert await types(world) == [MESSAGE]


async def test_a_subject_does_not_go_into_a_conversation_of_sales_navigator(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """LinkedIn's box for an answer has no place for it, and nothing is left out unsaid."""
    answer = await connectsafely.post(SEND, {"threadId": THREAD, "subject": "Re", "message": "Hi"})

    assert answer.status_code == 400
    assert answer.json() == {
        "error": "subject goes with a recipient; an answer in Sales Navigator has none"
    }
    assert await world.tasks() == []
