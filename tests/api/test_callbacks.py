"""`callback_url`: the end of one task, told where its request wants it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from storage.limits import HoldReason
from storage.webhooks import Attempted, DeliveryState
from tests.storage.outbox import LEASE

if TYPE_CHECKING:
    from tests.api.conftest import (
        Connect,
        ConnectSafely,
        ConnectSafelyClient,
        NativeClient,
        OutxClient,
        World,
    )

URL = "https://hooks.example.com/done"
WRONG: list[Any] = [5, "", "http://hooks.example.com/", "https://u:p@hooks.example.com/", [URL]]


async def told(world: World) -> list[tuple[str, str, str | None]]:
    """Return what is on its way: to where, of which type, and about which task."""
    found = []
    while taken := await world.store.outbox.claim(ttl=LEASE, limit=50):
        found += [(each.url, each.event.type.value, each.event.task_id) for each in taken]
    return sorted(found)


async def test_our_own_contract_takes_one(native: NativeClient, world: World) -> None:
    """The end is on its way there, and nothing before the end."""
    task_id = await native.create_message(callback_url=URL)
    assert await told(world) == []

    await world.succeed()

    assert await told(world) == [(URL, "task.succeeded", task_id)]


async def test_outx_takes_one(outx: OutxClient, world: World) -> None:
    """Beside the documented fields, among which it is not shown again."""
    answer = await outx.send_message(
        {"recipient_urn": "ACoAABCDEFG", "message": "Hi", "callback_url": URL}
    )
    task_id = answer.json()["api_agent_task_id"]
    await world.succeed()

    assert await told(world) == [(URL, "task.succeeded", task_id)]
    assert "callback_url" not in (await outx.status(task_id)).text


async def test_connectsafely_takes_one(connectsafely: ConnectSafelyClient, world: World) -> None:
    """For who does not wait for the answer."""
    body = {"recipientProfileId": "jane-doe", "message": "Hi", "callbackUrl": URL}
    answer = await connectsafely.post("/message", body, Prefer="respond-async")
    assert answer.status_code == 202
    await world.succeed()

    [task] = await world.tasks()
    assert await told(world) == [(URL, "task.succeeded", task.id)]


async def test_who_was_called_back_may_say_the_same_again(
    connectsafely: ConnectSafelyClient, world: World
) -> None:
    """The client knows that it was done, as if the request itself had been answered."""
    body = {"recipientProfileId": "jane-doe", "message": "Hi", "callbackUrl": URL}
    first = await connectsafely.post("/message", body, Prefer="respond-async")
    await world.succeed(recipient_profile_id="ACoAJANE")
    [told] = await world.store.outbox.claim(ttl=LEASE, limit=1)
    await world.store.outbox.settle(told, Attempted(state=DeliveryState.DELIVERED, status=200))
    world.clock.advance(timedelta(hours=5))

    meant = await connectsafely.post("/message", body, Prefer="respond-async")

    assert (first.status_code, meant.status_code) == (202, 202), meant.text
    assert len(await world.tasks()) == 2


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_wrong_one_is_refused_everywhere(
    native: NativeClient,
    outx: OutxClient,
    connectsafely: ConnectSafelyClient,
    world: World,
    wrong: object,
) -> None:
    """In each contract's own shape; no task is made."""
    message = {"recipient": "ACoAABCDEFG", "message": "Hi"}
    answers = [
        await native.create({"task_type": "send_message", "input": message, "callback_url": wrong}),
        await outx.send_message(
            {"recipient_urn": "ACoAABCDEFG", "message": "Hi", "callback_url": wrong}
        ),
        await connectsafely.post(
            "/message",
            {"recipientProfileId": "jane-doe", "message": "Hi", "callbackUrl": wrong},
        ),
    ]

    assert [each.status_code for each in answers] == [400] * 3
    assert "'callback_url'" in answers[0].json()["error"]["message"]
    assert "'callback_url'" in answers[1].json()["error"]
    assert "'callbackUrl'" in answers[2].json()["error"]
    assert await world.tasks() == []


async def test_null_is_none(native: NativeClient, world: World) -> None:
    """As if it were left out."""
    await native.create_message(callback_url=None)
    await world.succeed()

    assert await told(world) == []


async def test_a_repeated_request_adds_its_own(native: NativeClient, world: World) -> None:
    """Equal content is one task, whose end is told to everybody who has asked for it."""
    first = await native.create_message(callback_url=URL)
    body = {"task_type": "send_message", "input": {"recipient": "ACoAABCDEFG", "message": "Hello"}}
    again = await native.create({**body, "callback_url": f"{URL}/2"})
    await world.succeed()
    late = await native.create({**body, "callback_url": f"{URL}/3"})

    assert again.json()["id"] == late.json()["id"] == first
    assert await told(world) == [
        (url, "task.succeeded", first) for url in (URL, f"{URL}/2", f"{URL}/3")
    ]


async def test_another_callback_is_another_request(native: NativeClient, world: World) -> None:
    """A key stands for its body to the letter; the same body again is the same callback."""
    body = {"task_type": "send_message", "input": {"recipient": "jane-doe", "message": "Hello"}}
    first = await native.create({**body, "callback_url": URL}, Idempotency_Key="k")
    same = await native.create({**body, "callback_url": URL}, Idempotency_Key="k")
    other = await native.create({**body, "callback_url": f"{URL}/2"}, Idempotency_Key="k")
    await world.succeed()

    assert (first.status_code, same.status_code, other.status_code) == (201, 201, 422)
    assert await told(world) == [(URL, "task.succeeded", first.json()["id"])]


async def test_it_is_added_where_no_new_task_could_be_made(outx: OutxClient, world: World) -> None:
    """At LinkedIn's limit a repeated request still finds its task, and is told the end."""
    body = {"profile_urn": "ACoAABCDEFG"}
    first = (await outx.send_connection_request(body)).json()["api_agent_task_id"]
    until = await world.hold(HoldReason.INVITATION_LIMIT, "send_connection_request", hours=1)

    again = await outx.send_connection_request({**body, "callback_url": URL})
    other = await outx.send_connection_request({"profile_urn": "jane-doe", "callback_url": URL})
    world.clock.now = until
    await world.succeed()

    assert again.json()["api_agent_task_id"] == first
    assert other.status_code == 429
    assert await told(world) == [(URL, "task.succeeded", first)]


async def test_a_private_one_is_taken_where_the_operator_allows_it(
    connect: Connect, call_connectsafely: ConnectSafely
) -> None:
    """For receivers on the same machine, in every contract."""
    outx = connect(webhook_allow_private=True)
    connectsafely = call_connectsafely(webhook_allow_private=True)
    url = "http://127.0.0.1:1/"

    assert (
        await outx.send_message(
            {"recipient_urn": "ACoAABCDEFG", "message": "Hi", "callback_url": url}
        )
    ).status_code == 200
    assert (
        await connectsafely.post(
            "/message",
            {"recipientProfileId": "john-doe", "message": "Hi", "callbackUrl": url},
            Prefer="respond-async",
        )
    ).status_code == 202
