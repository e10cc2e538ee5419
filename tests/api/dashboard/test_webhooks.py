"""What the pages about webhooks show and do."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from api.dashboard.shown_values import as_text, has_texts
from api.webhooks.words import words_of
from storage.tasks import ErrorCode
from storage.teams import Scope
from storage.webhooks import Attempted, Callback, DeliveryError, DeliveryState
from tests.api.dashboard.visiting import SECRET, Visitor, add_task, shown
from tests.storage.outbox import LEASE

if TYPE_CHECKING:
    from storage.tasks import JsonObject
    from tests.api.conftest import World

URL = "https://hooks.example.com/linkedin"
CALLBACK = "https://there.example/done"
_SECRET = re.compile(r"whsec_[\w+/=]+")


async def added(world: World, visitor: Visitor) -> str:
    await visitor.post("/webhooks", url=URL)
    [webhook] = await world.store.webhooks.list(world.team.id)
    return webhook.id


async def attempted(world: World, outcome: Attempted) -> str:
    """Let the oldest delivery that is due come to this, and return its id."""
    outbox = world.store.outbox
    [claimed] = await outbox.claim(ttl=LEASE, limit=1)
    await outbox.keep_body(claimed.event.id, await words_of(claimed.event, store=world.store))
    await outbox.settle(claimed, outcome)
    return claimed.id


async def test_a_secret_is_shown_once(world: World, visitor: Visitor) -> None:
    """When the webhook is added, and when the secret is replaced."""
    fields: dict[str, Any] = {"event:task.failed": "on", "event:task.unconfirmed": "on"}
    made = await visitor.post("/webhooks", url=URL, **fields)
    [webhook] = await world.store.webhooks.list(world.team.id)
    page = await visitor.get(f"/webhooks/{webhook.id}")
    replaced = await visitor.post(f"/webhooks/{webhook.id}/rotate-secret")

    assert made.status_code == 200, made.text
    [first], [second] = (_SECRET.findall(answer.text) for answer in (made, replaced))
    assert (made.status_code, replaced.status_code) == (200, 200)
    assert first != second
    assert _SECRET.findall(page.text) == []
    assert webhook.event_types == ("task.failed", "task.unconfirmed")


@pytest.mark.parametrize("url", ["", "http://hooks.example.com/", "nonsense"])
async def test_an_address_that_is_none_is_refused(world: World, visitor: Visitor, url: str) -> None:
    """As by the API, with the reason."""
    answer = await visitor.post("/webhooks", url=url)

    assert answer.status_code == 400
    assert await world.store.webhooks.list(world.team.id) == []


async def test_a_webhook_is_switched_off_and_on_and_removed(world: World, visitor: Visitor) -> None:
    """By buttons; one that is off is sent no test."""
    webhook_id = await added(world, visitor)
    path = f"/webhooks/{webhook_id}"

    await visitor.post(f"{path}/switch", to="off")
    off, refused = await visitor.get(path), await visitor.post(f"{path}/test")
    await visitor.post(f"{path}/switch", to="on")
    on = await visitor.get(path)
    removed = await visitor.post(f"{path}/remove")

    assert "Switch it on" in shown(off)
    assert refused.status_code == 409
    assert "Switch it off" in shown(on)
    assert (removed.status_code, (await visitor.get(path)).status_code) == (303, 404)


async def test_deliveries_are_shown_and_filtered(world: World, visitor: Visitor) -> None:
    """How far each has come; one that was given up is delivered once more."""
    webhook_id = await added(world, visitor)
    path = f"/webhooks/{webhook_id}"
    dead = Attempted(state=DeliveryState.DEAD, status=500, error=DeliveryError.BAD_STATUS)
    await visitor.post(f"{path}/test")
    given_up = await attempted(world, dead)
    sent = await visitor.post(f"{path}/test")

    pages = {
        state: shown(await visitor.get(f"{path}?state={state}"))
        for state in ("dead", "pending", "delivered")
    }
    replayed = await visitor.post(f"/webhooks/deliveries/{given_up}/replay")
    found = await world.store.webhooks.delivery(given_up, team_id=world.team.id)

    assert "1 attempt: the receiver did not take it (500)" in pages["dead"]
    assert "not tried yet" in pages["pending"]
    assert "did not take it" not in pages["pending"]
    assert "No delivery fits." in pages["delivered"]
    assert (sent.status_code, replayed.status_code) == (303, 303)
    assert found is not None
    assert found.state is DeliveryState.PENDING


async def test_what_was_sent_hides_its_texts_until_somebody_asks(
    world: World, visitor: Visitor
) -> None:
    """As the task's own page does."""
    await added(world, visitor)
    await add_task(world)
    await world.succeed(text=SECRET)
    delivery_id = await attempted(world, Attempted(state=DeliveryState.DELIVERED, status=200))
    path = f"/webhooks/deliveries/{delivery_id}"

    page, asked = await visitor.get(path), await visitor.get(f"{path}?texts=shown")

    assert "characters, hidden" in page.text
    assert SECRET not in page.text
    assert SECRET in asked.text


async def called_back(world: World, name: str) -> str:
    """Let a task that names a callback succeed, and return its id."""
    callback = Callback(url=f"{CALLBACK}/{name}", target=name)
    task_id = await add_task(world, callback=callback)
    assert await world.succeed(text=SECRET) == task_id
    return task_id


async def test_a_callback_that_was_given_up_is_found_and_sent_again(
    world: World, visitor: Visitor
) -> None:
    """On the page of webhooks, by its state; from there it is delivered once more."""
    await called_back(world, "dead")
    dead = await attempted(world, Attempted(state=DeliveryState.DEAD, status=500))
    await called_back(world, "fine")
    await attempted(world, Attempted(state=DeliveryState.DELIVERED, status=200))

    listed = await visitor.get("/webhooks?state=dead")
    everything = await visitor.get("/webhooks")
    replayed = await visitor.post(f"/webhooks/deliveries/{dead}/replay")

    assert f'href="/dashboard/webhooks/deliveries/{dead}">{CALLBACK}/dead<' in listed.text
    assert f"{CALLBACK}/fine" not in listed.text
    assert f"{CALLBACK}/fine" in everything.text
    assert replayed.status_code == 303
    assert "No delivery fits." in shown(await visitor.get("/webhooks?state=dead"))


async def test_callbacks_come_in_pages(world: World, visitor: Visitor) -> None:
    """Each delivery is on one of them, in the state that was asked for."""
    names = [f"{number:03}" for number in range(53)]
    for name in names:
        await called_back(world, name)

    first = await visitor.get("/webhooks?state=pending")
    [older] = re.findall(r'href="/dashboard([^"]+)">Older', first.text)
    second = await visitor.get(older.replace("&amp;", "&"))

    found = [re.findall(rf">{CALLBACK}/(\d+)<", page.text) for page in (first, second)]
    assert [len(each) for each in found] == [50, 3]
    assert [*found[0], *found[1]] == names[::-1]
    assert "Newest" in second.text
    assert (await visitor.get("/webhooks?before=dlv_x")).status_code == 400


async def test_a_task_tells_who_is_told(world: World, visitor: Visitor) -> None:
    """Each with what came of it, and a way to the delivery."""
    await added(world, visitor)
    task_id = await called_back(world, "mine")
    other = await called_back(world, "others")
    deliveries = await world.store.webhooks.deliveries(
        team_id=world.team.id, limit=9, task_id=task_id
    )

    page, others = await visitor.get(f"/tasks/{task_id}"), await visitor.get(f"/tasks/{other}")
    nobody = await visitor.get(f"/tasks/{await add_task(world)}")

    assert {each.url for each in deliveries} == {URL, f"{CALLBACK}/mine"}
    for each in deliveries:
        assert f'href="/dashboard/webhooks/deliveries/{each.id}">{each.url}<' in page.text
        assert each.id not in others.text
    assert shown(page).count("not tried yet") == 2
    assert "Told to" not in nobody.text


async def test_the_secret_of_callbacks_is_shown_when_asked_for(
    world: World, visitor: Visitor
) -> None:
    """And when it is replaced; by a key that may only read it is not."""
    page = await visitor.get("/webhooks")
    asked = await visitor.post("/webhooks/callback-secret")
    kept = await world.store.webhooks.callback_secret(world.team.id)
    replaced = await visitor.post("/webhooks/callback-secret/rotate")
    new = await world.store.webhooks.callback_secret(world.team.id)
    await visitor.sign_in(await world.new_key(scope=Scope.READ))
    refused = [await visitor.post(f"/webhooks/callback-secret{path}") for path in ("", "/rotate")]

    assert _SECRET.findall(page.text) == []
    assert _SECRET.findall(asked.text) == [kept.get_secret_value()]
    assert _SECRET.findall(replaced.text) == [new.get_secret_value()] != [kept.get_secret_value()]
    assert {answer.status_code for answer in refused} == {403}
    assert "their secret" not in shown(await visitor.get("/webhooks"))


async def test_the_programs_own_words_of_a_body_are_not_hidden(
    world: World, visitor: Visitor
) -> None:
    """What it is, when and why; fields of the same names that others have filled are."""
    await added(world, visitor)
    theirs = {"type": SECRET, "id": SECRET, "code": SECRET, "name": SECRET, "events": [SECRET]}
    await add_task(world, input={**theirs, "message": SECRET, "dialect": SECRET})
    await world.fail(ErrorCode.NOT_CONNECTED, SECRET)
    delivery_id = await attempted(world, Attempted(state=DeliveryState.DELIVERED, status=200))

    page = await visitor.get(f"/webhooks/deliveries/{delivery_id}")

    [text] = re.findall(r'<pre class="json">(.*?)</pre>', page.text, re.DOTALL)
    sent = json.loads(unescape(text))
    task = sent["data"]
    assert (sent["type"], sent["timestamp"]) == ("task.failed", "2026-10-01T12:00:00.000Z")
    assert (task["dialect"], task["task_type"]) == ("native", "send_message")
    assert await world.task(task["id"])
    assert task["error"]["code"] == "not_connected"
    assert [each["name"] for each in task["events"]] == ["accepted", "claimed", "failed"]
    assert task["events"][2]["at"] == "2026-10-01T12:00:00Z"
    assert task["events"][2]["detail"]["code"] == "not_connected"
    assert "characters, hidden" in task["error"]["message"]
    assert SECRET not in page.text


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ({"type": "account.recovered", "data": {"session": "signed_in"}}, 0),
        ({"type": "limit.reached", "data": {"limit": "day_cap", "task_type": "invite"}}, 0),
        ({"type": "x", "data": {"message": {"type": SECRET, "id": SECRET, "name": SECRET}}}, 3),
        ({"type": "x", "data": {"output": {"type": SECRET, "error": {"code": SECRET}}}}, 2),
        ({"type": "x", "data": {"name": SECRET, "events": [{"detail": {"name": SECRET}}]}}, 2),
    ],
)
def test_a_body_hides_what_others_have_written(said: JsonObject, hidden: int) -> None:
    """Wherever it stands, whatever the field is called."""
    text = as_text(said, with_texts=False, is_body=True)

    assert text.count("characters, hidden") == hidden
    assert has_texts(said, is_body=True) == (hidden > 0)
    assert SECRET not in text


async def test_a_read_only_key_sees_no_buttons(world: World, visitor: Visitor) -> None:
    """And no form for a new one."""
    webhook_id = await added(world, visitor)
    await visitor.sign_in(await world.new_key(scope=Scope.READ))

    pages = [shown(await visitor.get(path)) for path in ("/webhooks", f"/webhooks/{webhook_id}")]

    assert all("Add it" not in page and "Remove it" not in page for page in pages)
    assert URL in pages[0]
