"""overhead: a whole message, and a whole invitation, beside a script that checks nothing."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING

import httpx

from tests.bench.figures import compared
from tests.bench.place import furnish, sandbox
from tests.bench.programs import module, running, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.bench.figures import Figure
    from tests.bench.sizes import Size

_PATIENCE_S = 25


async def measure_overhead(
    figures: dict[str, Figure], size: Size, folder: Path, tell: Callable[[str], None]
) -> None:
    """Send and invite in turn, each time to somebody else, with both browsers warm."""
    async with sandbox(folder) as site:
        place = await furnish(folder / "data", await site.sessions(1))
        async with (
            running(*serve(place.data_dir), folder=folder, linkedin_url=site.url) as ours,
            running(*module("script", site.url), folder=folder) as script,
            httpx.AsyncClient(
                base_url=(await ours.heard())["api_url"],
                headers={"x-api-key": place.api_key},
                timeout=_PATIENCE_S + 5,
            ) as api,
        ):
            await script.ask(sessions=await site.sessions(1), apart=False)
            for key, people, invites in (
                ("overhead_message_ratio", site.friends, False),
                ("overhead_invitation_ratio", site.strangers, True),
            ):
                mine, other = [], []
                # The first pair opens browsers and does not count.
                for number in range(size.pairs + 1):
                    person = people[number % len(people)]
                    text = None if invites else f"This is {uuid.uuid4()}."
                    mine.append(await _ended(api, person, text))
                    answer = await script.ask(deeds=[[(person, text)]])
                    other.append(answer["seconds"])
                    tell(f"{figures[key].title}, {number} of {size.pairs}")
                figures[key].rows.append(
                    compared("from the request to its end", "s", mine[1:], other[1:])
                )
                figures[key].notes.append(
                    "Ours begins with the HTTP request and ends when a waiting client is told; "
                    "the script has no proxy and begins with its first navigation."
                )


async def _ended(api: httpx.AsyncClient, person: str, text: str | None) -> float:
    """Ask as OutX's clients do, wait until the task has ended, and return the seconds."""
    begun = time.perf_counter()
    urn = f"urn:li:person:{person}"
    accepted = await (
        api.post("/linkedin-agent/send-connection-request", json={"profile_urn": urn})
        if text is None
        else api.post("/linkedin-agent/send-message", json={"recipient_urn": urn, "message": text})
    )
    accepted.raise_for_status()
    task_id = accepted.json()["api_agent_task_id"]
    while True:
        answer = await api.get(f"/tasks/{task_id}", params={"wait": _PATIENCE_S})
        status = answer.raise_for_status().json()["status"]
        if status == "succeeded":
            return time.perf_counter() - begun
        if status not in {"queued", "running", "submitting"}:
            raise RuntimeError(f"A task has not succeeded: {answer.text}")
