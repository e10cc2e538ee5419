"""Who sends webhooks, when, and what is left when a process ends."""

from __future__ import annotations

import asyncio
import ssl
import tempfile
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from structlog.testing import capture_logs

from api.clock import utc_now
from api.webhooks.dispatcher import LEASE, Dispatcher
from api.webhooks.exchange import Exchange
from api.webhooks.targets import Targets
from storage.secrets import StateCipher, new_key, new_webhook_secret
from storage.sqlite import SqliteStore
from storage.webhooks import Attempted, DeliveryError, DeliveryState
from tests.api.conftest import StoppedClock, World, world_in
from tests.api.receiver import NEVER, receiving, status
from tests.api.webhook_child import start

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from api.clock import Clock
    from storage.ports import Store
    from tests.api.conftest import NativeClient
    from tests.api.receiver import Receiver

MINUTE = timedelta(minutes=1)
NAME = "hooks.example"


@asynccontextmanager
async def dispatching(
    store: Store, clock: Clock, *, grace: timedelta = MINUTE, trust: ssl.SSLContext | None = None
) -> AsyncIterator[Dispatcher]:
    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.1"]

    targets = Targets(allow_private=True, resolve=resolve)
    async with Exchange(targets, timeout=MINUTE, trust=trust) as exchange:
        yield Dispatcher(store, exchange, kept_for=timedelta(days=30), clock=clock, grace=grace)


@asynccontextmanager
async def at_work(dispatcher: Dispatcher) -> AsyncIterator[None]:
    stop = asyncio.Event()
    working = asyncio.ensure_future(dispatcher.run(stop))
    try:
        yield
    finally:
        stop.set()
        await working


async def hook(store: Store, team_id: str, url: str) -> str:
    secret = new_webhook_secret()
    return (await store.webhooks.add(team_id, url=url, event_types=None, secret=secret)).id


async def received(receiver: Receiver, count: int) -> None:
    async with asyncio.timeout(60):
        while len(receiver.received) < count:
            receiver.arrived.clear()
            await receiver.arrived.wait()


async def test_what_happens_is_told_at_once(world: World, native: NativeClient) -> None:
    """A dispatcher that waits is woken by the commit, and not by a clock."""
    async with receiving() as receiver, dispatching(world.store, world.clock) as dispatcher:
        await hook(world.store, world.team.id, receiver.url)
        async with at_work(dispatcher):
            for count in (1, 2):
                await native.cancel(await native.create_message(f"{count}"))
                await received(receiver, count)

    assert len(set(receiver.ids)) == 2


async def test_a_pause_ends_by_itself(tmp_path: Path) -> None:
    """With nothing to wake it but the time that an attempt is due."""
    cipher = StateCipher(new_key())
    store = await SqliteStore.open(tmp_path / "x.sqlite3", cipher=cipher)
    team = await store.teams.create("Acme")
    async with receiving() as receiver, dispatching(store, utc_now) as dispatcher:
        webhook_id = await hook(store, team.id, receiver.url)
        await store.webhooks.send_test(webhook_id, team_id=team.id)
        [claimed] = await store.outbox.claim(ttl=LEASE, limit=1)
        soon = Attempted(
            state=DeliveryState.PENDING,
            error=DeliveryError.TIMED_OUT,
            next_at=utc_now() + timedelta(seconds=0.2),
        )
        await store.outbox.settle(claimed, soon)
        async with at_work(dispatcher):
            await received(receiver, 1)
    await store.close()


async def test_two_processes_tell_each_event_once(world: World, native: NativeClient) -> None:
    """As long as nothing goes wrong; both take part."""
    async with (
        receiving() as receiver,
        dispatching(world.store, world.clock) as one,
        dispatching(world.store, world.clock) as other,
    ):
        await hook(world.store, world.team.id, receiver.url)
        for number in range(12):
            await native.cancel(await native.create_message(f"{number}"))
        tried = await asyncio.gather(one.run_once(), other.run_once())

    assert sum(tried) == 12
    assert len(receiver.ids) == len(set(receiver.ids)) == 12


async def test_one_that_is_slow_holds_up_no_other(world: World, native: NativeClient) -> None:
    """Its own events wait for it, a few attempts at a time; everybody else's do not."""
    async with (
        receiving(*[NEVER] * 50) as slow,
        receiving() as quick,
        dispatching(world.store, world.clock, grace=timedelta(0)) as dispatcher,
    ):
        await hook(world.store, world.team.id, slow.url)
        await hook(world.store, world.team.id, quick.url)
        for number in range(6):
            await native.cancel(await native.create_message(f"{number}"))
        async with at_work(dispatcher):
            await received(quick, 6)

    assert slow.connections <= 2


async def test_what_is_cut_off_is_left_to_the_next_one(world: World) -> None:
    """At once, and not counted; a process that stops does not wait for a receiver for ever."""
    async with (
        receiving(NEVER) as receiver,
        dispatching(world.store, world.clock, grace=timedelta(0)) as first,
        dispatching(world.store, world.clock) as second,
    ):
        webhook_id = await hook(world.store, world.team.id, receiver.url)
        await world.store.webhooks.send_test(webhook_id, team_id=world.team.id)
        async with at_work(first):
            await received(receiver, 1)
        assert await second.run_once() == 1
        [delivery] = await world.store.webhooks.deliveries(
            webhook_id, team_id=world.team.id, limit=5
        )

    assert (delivery.state, delivery.attempts) == (DeliveryState.DELIVERED, 1)
    assert len(set(receiver.ids)) == 1


async def test_a_kill_loses_nothing(tmp_path: Path) -> None:
    """After SIGKILL in the middle of the telling, the next process tells it, under the same id."""
    key, clock = new_key(), StoppedClock()
    path = tmp_path / "test.sqlite3"
    async with receiving(NEVER) as receiver:
        async with world_in(tmp_path, key=key) as world:
            await hook(world.store, world.team.id, receiver.url)
            task_id = await world.waiting_task()
        with start(path, key) as process:
            try:
                await received(receiver, 1)
            finally:
                process.kill()
        store = await SqliteStore.open(path, cipher=StateCipher(key), clock=clock)
        async with dispatching(store, clock) as dispatcher:
            assert await dispatcher.run_once() == 0
            clock.advance(LEASE)
            assert await dispatcher.run_once() == 1
        await store.close()

    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    assert task_id in first.body.decode()


async def test_events_are_removed_after_their_time(world: World) -> None:
    """A dispatcher tidies when it begins."""
    async with receiving() as receiver, dispatching(world.store, world.clock) as dispatcher:
        webhook_id = await hook(world.store, world.team.id, receiver.url)
        await world.store.webhooks.send_test(webhook_id, team_id=world.team.id)
        await dispatcher.run_once()
        world.clock.advance(timedelta(days=30))
        async with at_work(dispatcher):
            await world.store.webhooks.send_test(webhook_id, team_id=world.team.id)
            await received(receiver, 2)
        left = await world.store.webhooks.deliveries(webhook_id, team_id=world.team.id, limit=5)

    assert len(left) == 1


async def test_tls_goes_by_the_name_and_the_connection_by_the_address(world: World) -> None:
    """The receiver is asked for by its name, and proves by its certificate that it has it."""
    server, client = certified(NAME)
    _, stranger = certified(NAME)
    async with receiving(tls=server) as receiver:
        outcomes = []
        for url, trust in (
            (f"https://{NAME}:{receiver.port}/hook", client),
            (f"https://{NAME}:{receiver.port}/hook", stranger),
            (f"https://other.example:{receiver.port}/hook", client),
        ):
            async with dispatching(world.store, world.clock, trust=trust) as dispatcher:
                webhook_id = await hook(world.store, world.team.id, url)
                await world.store.webhooks.send_test(webhook_id, team_id=world.team.id)
                await dispatcher.run_once()
            [delivery] = await world.store.webhooks.deliveries(
                webhook_id, team_id=world.team.id, limit=5
            )
            outcomes.append((delivery.state, delivery.last_error))

    refused = (DeliveryState.PENDING, DeliveryError.NOT_CONNECTED)
    assert outcomes == [(DeliveryState.DELIVERED, None), refused, refused]
    assert receiver.names == [NAME, NAME, "other.example"]
    assert len(receiver.received) == 1


async def test_attempts_are_logged_without_any_secret(world: World) -> None:
    """By their ids and what came of them; the address may hold a secret, and so stays out."""
    with capture_logs() as lines:
        async with (
            receiving(status(500)) as receiver,
            dispatching(world.store, world.clock) as dispatcher,
        ):
            url = f"{receiver.url}?token=Quillfeather"
            webhook_id = await hook(world.store, world.team.id, url)
            await world.store.webhooks.send_test(webhook_id, team_id=world.team.id)
            await dispatcher.run_once()

    [line] = [line for line in lines if line["event"] == "webhook_attempted"]
    assert (line["log_level"], line["state"], line["status"]) == ("warning", "pending", 500)
    assert "Quillfeather" not in str(lines)
    assert "whsec_" not in str(lines)


def certified(name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return contexts for a server with a new certificate for *name*, and for who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    text = certificate.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return _server(text, private), ssl.create_default_context(cadata=text.decode())


def _server(certificate: bytes, private: bytes) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile() as file:
        file.write(certificate + private)
        file.flush()
        context.load_cert_chain(file.name)
    return context
