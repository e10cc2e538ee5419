"""What storing alone costs: `python -m tests.bench.durable DATA_DIR TEAM_ID MEMBER_ID`.

It is the bare app, and puts each message into a store, durably: with no checks, guards, limits and
logs. Between it and the bare app lies the price of a promise that outlives the process.
"""

from __future__ import annotations

import sys
import uuid
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI

from api.cli.wiring import open_store
from storage.settings import StorageSettings
from storage.tasks import NewTask
from tests.bench.bare import Message, serve_here

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

DATA_DIR, TEAM_ID, MEMBER_ID = sys.argv[1:]


@asynccontextmanager
async def _open(app: FastAPI) -> AsyncIterator[None]:
    async with open_store(StorageSettings(data_dir=Path(DATA_DIR))) as store:

        @app.post("/linkedin-agent/send-message")
        async def send_message(message: Message) -> dict[str, object]:
            given = message.model_dump()
            new = NewTask(
                id=str(uuid.uuid4()),
                team_id=TEAM_ID,
                member_id=MEMBER_ID,
                dialect="outx",
                task_type="send_message",
                is_write=True,
                request=given,
                input=given,
            )
            await store.intake.add(new)
            return {"success": True, "api_agent_task_id": new.id, "message": "Task created"}

        yield


if __name__ == "__main__":
    serve_here(FastAPI(lifespan=_open))
