"""A backup brought back, as `docs/operating.md` tells."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx
import pytest

from api.cli.service import serving
from api.cli.wiring import open_store, read_settings
from executor.sandbox.server import running_sandbox
from storage.sessions import SessionHealth
from storage.settings import StorageSettings
from storage.tasks import WaitReason
from tests.acceptance.service import PATIENCE_S, Ran, run, start

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path
    from typing import Any

    from executor.sandbox.server import RunningSandbox

MESSAGE = {"recipient_urn": "urn:li:person:ACoAABCDEFG", "message": "Queued in the copy"}


@dataclass(frozen=True)
class Saved:
    """What was saved of an installation that then was lost."""

    sandbox: RunningSandbox
    state: dict[str, Any]
    database: Path
    key: Path
    task_id: str

    def restore(self, data: Path, *, with_key: bool) -> None:
        data.mkdir(mode=0o700)
        shutil.copy(self.database, data / "linkedin-executor.sqlite3")
        if with_key:
            shutil.copy(self.key, data / "session.key")

    async def command(self, *words: str, data: Path) -> Ran:
        return await run(*words, "--data-dir", str(data), **self._environment)

    async def becomes(self, reason: WaitReason, *, data: Path) -> None:
        """Wait until the task waits for this."""
        async with open_store(StorageSettings(data_dir=data)) as store:
            changes = store.changes()
            try:
                async with asyncio.timeout(PATIENCE_S):
                    while (view := await store.reports.view(self.task_id)) is None or (
                        view.waiting_for is not reason
                    ):
                        await changes.wait()
            finally:
                await changes.close()

    @asynccontextmanager
    async def runner(self, data: Path) -> AsyncIterator[None]:
        process = await start("run", "--data-dir", str(data), **self._environment)
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            await process.communicate()

    @property
    def _environment(self) -> dict[str, str]:
        return {"LINKEDIN_EXECUTOR_LINKEDIN_URL": self.sandbox.url}


@pytest.fixture
async def saved(tmp_path: Path) -> AsyncIterator[Saved]:
    """A message was accepted and not sent; database and key were saved, in two files."""
    data, copy, key = (tmp_path / name for name in ("lost", "copy.sqlite3", "kept.key"))
    settings = read_settings(data_dir=data, api={"port": 0})
    async with running_sandbox() as sandbox:
        state = await sandbox.client.storage_state()
        async with serving(
            settings, with_runner=False, with_sandbox=False, api_key=None
        ) as addresses:
            assert addresses.first_team is not None
            async with open_store(settings.storage) as store:
                admin = addresses.first_team.admin.id
                await store.sessions.save(
                    admin, state, health=SessionHealth.SIGNED_IN, verified=True
                )
            async with httpx.AsyncClient(base_url=addresses.api_url, timeout=PATIENCE_S) as api:
                created = await api.post(
                    "/linkedin-agent/send-message",
                    json=MESSAGE,
                    headers={"x-api-key": addresses.first_team.api_key},
                )
            made = await run("backup", str(copy), "--data-dir", str(data))
            assert made.code == 0, made.err
        shutil.copy(data / "session.key", key)
        shutil.rmtree(data)
        task_id = created.json()["api_agent_task_id"]
        yield Saved(sandbox=sandbox, state=state, database=copy, key=key, task_id=task_id)


async def test_a_restored_copy_goes_on_where_it_was(saved: Saved, tmp_path: Path) -> None:
    """With the key beside it nobody has to sign in again, and what was queued is sent once."""
    data = tmp_path / "restored"
    saved.restore(data, with_key=True)

    doctor = await saved.command("doctor", data=data)
    async with saved.runner(data):
        ended = await saved.command("tasks", "wait", saved.task_id, "--timeout", "60", data=data)

    assert doctor.code == 0, doctor.out
    assert ended.code == 0, ended.out + ended.err
    assert [each.text for each in await saved.sandbox.client.ledger()] == [MESSAGE["message"]]


async def test_without_the_key_a_sign_in_brings_the_queue_back(
    saved: Saved, tmp_path: Path
) -> None:
    """Sessions of another key stay shut, tasks wait for that, and `login` is all that is needed."""
    data, state = tmp_path / "restored", tmp_path / "state.json"
    saved.restore(data, with_key=False)
    state.write_text(json.dumps(saved.state))

    doctor = await saved.command("doctor", data=data)
    async with saved.runner(data):
        await saved.becomes(WaitReason.SIGN_IN, data=data)
        waits = await saved.command("tasks", "wait", saved.task_id, "--timeout", "1", data=data)
        signed_in = await saved.command("login", "--import", str(state), data=data)
        ended = await saved.command("tasks", "wait", saved.task_id, "--timeout", "60", data=data)

    assert doctor.code == 1
    assert "cannot be decrypted" in doctor.out
    assert "still queued, waiting for sign_in" in waits.err
    assert signed_in.code == 0, signed_in.err
    assert ended.code == 0, ended.out + ended.err
    assert [each.text for each in await saved.sandbox.client.ledger()] == [MESSAGE["message"]]
