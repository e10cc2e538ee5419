"""What the API's log says, and what it never says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from structlog.testing import capture_logs

from storage.errors import StoreUnavailable

if TYPE_CHECKING:
    import pytest

    from tests.api.conftest import OutxClient, World

SECRET_TEXT = "the-private-message"


async def test_each_request_is_logged_once_with_stable_names(outx: OutxClient) -> None:
    """The access line holds method, path, status, time and request id."""
    with capture_logs() as lines:
        await outx.http.get("/linkedin-agent/get-task-status", headers={"X-Request-Id": "r-1"})

    [line] = lines
    assert line.pop("ms") >= 0
    assert line == {
        "event": "request_answered",
        "log_level": "info",
        "method": "GET",
        "path": "/linkedin-agent/get-task-status",
        "request_id": "r-1",
        "status": 400,
    }


async def test_an_accepted_task_is_logged_by_its_ids(outx: OutxClient, world: World) -> None:
    """The line joins the task to its team, key and dialect."""
    with capture_logs() as lines:
        task_id = await outx.create_message(SECRET_TEXT)

    [accepted] = [line for line in lines if line["event"] == "task_accepted"]
    [key] = await world.store.keys.list(world.team.id)
    assert accepted == {
        "event": "task_accepted",
        "log_level": "info",
        "task_id": task_id,
        "task_type": "send_message",
        "dialect": "outx",
        "team_id": world.team.id,
        "member_id": world.admin.id,
        "key_id": key.id,
        "how": "new",
    }


async def test_watching_does_not_fill_the_log(outx: OutxClient) -> None:
    """Health checks are logged at the lowest level."""
    with capture_logs() as lines:
        await outx.http.get("/livez")
        await outx.http.get("/readyz")

    assert [line["log_level"] for line in lines] == ["debug", "debug"]


async def test_neither_keys_nor_texts_nor_queries_reach_the_log(
    outx: OutxClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not on success, not on refusal, not on a crash."""

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    with capture_logs() as lines:
        task_id = await outx.create_message(SECRET_TEXT)
        await outx.status(task_id)
        await outx.send_message({"recipient_urn": SECRET_TEXT + "!", "message": SECRET_TEXT})
        await outx.http.get("/nothing", params={"api_key": world.key})
        await outx.http.get("/livez", headers={"X-Request-Id": f"{world.key} {SECRET_TEXT}"})
        monkeypatch.setattr(world.store.intake, "add", broken)
        await outx.send_message({"recipient_urn": "ACoAABCDEFG", "message": SECRET_TEXT})

    shown = repr(lines)
    assert "request_failed" in shown
    assert SECRET_TEXT not in shown
    assert world.key not in shown


async def test_an_unforeseen_error_is_logged_once_with_its_trace(
    outx: OutxClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log has what the client is not told, under the same request id."""

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("detail")

    monkeypatch.setattr(world.store.intake, "add", broken)
    with capture_logs() as lines:
        answer = await outx.send_message({"recipient_urn": "ACoAABCDEFG", "message": "Hi"})

    [line] = [line for line in lines if line["log_level"] == "error"]
    assert line["event"] == "request_failed"
    assert line["error"] == "RuntimeError"
    assert "RuntimeError: detail" in line["exception"]
    assert line["request_id"] == answer.headers["x-request-id"]


async def test_an_unusable_store_is_logged_with_the_reason(
    outx: OutxClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operator reads why; the client does not."""

    async def gone(*_: object, **__: object) -> None:
        raise StoreUnavailable("disk full")

    monkeypatch.setattr(world.store.keys, "caller", gone)
    with capture_logs() as lines:
        answer = await outx.status("x")

    [line] = [line for line in lines if line["event"] == "store_unavailable"]
    assert line["reason"] == "disk full"
    assert "disk full" not in answer.text
