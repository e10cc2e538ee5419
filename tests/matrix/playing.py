"""Playing combinations, a few side by side, each in a world of its own."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from executor.sandbox.server import running_sandbox
from executor.settings import ExecutorSettings
from tests.executor.kept_browsers import KeptBrowsers
from tests.executor.office import open_office
from tests.matrix.judgement import Judgement, wrong

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Sequence

    from executor.browser.tab import Tab
    from executor.sandbox.server import RunningSandbox
    from tests.executor.office import Office
    from tests.matrix.combinations import Combination

_PATIENCE = {
    "step_timeout": timedelta(seconds=5),
    "evidence_timeout": timedelta(seconds=3),
    "task_timeout": timedelta(seconds=60),
    "read_back_looks": 2,
    "read_back_pause": timedelta(seconds=0.3),
    # What fails is to be seen to fail, not tried again later.
    "max_attempts": 1,
}


@dataclass(frozen=True, slots=True)
class Booth:
    """A sandbox and a browser in which one combination is played at a time.

    Toggles hold for a whole sandbox, so combinations side by side need one each.
    """

    sandbox: RunningSandbox
    browsers: KeptBrowsers
    settings: ExecutorSettings
    tab: Tab
    """Signed in, and kept from combination to combination: for those who only look."""

    @asynccontextmanager
    async def office(self) -> AsyncIterator[Office]:
        """Set up an office with a store and a browser context of its own."""
        folder = Path(tempfile.mkdtemp(prefix="linkedin-executor-matrix-"))
        try:
            async with open_office(folder, self.sandbox, self.browsers, self.settings) as office:
                yield office
        finally:
            await asyncio.to_thread(shutil.rmtree, folder)

    async def play(self, combination: Combination) -> Judgement:
        """Play one combination in a fresh world."""
        await self.sandbox.client.reset()
        await self.sandbox.client.toggle(**combination.toggles)
        try:
            return await combination.flow.play(self)
        except Exception as error:  # noqa: BLE001 - whatever it is, one combination has met it
            return wrong(f"cannot be played: {error!r}")


@asynccontextmanager
async def booths(number: int) -> AsyncIterator[list[Booth]]:
    """Open so many booths."""
    async with AsyncExitStack() as stack:
        opened = []
        for _ in range(number):
            sandbox = await stack.enter_async_context(running_sandbox())
            settings = ExecutorSettings.model_validate({"linkedin_url": sandbox.url, **_PATIENCE})
            browsers = await stack.enter_async_context(KeptBrowsers(settings))
            account = await browsers.open_account(await sandbox.client.storage_state())
            stack.push_async_callback(account.close)
            opened.append(Booth(sandbox, browsers, settings, account.tab))
        yield opened


async def play_all(
    combinations: Iterable[Combination],
    opened: Sequence[Booth],
    *,
    tell: Callable[[Combination, Judgement], None],
) -> None:
    """Play combinations side by side, and tell of each when it is over."""
    waiting = list(combinations)[::-1]

    async def worker(booth: Booth) -> None:
        while waiting:
            combination = waiting.pop()
            tell(combination, await booth.play(combination))

    async with asyncio.TaskGroup() as group:
        for booth in opened:
            group.create_task(worker(booth))
