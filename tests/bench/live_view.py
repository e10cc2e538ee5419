"""live view: from a key to the picture that has changed by it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.bench.figures import alone, percentile
from tests.bench.place import NOBODY, furnish, sandbox
from tests.bench.programs import running, serve
from tests.chromium import chromium

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.async_api import Page

    from tests.bench.figures import Figure
    from tests.bench.sizes import Size

_PATIENCE_MS = 60_000
_ROUND = 10
"""Letters of a round, which tell the spread."""
_SCRIPT = Path(__file__).with_suffix(".js")


async def measure_live_view(
    figures: dict[str, Figure], size: Size, folder: Path, tell: Callable[[str], None]
) -> None:
    """Type into LinkedIn's sign-in page as a person does at the dashboard."""
    place = await furnish(folder / "data", [NOBODY])
    async with (
        sandbox(folder) as site,
        running(*serve(place.data_dir), folder=folder, linkedin_url=site.url) as program,
        chromium() as browser,
    ):
        url = (await program.heard())["api_url"]
        page = await browser.new_page()
        await _open(page, url, place.api_key)
        took = []
        for number in range(size.letters):
            took.append(await _press(page, "abcdefghij"[number % 10]))
            tell(f"live view, letter {number + 1} of {size.letters}")
    figure = figures["live_view_key_ms"]
    rounds = [took[at : at + _ROUND] for at in range(0, len(took), _ROUND)]
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        figure.rows.append(
            alone(
                name,
                "ms",
                [percentile(each, share) for each in rounds],
                value=percentile(took, share),
                counts=share == 0.5,
            )
        )
    figure.notes.append("Viewer, server and the sandbox on this machine; the network comes on top.")


async def _open(page: Page, url: str, api_key: str) -> None:
    """Sign in at the dashboard, open the account's page there, and click its first field."""
    await page.goto(f"{url}/dashboard/accounts")
    await page.get_by_label("API key").fill(api_key)
    await page.get_by_role("button", name="Sign in").click()
    await page.goto(f"{url}/dashboard/accounts")
    await page.get_by_role("link", name=re.compile("in a live view")).click()
    await page.get_by_role("button", name="Open the live view").click()
    news, picture = page.get_by_role("status"), page.get_by_role("application")
    await expect(news).to_contain_text("can sign in now", timeout=_PATIENCE_MS)
    await expect(picture).to_have_attribute("data-pictures", re.compile("."), timeout=_PATIENCE_MS)
    await picture.evaluate(_SCRIPT.read_text(encoding="utf-8"))
    await picture.focus()
    # The page's first field.
    await page.keyboard.press("Tab")


async def _press(page: Page, letter: str) -> float:
    """Return the milliseconds from a key to the picture with its letter."""
    await page.evaluate("window.nextPicture()")
    await page.keyboard.press(letter)
    took: float = await page.evaluate("window.fromKeyToPicture()")
    return took
