"""What a live view's page makes of wheel, finger, keyboard and clipboard, in a real browser."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from api.app import create_app
from tests.api.conftest import served, world_in
from tests.chromium import chromium

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import CDPSession, Page

SIZE = {"width": 358, "height": 360}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 600},
    "has_touch": True,
    "is_mobile": True,
}
PATIENCE_MS = 20_000


class Hand:
    """A live view that shows one picture, and remembers what a person does on it."""

    def __init__(self, picture: bytes) -> None:
        self.shown: list[Any] = [{"news": "open"}, picture]
        self.sizes: list[dict[str, Any]] = []
        self.done: list[dict[str, Any]] = []
        self.touched = asyncio.Event()

    async def watch(self, member_id: str, *, who: str) -> Hand:  # noqa: ARG002 - there is one
        return self

    async def next(self) -> Any:
        if not self.shown:
            await asyncio.Event().wait()
        return self.shown.pop(0)

    async def act(self, given: dict[str, Any]) -> bool:
        if given["kind"] == "size":
            self.sizes.append(given)
        if given["kind"] not in {"seen", "size", "move"}:
            self.done.append(given)
            self.touched.set()
        return True

    def end(self, why: str) -> None: ...

    async def leave(self) -> None: ...

    async def has_done(self, *kinds: str) -> list[dict[str, Any]]:
        """Wait for so many deeds, and return them, if they are of these kinds."""
        async with asyncio.timeout(20):
            while len(self.done) < len(kinds):
                self.touched.clear()
                await self.touched.wait()
        done, self.done = self.done, []
        assert tuple(each["kind"] for each in done) == kinds
        return done


class Phone:
    """The page on a phone, with the picture at its top."""

    def __init__(self, page: Page, touch: CDPSession, x: float, y: float) -> None:
        self.page = page
        self._touch = touch
        self.x = x
        self.y = y

    async def finger(self, kind: str, *at: float) -> None:
        """Put a finger down (`touchStart`), move it, or lift it (`touchEnd`, nowhere)."""
        points = [{"x": self.x + at[0], "y": self.y + at[1]}] if at else []
        await self._touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@asynccontextmanager
async def looking(folder: Path, **context: Any) -> AsyncIterator[tuple[Hand, Page]]:
    """Open a live view, in a browser context of this kind."""
    async with world_in(folder) as world, chromium() as browser:
        blank = await browser.new_page(viewport=SIZE)  # type: ignore[arg-type]  # a size
        hand = Hand(await blank.screenshot(type="jpeg"))
        app = create_app(world.store, world.settings, clock=world.clock, live_views=hand)
        page = await (await browser.new_context(**context)).new_page()
        async with served(app) as url:
            await page.goto(f"{url}/dashboard")
            await page.get_by_label("API key").fill(world.key)
            await page.get_by_role("button", name="Sign in").click()
            await page.goto(f"{url}/dashboard/accounts/{world.admin.id}/live")
            await page.get_by_role("button", name="Open the live view").click()
            await expect(page.get_by_role("application")).to_have_attribute(
                "data-pictures", re.compile("."), timeout=PATIENCE_MS
            )
            yield hand, page
            await browser.close()


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[tuple[Hand, Phone]]:
    async with looking(tmp_path, **PHONE) as (hand, page):
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        picture = page.get_by_role("application")
        await picture.evaluate("each => each.scrollIntoView()")
        box = await picture.bounding_box()
        assert box is not None
        touch = await page.context.new_cdp_session(page)
        yield hand, Phone(page, touch, box["x"], box["y"])


async def test_wheel_finger_and_keyboard_reach_the_page(opened: tuple[Hand, Phone]) -> None:
    """A drag scrolls and clicks nothing; a tap clicks, and opens the phone's keyboard."""
    hand, phone = opened
    await phone.page.mouse.move(phone.x + 50, phone.y + 60)
    await phone.page.mouse.wheel(0, 120)
    [wheel] = await hand.has_done("scroll")

    await phone.finger("touchStart", 100, 200)
    for moved in (30, 60):
        await phone.finger("touchMove", 100, 200 - moved)
    await phone.finger("touchEnd")
    dragged = await hand.has_done("scroll", "scroll")

    await phone.page.touchscreen.tap(phone.x + 80, phone.y + 90)
    down, up = await hand.has_done("down", "up")
    await phone.page.keyboard.type("ab")
    await phone.page.keyboard.press("Backspace")
    await phone.page.get_by_role("button", name="Enter").click()
    typed = await hand.has_done("text", "text", "key", "key")

    await phone.page.evaluate("navigator.clipboard.writeText('a long password')")
    await phone.page.get_by_role("application").focus()
    await phone.page.keyboard.press("Control+v")
    [pasted] = await hand.has_done("text")

    assert (wheel["right"], wheel["down"]) == (0, 120)
    assert pasted["text"] == "a long password"
    assert [round(each["down"]) for each in dragged] == [30, 30]
    assert (round(down["x"]), round(down["y"])) == (round(up["x"]), round(up["y"])) == (79, 89)
    assert [each.get("text") or each["key"] for each in typed] == ["a", "b", "Backspace", "Enter"]


async def test_a_phone_is_told_where_to_type(opened: tuple[Hand, Phone]) -> None:
    """And nothing of keys that it does not have."""
    _, phone = opened

    await expect(phone.page.get_by_text("Type here, on a phone")).to_be_in_viewport()
    await expect(phone.page.get_by_text("Keys go to the page")).to_be_hidden()


async def test_keys_and_the_end_are_seen_without_scrolling(tmp_path: Path) -> None:
    """On a small screen, beside a picture of the size that is asked for; no word is for phones."""
    async with looking(tmp_path, viewport={"width": 1280, "height": 800}) as (hand, page):
        [size] = hand.sizes
        scrolled = await page.evaluate("window.scrollY")
        await page.get_by_role("application").evaluate(
            "(each, size) => { each.width = size.width; each.height = size.height; }", size
        )

        for name in ("Tab", "Enter", "Backspace", "Esc", "Close the live view"):
            button = page.get_by_role("button", name=name, exact=True)
            await expect(button).to_be_in_viewport(ratio=1)
        await expect(page.get_by_label("Type here")).to_be_in_viewport(ratio=1)
        await expect(page.get_by_text("Keys go to the page")).to_be_in_viewport()
        label = await page.get_by_text("Type here, on a phone").bounding_box()

    assert scrolled == 0
    assert size["height"] > 400
    assert label is not None
    assert label["width"] == 1
