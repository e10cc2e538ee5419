"""Showing mutated pages to the executor, a few side by side, and judging what it says."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from executor.browser.launch import BrowserHost
from executor.components.relationship import Relationship
from executor.errors import ExecutorError
from executor.settings import ExecutorSettings
from tests.matrix.judgement import Verdict
from tests.mutations.mirror import Mirror

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Sequence

    from executor.browser.tab import Tab
    from tests.mutations.darkroom import Darkroom, Negative
    from tests.mutations.mutations import Mutation
    from tests.mutations.sight import Sight

_WEAKER = (Relationship.PENDING, Relationship.SEEMS_PENDING)
"""What is so, and what keeps from a second invitation without saying that there is a first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the executor made of one mutated page."""

    elements: dict[str, Verdict]
    wrong: list[str] = field(default_factory=list)
    """What was wrong."""

    @property
    def verdict(self) -> Verdict:
        """The worst of its elements."""
        found = set(self.elements.values())
        worst_first = (Verdict.WRONG, Verdict.REFUSED)
        return next((each for each in worst_first if each in found), Verdict.RIGHT)


class Gallery:
    """The executor's browser, before a mirror."""

    def __init__(self, darkroom: Darkroom, mirror: Mirror, tabs: Sequence[Tab]) -> None:
        self._darkroom = darkroom
        self._mirror = mirror
        self._tabs = tabs

    @classmethod
    @asynccontextmanager
    async def opened(cls, darkroom: Darkroom, tabs: int) -> AsyncIterator[Gallery]:
        """Open so many tabs."""
        async with AsyncExitStack() as stack:
            mirror = await stack.enter_async_context(Mirror.set_up())
            settings = ExecutorSettings.model_validate(
                # Nothing comes late on a page that stands still.
                {"linkedin_url": mirror.url, "step_timeout": timedelta(seconds=1.5)}
            )
            browsers = await stack.enter_async_context(BrowserHost(settings))
            opened = []
            for number in range(tabs):
                account = await browsers.open_account(mirror.storage_state(number))
                stack.push_async_callback(account.close)
                opened.append(account.tab)
            yield cls(darkroom, mirror, opened)

    async def show(
        self,
        negative: Negative,
        mutations: Iterable[Mutation],
        *,
        tell: Callable[[Mutation, Finding], None],
    ) -> None:
        """Show mutations of one page, and tell of each what the executor said."""
        waiting = list(mutations)[::-1]

        async def worker(number: int, tab: Tab) -> None:
            while waiting:
                mutation = waiting.pop()
                self._mirror.show(number, await self._darkroom.change(negative, mutation.change))
                tell(mutation, await self._look(tab, negative))

        async with asyncio.TaskGroup() as group:
            for number, tab in enumerate(self._tabs):
                group.create_task(worker(number, tab))

    async def _look(self, tab: Tab, negative: Negative) -> Finding:
        try:
            seen = await negative.specimen.see(tab, self._darkroom.world, negative.path)
        except ExecutorError:
            seen = {}
        return judge(seen, negative.truth)


def judge(seen: Sight, truth: Sight) -> Finding:
    """Compare what was seen with what is so; leaving something open is no error."""
    elements: dict[str, Verdict] = {}
    wrong = []
    for name in {**truth, **seen}:
        said, so = seen.get(name), truth.get(name)
        if said is None or (so, said) == _WEAKER:
            elements[name] = Verdict.REFUSED
        elif said == so:
            elements[name] = Verdict.RIGHT
        else:
            elements[name] = Verdict.WRONG
            wrong.append(f"{name} is {so!r}, and was said to be {said!r}")
    return Finding(elements, wrong)
