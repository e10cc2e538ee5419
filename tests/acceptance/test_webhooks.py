"""Webhooks as an operator sets them up: commands beside a running service, and a real receiver."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from standardwebhooks.webhooks import Webhook

from tests.acceptance.service import run, serving
from tests.api.receiver import receiving, status

if TYPE_CHECKING:
    from pathlib import Path

    from tests.api.receiver import Receiver

ALLOWED = {"LINKEDIN_EXECUTOR_WEBHOOK_ALLOW_PRIVATE": "true"}


async def received(receiver: Receiver, count: int) -> None:
    async with asyncio.timeout(60):
        while len(receiver.received) < count:
            receiver.arrived.clear()
            await receiver.arrived.wait()


async def listed(*wanted: str) -> list[dict[str, Any]]:
    ran = await run("webhooks", "deliveries", "--json", *wanted)
    found: list[dict[str, Any]] = json.loads(ran.out)
    return found


async def test_a_webhook_is_set_up_tested_and_told_the_end_of_a_task(tmp_path: Path) -> None:
    """A service without a runner delivers; a task that a command withdraws is told as well."""
    where = ("--data-dir", str(tmp_path))
    async with (
        receiving(status(410)) as receiver,
        serving(tmp_path, "--no-runner", **ALLOWED) as service,
    ):
        refused = await run("webhooks", "add", receiver.url, *where)
        added = await run("webhooks", "add", receiver.url, "--json", *where, **ALLOWED)
        made = json.loads(added.out)
        tested = await run("webhooks", "test", made["id"][:12], *where)
        await received(receiver, 1)
        switched_off = await run("webhooks", "test", made["id"], *where)
        await service.api.patch(f"/webhooks/{made['id']}", json={"enabled": True})
        replayed = await run("webhooks", "replay", tested.out.strip(), *where)
        await received(receiver, 2)
        message = {"recipient": "ACoAABCDEFG", "message": "Hi"}
        task = {"task_type": "send_message", "input": message}
        task_id = (await service.api.post("/tasks", json=task)).json()["id"]
        await run("tasks", "cancel", task_id, *where)
        await received(receiver, 3)
        deliveries = await listed(made["id"], *where)
        shown = await run("webhooks", "list", *where)
        removed = await run("webhooks", "remove", made["id"], *where)

    assert (refused.code, "must begin with https://" in refused.err) == (1, True)
    assert (replayed.code, removed.code, switched_off.code) == (0, 0, 1)
    assert made["url"] in shown.out
    assert "whsec_" not in shown.out
    assert [each["event_type"] for each in deliveries] == ["task.cancelled", "webhook.test"]
    test, again, end = receiver.received
    assert test.headers["webhook-id"] == again.headers["webhook-id"]
    body = Webhook(made["secret"]).verify(end.body, end.headers)
    assert (body["type"], body["data"]["id"]) == ("task.cancelled", task_id)


async def test_a_callback_that_was_given_up_is_found_and_sent_again(tmp_path: Path) -> None:
    """By its state or its task: no webhook has to be known."""
    where = ("--data-dir", str(tmp_path))
    async with (
        receiving(status(410)) as receiver,
        serving(tmp_path, "--no-runner", **ALLOWED) as service,
    ):
        message = {"recipient": "ACoAABCDEFG", "message": "Hi"}
        task = {"task_type": "send_message", "input": message, "callback_url": receiver.url}
        task_id = (await service.api.post("/tasks", json=task)).json()["id"]
        await run("tasks", "cancel", task_id, *where)
        await received(receiver, 1)
        [dead] = await listed("--task", task_id, *where)
        by_state = [
            await listed("--state", state, *where) for state in ("dead", "pending", "delivered")
        ]
        shown = await run("webhooks", "deliveries", *where)
        replayed = await run("webhooks", "replay", dead["id"], *where)
        await received(receiver, 2)
        wrong = await run("webhooks", "deliveries", "--state", "lost", *where)

    assert (dead["webhook_id"], dead["task_id"], dead["url"]) == (None, task_id, receiver.url)
    assert by_state == [[dead], [], []]
    assert receiver.url in shown.out
    assert replayed.code == 0
    assert (wrong.code, "lost" in wrong.err) == (2, True)


async def test_wrong_words_are_told_plainly(tmp_path: Path) -> None:
    """A name that no event has, and ids that nothing has."""
    where = ("--data-dir", str(tmp_path))
    async with serving(tmp_path, "--no-runner"):
        pass
    wrong = await run("webhooks", "add", "https://x.example/", "--event", "task.begun", *where)
    missing = [
        await run("webhooks", command, "nothing", *where)
        for command in ("remove", "test", "deliveries", "replay")
    ]

    assert (wrong.code, "task.begun" in wrong.err) == (2, True)
    assert [each.code for each in missing] == [1] * 4
    assert all("Traceback" not in each.err for each in missing)
