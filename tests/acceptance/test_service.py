"""The whole program: HTTP request, store, runner, browser, answer."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import httpx

from tests.acceptance.service import PATIENCE_S, run, serving, start

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.service import Service

JANE = "urn:li:person:ACoAABCDEFG"
STRANGER = "urn:li:fsd_profile:ACoAABCDEF123"


async def test_a_message_goes_from_the_request_to_the_ledger(tmp_path: Path) -> None:
    """Accepted over HTTP, delivered once, and answered as OutX documents it."""
    async with serving(tmp_path) as service:
        task_id = await service.create("send-message", recipient_urn=JANE, message="Hi Jane")

        data = await service.ended(task_id)

        assert data == {
            "id": task_id,
            "status": "completed",
            "task_input": {
                "task_type": "agent_send_message",
                "recipient_urn": JANE,
                "message": "Hi Jane",
            },
            "task_output": {"sent": True},
        }
        assert [(e.kind, e.text) for e in await service.sandbox.ledger()] == [
            ("message", "Hi Jane")
        ]


async def test_an_invitation_that_cannot_be_sent_fails_and_says_why(tmp_path: Path) -> None:
    """The second invitation of one person ends as `failed`, with a code and what is safe."""
    async with serving(tmp_path) as service:
        first = await service.create("send-connection-request", profile_urn=STRANGER, note=" Hi ")
        second = await service.create("send-connection-request", profile_urn="ACoAABCDEF123")

        assert (await service.ended(first))["task_output"] == {"sent": True}
        data = await service.ended(second)

        assert data["status"] == "failed"
        assert data["task_output"]["sent"] is False
        error = data["task_output"]["error"]
        assert (error["code"], error["retry_safe"]) == ("already_pending", True)
        assert [e.text for e in await service.sandbox.ledger()] == ["Hi"]


async def test_the_announcement_names_every_address(tmp_path: Path) -> None:
    """Scripts read one JSON line; each address in it answers."""
    async with serving(tmp_path, "--api-key", "a-key-of-my-own") as service:
        ready = service.ready
        assert ready["api_key"] == "a-key-of-my-own"
        assert ready["data_dir"] == str(tmp_path)
        assert ready["pid"] == service.process.pid
        async with httpx.AsyncClient(follow_redirects=True, timeout=PATIENCE_S) as client:
            for name in ("docs_url", "sandbox_url"):
                assert (await client.get(ready[name])).status_code == 200, name
            # It answers with the form that asks for a key.
            door = await client.get(ready["dashboard_url"])
            assert (door.status_code, "API key" in door.text) == (401, True)
            health = (await client.get(f"{ready['api_url']}/readyz")).json()
        assert health["status"] == "ready"


async def test_it_is_ready_as_soon_as_it_answers(tmp_path: Path) -> None:
    """Who looks while the runner is still being loaded hears no false alarm."""
    async with serving(tmp_path) as service:
        answer = await service.api.get("/readyz")

    assert (answer.status_code, answer.json()["status"]) == (200, "ready")


async def test_a_part_that_cannot_be_loaded_ends_the_service(tmp_path: Path) -> None:
    """It answers first, but does not go on as an API whose tasks nobody performs."""
    (tmp_path / "playwright").mkdir()
    (tmp_path / "playwright" / "__init__.py").write_text("raise ImportError('half installed')")

    ended = await run(
        "serve", "--json", "--port", "0", "--data-dir", str(tmp_path), PYTHONPATH=str(tmp_path)
    )

    assert json.loads(ended.out)["api_url"]
    assert ended.code == 1
    assert "half installed" in ended.err


async def test_a_kill_between_accept_and_claim_loses_nothing(tmp_path: Path) -> None:
    """What was answered with 200 is done after a restart, on the same directory."""
    async with serving(tmp_path, "--no-runner") as service:
        tasks = [
            await service.create("send-message", recipient_urn=JANE, message=f"message {number}")
            for number in range(3)
        ]
        await service.kill()

    async with serving(tmp_path) as service:
        ended = [await service.ended(task_id) for task_id in tasks]
        ledger = await service.sandbox.ledger()

    assert [data["status"] for data in ended] == ["completed"] * 3
    assert [entry.text for entry in ledger] == ["message 0", "message 1", "message 2"]


async def test_a_kill_in_the_midst_of_work_delivers_nothing_twice(tmp_path: Path) -> None:
    """Whatever the runner was at, every task ends, and no message is in the ledger twice."""
    async with serving(tmp_path) as service:
        tasks = [
            await service.create("send-message", recipient_urn=JANE, message=f"message {number}")
            for number in range(4)
        ]
        while not await service.sandbox.ledger():
            pass  # Each look is a request of its own; the kill comes after the first delivery.
        await service.kill()

    async with serving(tmp_path) as service:
        ended = [await service.ended(task_id) for task_id in tasks]
        texts = [entry.text for entry in await service.sandbox.ledger()]

    sent = [f"message {n}" for n, data in enumerate(ended) if data["status"] == "completed"]
    assert len(texts) == len(set(texts))
    assert set(sent) <= set(texts)
    unsure = [data["task_output"]["error"] for data in ended if data["status"] == "failed"]
    assert len(unsure) <= 1
    assert all(error["code"] == "unconfirmed" for error in unsure)


async def test_a_stopping_service_answers_those_who_wait(tmp_path: Path) -> None:
    """A client that waits for its task keeps nobody from stopping, and gets an answer."""
    async with serving(tmp_path, "--no-runner") as service:
        task_id = await service.create("send-message", recipient_urn=JANE, message="Hi")
        path = f"/tasks/{task_id}"
        waiting = asyncio.ensure_future(service.api.get(path, params={"wait": 60}, timeout=70))
        # Answered after the first request has been read: both are on their way in one loop.
        await service.api.get(path, params={"wait": "0.2"})
        assert not waiting.done()

        assert await service.stop() == 0
        answer = await waiting

    assert (answer.status_code, answer.json()["status"]) == (200, "queued")


async def test_two_processes_on_one_directory_deliver_each_message_once(tmp_path: Path) -> None:
    """`serve` and a separate `run` share the work without sharing an account at one time."""
    async with serving(tmp_path) as service:
        beside = await start("run", "--data-dir", str(tmp_path))
        try:
            wanted = [f"message {number}" for number in range(10)]
            tasks = [
                await service.create("send-message", recipient_urn=JANE, message=text)
                for text in wanted
            ]
            assert (await service.ended(tasks[-1], within=100))["status"] == "completed"
            assert {(await service.status(task))["status"] for task in tasks} == {"completed"}
            texts = [entry.text for entry in await service.sandbox.ledger()]
        finally:
            beside.terminate()
            out, err = await beside.communicate()
        assert beside.returncode == 0, err.decode()
        assert "Performing tasks" in out.decode()

    assert sorted(text or "" for text in texts) == sorted(wanted)


async def test_a_second_runner_takes_over_when_the_first_dies(tmp_path: Path) -> None:
    """The account passes to the process that is left, without waiting for an operator."""
    async with serving(tmp_path, "--no-runner") as service:
        first = await start("run", "--data-dir", str(tmp_path))
        one = await service.create("send-message", recipient_urn=JANE, message="one")
        assert (await service.ended(one))["status"] == "completed"
        second = await start("run", "--data-dir", str(tmp_path))
        first.kill()
        await first.communicate()
        two = await service.create("send-message", recipient_urn=JANE, message="two")

        assert (await service.ended(two))["status"] == "completed"

        second.terminate()
        await second.communicate()
        assert [entry.text for entry in await service.sandbox.ledger()] == ["one", "two"]


async def test_it_is_ready_while_a_runner_is_beside_it(tmp_path: Path) -> None:
    """The API alone says that nobody performs tasks; `run` makes it ready, until it is stopped."""
    where = ("--data-dir", str(tmp_path))

    async def check(service: Service) -> tuple[int, str | None]:
        answer = await service.api.get("/readyz")
        return answer.status_code, answer.json()["checks"]["runner"]["reason"]

    async with serving(tmp_path, "--no-runner") as service:
        alone = await check(service)
        beside = await start("run", *where)
        async with asyncio.timeout(PATIENCE_S):
            while (there := await check(service)) == alone:
                pass  # Each look is a request of its own.
        findings = json.loads((await run("doctor", "--json", *where)).out)
        beside.terminate()
        _, err = await beside.communicate()
        left = await check(service)

    assert beside.returncode == 0, err.decode()
    assert there == (200, None)
    assert alone == left
    assert (alone[0], (alone[1] or "")[:19]) == (503, "No runner is there:")
    [finding] = [each for each in findings if each["what"] == "runner"]
    assert finding["ok"]
    assert f"process {beside.pid} on " in finding["detail"]


async def test_the_first_start_makes_a_team_and_shows_its_key_once(tmp_path: Path) -> None:
    """A new directory is usable at once; nobody is signed in yet, and the API says so."""
    keys = []
    for _ in range(2):
        process = await start("serve", "--json", "--port", "0", "--data-dir", str(tmp_path))
        assert process.stdout is not None
        ready = json.loads(await process.stdout.readline())
        keys.append(ready["api_key"])
        if ready["api_key"]:
            async with httpx.AsyncClient(timeout=PATIENCE_S) as client:
                answer = await client.post(
                    f"{ready['api_url']}/linkedin-agent/send-message",
                    headers={"x-api-key": ready["api_key"]},
                    json={"recipient_urn": JANE, "message": "Hi"},
                )
            assert answer.status_code == 403
            assert answer.json()["error"].startswith("Plugin installation required")
        process.terminate()
        _, err = await process.communicate()
        assert process.returncode == 0, err.decode()

    assert keys[0].startswith("lx_")
    assert keys[1] is None


async def test_a_sandbox_directory_is_not_served_as_the_real_thing(tmp_path: Path) -> None:
    """Its sessions are a sandbox's; they must not be shown to LinkedIn."""
    async with serving(tmp_path, "--no-runner"):
        pass

    refused = await run("serve", "--port", "0", "--data-dir", str(tmp_path))

    assert refused.code == 1
    assert "belongs to a sandbox" in refused.err


async def test_a_real_directory_is_not_given_to_a_sandbox(tmp_path: Path) -> None:
    """Its admin's real session would be overwritten by an invented one."""
    assert (await run("migrate", "--data-dir", str(tmp_path))).code == 0

    refused = await run("serve", "--sandbox", "--port", "0", "--data-dir", str(tmp_path))

    assert refused.code == 1
    assert "real site" in refused.err


async def test_a_port_in_use_is_said_in_a_sentence(tmp_path: Path) -> None:
    """No traceback, and exit code 1."""
    async with serving(tmp_path / "one", "--no-runner") as service:
        port = service.ready["api_url"].rsplit(":", 1)[1]

        refused = await run("serve", "--port", port, "--data-dir", str(tmp_path / "two"))

    assert refused.code == 1
    assert f"port {port}" in refused.err
    assert "Traceback" not in refused.err
    assert not (tmp_path / "two").exists(), "the key that is shown once would have been lost"
