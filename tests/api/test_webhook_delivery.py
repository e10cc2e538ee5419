"""From an event to a receiver: real receivers on this machine that take it, or do not."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from standardwebhooks.webhooks import Webhook as Verifier

from api.webhooks.dispatcher import Dispatcher
from api.webhooks.exchange import Exchange
from api.webhooks.schedule import PAUSES
from api.webhooks.targets import Targets
from storage.secrets import StateCipher, new_key, new_webhook_secret
from storage.sessions import SessionHealth
from storage.webhooks import Callback, DeliveryError, DeliveryState
from tests.api.conftest import NOON
from tests.api.receiver import NEVER, receiving, status

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from pydantic import SecretStr

    from api.webhooks.targets import Resolve
    from storage.webhooks import Delivery
    from tests.api.conftest import NativeClient, World

SOON = timedelta(seconds=30)
BRIEFLY = timedelta(seconds=0.3)


@dataclass
class Post:
    """A team whose webhooks are sent by a dispatcher."""

    world: World
    dispatcher: Dispatcher
    secret: SecretStr

    async def hook(self, url: str) -> str:
        made = await self.world.store.webhooks.add(
            self.world.team.id, url=url, event_types=None, secret=self.secret
        )
        return made.id

    async def told(self, webhook_id: str) -> list[Delivery]:
        """Return what is or was on its way there, the oldest first."""
        found = await self.world.store.webhooks.deliveries(
            webhook_id, team_id=self.world.team.id, limit=50
        )
        return list(reversed(found))

    async def test(self, webhook_id: str) -> None:
        await self.world.store.webhooks.send_test(webhook_id, team_id=self.world.team.id)

    async def after(self, url: str) -> Delivery:
        """Send a test there once, and return how it went."""
        webhook_id = await self.hook(url)
        await self.test(webhook_id)
        assert await self.dispatcher.run_once() == 1
        [delivery] = await self.told(webhook_id)
        return delivery


def resolving(**names: list[str]) -> Resolve:
    """Return a resolver that knows these names, each with its answer for one look after another."""

    async def resolve(host: str, _port: int) -> Sequence[str]:
        answers = names.get(host.partition(".")[0], [host])
        return [answers.pop(0) if len(answers) > 1 else answers[0]]

    return resolve


@asynccontextmanager
async def posting(
    world: World,
    *,
    allow_private: bool = True,
    patience: timedelta = SOON,
    resolve: Resolve | None = None,
) -> AsyncIterator[Post]:
    targets = Targets(allow_private=allow_private, resolve=resolve or resolving())
    async with Exchange(targets, timeout=patience) as exchange:
        dispatcher = Dispatcher(
            world.store,
            exchange,
            kept_for=timedelta(days=30),
            clock=world.clock,
            draw=lambda: 0.0,
        )
        yield Post(world, dispatcher, new_webhook_secret())


@pytest.fixture
async def post(world: World) -> AsyncIterator[Post]:
    async with posting(world) as made:
        yield made


async def test_an_end_is_told_as_tasks_are_shown(native: NativeClient, post: Post) -> None:
    """The body is the task as `GET /tasks/{id}` answers it; an independent library accepts it."""
    async with receiving() as receiver:
        await post.hook(receiver.url)
        task_id = await native.create_message()
        await post.world.succeed()
        await post.dispatcher.run_once()
    [got] = receiver.received
    with time_machine.travel(NOON, tick=False):
        body = Verifier(post.secret.get_secret_value()).verify(got.body, got.headers)

    assert body == {
        "type": "task.succeeded",
        "timestamp": "2026-10-01T12:00:00.000Z",
        "data": (await native.task(task_id)).json(),
    }
    assert got.line == "POST /hook HTTP/1.1"
    assert got.headers["content-type"] == "application/json"
    assert got.headers["host"] == f"127.0.0.1:{receiver.port}"


async def test_an_account_that_needs_its_person_is_told(post: Post) -> None:
    """Whose it is, and what its session has come to."""
    async with receiving() as receiver:
        await post.hook(receiver.url)
        await post.world.store.sessions.mark(post.world.admin.id, SessionHealth.CHALLENGE)
        await post.dispatcher.run_once()

    assert json.loads(receiver.received[0].body) == {
        "type": "account.needs_sign_in",
        "timestamp": "2026-10-01T12:00:00.000Z",
        "data": {"account_id": post.world.admin.id, "session": "challenge"},
    }


async def test_every_attempt_sends_the_same_under_the_same_id(
    native: NativeClient, post: Post
) -> None:
    """To the byte, also when the task's timeline has grown; only the time of sending is new."""
    async with receiving(status(500), None) as receiver:
        webhook_id = await post.hook(receiver.url)
        await native.create_message()
        await post.world.succeed()
        for _ in range(3):
            await post.dispatcher.run_once()
            # The content guard answers with the same task, and writes that into its timeline.
            repeated = {"recipient": "ACoAABCDEFG", "message": "Hello"}
            await native.create({"task_type": "send_message", "input": repeated})
            post.world.clock.advance(timedelta(minutes=5))
        [delivery] = await post.told(webhook_id)

    first, *others = receiver.received
    assert [each.body for each in others] == [first.body] * 2
    assert set(receiver.ids) == {delivery.event_id}
    assert len({each.headers["webhook-timestamp"] for each in receiver.received}) == 3
    assert (delivery.state, delivery.attempts) == (DeliveryState.DELIVERED, 3)


@pytest.mark.parametrize(
    ("answer", "error", "number"),
    [
        (status(500), DeliveryError.BAD_STATUS, 500),
        (status(404), DeliveryError.BAD_STATUS, 404),
        (status(429), DeliveryError.BAD_STATUS, 429),
        (None, DeliveryError.NOT_CONNECTED, None),
        (b"nonsense\r\n\r\n", DeliveryError.NOT_CONNECTED, None),
    ],
)
async def test_what_was_not_taken_is_tried_again(
    post: Post, answer: bytes | None, error: DeliveryError, number: int | None
) -> None:
    """After the first pause of the schedule, and the reason can be seen."""
    async with receiving(answer) as receiver:
        delivery = await post.after(receiver.url)

    assert (delivery.state, delivery.last_error, delivery.last_status) == (
        DeliveryState.PENDING,
        error,
        number,
    )
    assert delivery.next_at == post.world.clock() + PAUSES[0]


@pytest.mark.parametrize("number", [200, 201, 202, 204])
async def test_every_2xx_is_enough(post: Post, number: int) -> None:
    """Whatever else the answer says."""
    async with receiving(status(number)) as receiver:
        delivery = await post.after(receiver.url)

    assert (delivery.state, delivery.last_status) == (DeliveryState.DELIVERED, number)


async def test_a_redirect_is_never_followed(post: Post) -> None:
    """Wherever it leads to, it is a failure: what was looked at is the only address there is."""
    async with receiving() as inside:
        for number in (301, 302, 303, 307, 308):
            async with receiving(status(number, f"Location: {inside.url}")) as receiver:
                delivery = await post.after(receiver.url)

            assert delivery.last_error is DeliveryError.REDIRECTED
            assert delivery.state is DeliveryState.PENDING
        assert inside.connections == 0


@pytest.mark.parametrize("drips", [False, True])
async def test_an_attempt_takes_no_longer_than_it_may(world: World, *, drips: bool) -> None:
    """Neither without an answer, nor with one that goes on a little at a time for ever."""
    async with posting(world, patience=BRIEFLY) as post, receiving(NEVER, drips=drips) as receiver:
        delivery = await post.after(receiver.url)

    assert delivery.last_error is DeliveryError.TIMED_OUT


async def test_a_long_answer_is_not_read_to_its_end(post: Post) -> None:
    """It says 2xx, and that is all that matters; what it says besides is the receiver's."""
    endless = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + b"x" * 200_000
    async with receiving(endless) as receiver:
        delivery = await post.after(receiver.url)

    assert delivery.state is DeliveryState.DELIVERED


async def test_a_receiver_that_is_gone_ends_the_webhook(post: Post) -> None:
    """410 is its word for it; what was on its way is dead, and nothing more is sent."""
    async with receiving(status(410)) as receiver:
        webhook_id = await post.hook(receiver.url)
        await post.test(webhook_id)
        await post.dispatcher.run_once()
        await post.world.store.sessions.mark(post.world.admin.id, SessionHealth.CHALLENGE)
        await post.dispatcher.run_once()
        found = await post.world.store.webhooks.get(webhook_id, team_id=post.world.team.id)
        [delivery] = await post.told(webhook_id)

    assert found is not None
    assert found.disabled_reason == "gone"
    assert (delivery.state, delivery.last_status) == (DeliveryState.DEAD, 410)
    assert receiver.connections == 1


async def test_nobody_tries_for_ever(post: Post) -> None:
    """Ten attempts over some three days, then it is dead, until somebody replays it."""
    async with receiving(*[status(500)] * 10) as receiver:
        webhook_id = await post.hook(receiver.url)
        await post.test(webhook_id)
        began = post.world.clock()
        while await post.dispatcher.run_once():
            due = await post.world.store.outbox.next_due()
            if due is not None:
                post.world.clock.now = due
        [dead] = await post.told(webhook_id)
        took = post.world.clock() - began
        await post.world.store.webhooks.replay(dead.id, team_id=post.world.team.id)
        await post.dispatcher.run_once()
        [delivered] = await post.told(webhook_id)

    assert (dead.state, dead.attempts) == (DeliveryState.DEAD, 10)
    assert took == sum(PAUSES, timedelta(0))
    assert (delivered.state, delivered.attempts) == (DeliveryState.DELIVERED, 1)
    assert set(receiver.ids) == {dead.event_id}


async def test_no_private_address_is_ever_connected_to(world: World) -> None:
    """Neither by number nor by name, nor by a name that meant another address before."""
    rebinding = ["93.184.215.14", "127.0.0.1"]
    resolve = resolving(inside=["127.0.0.1"], rebinding=rebinding)
    async with (
        receiving() as receiver,
        posting(world, allow_private=False, resolve=resolve) as post,
    ):
        # Its public address has been looked at when it was added; now it means this machine.
        name = f"https://rebinding.example:{receiver.port}/"
        await Targets(allow_private=False, resolve=resolve).checked(name)
        for url in (
            name,
            f"https://inside.example:{receiver.port}/",
            f"https://127.0.0.1:{receiver.port}/",
            f"https://[::ffff:127.0.0.1]:{receiver.port}/",
            receiver.url,
        ):
            delivery = await post.after(url)
            assert delivery.last_error is DeliveryError.ADDRESS_REFUSED

    assert receiver.connections == 0


async def test_the_connection_goes_where_was_looked(world: World) -> None:
    """One look for each attempt: what a name means a moment later misleads nobody."""
    looks: list[str] = []

    async def resolve(host: str, _port: int) -> Sequence[str]:
        looks.append(host)
        return ["127.0.0.1"] if len(looks) == 1 else ["127.0.0.2"]

    async with receiving() as receiver, posting(world, resolve=resolve) as post:
        delivery = await post.after(f"http://hooks.example:{receiver.port}/")

    assert delivery.state is DeliveryState.DELIVERED
    assert looks == ["hooks.example"]
    assert receiver.received[0].headers["host"] == f"hooks.example:{receiver.port}"


async def test_proxies_of_the_environment_are_not_asked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would look the name up once more, and connect to whatever they find."""
    async with receiving() as proxy, receiving() as receiver:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        async with posting(world) as post:
            delivery = await post.after(receiver.url)

    assert delivery.state is DeliveryState.DELIVERED
    assert proxy.connections == 0


async def test_another_address_of_the_name_is_tried(world: World) -> None:
    """Where the first one takes no connection."""

    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.3", "127.0.0.1"]

    async with receiving() as receiver, posting(world, resolve=resolve) as post:
        delivery = await post.after(f"http://hooks.example:{receiver.port}/")

    assert delivery.state is DeliveryState.DELIVERED


async def test_a_callback_is_signed_with_the_teams_secret(native: NativeClient, post: Post) -> None:
    """Which is another one than that of any webhook."""
    world = post.world
    async with receiving() as receiver:
        task_id = await native.create_message()
        task = await world.task(task_id)
        callback = Callback(url=receiver.url, target="t")
        await world.store.webhooks.call_back(task, callback)
        await native.cancel(task_id)
        await post.dispatcher.run_once()
    secret = await world.store.webhooks.callback_secret(world.team.id)
    [got] = receiver.received

    with time_machine.travel(NOON, tick=False):
        body = Verifier(secret.get_secret_value()).verify(got.body, got.headers)
    assert (body["type"], body["data"]["id"]) == ("task.cancelled", task_id)
    assert body["data"]["error"]["retry_safe"] is True


async def test_what_cannot_be_signed_is_not_sent(post: Post) -> None:
    """After the encryption key was changed: it waits for a new secret, and says so."""
    async with receiving() as receiver:
        webhook_id = await post.hook(receiver.url)
        await post.test(webhook_id)
        post.world.store.outbox._cipher = StateCipher(new_key())
        await post.dispatcher.run_once()
        [delivery] = await post.told(webhook_id)

    assert (delivery.state, delivery.last_error) == (
        DeliveryState.PENDING,
        DeliveryError.NOT_SIGNED,
    )
    assert receiver.connections == 0
