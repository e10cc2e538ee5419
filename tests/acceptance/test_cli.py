"""The commands, as a person or a script types them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from api.cli.wiring import open_store
from executor.sandbox.server import running_sandbox
from storage.limits import HoldReason
from storage.settings import StorageSettings
from tests.acceptance.service import run, serving

if TYPE_CHECKING:
    from pathlib import Path


async def test_the_demo_shows_both_deliveries() -> None:
    """It prints what the API answered and what the ledger says, and exits with 0."""
    ran = await run("demo")

    assert ran.code == 0, ran.err
    assert ran.out.count("task_output  {'sent': True}") == 2
    assert "ledger       message to ACoAABCDEFG" in ran.out
    assert "ledger       invitation to ACoAABCDEF123" in ran.out


async def test_the_demo_says_why_it_cannot_run(tmp_path: Path) -> None:
    """A wrong browser path is a sentence and exit code 1."""
    ran = await run("demo", LINKEDIN_EXECUTOR_BROWSER_PATH=str(tmp_path / "no-browser"))

    assert ran.code == 1
    assert "no-browser" in ran.err
    assert "Traceback" not in ran.err


async def test_members_and_keys_are_kept(tmp_path: Path) -> None:
    """Members come back oldest first with the acting one marked; keys show no text again."""
    where = ("--data-dir", str(tmp_path))
    async with serving(tmp_path, "--no-runner"):
        pass
    added = await run(
        "members", "add", "Olga", "--role", "admin", "--joined-at", "2020-01-01", *where
    )
    members = json.loads((await run("members", "list", "--json", *where)).out)
    key = json.loads((await run("keys", "create", "--read-only", "--json", *where)).out)["api_key"]
    listed = json.loads((await run("keys", "list", "--json", *where)).out)

    admin = members[1]["id"]
    named = [
        (await run("members", "alias", *arguments, *where)).code
        for arguments in ((admin[:8], "main"), (admin, "old"), (admin, "old", "--remove"))
    ]
    unknown = [
        (await run("members", "alias", *arguments, *where)).code
        for arguments in (("nobody", "main"), (admin, "old", "--remove"))
    ]
    again = json.loads((await run("members", "list", "--json", *where)).out)

    assert added.code == 0
    assert (named, unknown) == ([0, 0, 0], [1, 1])
    assert [(each["name"], each["acting"], each["aliases"]) for each in again] == [
        ("Olga", True, []),
        ("Admin", False, ["acc_12345", "main"]),
    ]
    assert key not in json.dumps(listed)
    (read_only,) = [each for each in listed if each["scope"] == "read"]
    assert (await run("keys", "revoke", read_only["id"], *where)).code == 0
    assert (await run("keys", "revoke", read_only["id"], *where)).code == 1


async def test_an_account_is_paused_and_resumed(tmp_path: Path) -> None:
    """By the beginning of its id; a task says what it waits for, and `doctor` tells it too."""
    where = ("--data-dir", str(tmp_path))
    async with serving(tmp_path, "--no-runner") as service:
        person = "urn:li:person:ACoAABCDEFG"
        task_id = await service.create("send-message", recipient_urn=person, message="Hi")
        [member] = json.loads((await run("members", "list", "--json", *where)).out)
        paused = await run("members", "pause", member["id"][:8], *where)
        shown = await run("tasks", "show", task_id, *where)
        findings = json.loads((await run("doctor", "--json", *where)).out)
        resumed = await run("members", "resume", member["id"], *where)
        unknown = await run("members", "pause", "nobody", *where)
        [after] = json.loads((await run("members", "list", "--json", *where)).out)

    assert (paused.code, resumed.code, unknown.code) == (0, 0, 1)
    assert "waits for paused" in shown.out
    assert "Admin is paused" in {each["what"] for each in findings}
    assert after["paused_at"] is None


async def test_tasks_can_be_listed_shown_waited_for_and_cancelled(tmp_path: Path) -> None:
    """A queued task can be withdrawn; a finished one is shown with its timeline."""
    where = ("--data-dir", str(tmp_path))
    async with serving(tmp_path, "--no-runner") as service:
        body = {"recipient_urn": "urn:li:person:ACoAABCDEFG", "message": "Hi"}
        first = await service.create("send-message", **body)
        late = await run("tasks", "wait", first, "--timeout", "0.2", *where)
        cancelled = await run("tasks", "cancel", first, *where)
        again = await run("tasks", "cancel", first, *where)
        shown = json.loads((await run("tasks", "show", first, "--json", *where)).out)
        listed = json.loads((await run("tasks", "list", "--json", *where)).out)
        unknown = await run("tasks", "show", "nonsense", *where)

    assert (late.code, "still queued" in late.err) == (1, True)
    assert (cancelled.code, again.code, unknown.code) == (0, 1, 1)
    assert shown["status"] == "cancelled"
    assert [event["name"] for event in shown["events"]] == ["accepted", "cancelled"]
    assert [task["id"] for task in listed] == [first]


async def test_tasks_are_listed_by_type_and_page_by_page(tmp_path: Path) -> None:
    """The last id of one page leads to the next; an unknown one is named as such."""
    where = ("--json", "--data-dir", str(tmp_path))
    async with serving(tmp_path, "--no-runner") as service:
        person = "urn:li:person:ACoAABCDEFG"
        message = await service.create("send-message", recipient_urn=person, message="Hi")
        invitation = await service.create("send-connection-request", profile_urn=person)
        newest = json.loads((await run("tasks", "list", "--limit", "1", *where)).out)
        before = json.loads((await run("tasks", "list", "--before", invitation, *where)).out)
        messages = json.loads((await run("tasks", "list", "--type", "send_message", *where)).out)
        unknown = await run("tasks", "list", "--before", "nonsense", *where)

    assert [task["id"] for task in newest] == [invitation]
    assert [task["id"] for task in before] == [message]
    assert [task["id"] for task in messages] == [message]
    assert (unknown.code, unknown.out) == (1, "")


async def test_a_waiting_task_is_shown_with_what_it_waits_for(tmp_path: Path) -> None:
    """Place, hold and time stand in `tasks show`; `doctor` tells the hold too."""
    where = ("--data-dir", str(tmp_path))
    async with serving(tmp_path, "--no-runner") as service:
        person = "urn:li:person:ACoAABCDEFG"
        task_id = await service.create("send-message", recipient_urn=person, message="Hi")
        async with open_store(StorageSettings(data_dir=tmp_path)) as store:
            view = await store.reports.view(task_id)
            assert view is not None
            await store.limits.hold(
                view.task.member_id,
                "send_message",
                reason=HoldReason.RATE_LIMITED,
                until=datetime.now(UTC) + timedelta(hours=1),
            )
        shown = await run("tasks", "show", task_id, *where)
        as_json = json.loads((await run("tasks", "show", task_id, "--json", *where)).out)
        findings = json.loads((await run("doctor", "--json", *where)).out)

    assert "waits for limit" in shown.out
    assert "place in the queue: 1" in shown.out
    assert "send_message rests until" in shown.out
    assert (as_json["position"], as_json["holds"][0]["reason"]) == (1, "rate_limited")
    [hold] = [each for each in findings if each["what"] == "holds on Admin"]
    assert not hold["ok"]
    assert "rate_limited" in hold["detail"]


async def test_a_backup_holds_the_tasks_and_not_the_key(tmp_path: Path) -> None:
    """It is made while the service runs, and can be served from, with the key beside it."""
    data, copy = tmp_path / "data", tmp_path / "copy"
    copy.mkdir()
    target = copy / "linkedin-executor.sqlite3"
    async with serving(data, "--no-runner") as service:
        person = "urn:li:person:ACoAABCDEFG"
        task_id = await service.create("send-message", recipient_urn=person, message="Hi")
        made = await run("backup", str(target), "--data-dir", str(data))
        again = await run("backup", str(target), "--data-dir", str(data))

    assert made.code == 0, made.err
    assert str(data / "session.key") in made.out
    assert (data / "session.key").read_bytes().strip() not in target.read_bytes()
    assert again.code == 1
    assert "Traceback" not in again.err
    (copy / "session.key").write_bytes((data / "session.key").read_bytes())
    (copy / "session.key").chmod(0o600)
    listed = json.loads((await run("tasks", "list", "--json", "--data-dir", str(copy))).out)
    assert [task["id"] for task in listed] == [task_id]


async def test_the_configuration_is_shown_without_its_secrets(tmp_path: Path) -> None:
    """Every setting appears under its variable's name, and keys are masked."""
    key = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I="
    ran = await run(
        *("config", "--json", "--data-dir", str(tmp_path)),
        LINKEDIN_EXECUTOR_ENCRYPTION_KEY=key,
        LINKEDIN_EXECUTOR_PORT="9000",
    )

    shown = json.loads(ran.out)
    assert shown["LINKEDIN_EXECUTOR_PORT"] == 9000
    assert shown["LINKEDIN_EXECUTOR_DATA_DIR"] == str(tmp_path)
    assert key not in ran.out


async def test_an_invalid_setting_is_named(tmp_path: Path) -> None:
    """The message names the setting, without a traceback."""
    ran = await run("config", "--data-dir", str(tmp_path), LINKEDIN_EXECUTOR_PORT="many")

    assert ran.code == 1
    assert "port" in ran.err
    assert "Traceback" not in ran.err


async def test_the_doctor_sees_a_healthy_directory_and_an_empty_one(tmp_path: Path) -> None:
    """All is well with a signed-in sandbox; without a team it says what to do."""
    async with serving(tmp_path / "used"):
        healthy = await run("doctor", "--json", "--data-dir", str(tmp_path / "used"))
    empty = await run("doctor", "--json", "--data-dir", str(tmp_path / "empty"))

    assert healthy.code == 0, healthy.out
    assert [finding["what"] for finding in json.loads(healthy.out)] == [
        "installation",
        "browser",
        "locators",
        "store",
        "runner",
        "site",
        "session of Admin",
    ]
    assert empty.code == 1
    assert [f["what"] for f in json.loads(empty.out) if not f["ok"]] == ["team"]


async def test_a_storage_state_signs_a_member_in(tmp_path: Path) -> None:
    """`login --import` checks the session with LinkedIn before it keeps it."""
    async with running_sandbox() as sandbox:
        state = tmp_path / "state.json"
        state.write_text(json.dumps(await sandbox.client.storage_state()))
        where = {"LINKEDIN_EXECUTOR_LINKEDIN_URL": sandbox.url}
        data_dir = ("--data-dir", str(tmp_path / "data"))

        signed_in = await run("login", "--import", str(state), *data_dir, **where)
        members = json.loads((await run("members", "list", "--json", *data_dir)).out)
        await sandbox.client.sign_out()
        stale = await run("login", "--import", str(state), *data_dir, **where)

    assert signed_in.code == 0, signed_in.err
    assert members[0]["session"] == "signed_in"
    assert stale.code == 1
    assert "signed out" in stale.err
    database = (tmp_path / "data" / "linkedin-executor.sqlite3").read_bytes()
    (li_at,) = [
        c["value"] for c in json.loads(state.read_text())["cookies"] if c["name"] == "li_at"
    ]
    assert li_at.encode() not in database


async def test_another_account_is_signed_in_only_where_that_is_said(tmp_path: Path) -> None:
    """What waits for the member goes out in no other person's name by accident."""
    state = tmp_path / "state.json"
    login = ("login", "--import", str(state), "--data-dir", str(tmp_path / "data"))
    async with serving(tmp_path / "data") as service:
        other = await service.sandbox.add_account(first_name="Bea", last_name="Second")
        state.write_text(json.dumps(await service.sandbox.storage_state(other.id)))
        await service.sandbox.sign_out(1)
        person = "urn:li:person:ACoAABCDEFG"
        task_id = await service.create("send-message", recipient_urn=person, message="Hi")
        refused = await run(*login)
        delivered = await service.sandbox.ledger()
        state.write_text(json.dumps(await service.sandbox.storage_state(1)))
        same = await run(*login)
        await service.ended(task_id)
        state.write_text(json.dumps(await service.sandbox.storage_state(other.id)))
        replaced = await run(*login, "--replace")
        await service.ended(
            await service.create("send-message", recipient_urn=person, message="Bea here")
        )
        ledger = await service.sandbox.ledger()
    remote = await run("login", "--remote", "--replace", "--data-dir", str(tmp_path / "data"))

    assert (refused.code, delivered) == (1, [])
    assert "another LinkedIn account than Admin's so far" in refused.err
    assert "--replace" in refused.err
    assert (same.code, replaced.code, remote.code) == (0, 0, 2)
    assert [(each.account, each.text) for each in ledger] == [(1, "Hi"), (other.id, "Bea here")]


@pytest.mark.parametrize("content", ["not json", "[]", '{"cookies": "none"}', '{"cookies": [1]}'])
async def test_a_file_that_is_no_storage_state_is_refused(tmp_path: Path, content: str) -> None:
    """The message names the file, and nothing is stored."""
    state = tmp_path / "state.json"
    state.write_text(content)

    ran = await run("login", "--import", str(state), "--data-dir", str(tmp_path / "data"))

    assert ran.code == 1
    assert str(state) in ran.err
    assert "Traceback" not in ran.err
