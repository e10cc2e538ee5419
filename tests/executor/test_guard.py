"""What the browser lets out while it acts for somebody."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from executor.browser.interception import was_stopped
from executor.errors import NotSent, RecipientMismatch
from executor.locators import messaging
from executor.sandbox.casting import NewThread, SeededMessage
from executor.sandbox.people import Relation
from storage.tasks import ErrorCode, TaskStatus
from tests.executor.office import JANE, STRANGER

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Page

    from executor.browser.account_browser import AccountBrowser
    from executor.browser.tab import Tab
    from executor.locators.element import NetworkCall
    from storage.tasks import JsonObject
    from tests.executor.office import Office


@pytest.mark.scenario(12)
async def test_a_click_on_a_strangers_connect_sends_nothing(
    office: Office, account: AccountBrowser, page: Page
) -> None:
    """The sandbox would really invite the stranger; the guard stops the request."""
    await account.tab.open(f"/in/{JANE}/")
    stranger = page.locator('main a[href*="/custom-invite/"], main button[aria-label^="Invite "]')
    await stranger.first.wait_for()
    async with page.expect_event(
        "requestfailed", lambda request: "verifyQuota" in request.url
    ) as failed:
        await stranger.first.click()
        send = page.locator('button[aria-label="Send without a note"]')
        await send.click()

    assert "BLOCKED_BY_CLIENT" in (await failed.value).failure
    assert await office.delivered() == []


async def post_message(page: Page, recipient: str, text: str) -> str:
    """Send LinkedIn's own request from inside the page, as a page gone wrong would."""
    answer: str = await page.evaluate(
        """async ([recipient, text]) => {
          const headers = {"csrf-token": document.cookie.match(/ajax:[^";]+/)?.[0] ?? ""};
          const me = await (await fetch("/voyager/api/me", {headers})).json();
          const body = {
            message: {
              body: {attributes: [], text},
              renderContentUnions: [],
              originToken: crypto.randomUUID(),
            },
            hostRecipientUrns: ["urn:li:fsd_profile:" + recipient],
            mailboxUrn: me.included[0].dashEntityUrn,
          };
          return fetch(
            "/voyager/api/voyagerMessagingDashMessengerMessages?action=createMessage",
            {method: "POST", headers, body: JSON.stringify(body)},
          ).then((a) => "answered " + a.status, () => "failed");
        }""",
        [recipient, text],
    )
    return answer


async def test_without_a_permission_no_message_leaves(
    office: Office, account: AccountBrowser, page: Page
) -> None:
    """A request that no task has asked for is failed inside the browser."""
    await account.tab.open("/feed/")

    assert await post_message(page, JANE, "unasked") == "failed"
    assert await office.delivered() == []


@pytest.mark.parametrize(
    "send",
    [
        pytest.param("fetch(address, {method: 'POST', keepalive: true})", id="kept alive"),
        pytest.param("navigator.sendBeacon(address, '{}')", id="beacon"),
        pytest.param(
            """new Worker(URL.createObjectURL(new Blob([
              `fetch("${address}", {method: "POST"})`
            ])))""",
            id="worker",
        ),
        pytest.param(
            """document.body.appendChild(document.createElement("iframe"))
              .contentWindow.fetch(address, {method: "POST"})""",
            id="frame",
        ),
        pytest.param(
            """document.body.appendChild(Object.assign(document.createElement("iframe"), {
              sandbox: "allow-scripts",
              srcdoc: `<script>fetch("${address}", {method: "POST", mode: "no-cors"})</script>`,
            }))""",
            id="sandboxed frame",
        ),
    ],
)
async def test_no_corner_of_a_page_is_out_of_sight(
    office: Office, account: AccountBrowser, page: Page, send: str
) -> None:
    """However a page sends, its request is held back."""
    await account.tab.open("/feed/")
    async with page.expect_event("requestfailed", was_stopped):
        await page.evaluate(
            """send => {
              const path = "/voyager/api/voyagerMessagingDashMessengerMessages";
              const address = `${location.origin}${path}?action=createMessage`;
              eval(send);
            }""",
            send,
        )

    assert all(each.method != "POST" for each in await office.sandbox.client.visits("/voyager/"))


async def test_a_page_has_no_worker_that_it_shares(account: AccountBrowser, page: Page) -> None:
    """Such a one is no page's, and its requests could not be held back."""
    await account.tab.open("/feed/")

    assert await page.evaluate("typeof SharedWorker") == "undefined"


async def take_down(_: JsonObject) -> None: ...


async def submit(
    tab: Tab,
    page: Page,
    sent: list[tuple[str, str]],
    *,
    before_request: Callable[[JsonObject], Awaitable[None]] | None = None,
    compare: Callable[[Any], Any] = lambda body: body,
) -> Any:
    """Permit one message 'Hello' to Jane, and send what *sent* says."""

    def check(body: Any) -> str | None:
        compare(body)
        right = body["hostRecipientUrns"] == [f"urn:li:fsd_profile:{JANE}"]
        return None if right else "Somebody else."

    async def click() -> None:
        for recipient, text in sent:
            await post_message(page, recipient, text)

    async def before_click() -> None: ...

    return await tab.submit(
        messaging.CREATE_MESSAGE,
        check=check,
        marks=lambda body: {"origin_token": body["message"]["originToken"]},
        before_click=before_click,
        before_request=before_request or take_down,
        click=click,
    )


async def test_a_permission_is_good_for_one_request(
    office: Office, account: AccountBrowser, page: Page
) -> None:
    """A double click, or a page that repeats itself, delivers once."""
    await account.tab.open("/feed/")

    answer = await submit(account.tab, page, [(JANE, "Hello"), (JANE, "Hello")])

    assert answer.status == 200
    assert len(await office.delivered()) == 1


async def submit_anything(
    tab: Tab,
    call: NetworkCall,
    click: Callable[[], Awaitable[None]],
    before_request: Callable[[JsonObject], Awaitable[None]],
) -> Any:
    async def before_click() -> None: ...

    return await tab.submit(
        call,
        check=lambda _: None,
        marks=lambda _: {},
        before_click=before_click,
        before_request=before_request,
        click=click,
    )


async def test_a_request_for_somebody_else_is_stopped_and_that_is_proof(
    office: Office, account: AccountBrowser, page: Page
) -> None:
    """The error tells that nothing was sent, so that the task may fail instead of being unsure."""
    await office.sandbox.client.set_relation(STRANGER, Relation.CONNECTED)
    await account.tab.open("/feed/")

    with pytest.raises(NotSent) as caught:
        await submit(account.tab, page, [(STRANGER, "Hello")])

    assert isinstance(caught.value.cause, RecipientMismatch)
    assert await office.delivered() == []


async def test_a_request_that_cannot_be_compared_is_stopped_and_that_is_proof(
    office: Office, account: AccountBrowser, page: Page
) -> None:
    """LinkedIn may write its requests in a way that nobody has thought of."""
    await account.tab.open("/feed/")

    with pytest.raises(NotSent) as caught:
        await submit(account.tab, page, [(JANE, "Hello")], compare=lambda body: body["no such"])

    assert isinstance(caught.value.cause, RecipientMismatch)
    assert await office.delivered() == []


async def test_a_request_leaves_only_when_it_is_taken_down(
    office: Office, account: AccountBrowser, page: Page
) -> None:
    """Whatever the reason why that does not succeed."""

    async def fail(_: JsonObject) -> None:
        raise RuntimeError

    await account.tab.open("/feed/")

    with pytest.raises(NotSent):
        await submit(account.tab, page, [(JANE, "Hello")], before_request=fail)

    assert await office.delivered() == []


async def test_long_and_wide_bodies_are_read_by_the_guard(
    office: Office, account: AccountBrowser, page: Page
) -> None:
    """Chromium hands long request bodies over in another way; they are checked all the same."""
    await account.tab.open("/feed/")
    text = "🎉" * 10_000

    answer = await submit(account.tab, page, [(JANE, text)])

    assert answer.status == 200
    assert [entry.text for entry in await office.delivered()] == [text]


async def test_the_tab_cannot_leave_linkedin(account: AccountBrowser, page: Page) -> None:
    """Neither script nor redirect takes the main frame to another address."""
    await account.tab.open("/feed/")
    reached: list[str] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reached.append((await reader.readline()).decode())
        writer.close()

    elsewhere = await asyncio.start_server(listen, "127.0.0.1", 0)
    async with elsewhere:
        port = elsewhere.sockets[0].getsockname()[1]
        async with page.expect_event("requestfailed"):
            await page.evaluate(f"location.href = 'http://127.0.0.1:{port}/in/someone/'")

    assert reached == []
    assert account.tab.path == "/feed/"


async def test_popups_are_closed(account: AccountBrowser, page: Page) -> None:
    """A new window would be out of the guard's sight."""
    await account.tab.open("/feed/")
    async with page.context.expect_page() as opened:
        await page.evaluate("void open('/mynetwork/')")
    popup = await opened.value
    if not popup.is_closed():
        await popup.wait_for_event("close")

    assert len(page.context.pages) == 1


async def test_a_page_that_swaps_the_recipient_is_caught_end_to_end(office: Office) -> None:
    """If the page itself addressed its request to somebody else, nothing would go out."""
    client = office.sandbox.client
    await client.set_relation(STRANGER, Relation.CONNECTED)
    script = (
        "const send = window.fetch; window.fetch = (url, options) => send(url, options && {"
        "...options, body: typeof options.body === 'string' ? options.body.replaceAll("
        f"'{JANE}', '{STRANGER}') : options.body}});"
    )

    async def tamper(page: Page) -> None:
        await page.add_init_script(script)

    with office.browsers.prepared(tamper):
        task_id = await office.ask("send_message", recipient={"profile_id": JANE}, message="Hi")
        await office.runner().run_once()

    task = await office.task(task_id)
    assert task.error is not None
    assert (task.status, task.error.code) == (TaskStatus.FAILED, ErrorCode.RECIPIENT_MISMATCH)
    assert await office.delivered() == []


@pytest.mark.parametrize("only_read", [True, False])
async def test_a_page_that_is_only_read_tells_nobody(
    office: Office, account: AccountBrowser, *, only_read: bool
) -> None:
    """Opened otherwise, it marks the conversation read, and the badge seen, as for a person."""
    client = office.sandbox.client
    line = SeededMessage(sender="them", text="Hello")
    thread = await client.seed_thread(NewThread(person=JANE, messages=(line,), unread=1))
    assert thread.path is not None
    await account.tab.open(thread.path, only_read=only_read)
    await account.tab.wait_for(messaging.COMPOSER)
    await account.tab.settle(0.2)

    told = {
        visit.path.partition("?")[0].rpartition("/")[2]
        for visit in await client.visits("/voyager/api/voyagerMessagingDashMess")
        if visit.method == "POST"
    }
    unread = {each.id: each.unread for each in await client.threads()}[thread.id or ""]
    everything = {
        "voyagerMessagingDashMessengerConversations",
        "voyagerMessagingDashMessagingBadge",
    }

    assert (told, unread) == ((set(), 1) if only_read else (everything, 0))
