"""What is told to whom: stored with what has happened, and nothing where nobody wants it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage.acceptance import Acceptance, ContentGuard, IdempotencyKey
from storage.errors import NoRoom, TransitionRefused
from storage.limits import HoldReason
from storage.secrets import new_webhook_secret
from storage.sessions import SessionHealth
from storage.tasks import RUNNER, TaskStatus
from storage.webhooks import (
    ENDPOINTS_MAX,
    Callback,
    DeliveryState,
    DisabledReason,
    EventType,
    News,
    Webhook,
)
from tests.storage.outbox import URL, events, hook, pending

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.storage.world import World

MINUTE = timedelta(minutes=1)
CALLBACK = Callback(url="https://there.example/done", target="https://there.example:443")
ENDS = {
    TaskStatus.SUCCEEDED: EventType.TASK_SUCCEEDED,
    TaskStatus.FAILED: EventType.TASK_FAILED,
    TaskStatus.UNCONFIRMED: EventType.TASK_UNCONFIRMED,
    TaskStatus.CANCELLED: EventType.TASK_CANCELLED,
}


async def test_every_end_of_a_task_is_told_and_nothing_before(world: World) -> None:
    """Whichever way it ends; while it is queued or in hand there is nothing to tell."""
    await hook(world)
    lease = await world.lease()
    ids = {status: (await world.bring_to(status, lease)).id for status in ENDS}
    await world.bring_to(TaskStatus.SUBMITTING, lease)
    await world.add()

    told = await pending(world)

    assert {each.event.task_id: each.event.type for each in told} == {
        ids[status]: event_type for status, event_type in ENDS.items()
    }
    assert {each.url for each in told} == {URL}


async def test_nothing_is_stored_where_nobody_listens(world: World) -> None:
    """Neither without an endpoint, nor for types that none has asked for."""
    lease = await world.lease()
    await world.bring_to(TaskStatus.FAILED, lease)
    await hook(world, EventType.TASK_SUCCEEDED)
    await world.bring_to(TaskStatus.FAILED, lease)
    await world.store.sessions.mark(world.member_id, SessionHealth.CHALLENGE)

    assert await world.store.outbox.drop_old(kept_for=timedelta(0)) == 0
    assert await pending(world) == []


async def test_what_a_runner_asks_for_itself_is_told_to_nobody(world: World) -> None:
    """No client knows of the task; what it finds is told as news."""
    await hook(world)

    await world.bring_to(TaskStatus.SUCCEEDED, await world.lease(), dialect=RUNNER)

    assert await pending(world) == []


async def test_each_endpoint_of_the_team_is_told_and_no_other(world: World) -> None:
    """One event under one id, with a delivery for each endpoint; another team hears nothing."""
    first, second = await hook(world), await hook(world, EventType.TASK_FAILED)
    other = await world.store.teams.create("Other")
    await hook(world, team_id=other.id)

    await world.bring_to(TaskStatus.FAILED, await world.lease())

    told = await pending(world)
    assert {each.target for each in told} == {first.id, second.id}
    assert len({each.event.id for each in told}) == 1
    assert {each.event.team_id for each in told} == {world.team_id}


async def test_a_callback_is_told_without_any_endpoint(world: World) -> None:
    """The end of the task that named it, signed with the team's own secret for callbacks."""
    task = await world.add(callback=CALLBACK)
    await world.add()
    lease = await world.lease()
    await world.claim(lease)
    await world.store.queue.succeed(lease, task.id, output={}, evidence={})

    [told] = await pending(world)

    assert (told.url, told.target, told.event.task_id) == (CALLBACK.url, CALLBACK.target, task.id)
    assert told.secrets == (await world.store.webhooks.callback_secret(world.team_id),)


@pytest.mark.parametrize("how", [Acceptance.REPLAYED, Acceptance.DUPLICATE])
async def test_a_repeated_request_may_name_another_callback(world: World, how: Acceptance) -> None:
    """Both are told the end, and the same address once."""
    values: Mapping[Acceptance, dict[str, object]] = {
        Acceptance.REPLAYED: {"key": IdempotencyKey(key="k", fingerprint="f", kept_for=MINUTE)},
        Acceptance.DUPLICATE: {
            "guard": ContentGuard(digests=frozenset({"d"}), window=MINUTE, window_while_owed=MINUTE)
        },
    }
    another = replace(CALLBACK, url="https://there.example/again")
    for callback in (CALLBACK, another, CALLBACK):
        new = world.new(callback=callback, content_digest="d")
        accepted = await world.store.intake.add(new, **values[how])  # type: ignore[arg-type]  # of two kinds
    assert accepted.how is how
    lease = await world.lease()
    await world.claim(lease)
    await world.store.queue.succeed(lease, accepted.task.id, output={}, evidence={})

    assert sorted(each.url for each in await pending(world)) == [another.url, CALLBACK.url]


async def test_a_callback_for_what_has_ended_is_told_at_once(world: World) -> None:
    """Once, and without telling the endpoints again what they have been told."""
    task = await world.bring_to(TaskStatus.FAILED, await world.lease())
    await hook(world)

    for _ in range(2):
        await world.store.webhooks.call_back(task, CALLBACK)

    [told] = await pending(world)
    assert (told.url, told.event.type) == (CALLBACK.url, EventType.TASK_FAILED)


async def test_a_late_callback_joins_the_event_that_there_is(world: World) -> None:
    """Whoever hears of one end by two ways can tell by the id that it is one."""
    await hook(world)
    task = await world.bring_to(TaskStatus.FAILED, await world.lease())

    await world.store.webhooks.call_back(task, CALLBACK)

    told = await pending(world)
    assert len(told) == 2
    assert len({each.event.id for each in told}) == 1


async def test_a_session_that_changes_is_told(world: World) -> None:
    """Each need of a person, and that it is over; a state that stays is no news."""
    await hook(world)
    sessions = world.store.sessions
    for health in (
        SessionHealth.SIGNED_IN,
        SessionHealth.SIGNED_OUT,
        SessionHealth.SIGNED_OUT,
        SessionHealth.CHALLENGE,
    ):
        world.clock.advance(MINUTE)
        await sessions.mark(world.member_id, health)
    await world.sign_in()

    told = await events(world)

    assert [(each.type, each.detail["session"]) for each in told] == [
        (EventType.ACCOUNT_NEEDS_SIGN_IN, "signed_out"),
        (EventType.ACCOUNT_NEEDS_SIGN_IN, "challenge"),
        (EventType.ACCOUNT_RECOVERED, "signed_in"),
    ]
    assert {each.detail["account_id"] for each in told} == {world.member_id}


async def test_a_limit_is_told_when_it_keeps_a_task_back(world: World) -> None:
    """Not while nothing waits for it, and a pause between two writes is no limit."""
    await hook(world)
    for reason in (HoldReason.DAY_CAP, HoldReason.GAP):
        until = world.clock() + timedelta(hours=2)
        await world.store.limits.hold(world.member_id, "send_message", reason=reason, until=until)
    await world.add(task_type="like_post")
    assert await events(world) == []

    await world.add()
    await world.add()

    [told] = await events(world)
    assert told.type is EventType.LIMIT_REACHED
    assert told.detail == {
        "account_id": world.member_id,
        "task_type": "send_message",
        "limit": "day_cap",
        "until": until.isoformat(),
    }


async def test_a_limit_is_told_once_in_its_window(world: World) -> None:
    """A cap that gives way to one write at a time is told once a day, not for each of them."""
    await hook(world)
    await world.add()
    told = []
    for _ in range(26):
        until = world.clock() + timedelta(hours=1)
        await world.store.limits.hold(
            world.member_id, "send_message", reason=HoldReason.DAY_CAP, until=until
        )
        told.append(len(await events(world)))
        world.clock.advance(timedelta(hours=1))

    assert (told[0], told[23], told[25]) == (1, 1, 2)


async def test_each_rest_of_linkedins_is_told(world: World) -> None:
    """Its own limits have no window but the rest that follows them."""
    await hook(world)
    await world.add()
    for hours in (1, 1, 3):
        until = world.clock() + timedelta(hours=hours)
        await world.store.limits.hold(
            world.member_id, None, reason=HoldReason.RATE_LIMITED, until=until
        )

    told = await events(world)
    assert [(each.detail["limit"], each.detail["task_type"]) for each in told] == [
        ("rate_limited", None)
    ] * 2


async def test_a_limit_that_was_met_is_told_when_its_task_is_back(world: World) -> None:
    """The rest is stored while the task that met it is still in hand."""
    await hook(world)
    lease = await world.lease()
    task = await world.bring_to(TaskStatus.RUNNING, lease)
    until = world.clock() + timedelta(hours=1)
    await world.store.limits.hold(
        world.member_id, None, reason=HoldReason.RATE_LIMITED, until=until
    )
    assert await events(world) == []

    await world.store.queue.put_back(lease, task.id, why="Throttled.")

    assert [each.type for each in await events(world)] == [EventType.LIMIT_REACHED]


async def test_news_are_told_with_the_success_and_once(world: World) -> None:
    """Whatever looks found them, and however often; of another account they are other news."""
    await hook(world)
    lease = await world.lease()
    found = [
        News(type=EventType.MESSAGE_RECEIVED, subject=name, detail={"message": name})
        for name in ("one", "two")
    ]
    for news in (found[:1], found):
        task = await world.bring_to(
            TaskStatus.RUNNING, lease, dialect=RUNNER, task_type="watch_inbox", is_write=False
        )
        await world.store.queue.succeed(lease, task.id, output={}, evidence={}, news=news)

    told = await events(world)
    assert [(each.type, each.detail) for each in told] == [
        (EventType.MESSAGE_RECEIVED, {"account_id": world.member_id, "message": name})
        for name in ("one", "two")
    ]


async def test_an_endpoint_can_be_changed_and_removed(world: World) -> None:
    """By its team only; what is on its way goes where it is now, and nowhere once it is gone."""
    webhooks = world.store.webhooks
    made = await hook(world)
    await world.bring_to(TaskStatus.FAILED, await world.lease())
    moved = replace(made, url="https://new.example/", event_types=(EventType.TASK_FAILED,))

    assert await webhooks.change(replace(moved, team_id="another")) is None
    assert await webhooks.change(moved) == moved
    assert await webhooks.get(made.id, team_id=world.team_id) == moved
    assert await webhooks.get(made.id, team_id="another") is None
    assert [each.url for each in await pending(world)] == ["https://new.example/"]
    assert not await webhooks.remove(made.id, team_id="another")
    assert await webhooks.list(world.team_id) == [moved]
    assert await webhooks.remove(made.id, team_id=world.team_id)
    assert await webhooks.list(world.team_id) == []
    world.clock.advance(MINUTE)
    assert await pending(world) == []


async def test_an_endpoint_that_is_switched_off_is_told_nothing(world: World) -> None:
    """What waited for it is dead, can be replayed once it is on again, and is not before."""
    webhooks = world.store.webhooks
    made = await hook(world)
    await world.bring_to(TaskStatus.FAILED, await world.lease())
    off = await webhooks.change(replace(made, disabled_reason=DisabledReason.BY_REQUEST))
    assert off is not None
    await world.store.intake.cancel((await world.add()).id, team_id=world.team_id)

    [dead] = await webhooks.deliveries(made.id, team_id=world.team_id, limit=5)

    assert (dead.state, dead.last_error) == ("dead", "endpoint_disabled")
    assert off.disabled_at == world.clock()
    assert await pending(world) == []
    for again in (
        webhooks.replay(dead.id, team_id=world.team_id),
        webhooks.send_test(made.id, team_id=world.team_id),
    ):
        with pytest.raises(TransitionRefused):
            await again
    await webhooks.change(made)
    assert await webhooks.replay(dead.id, team_id="another") is None
    assert await webhooks.replay(dead.id, team_id=world.team_id) is not None
    assert [each.id for each in await pending(world)] == [dead.id]


async def test_a_test_goes_to_one_endpoint_only(world: World) -> None:
    """Also to one that wants other events."""
    made = await hook(world, EventType.ACCOUNT_RECOVERED)
    await hook(world)

    sent = await world.store.webhooks.send_test(made.id, team_id=world.team_id)

    [told] = await pending(world)
    assert sent is not None
    assert (told.id, told.target, told.event.type) == (sent.id, made.id, EventType.WEBHOOK_TEST)
    assert await world.store.webhooks.send_test(made.id, team_id="another") is None


async def test_deliveries_are_listed_newest_first_and_in_pieces(world: World) -> None:
    """Only those of the endpoint, and only for its team."""
    made = await hook(world)
    await hook(world)
    lease = await world.lease()
    ids = [(await world.bring_to(TaskStatus.FAILED, lease)).id for _ in range(3)]
    webhooks = world.store.webhooks

    page = await webhooks.deliveries(made.id, team_id=world.team_id, limit=2)
    rest = await webhooks.deliveries(made.id, team_id=world.team_id, limit=2, before=page[1].id)

    assert [each.task_id for each in [*page, *rest]] == ids[::-1]
    assert page[0].webhook_id == made.id
    assert await webhooks.delivery(page[0].id, team_id=world.team_id) == page[0]
    assert await webhooks.delivery(page[0].id, team_id="another") is None
    assert await webhooks.deliveries(made.id, team_id="another", limit=2) == []
    assert await webhooks.deliveries(made.id, team_id=world.team_id, limit=2, before="no") == []
    of_state = {
        state: await webhooks.deliveries(made.id, team_id=world.team_id, limit=9, state=state)
        for state in DeliveryState
    }
    assert len(of_state[DeliveryState.PENDING]) == len([*page, *rest])
    assert of_state[DeliveryState.DEAD] == of_state[DeliveryState.DELIVERED] == []


async def test_a_secret_that_is_replaced_signs_for_a_while(world: World) -> None:
    """Both sign until then, the new one first; a callback's secret goes the same way."""
    webhooks = world.store.webhooks
    first, second = new_webhook_secret(), new_webhook_secret()
    made = await webhooks.add(world.team_id, url=URL, event_types=None, secret=first)
    old = await webhooks.callback_secret(world.team_id)
    await world.add(callback=CALLBACK)
    await webhooks.rotate_callback_secret(world.team_id, secret=second, old_kept_for=MINUTE)
    assert await webhooks.callback_secret(world.team_id) == second
    await webhooks.rotate_secret(made.id, team_id=world.team_id, secret=second, old_kept_for=MINUTE)
    lease = await world.lease(ttl=timedelta(hours=1))
    task = await world.claim(lease)
    await world.store.queue.succeed(lease, task.id, output={}, evidence={})

    during = {each.target: each.secrets for each in await pending(world)}
    world.clock.advance(MINUTE)
    after = {each.secrets for each in await pending(world)}

    assert during == {made.id: (second, first), CALLBACK.target: (second, old)}
    assert after == {(second,)}
    assert (
        await webhooks.rotate_secret(made.id, team_id="another", secret=second, old_kept_for=MINUTE)
        is None
    )


async def test_a_team_has_room_for_some_endpoints(world: World) -> None:
    """Each event is stored and sent once for each of them."""
    for _ in range(ENDPOINTS_MAX):
        await hook(world)

    with pytest.raises(NoRoom):
        await hook(world)


async def test_no_secret_is_shown_by_anything(world: World) -> None:
    """Neither an endpoint nor a claimed delivery tells it when it is printed."""
    secret = new_webhook_secret()
    made: Webhook = await world.store.webhooks.add(
        world.team_id, url=URL, event_types=None, secret=secret
    )
    await world.store.webhooks.send_test(made.id, team_id=world.team_id)

    shown = f"{made!r} {await pending(world)!r}"

    assert secret.get_secret_value() not in shown
