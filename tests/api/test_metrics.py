"""What Prometheus is told, and who may read it."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from prometheus_client.openmetrics.parser import (
    text_string_to_metric_families as openmetrics_families,
)
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr, ValidationError

from api.settings import ApiSettings
from executor.pacing import OperatorCaps, Pacing
from executor.settings import ExecutorSettings
from storage.measures import Found
from storage.runners import MemoryTaken
from storage.secrets import new_webhook_secret
from storage.sessions import SessionHealth
from storage.tasks import ErrorCode
from storage.teams import Role
from storage.webhooks import Attempted, DeliveryState
from tests.api.conftest import NOON

if TYPE_CHECKING:
    from prometheus_client.core import Metric

    from tests.api.conftest import NativeClient, World

KEY = "an-operators-own-key"
MONITORING = Path(__file__).parents[2] / "docs" / "monitoring"
FOUND = [
    Found(element="profile.more", rank=0, candidate="button.new", times=5),
    Found(element="profile.more", rank=1, candidate="button.old", times=2),
    Found(element="invite.send", rank=None, candidate="", times=1),
]
SAMPLE = re.compile(r"\blinkedin_executor_[a-z_]+")


async def scraped(world: World, **headers: str) -> httpx.Response:
    app = world.app(metrics_key=SecretStr(KEY))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://test"
    ) as http:
        return await http.get("/metrics", headers=headers)


async def families(world: World) -> dict[str, Metric]:
    answer = await scraped(world, Authorization=f"Bearer {KEY}")
    assert answer.status_code == 200, answer.text
    return {each.name: each for each in text_string_to_metric_families(answer.text)}


async def samples(world: World, name: str) -> dict[tuple[str, ...], float]:
    """Return a family's values by the values of its labels, which are sorted by their names."""
    found = await families(world)
    assert name in found, sorted(found)
    return {tuple(each.labels.values()): each.value for each in found[name].samples}


async def test_ends_are_counted_by_type_outcome_and_code(
    world: World, native: NativeClient
) -> None:
    """A counter for each way that a task may end."""
    for text in ("one", "two"):
        await native.create_message(text)
        await world.succeed()
    await native.create_message("three")
    await world.fail(ErrorCode.UI_CHANGED)
    await native.create_message("four")
    await world.fail(ErrorCode.UNCONFIRMED)

    assert await samples(world, "linkedin_executor_tasks_ended") == {
        ("", "succeeded", "send_message"): 2,
        ("ui_changed", "failed", "send_message"): 1,
        ("unconfirmed", "unconfirmed", "send_message"): 1,
    }


async def test_the_queue_is_told_with_its_age(world: World, native: NativeClient) -> None:
    """What is asked for at a later time makes the queue longer and not older."""
    await native.create_message("now")
    await native.create_message("later", not_before=(NOON + timedelta(days=9)).isoformat())
    world.clock.advance(timedelta(minutes=10))

    assert await samples(world, "linkedin_executor_queued_tasks") == {
        ("true", "send_message"): 1,
        ("false", "send_message"): 1,
    }
    assert await samples(world, "linkedin_executor_oldest_queued_task_age_seconds") == {
        ("send_message",): 600
    }


async def test_times_are_histograms(world: World, native: NativeClient) -> None:
    """Each bucket holds all that took no longer, and the last one everything."""
    for seconds in (2, 20):
        await native.create_message(f"{seconds}")
        world.clock.advance(timedelta(seconds=seconds))
        await world.succeed()

    found = (await families(world))["linkedin_executor_task_wait_seconds"]

    assert found.type == "histogram"
    told = {each.labels.get("le", each.name[-6:]): each.value for each in found.samples}
    assert {name: told[name] for name in ("1.0", "5.0", "15.0", "60.0", "+Inf")} == {
        "1.0": 0,
        "5.0": 1,
        "15.0": 1,
        "60.0": 2,
        "+Inf": 2,
    }
    assert (told["_count"], told["ds_sum"]) == (2, 22)


async def test_accounts_are_told_by_session_and_limits_by_id(
    world: World, native: NativeClient
) -> None:
    """Of an account its id only, with the share of each cap that it has used."""
    pacing = Pacing(ExecutorSettings(_env_file=None, pacing=True))
    world.caps = OperatorCaps(world.store, pacing, clock=world.clock)
    await world.store.teams.add_member(world.team.id, name="Bea", role=Role.MEMBER)
    await world.store.sessions.mark(world.admin.id, SessionHealth.CHALLENGE)
    await native.create_message()
    await world.sign_in(world.admin)
    await world.succeed()

    used = await samples(world, "linkedin_executor_limit_used_ratio")
    caps = await world.caps.of(world.admin.id, ["send_message"])
    [(cap, _)] = caps["send_message"]

    assert used[world.admin.id, "send_message", "86400"] == 1 / cap
    assert used[world.admin.id, "send_connection_request", "604800"] == 0
    assert await samples(world, "linkedin_executor_accounts") == {
        ("signed_in",): 1,
        ("never_signed_in",): 1,
    }


async def test_webhooks_are_told_by_type_and_outcome(world: World) -> None:
    """And how long the oldest that is on its way has been so."""
    await tell_one_event(world)
    await world.store.sessions.mark(world.admin.id, SessionHealth.CHALLENGE)
    world.clock.advance(timedelta(minutes=5))

    assert await samples(world, "linkedin_executor_webhook_deliveries") == {
        ("webhook.test", "delivered"): 1
    }
    assert await samples(world, "linkedin_executor_pending_webhook_deliveries") == {(): 1}
    assert await samples(world, "linkedin_executor_oldest_pending_webhook_age_seconds") == {(): 300}


async def test_no_person_is_in_it(world: World, native: NativeClient) -> None:
    """No name, text or task; teams stay apart from each other by not being in it either."""
    task_id = await native.create_message("Quillfeather")
    await world.succeed()

    answer = await scraped(world, Authorization=f"Bearer {KEY}")
    told = answer.text

    assert answer.status_code == 200
    for secret in ("Ada", "Acme", "Quillfeather", "ACoAABCDEFG", task_id, world.team.id):
        assert secret not in told


async def test_two_processes_say_the_same(world: World, native: NativeClient) -> None:
    """What is counted is in the store, so a second app, or one after a restart, counts on."""
    await native.create_message()
    await world.succeed()

    first, second = await families(world), await families(world)

    def of_store(found: dict[str, Metric]) -> list[Any]:
        return [each.samples for name, each in found.items() if "_process_" not in name]

    assert of_store(first) == of_store(second)
    assert len(of_store(first)) >= 8


async def test_the_format_is_the_one_that_is_accepted(world: World) -> None:
    """OpenMetrics for who asks for it, as Prometheus does; else the plain text."""
    accepting = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5"
    plain = await scraped(world, Authorization=f"Bearer {KEY}")
    open_ = await scraped(world, Authorization=f"Bearer {KEY}", Accept=accepting)

    assert plain.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert open_.headers["content-type"].startswith("application/openmetrics-text; version=1.0.0")
    assert list(openmetrics_families(open_.text))  # type: ignore[no-untyped-call]  # by its maker


async def test_only_the_operators_key_opens_it(world: World) -> None:
    """Neither no key, nor a wrong one, nor a team's: it is about all teams."""
    for headers in (
        {},
        {"Authorization": "Bearer "},
        {"Authorization": f"Bearer {world.key}"},
        {"Authorization": "Bearer n\u00f6body's".encode()},
        {"x-api-key": KEY},
    ):
        answer = await scraped(world, **headers)
        assert answer.status_code == 401
        assert "linkedin_executor" not in answer.text


async def test_there_is_none_without_its_key(native: NativeClient) -> None:
    """Whoever has not asked for it has nothing to protect."""
    assert (await native.http.get("/metrics")).status_code == 404


def test_a_key_that_could_be_guessed_is_refused() -> None:
    """Nineteen characters are too few."""
    with pytest.raises(ValidationError):
        ApiSettings(_env_file=None, metrics_key=SecretStr("x" * 19))


async def tell_one_event(world: World) -> None:
    webhooks, outbox = world.store.webhooks, world.store.outbox
    made = await webhooks.add(
        world.team.id, url="https://x.example/", event_types=None, secret=new_webhook_secret()
    )
    await webhooks.send_test(made.id, team_id=world.team.id)
    [claimed] = await outbox.claim(ttl=timedelta(minutes=1), limit=1)
    await outbox.settle(claimed, Attempted(state=DeliveryState.DELIVERED, status=200))


async def told_names(world: World, native: NativeClient) -> set[str]:
    """Return the name of every sample that there can be."""
    pacing = Pacing(ExecutorSettings(_env_file=None, pacing=True))
    world.caps = OperatorCaps(world.store, pacing, clock=world.clock)
    await native.create_message("one")
    await world.succeed()
    await native.create_message("two")
    await tell_one_event(world)
    await world.store.measures.count_locators(FOUND)
    found = await families(world)
    return {each.name for family in found.values() for each in family.samples}


async def test_locators_and_browsers_are_told(world: World) -> None:
    """By element: found by another than the first candidate, or not at all; it adds up."""
    for _ in range(2):
        await world.store.measures.count_locators(FOUND)
        await world.store.measures.count_browser_restarts(3)

    fallbacks = await samples(world, "linkedin_executor_locator_fallbacks")
    missing = await samples(world, "linkedin_executor_locators_missing")
    restarts = await samples(world, "linkedin_executor_browser_restarts")

    assert fallbacks == {("profile.more",): 4}
    assert missing == {("invite.send",): 2}
    assert restarts == {(): 6}


async def test_runners_are_told_with_their_memory(world: World) -> None:
    """All that were seen lately, together; of a silent one nobody knows."""
    assert await samples(world, "linkedin_executor_runners") == {(): 0}
    await world.store.runners.show("host:1:0", MemoryTaken(own=100, browser=2000))
    world.clock.advance(timedelta(seconds=60))
    for owner in ("host:2:0", "host:3:0"):
        await world.store.runners.show(owner, MemoryTaken(own=10, browser=3000))

    all_three = await samples(world, "linkedin_executor_runners")
    memory = await samples(world, "linkedin_executor_runner_memory_bytes")
    world.clock.advance(timedelta(seconds=100))

    assert all_three == {(): 3}
    assert memory == {("runner",): 120, ("browser",): 8000}
    assert await samples(world, "linkedin_executor_runners") == {(): 2}
    assert await samples(world, "linkedin_executor_runner_memory_bytes") == {
        ("runner",): 20,
        ("browser",): 6000,
    }


async def test_rules_and_dashboard_name_what_there_is(world: World, native: NativeClient) -> None:
    """No alert and no panel waits for a metric that nobody tells."""
    told = await told_names(world, native)
    rules = (MONITORING / "prometheus-alerts.yml").read_text(encoding="utf-8")
    dashboard = (MONITORING / "grafana-dashboard.json").read_text(encoding="utf-8")
    shown = {
        target["expr"] for panel in json.loads(dashboard)["panels"] for target in panel["targets"]
    }
    named = {name for text in (rules, *shown) for name in SAMPLE.findall(text)}

    assert sorted(named - told) == []


async def test_the_dashboard_shows_all_of_our_own(world: World, native: NativeClient) -> None:
    """What is told has its panel; of the process, its memory."""
    told = await told_names(world, native)
    dashboard = (MONITORING / "grafana-dashboard.json").read_text(encoding="utf-8")
    own = {
        re.sub("_(bucket|count|sum)$", "", name)
        for name in told
        if SAMPLE.fullmatch(name) and "_process_" not in name
    }

    assert sorted(name for name in own if name not in dashboard) == []
