"""Writing pages of the sandbox down as a browser renders them, and changing what was written."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from executor.sandbox.server import running_sandbox
from tests.chromium import chromium

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page

    from executor.sandbox.server import RunningSandbox
    from executor.sandbox.world import World
    from tests.mutations.sight import Sight
    from tests.mutations.specimens import Specimen

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Negative:
    """A specimen as it was written down."""

    specimen: Specimen
    html: str
    path: str
    """Where the sandbox has led to, with the query."""
    truth: Sight
    made_of: dict[str, list[str]]
    """Attributes, classes, tags and controls, for making mutations."""


class Darkroom:
    """A sandbox, and a browser that is not the executor's."""

    def __init__(self, sandbox: RunningSandbox, page: Page) -> None:
        self._sandbox = sandbox
        self._page = page

    @classmethod
    @asynccontextmanager
    async def furnish(cls) -> AsyncIterator[Darkroom]:
        """Start both."""
        async with chromium() as browser, running_sandbox() as sandbox:
            context = await browser.new_context(
                storage_state=await sandbox.client.storage_state(),  # type: ignore[arg-type]  # the sandbox writes it as Playwright has it
                viewport={"width": 1280, "height": 900},
            )
            yield cls(sandbox, await context.new_page())

    @property
    def world(self) -> World:
        return self._sandbox.stage.world

    async def take(self, specimen: Specimen) -> Negative:
        """Arrange a fresh world, open the page in it, and write it down."""
        client, page = self._sandbox.client, self._page
        await client.reset()
        # Nobody's words are in the way of anything, and the page has all of itself at once.
        await client.toggle(action_row_delay_ms=0, composer_delay_ms=0, **specimen.toggles)
        await specimen.arrange(client)
        await page.goto(self._sandbox.url + specimen.path)
        await page.locator(specimen.ready).first.wait_for(state="attached")
        if specimen.opens:
            await page.locator(specimen.opens).last.click()
        await page.wait_for_load_state("networkidle")
        html = str(await page.evaluate(_script("serialise")))
        survey = {"html": html, "scope": specimen.scope}
        made_of = await page.evaluate(_script("survey"), survey)
        path = page.url.removeprefix(self._sandbox.url)
        return Negative(specimen, html, path, specimen.truth(self.world), made_of)

    async def change(self, negative: Negative, change: dict[str, Any]) -> str:
        """Return what was written down with one thing changed."""
        told = {"html": negative.html, "scope": negative.specimen.scope, "change": change}
        return str(await self._page.evaluate(_script("mutate"), told))


def _script(name: str) -> str:
    return (_HERE / f"{name}.js").read_text(encoding="utf-8")
