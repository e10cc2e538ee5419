"""accept and status: requests a second, beside an app that stores nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx

from tests.bench.figures import compared
from tests.bench.filling import empty_queue
from tests.bench.place import NOBODY, furnish
from tests.bench.programs import module, running, serve
from tests.faults.process import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.bench.figures import Figure
    from tests.bench.place import Place
    from tests.bench.programs import Program
    from tests.bench.sizes import Size

_UNPACED_SITE = "http://127.0.0.1:9"
"""Nobody is there; that it is not LinkedIn takes pauses and limits off, as at the sandbox."""
_LOOKED_AT = 200
"""Tasks whose status is asked for."""


async def measure_serving(
    figures: dict[str, Figure], size: Size, folder: Path, tell: Callable[[str], None]
) -> None:
    """Put `serve --no-runner` and the bare app under the same load in turn."""
    place = await furnish(folder / "data", [NOBODY])
    beside = await furnish(folder / "beside", [NOBODY])
    stored = (str(beside.data_dir), beside.team_id, beside.members[0])
    async with (
        running(
            *serve(place.data_dir, "--no-runner"), folder=folder, linkedin_url=_UNPACED_SITE
        ) as ours,
        running(*module("bare"), folder=folder) as bare,
        running(*module("durable", *stored), folder=folder) as durable,
        running(*module("load"), folder=folder) as load,
    ):
        urls = {"ours": (await ours.heard())["api_url"], "bare": (await bare.heard())["api_url"]}
        turns = _Turns(load, urls, place, size)
        # Before the load makes the database a large one: most people ask about young tasks.
        tasks = await _some_tasks(urls["ours"], place.api_key)
        await turns.play(figures["status_ratio"], tell, tasks=tasks)
        urls["durable"] = (await durable.heard())["api_url"]
        await turns.play(figures["accept_ratio"], tell)
        figures["accept_ratio"].notes.append(
            "Storing alone: the bare app puts each message into the store, and has none of the "
            "checks, guards, limits and logs."
        )


class _Turns:
    """One load client, and who is put under its load in turn."""

    def __init__(self, load: Program, urls: dict[str, str], place: Place, size: Size) -> None:
        self._load = load
        self._urls = urls
        self._place = place
        self._size = size

    async def play(self, figure: Figure, tell: Callable[[str], None], **order: Any) -> None:
        """Measure one kind of request for each number of connections."""
        busiest = 0.0
        for connections in self._size.connections:
            found: dict[str, list[dict[str, Any]]] = {who: [] for who in self._urls}
            for number in range(self._size.rounds):
                for who, url in self._urls.items():
                    answer = await self._asked(url, connections, order)
                    found[who].append(answer)
                    busiest = max(busiest, answer["busy"])
                if "tasks" not in order:
                    # Each round meets the same queue, and not those of all rounds before it.
                    await asyncio.to_thread(empty_queue, self._place)
                tell(f"{figure.title}, {connections} connections, round {number + 1}")
            if "durable" in found:
                figure.rows.append(
                    compared(
                        f"{connections} connections, storing alone",
                        "requests/s",
                        [each["per_s"] for each in found["durable"]],
                        [each["per_s"] for each in found["bare"]],
                        counts=False,
                    )
                )
            for name, unit in (("per_s", "requests/s"), ("p50_ms", "ms"), ("p99_ms", "ms")):
                figure.rows.append(
                    compared(
                        f"{connections} connections, {name.partition('_')[0]}"
                        if unit == "ms"
                        else f"{connections} connections",
                        unit,
                        [each[name] for each in found["ours"]],
                        [each[name] for each in found["bare"]],
                        counts=name == "per_s",
                    )
                )
        figure.notes.append("`serve --no-runner` with its default settings, pauses and limits off.")
        figure.notes.append(f"The load client was busy {busiest:.0%} of its time at most.")

    async def _asked(self, url: str, connections: int, order: dict[str, Any]) -> dict[str, Any]:
        answer = await self._load.ask(
            url=url,
            key=self._place.api_key,
            connections=connections,
            seconds=self._size.load_seconds,
            **order,
        )
        if "per_s" not in answer:
            raise RuntimeError(f"Requests were refused: {answer}")
        return answer


async def _some_tasks(url: str, key: str) -> list[str]:
    async with httpx.AsyncClient(
        base_url=url, headers={"x-api-key": key}, timeout=PATIENCE_S
    ) as api:
        answers = await asyncio.gather(
            *(
                api.post(
                    "/linkedin-agent/send-message",
                    json={
                        "recipient_urn": "urn:li:person:ACoAABCDEFG",
                        "message": f"Look at {number}.",
                    },
                )
                for number in range(_LOOKED_AT)
            )
        )
    return [answer.raise_for_status().json()["api_agent_task_id"] for answer in answers]
