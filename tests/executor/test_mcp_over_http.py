"""A message through MCP, performed in a browser while the client waits, judged by the ledger."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from api.app import create_app
from api.settings import ApiSettings
from storage.secrets import digest_key, new_api_key
from storage.teams import Scope
from tests.api.conftest import served
from tests.api.tool_client import speaking, text_of, told

if TYPE_CHECKING:
    from tests.executor.office import Office


async def test_a_model_writes_to_somebody_and_reads_the_conversation(office: Office) -> None:
    """Three calls at once deliver once, and what stands there then comes fenced."""
    key, text = new_api_key(), "Hello from a model,\nin two lines."
    await office.store.keys.add(
        office.team.id, name="test", digest=digest_key(key), hint=key[:6], scope=Scope.FULL
    )
    app = create_app(office.store, ApiSettings(_env_file=None), clock=office.clock)
    message = {"recipient": "john-doe-123", "message": text, "idempotency_key": "once"}
    stop = asyncio.Event()
    running = asyncio.ensure_future(office.runner().run(stop))
    try:
        async with (
            served(app) as url,
            speaking(url, Authorization=f"Bearer {key}") as client,
        ):
            sent = await asyncio.gather(
                *(client.call_tool("send_message", message) for _ in range(3))
            )
            done = [each for each in map(told, sent) if each["status"] == "succeeded"]
            conversation = {"conversation_urn": done[0]["output"]["conversation_urn"]}
            read = await client.call_tool("read_conversation", conversation)
    finally:
        stop.set()
        await running

    (entry,) = await office.delivered()
    assert (entry.kind, entry.text) == ("message", text)
    assert {each["output"]["recipient_profile_id"] for each in done} == {entry.recipient}
    assert {each["error"]["code"] for each in map(told, sent) if each not in done} <= {
        "idempotency_key_in_flight"
    }
    assert told(read)["output"]["messages"][0]["text"] == text
    assert f"</{told(read)['untrusted']['fence']}>" in text_of(read)
