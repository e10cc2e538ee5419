"""A runner whose deliveries are lines in a file: `python -m tests.faults.simulated`.

Runner, worker, store and settling are the program's own; only the page is not there. A delivery is
a line in a file, which a read-back looks into.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import TYPE_CHECKING, Any, NoReturn, cast

from api.cli.logs import configure_logs
from api.cli.serving import stopped_by_signal
from api.cli.wiring import open_store, read_settings, utc_now
from executor.actions.action import Done
from executor.actions.send_message import SendMessage, SendMessageOutput
from executor.browser.identity import Identity
from executor.errors import BrowserCrashed, NotSent, TimedOut, Unproven
from executor.runner import Runner

if TYPE_CHECKING:
    from pathlib import Path

    from executor.actions.send_message import SendMessageInput
    from executor.attempt import Attempt
    from executor.browser.launch import BrowserHost
    from executor.pages.linkedin import LinkedIn
    from storage.tasks import JsonObject

REFUSED, DOUBTFUL, VANISHED = 0.01, 0.06, 0.07
"""Of a hundred requests one is refused, five are delivered without an answer, and one is lost."""


class Deliveries:
    """One append-only file; whoever is killed has written a whole line or none."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "deliveries.txt"
        self._path.touch()

    def add(self, text: str) -> None:
        with self._path.open("ab", buffering=0) as file:
            file.write(f"{text}\n".encode())

    def has(self, text: str) -> bool:
        return f"{text}\n".encode() in self._path.read_bytes()

    def all(self) -> Counter[str]:
        return Counter(self._path.read_text().splitlines())

    def count(self, length: int) -> int:
        """Return how many texts of this length there are."""
        return self._path.stat().st_size // (length + 1)


class Simulated(SendMessage):
    """Send a message, but for the page."""

    def __init__(self, deliveries: Deliveries) -> None:
        self._deliveries = deliveries

    async def perform(
        self,
        linkedin: LinkedIn,  # noqa: ARG002 - there is none
        order: SendMessageInput,
        attempt: Attempt,
    ) -> Done[SendMessageOutput]:
        await attempt.submitting({})
        await attempt.leaving({})
        luck = random.random()  # noqa: S311 - it decides about troubles, and protects nothing
        if luck < REFUSED:
            raise NotSent(TimedOut())
        if not DOUBTFUL <= luck < VANISHED:
            self._deliveries.add(order.message)
        if luck < VANISHED:
            raise Unproven
        return _done(order, "answer")

    async def read_back(
        self,
        linkedin: LinkedIn,  # noqa: ARG002 - there is none
        order: SendMessageInput,
        baseline: JsonObject,  # noqa: ARG002 - the text is unique
    ) -> Done[SendMessageOutput] | None:
        return _done(order, "read_back") if self._deliveries.has(order.message) else None


def _done(order: SendMessageInput, method: str) -> Done[SendMessageOutput]:
    assert order.recipient is not None
    output = SendMessageOutput(recipient_profile_id=order.recipient.profile_id or "")
    return Done(output=output, evidence={"method": method})


class _NoBrowser:
    """Stands in for the host of browsers, for each account's browser, and for its tab."""

    is_usable = True
    trace = None

    def __init__(self) -> None:
        self.identity = Identity()

    @property
    def tab(self) -> _NoBrowser:
        return self

    async def begin_task(self) -> None:
        pass

    async def picture(self) -> NoReturn:
        raise BrowserCrashed

    async def open_account(self, _state: Any) -> _NoBrowser:
        return self

    async def changed_state(self) -> None:
        return None

    async def close(self) -> None:
        pass

    async def abandon(self) -> None:
        pass


async def main() -> None:
    configure_logs(level="error")
    settings = read_settings()
    data_dir = settings.storage.data_dir
    stop = stopped_by_signal()
    action = Simulated(Deliveries(data_dir))
    async with open_store(settings.storage) as store:
        runner = Runner(
            store,
            cast("BrowserHost", _NoBrowser()),
            settings.executor,
            artifacts=settings.artifacts,
            clock=utc_now,
            actions={action.task_type: action},
        )
        await runner.run(stop)


if __name__ == "__main__":
    asyncio.run(main())
