"""The baseline of the browser: a script as one writes it by hand; `python -m tests.bench.script`.

The same navigations and clicks as the program's, in the same browser with the same flags and the
same viewport, without a proxy, and without looking whether anything is as it should be. Each line
of stdin is an order, each line of stdout its answer.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import TYPE_CHECKING, Any

from playwright.async_api import async_playwright

from executor.browser.account_browser import _VIEWPORT
from tests.chromium import launch

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator, Page, Playwright

_CARD = 'main [componentkey$="Topcard"]'
_MESSAGE = f'{_CARD} a[href*="/messaging/compose/"]'
_CONNECT = f'{_CARD} a[href*="/custom-invite/"]'
_BOX = 'main .msg-form__contenteditable[role="textbox"]'
_SEND = "main button.msg-form__send-button"
_NO_NOTE = 'button[aria-label="Send without a note"]'


class Script:
    """What one has open, and what one does in it."""

    def __init__(self, playwright: Playwright, site: str) -> None:
        self._playwright = playwright
        self._site = site
        self._browsers: list[Browser] = []
        self._pages: list[Page] = []

    async def open(self, sessions: list[Any], *, apart: bool) -> None:
        """Open a page for each session: in contexts of one browser, or in browsers of their own."""
        for state in sessions:
            if apart or not self._browsers:
                self._browsers.append(await launch(self._playwright))
            context = await self._browsers[-1].new_context(
                storage_state=state, viewport=_VIEWPORT, service_workers="block"
            )
            self._pages.append(await context.new_page())

    async def do_all(self, deeds: list[list[Any]]) -> None:
        """Do each account's deeds one after the other, and the accounts' side by side.

        Args:
            deeds: for each account a list of person and text; without a text they are invited.
        """
        pages = self._pages[: len(deeds)]
        await asyncio.gather(*(self._do(*each) for each in zip(pages, deeds, strict=True)))

    async def _do(self, page: Page, deeds: list[Any]) -> None:
        for person, text in deeds:
            if text is None:
                await self._invite(page, person)
            else:
                await self._write(page, person, text)

    async def _write(self, page: Page, person: str, text: str) -> None:
        await self._profile(page, person, _MESSAGE)
        await page.goto(
            f"{self._site}/messaging/compose/?profileUrn=urn%3Ali%3Afsd_profile%3A{person}"
            f"&recipient={person}&screenContext=NON_SELF_PROFILE_VIEW&interop=msgOverlay",
            wait_until="commit",
        )
        await page.locator(_BOX).focus()
        await page.keyboard.insert_text(text)
        async with page.expect_response(lambda answer: "createMessage" in answer.url) as sent:
            await page.locator(_SEND).click()
        await sent.value

    async def _invite(self, page: Page, person: str) -> None:
        connect = await self._profile(page, person, _CONNECT)
        address = await connect.get_attribute("href")
        await page.goto(f"{self._site}{address}", wait_until="commit")
        async with page.expect_response(lambda answer: "verifyQuota" in answer.url) as sent:
            await page.locator(_NO_NOTE).click()
        await sent.value

    async def _profile(self, page: Page, person: str, control: str) -> Locator:
        await page.goto(f"{self._site}/in/{person}/", wait_until="commit")
        found = page.locator(control).filter(visible=True).first
        await found.wait_for()
        return found


async def main(site: str) -> None:
    lines = asyncio.StreamReader(limit=2**24)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(lines), sys.stdin
    )
    async with async_playwright() as playwright:
        script = Script(playwright, site)
        while line := await lines.readline():
            order = json.loads(line)
            begun = time.perf_counter()
            if "sessions" in order:
                await script.open(order["sessions"], apart=order["apart"])
            await script.do_all(order.get("deeds", []))
            print(json.dumps({"seconds": time.perf_counter() - begun}), flush=True)  # noqa: T201 - its answers


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
