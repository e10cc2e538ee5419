"""Managing webhooks: what clients may ask for, and what they are shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from storage.sessions import SessionHealth
from storage.teams import Scope
from storage.webhooks import ENDPOINTS_MAX, SUBSCRIBABLE, Attempted, DeliveryState
from tests.storage.outbox import LEASE

if TYPE_CHECKING:
    import httpx

    from tests.api.conftest import Connect, NativeClient, World

URL = "https://hooks.example.com/linkedin"
NOBODYS = "wh_00000000000000000000000000000000"


@dataclass
class WebhookClient:
    """Speaks about webhooks with one key."""

    http: httpx.AsyncClient

    async def add(self, **body: Any) -> httpx.Response:
        return await self.http.post("/webhooks", json={"url": URL, **body})

    async def added(self, **body: Any) -> dict[str, Any]:
        answer = await self.add(**body)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    async def change(self, webhook_id: str, **body: Any) -> httpx.Response:
        return await self.http.patch(f"/webhooks/{webhook_id}", json=body)


@pytest.fixture
def webhooks(native: NativeClient) -> WebhookClient:
    return WebhookClient(native.http)


def code(answer: httpx.Response) -> str:
    found: str = answer.json()["error"]["code"]
    return found


async def secrets(world: World) -> list[str]:
    """Return what signs the oldest delivery that is due."""
    [claimed] = await world.store.outbox.claim(ttl=LEASE, limit=1)
    await world.store.outbox.give_back(claimed)
    return [each.get_secret_value() for each in claimed.secrets]


async def test_a_webhook_is_added_and_its_secret_shown_once(webhooks: WebhookClient) -> None:
    """No later answer has it; unless it says otherwise, it is told everything."""
    answer = await webhooks.add()

    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/webhooks/{made['id']}"
    assert made.pop("secret").startswith("whsec_")
    assert made == {
        "id": made["id"],
        "url": URL,
        "event_types": None,
        "enabled": True,
        "created_at": "2026-10-01T12:00:00Z",
        "disabled_at": None,
        "disabled_reason": None,
    }
    assert (await webhooks.http.get(f"/webhooks/{made['id']}")).json() == made
    assert (await webhooks.http.get("/webhooks")).json() == {"webhooks": [made]}


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"url": None}, "'url'"),
        ({"url": 5}, "'url'"),
        ({"url": "http://hooks.example.com/"}, "'url'"),
        ({"url": "https://user:word@hooks.example.com/"}, "'url'"),
        ({"event_types": []}, "'event_types'"),
        ({"event_types": "task.failed"}, "'event_types'"),
        ({"event_types": ["webhook.test"]}, "'event_types'"),
        ({"event_types": ["task.failed", 5]}, "'event_types'"),
        ({"event_types": [["task.failed"]]}, "'event_types'"),
        ({"secret": "whsec_x"}, "unknown"),
        ({"enabled": False}, "unknown"),
    ],
)
async def test_a_wrong_webhook_is_refused(
    webhooks: WebhookClient, body: dict[str, Any], named: str
) -> None:
    """The text names the field, and nothing is added."""
    answer = await webhooks.add(**body)

    assert (answer.status_code, code(answer)) == (400, "invalid_field")
    assert named in answer.json()["error"]["message"]
    assert (await webhooks.http.get("/webhooks")).json() == {"webhooks": []}


async def test_a_private_address_is_refused_unless_the_operator_allows_it(
    connect: Connect,
) -> None:
    """Also when it is changed to one; what it leads to is told in no answer."""
    closed, open_ = (
        WebhookClient(connect().http),
        WebhookClient(connect(webhook_allow_private=True).http),
    )
    made = await closed.added()
    refused = await closed.change(made["id"], url="http://127.0.0.1:1/")

    assert (refused.status_code, code(refused)) == (400, "invalid_field")
    assert (await open_.change(made["id"], url="http://127.0.0.1:1/")).status_code == 200


async def test_a_webhook_is_changed(webhooks: WebhookClient) -> None:
    """What is left out stays; types are kept once each, in the order given."""
    made = await webhooks.added()
    types = ["task.unconfirmed", "task.failed", "task.unconfirmed"]

    changed = (await webhooks.change(made["id"], event_types=types)).json()
    moved = (await webhooks.change(made["id"], url=f"{URL}/2")).json()
    everything = (await webhooks.change(made["id"], event_types=None)).json()

    assert changed["event_types"] == moved["event_types"] == types[:2]
    assert (moved["url"], everything["url"]) == (f"{URL}/2", f"{URL}/2")
    assert everything["event_types"] is None
    assert (await webhooks.change(made["id"], enabled="no")).status_code == 400
    assert (await webhooks.change(NOBODYS, enabled=True)).status_code == 404


async def test_a_webhook_is_switched_off_and_on(webhooks: WebhookClient, world: World) -> None:
    """While it is off it is told nothing, and can be sent nothing."""
    made = await webhooks.added()
    off = (await webhooks.change(made["id"], enabled=False)).json()
    test = await webhooks.http.post(f"/webhooks/{made['id']}/test")
    await world.store.sessions.mark(world.admin.id, SessionHealth.CHALLENGE)

    assert (off["enabled"], off["disabled_reason"]) == (False, "by_request")
    assert (test.status_code, code(test)) == (409, "webhook_disabled")
    assert await world.store.outbox.next_due() is None
    on = (await webhooks.change(made["id"], enabled=True)).json()
    assert (on["enabled"], on["disabled_at"], on["disabled_reason"]) == (True, None, None)


async def test_a_webhook_is_removed(webhooks: WebhookClient) -> None:
    """Once; after that there is nothing at its path."""
    made = await webhooks.added()

    answers = [await webhooks.http.delete(f"/webhooks/{made['id']}") for _ in range(2)]

    assert [each.status_code for each in answers] == [204, 404]
    assert answers[0].content == b""
    assert code(answers[1]) == "webhook_not_found"
    assert (await webhooks.http.get(f"/webhooks/{made['id']}")).status_code == 404


async def test_a_test_can_be_sent_followed_and_replayed(
    webhooks: WebhookClient, world: World
) -> None:
    """Its delivery is listed like every other one."""
    made = await webhooks.added(event_types=["task.failed"])
    path = f"/webhooks/{made['id']}"

    sent = await webhooks.http.post(f"{path}/test")
    [claimed] = await world.store.outbox.claim(ttl=LEASE, limit=1)
    await world.store.outbox.settle(claimed, Attempted(state=DeliveryState.DELIVERED, status=204))
    [listed] = (await webhooks.http.get(f"{path}/deliveries")).json()["deliveries"]
    replayed = await webhooks.http.post(f"/webhooks/deliveries/{listed['id']}/replay")

    assert sent.status_code == replayed.status_code == 202
    assert sent.json() == {
        "id": claimed.id,
        "webhook_id": made["id"],
        "event_id": claimed.event.id,
        "event_type": "webhook.test",
        "event_at": "2026-10-01T12:00:00Z",
        "task_id": None,
        "url": URL,
        "state": "pending",
        "attempts": 0,
        "next_at": "2026-10-01T12:00:00Z",
        "last_at": None,
        "last_status": None,
        "last_error": None,
    }
    assert (listed["state"], listed["last_status"], listed["attempts"]) == ("delivered", 204, 1)
    assert (replayed.json()["id"], replayed.json()["state"]) == (listed["id"], "pending")
    for missing in (f"/webhooks/{NOBODYS}/test", "/webhooks/deliveries/dlv_x/replay"):
        assert (await webhooks.http.post(missing)).status_code == 404


async def test_deliveries_come_in_pages(webhooks: WebhookClient, native: NativeClient) -> None:
    """The newest first; a cursor leads on, and one that is nobody's is refused."""
    made = await webhooks.added()
    ids = [await native.create_message(f"{number}") for number in range(3)]
    for task_id in ids:
        await native.cancel(task_id)
    path = f"/webhooks/{made['id']}/deliveries"

    first = (await native.http.get(path, params={"limit": 2})).json()
    second = (await native.http.get(path, params={"cursor": first["next_cursor"]})).json()

    shown = [each["task_id"] for each in [*first["deliveries"], *second["deliveries"]]]
    assert shown == ids[::-1]
    assert second["next_cursor"] is None
    for wrong in ({"limit": 0}, {"limit": "x"}, {"cursor": "dlv_x"}):
        assert (await native.http.get(path, params=wrong)).status_code == 400
    assert (await native.http.get(f"/webhooks/{NOBODYS}/deliveries")).status_code == 404


async def test_all_deliveries_are_listed(
    webhooks: WebhookClient, native: NativeClient, world: World
) -> None:
    """To webhooks and callbacks, by task and state, in pages: so a dead callback is found."""
    made = await webhooks.added()
    ids = [await native.create_message(f"{each}", callback_url=f"{URL}/{each}") for each in "ab"]
    for task_id in ids:
        await native.cancel(task_id)
    while taken := await world.store.outbox.claim(ttl=LEASE, limit=50):
        for each in taken:
            if each.url == f"{URL}/a":
                await world.store.outbox.settle(each, Attempted(state=DeliveryState.DEAD))
    path = "/webhooks/deliveries"

    async def listed(**query: Any) -> dict[str, Any]:
        answer = await native.http.get(path, params=query)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    [dead] = (await listed(state="dead"))["deliveries"]
    of_task = (await listed(task_id=ids[1].upper()))["deliveries"]
    first = await listed(limit=3)
    second = await listed(cursor=first["next_cursor"])
    replayed = await native.http.post(f"{path}/{dead['id']}/replay")
    of_hook = await native.http.get(f"/webhooks/{made['id']}/deliveries?state=dead")

    assert (dead["webhook_id"], dead["url"], dead["task_id"]) == (None, f"{URL}/a", ids[0])
    assert sorted(each["url"] for each in of_task) == [URL, f"{URL}/b"]
    assert [each["task_id"] for each in first["deliveries"]] == [ids[1], ids[1], ids[0]]
    assert (len(second["deliveries"]), second["next_cursor"]) == (1, None)
    assert replayed.status_code == 202
    assert of_hook.json()["deliveries"] == []
    for wrong in ({"task_id": "x"}, {"state": "x"}, {"limit": 0}, {"cursor": "dlv_x"}):
        assert (await native.http.get(path, params=wrong)).status_code == 400


async def test_a_secret_is_replaced(webhooks: WebhookClient, world: World) -> None:
    """The new one is shown once, and signs before the old one, which goes on for a day."""
    made = await webhooks.added()
    path = f"/webhooks/{made['id']}"
    await webhooks.http.post(f"{path}/test")

    new = (await webhooks.http.post(f"{path}/rotate-secret")).json()

    assert await secrets(world) == [new["secret"], made["secret"]]
    assert "secret" not in (await webhooks.http.get(path)).json()
    assert (await webhooks.http.post(f"/webhooks/{NOBODYS}/rotate-secret")).status_code == 404


async def test_the_secret_of_callbacks_is_shown_and_replaced(webhooks: WebhookClient) -> None:
    """It is the team's, and the same for all of its callbacks."""
    shown = [(await webhooks.http.get("/webhooks/callback-secret")).json() for _ in range(2)]
    new = (await webhooks.http.post("/webhooks/callback-secret/rotate")).json()
    after = (await webhooks.http.get("/webhooks/callback-secret")).json()

    assert shown[0] == shown[1]
    assert shown[0]["secret"].startswith("whsec_")
    assert new == after != shown[0]


async def test_a_team_may_have_some_webhooks(webhooks: WebhookClient) -> None:
    """One more is refused, until one of them is removed."""
    made = [await webhooks.added() for _ in range(ENDPOINTS_MAX)]

    refused = await webhooks.add()

    assert (refused.status_code, code(refused)) == (409, "too_many_webhooks")
    await webhooks.http.delete(f"/webhooks/{made[0]['id']}")
    await webhooks.added()


async def test_a_read_only_key_looks_and_changes_nothing(connect: Connect, world: World) -> None:
    """Nor does it see a secret."""
    made = await WebhookClient(connect().http).added()
    reading = connect(key=await world.new_key(scope=Scope.READ)).http
    path = f"/webhooks/{made['id']}"

    for address in ("/webhooks", path, f"{path}/deliveries", "/webhooks/deliveries"):
        assert (await reading.get(address)).status_code == 200
    refused = [
        await reading.post("/webhooks", json={"url": URL}),
        await reading.patch(path, json={"enabled": False}),
        await reading.delete(path),
        await reading.post(f"{path}/test"),
        await reading.post(f"{path}/rotate-secret"),
        await reading.get("/webhooks/callback-secret"),
        await reading.post("/webhooks/callback-secret/rotate"),
        await reading.post("/webhooks/deliveries/dlv_x/replay"),
    ]
    assert {(each.status_code, code(each)) for each in refused} == {(403, "read_only_key")}


async def test_every_type_of_event_is_described(webhooks: WebhookClient) -> None:
    """Clients find them in the API's description."""
    description = (await webhooks.http.get("/openapi.json")).json()
    body = description["paths"]["/webhooks"]["post"]["requestBody"]["content"]["application/json"]

    assert body["schema"]["properties"]["event_types"]["items"]["enum"] == [*SUBSCRIBABLE]
    assert json.dumps(body["examples"])
