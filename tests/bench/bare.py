"""The baseline of the API: FastAPI on uvicorn, and nothing else; `python -m tests.bench.bare`.

It has uvicorn's settings, the paths, bodies and rules of two of OutX's endpoints, and stores
nothing. One line of JSON says that it listens.
"""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Annotated

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel, Field

if TYPE_CHECKING:
    import socket

app = FastAPI()


class Message(BaseModel):
    """The body of `send-message`."""

    recipient_urn: Annotated[str, Field(min_length=1)]
    message: Annotated[str, Field(min_length=1, max_length=10_000)]


@app.post("/linkedin-agent/send-message")
async def send_message(message: Message) -> dict[str, object]:  # noqa: ARG001 - it is validated
    return {"success": True, "api_agent_task_id": str(uuid.uuid4()), "message": "Task created"}


@app.get("/linkedin-agent/get-task-status")
async def get_task_status(api_agent_task_id: str) -> dict[str, object]:
    return {
        "success": True,
        "data": {
            "id": api_agent_task_id,
            "status": "pending",
            "task_input": {
                "task_type": "agent_send_message",
                "recipient_urn": "urn:li:person:ACoAABCDEFG",
                "message": "Hello",
            },
            "task_output": None,
        },
    }


class _Server(uvicorn.Server):
    """Tells its address, as `serve` does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        print(json.dumps({"api_url": f"http://{host}:{port}"}), flush=True)  # noqa: T201 - as above


def serve_here(app: FastAPI) -> None:
    """Serve an app with the settings that `serve` has, on a free port, until it is stopped."""
    config = uvicorn.Config(
        app,
        port=0,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    _Server(config).run()


if __name__ == "__main__":
    serve_here(app)
