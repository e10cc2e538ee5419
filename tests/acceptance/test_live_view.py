"""Signing in on a server without a screen: the picture of its browser, in somebody's own."""

from __future__ import annotations

import asyncio
import re
import signal
from typing import TYPE_CHECKING, Literal

from playwright.async_api import expect

from tests.acceptance.service import PATIENCE_S, serving, start
from tests.api.dashboard.test_in_browser import findings
from tests.chromium import chromium

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Locator, Page

    from tests.acceptance.service import Service

JANE = "urn:li:person:ACoAABCDEFG"
WRONG = "wrong-Horse+9431"
"""A password, not the right one: the right one is in the names of files and addresses."""
PIN = "246810"
PATIENCE_MS = 40_000


async def waits_for_a_person(service: Service, task_id: str) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            task = (await service.api.get(f"/tasks/{task_id}")).json()
            if (task.get("waiting") or {}).get("for") == "sign_in":
                return


async def click_in_picture(
    picture: Locator, twin: Page, role: Literal["button", "textbox"], name: str
) -> None:
    """Click what *twin*, the same page of the same size, has at that place of the picture."""
    there = await twin.get_by_role(role, name=name).bounding_box()
    assert there is not None
    frame = await picture.evaluate("each => each.clientLeft")
    await picture.click(
        position={
            "x": frame + there["x"] + there["width"] / 2,
            "y": frame + there["y"] + there["height"] / 2,
        }
    )


async def answer_with_pin(page: Page) -> None:
    """Enter the PIN as on a phone, until it was asked for, which only the picture tells."""
    news = page.get_by_role("status")
    for _ in range(8):
        await page.get_by_role("button", name="Tab").click()
        await page.get_by_label("Type here").fill(PIN)
        await page.get_by_role("button", name="Enter").click()
        try:
            await expect(news).to_contain_text(re.compile("(has|is) signed in"), timeout=10_000)
        except AssertionError:
            continue
        # Whose account it is takes a look at another page.
        await expect(news).to_contain_text("is signed in", timeout=PATIENCE_MS)
        return
    raise AssertionError(await news.inner_text())


async def test_a_person_signs_in_in_a_live_view_and_the_queue_goes_on(tmp_path: Path) -> None:
    """By password and PIN, beside a runner of its own; and no log has either."""
    debug = ("--log-level", "debug")
    async with (
        serving(tmp_path, "--no-runner", *debug) as service,
        chromium() as browser,
    ):
        await service.sandbox.change_account(1, asks_pin_at_sign_in=True)
        await service.sandbox.sign_out(1)
        task_id = await service.create("send-message", recipient_urn=JANE, message="Hi Jane")
        runner = await start("run", "--data-dir", str(tmp_path), *debug)
        runner_log = asyncio.ensure_future(runner.communicate())
        await waits_for_a_person(service, task_id)
        login = await start("login", "--remote", "--data-dir", str(tmp_path))
        assert login.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            while not (found := re.search(rb"http\S+once=\S+", await login.stdout.readline())):
                pass

        page = await browser.new_page(viewport={"width": 390, "height": 844})
        await page.goto(found[0].decode())
        await page.get_by_label("API key").fill(service.ready["api_key"])
        await page.get_by_role("button", name="Sign in").click()
        news, picture = page.get_by_role("status"), page.get_by_role("application")
        await expect(news).to_contain_text("can sign in now", timeout=PATIENCE_MS)
        await expect(picture).to_have_attribute("data-pictures", re.compile("."))
        assert await findings(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") == 390
        assert "once" not in page.url

        # Its first pictures come before the page has got the viewer's size.
        await page.wait_for_function(
            "() => { const each = document.querySelector('canvas');"
            " return each.width === each.clientWidth; }",
            timeout=PATIENCE_MS,
        )
        width, height = await picture.evaluate("each => [each.width, each.height]")
        twin = await browser.new_page(viewport={"width": width, "height": height})
        await twin.goto(f"{service.sandbox.url}/login")
        await click_in_picture(picture, twin, "textbox", "Email or phone")
        await page.keyboard.type("avery@sandbox.example")
        await page.keyboard.press("Tab")
        await page.keyboard.type(WRONG)
        await page.keyboard.press("Control+a")
        await page.keyboard.type("sandbox")
        await click_in_picture(picture, twin, "button", "Sign in")
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("button", name="Close the live view")).to_be_focused()
        await answer_with_pin(page)

        assert (await service.ended(task_id))["task_output"] == {"sent": True}
        assert [each.text for each in await service.sandbox.ledger()] == ["Hi Jane"]
        async with asyncio.timeout(PATIENCE_S):
            assert b"is signed in" in (await login.communicate())[0]
        assert login.returncode == 0
        runner.send_signal(signal.SIGTERM)
        logs = b"".join(await runner_log)
    logs += await service.log
    assert b"live_view_ended" in logs
    assert [each for each in (WRONG, PIN, "avery@") if each.encode() in logs] == []
