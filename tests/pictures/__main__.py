"""Take the pictures in `docs/pictures` anew: `python -m tests.pictures`."""

from __future__ import annotations

import asyncio
import tempfile
from base64 import b64decode, b64encode
from pathlib import Path
from typing import TYPE_CHECKING

from api.app import create_app
from tests.api.conftest import served, world_in
from tests.api.dashboard.looking import LookedAt
from tests.chromium import chromium
from tests.pictures.png import png
from tests.pictures.team import SomeCaps, at_work

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, ViewportSize

    from tests.api.conftest import World

HERE = Path(__file__).parent
FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
LOOKS: dict[str, tuple[str, ViewportSize]] = {
    "light": ("light", {"width": 1280, "height": 800}),
    "dark": ("dark", {"width": 390, "height": 844}),
}


async def main() -> None:
    """Show an invented team's dashboard to a browser, and keep what it looks like."""
    with tempfile.TemporaryDirectory() as folder:
        async with world_in(Path(folder)) as world, chromium() as browser:
            task_id, webhook_id = await at_work(world)
            pages = {
                "overview": "",
                "tasks": "/tasks",
                "task": f"/tasks/{task_id}",
                "accounts": "/accounts",
                "webhook": f"/webhooks/{webhook_id}",
            }
            app = create_app(
                world.store,
                world.settings,
                clock=world.clock,
                caps=SomeCaps(),
                live_views=LookedAt(),
            )
            async with served(app) as url:
                for name, (scheme, size) in LOOKS.items():
                    page = await _entered(world, browser, url, scheme, size)
                    for words, path in pages.items():
                        await page.goto(f"{url}/dashboard{path}")
                        taken = await page.screenshot()
                        small = await _small(browser, taken)
                        (FOLDER / f"{words}-{name}.png").write_bytes(small)


async def _small(browser: Browser, taken: bytes) -> bytes:
    page = await browser.new_page()
    address = f"data:image/png;base64,{b64encode(taken).decode()}"
    seen = await page.evaluate((HERE / "colours.js").read_text(encoding="utf-8"), address)
    await page.close()
    return png(seen["width"], seen["height"], seen["palette"], b64decode(seen["pixels"]))


async def _entered(
    world: World, browser: Browser, url: str, scheme: str, size: ViewportSize
) -> Page:
    context = await browser.new_context(
        viewport=size,
        color_scheme="dark" if scheme == "dark" else "light",
        # As without scripts: times are in UTC, and look the same everywhere.
        java_script_enabled=False,
    )
    page = await context.new_page()
    await page.goto(f"{url}/dashboard")
    await page.get_by_label("API key").fill(world.key)
    await page.get_by_role("button", name="Sign in").click()
    await page.get_by_role("heading", name="Overview").wait_for()
    return page


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    asyncio.run(main())
