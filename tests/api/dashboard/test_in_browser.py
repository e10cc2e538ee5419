"""The dashboard in a real browser: for everybody, with and without scripts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]  # it has none
from playwright.async_api import expect

from api.app import create_app
from storage.limits import HoldReason
from storage.sessions import SessionHealth
from storage.tasks import ErrorCode
from storage.teams import Role
from tests.api.conftest import World, served, world_in
from tests.api.dashboard.conftest import DayCap
from tests.api.dashboard.looking import LookedAt
from tests.api.dashboard.visiting import FOUND, SECRET, add_task, keep_page
from tests.api.owning import called_back, told_somewhere
from tests.api.receiver import public_address
from tests.chromium import chromium

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page

    from storage.webhooks import Delivery

# The browser and the busy team are made once.
pytestmark = pytest.mark.xdist_group("dashboard_in_browser")

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c63f8cfc0f01f0005050201a5f645400000000049454e44ae426082"
)
PATIENCE_MS = 20_000


@dataclass(frozen=True, kw_only=True)
class Office:
    """A team with something of everything, and the address of its dashboard."""

    world: World
    url: str
    failed: str
    unconfirmed: str
    delivery: Delivery

    @property
    def pages(self) -> dict[str, str]:
        return {
            "Overview": "",
            "Tasks": "/tasks",
            "No task fits": "/tasks?q=nobody-at-all",
            "Withdraw this task": "/tasks?state=queued",
            "Ended unconfirmed": f"/tasks/{self.unconfirmed}",
            "The page was kept": f"/tasks/{self.failed}?texts=shown",
            "Accounts": "/accounts",
            "Who is told": "/webhooks",
            "quillfeather.example/done": "/webhooks?state=pending",
            "Told to": f"/tasks/{self.failed}",
            "Switch it off": f"/webhooks/{self.delivery.webhook_id}",
            "Deliver once more": f"/webhooks/deliveries/{self.delivery.id}",
            "Not found when last needed": "/locators",
            "Open the live view": f"/accounts/{self.world.admin.id}/live",
            "Keys": "/keys",
            "That is not possible": "/tasks/nobodys",
        }


@pytest.fixture(scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    artifacts = folder / "artifacts"
    async with world_in(folder) as world:
        bob = await world.store.teams.add_member(world.team.id, name="Bob", role=Role.MEMBER)
        await world.sign_in(bob)
        await world.store.sessions.mark(bob.id, SessionHealth.CHALLENGE)
        for _ in range(2):
            await add_task(world)
            await world.succeed()
        unconfirmed = await add_task(world)
        await world.fail(ErrorCode.UNCONFIRMED)
        failed = await add_task(world, notes=(("page_kept", {"folder": "x"}),))
        await world.fail(ErrorCode.UI_CHANGED)
        keep_page(artifacts, failed)
        (artifacts / failed / "page.png").write_bytes(PNG)
        await called_back(world, await world.task(failed))
        for _ in range(3):
            await add_task(world)
        await add_task(world, bob)
        await world.hold(HoldReason.RATE_LIMITED, "send_message", hours=1)
        await world.store.measures.count_locators(FOUND)
        app = create_app(
            world.store,
            world.settings,
            clock=world.clock,
            caps=DayCap(),
            resolve=public_address,
            artifacts=artifacts,
            live_views=LookedAt(),
        )
        async with served(app) as url:
            yield Office(
                world=world,
                url=f"{url}/dashboard",
                failed=failed,
                unconfirmed=unconfirmed,
                delivery=await told_somewhere(world, world.team.id),
            )


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


async def entered(office: Office, browser: Browser, **context: Any) -> Page:
    """Return a page that has signed in as a person does."""
    page = await (await browser.new_context(**context)).new_page()
    await page.goto(office.url)
    await page.get_by_label("API key").fill(office.world.key)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    return page


async def findings(page: Page) -> list[str]:
    """Return what is wrong with a page for those who cannot see, or only a little."""
    found = (await Axe().run(page)).response
    assert len(found["passes"]) > 0
    assert found["testEngine"]["name"] == "axe-core"
    return [
        f"{each['id']} ({each['impact']}): {node['html']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everybody_can_use_every_page(
    office: Office, browser: Browser, scheme: str, width: int
) -> None:
    """axe finds nothing, nothing has to be scrolled sideways, and the browser refuses nothing."""
    looks: dict[str, Any] = {
        "color_scheme": scheme,
        "viewport": {"width": width, "height": 800},
    }
    door = await (await browser.new_context(**looks)).new_page()
    await door.goto(office.url)
    wrong = {"the door": await findings(door)}
    page = await entered(office, browser, **looks)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))

    for words, path in office.pages.items():
        await page.goto(f"{office.url}{path}")
        if words.startswith("Withdraw"):
            await page.locator("tbody a").first.click()
        await expect(page.get_by_text(words).first).to_be_visible()
        wider = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        wrong[path] = [*await findings(page), *(["sideways"] if wider > 0 else [])]

    await door.context.close()
    await page.context.close()
    assert {path: each for path, each in wrong.items() if each} == {}
    # The page that does not exist is the one thing that a browser complains of.
    assert [line for line in told if "404" not in line] == []


async def test_everything_works_without_scripts(office: Office, browser: Browser) -> None:
    """Filters, withdrawing, keys, the numbers of a plot, and leaving."""
    mine = await add_task(office.world, input={"person": {"vanity": "no-scripts-here"}})
    page = await entered(office, browser, java_script_enabled=False)

    await page.get_by_text("Writes as a table").click()
    await expect(page.get_by_role("rowheader", name="2026-10-01")).to_be_visible()
    await page.get_by_role("link", name="Tasks", exact=True).click()
    await page.get_by_label("Id, person").fill("no-scripts")
    await page.get_by_label("State").select_option("queued")
    await page.get_by_role("button", name="Show").click()
    await expect(page.locator("tbody tr")).to_have_count(1)
    await page.locator("tbody a").click()
    await page.get_by_role("button", name="Withdraw this task").click()
    await expect(page.get_by_text("Withdrawn before it ran.", exact=True)).to_be_visible()
    await page.get_by_role("link", name="Webhooks").click()
    await page.get_by_label("Address that").fill("https://hooks.example.com/no-scripts")
    await page.get_by_label("task.unconfirmed").check()
    await page.get_by_role("button", name="Add it").click()
    await expect(page.get_by_text("it is shown this once")).to_be_visible()
    await page.get_by_role("button", name="Send a test").click()
    await expect(page.get_by_role("button", name="Deliver once more")).to_be_visible()
    await page.get_by_role("link", name="Keys").click()
    await page.get_by_label("What it is for").fill("Zapier")
    await page.get_by_role("button", name="Make it").click()
    await expect(page.get_by_text("it is shown this once")).to_be_visible()
    await page.get_by_role("button", name="Revoke Zapier").click()
    await expect(page.get_by_role("heading", name="Revoked keys")).to_be_visible()
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_label("API key")).to_be_visible()

    await page.context.close()
    assert (await office.world.task(mine)).status == "cancelled"


async def test_pages_are_brought_up_to_date(office: Office, browser: Browser) -> None:
    """What happens meanwhile is shown without a reload, and times are the reader's own."""
    page = await entered(office, browser, timezone_id="Asia/Tokyo", locale="en-GB")
    await page.goto(f"{office.url}/tasks?q=live-wire")
    await page.evaluate("window.stayed = true")
    await expect(page.get_by_text("No task fits.")).to_be_visible()

    await add_task(office.world, input={"person": {"vanity": "live-wire"}})

    row = page.locator("tbody tr")
    await expect(row).to_have_count(1, timeout=PATIENCE_MS)
    await expect(row.locator("time").first).to_have_text("1 Oct 2026, 21:00")
    assert await page.evaluate("window.stayed")
    await page.context.close()


async def test_a_page_that_is_left_open_asks_for_the_key_again(
    office: Office, browser: Browser
) -> None:
    """Its own looks keep nobody signed in: in the end it shows the door, and no one's tasks."""
    page = await entered(office, browser)
    await page.goto(f"{office.url}/tasks")

    office.world.clock.advance(timedelta(hours=13))

    await expect(page.get_by_label("API key")).to_be_visible(timeout=PATIENCE_MS)
    await expect(page.locator("tbody tr")).to_have_count(0)
    await page.context.close()


async def test_texts_are_shown_when_asked_for(office: Office, browser: Browser) -> None:
    """By a button that hides them again."""
    page = await entered(office, browser)
    await page.goto(f"{office.url}/tasks/{office.failed}")
    words, picture = page.get_by_text(SECRET), page.get_by_alt_text("What the page showed")
    await expect(words).to_have_count(0)
    await expect(picture).to_have_count(0)

    await page.get_by_role("link", name="Show the texts").click()
    await expect(words).to_be_visible()
    await expect(picture).to_be_visible()
    await page.get_by_role("link", name="Hide the texts").click()
    await expect(words).to_have_count(0)

    await page.context.close()


async def test_the_keyboard_comes_first_to_the_content(office: Office, browser: Browser) -> None:
    """One key skips what is the same on every page, and what has the focus is seen."""
    page = await entered(office, browser)
    await page.goto(f"{office.url}/keys")

    await page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    await expect(skip).to_be_focused()
    await expect(skip).to_be_in_viewport()
    outline = await skip.evaluate("link => getComputedStyle(link).outlineStyle")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("main")).to_be_focused()
    await page.keyboard.press("Tab")

    await expect(page.get_by_label("What it is for")).to_be_focused()
    assert outline == "solid"
    await page.context.close()


async def test_a_script_that_got_into_a_page_does_not_run(office: Office, browser: Browser) -> None:
    """Even then: neither as a text of the page, nor from another site, nor inside a frame."""
    page = await entered(office, browser)

    ran = await page.evaluate(
        """async () => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            const spot = document.createElement("div");
            document.body.append(spot);
            spot.innerHTML = "<img src='/nowhere' onerror='window.ran = true'>";
            await new Promise((failed) => { spot.firstChild.addEventListener("error", failed); });
            return window.ran === true;
        }"""
    )
    framing = await page.context.new_page()
    await framing.set_content(f'<iframe src="{office.url}"></iframe>')
    frame = framing.frame_locator("iframe")

    await expect(frame.get_by_role("heading", name="Sign in")).to_have_count(0)
    assert not ran
    await page.context.close()


async def test_revoking_asks_first(office: Office, browser: Browser) -> None:
    """With scripts, a key is gone only after a second word."""
    key = await office.world.new_key()
    page = await entered(office, browser)
    await page.goto(f"{office.url}/keys")
    revoke = page.get_by_role("row").filter(has_text="test").last.get_by_role("button")
    page.once("dialog", lambda dialog: dialog.dismiss())

    await revoke.click()
    await expect(page.get_by_role("heading", name="Valid keys")).to_be_visible()

    answered = await page.request.get(
        f"{office.url.removesuffix('/dashboard')}/tasks", headers={"x-api-key": key}
    )
    assert answered.status == 200
    await page.context.close()
