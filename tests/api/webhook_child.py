"""A process that ends a task and tells it: `python -m tests.api.webhook_child FILE KEY`."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from api.webhooks.dispatcher import Dispatcher
from api.webhooks.exchange import Exchange
from api.webhooks.targets import Targets
from storage.secrets import StateCipher
from storage.sqlite import SqliteStore
from storage.tasks import TaskFilter
from tests.api.conftest import StoppedClock

ROOT = Path(__file__).parents[2]


def start(database: Path, key: SecretStr) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.api.webhook_child", str(database), key.get_secret_value()],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


async def main(path: Path, key: SecretStr) -> None:
    """Cancel the one task that there is, and deliver until somebody ends this process."""
    clock = StoppedClock()
    store = await SqliteStore.open(path, cipher=StateCipher(key), clock=clock)
    [view] = await store.reports.list(TaskFilter())
    await store.intake.cancel(view.task.id, team_id=view.task.team_id)
    targets = Targets(allow_private=True)
    async with Exchange(targets, timeout=timedelta(minutes=1)) as exchange:
        dispatcher = Dispatcher(store, exchange, kept_for=timedelta(days=1), clock=clock)
        await dispatcher.run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), SecretStr(sys.argv[2])))
