"""The one request that was let through, until it ends: it reaches LinkedIn once at most."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from executor.browser.tunnel import Place
from executor.locators import conversation_deeds, invite, messaging
from executor.sandbox import Fault
from executor.sandbox.people import Relation
from tests.executor.office import JANE
from tests.executor.test_guard import post_message, submit, submit_anything, take_down

if TYPE_CHECKING:
    from playwright.async_api import Page

    from executor.browser.account_browser import AccountBrowser
    from storage.tasks import JsonObject
    from tests.executor.office import Office

PATIENCE_S = 30


async def _invite(page: Page, profile: str) -> None:
    await page.evaluate(
        """async (profile) => {
          const headers = {"csrf-token": document.cookie.match(/ajax:[^";]+/)?.[0] ?? ""};
          const memberProfile = "urn:li:fsd_profile:" + profile;
          const body = {invitee: {inviteeUnion: {memberProfile}}};
          const path = "/voyager/api/voyagerRelationshipsDashMemberRelationships";
          return fetch(
            path + "?action=verifyQuotaAndCreateV2",
            {method: "POST", headers, body: JSON.stringify(body)},
          ).then(() => null, () => null);
        }""",
        profile,
    )


async def test_a_message_whose_answer_is_lost_is_delivered_once(
    office: Office, account: AccountBrowser, page: Page
) -> None:
    """Chromium would repeat it by itself, and the sandbox would take it again."""
    await account.tab.open("/feed/")
    for number in range(1, 11):
        await office.sandbox.client.arm(Fault(on="create_message", do="drop_answer_after_delivery"))
        assert await submit(account.tab, page, [(JANE, f"Hello {number}")]) is None
        assert len(await office.delivered()) == number


async def test_an_invitation_whose_answer_is_lost_is_delivered_once(
    office: Office, account: AccountBrowser, page: Page
) -> None:
    """As above; each member is invited once."""
    client = office.sandbox.client
    await account.tab.open("/feed/")
    for number in range(1, 11):
        person = await client.add_person(first_name="Sam", last_name=f"Sample {number}")
        await client.set_relation(person.id, Relation.CONNECTABLE)
        await client.arm(Fault(on="create_invitation", do="drop_answer_after_delivery"))
        answer = await submit_anything(
            account.tab,
            invite.CREATE_INVITATION,
            partial(_invite, page, person.id),
            take_down,
        )
        assert answer is None
        assert [each.recipient for each in (await office.delivered())[number - 1 :]] == [person.id]


async def test_a_request_is_watched_from_before_it_leaves_until_it_ends(
    office: Office, account: AccountBrowser, page: Page
) -> None:
    """One that gets no answer is ended, so that it cannot arrive after somebody has looked."""
    client = office.sandbox.client
    tunnel = account._tunnel
    await account.tab.open("/feed/")
    await client.arm(Fault(on="create_message", do="hang"))
    watched: list[Place | None] = []
    posting: list[asyncio.Task[str]] = []

    async def click() -> None:
        posting.append(asyncio.create_task(post_message(page, JANE, "Hello")))

    async def note(_: JsonObject) -> None:
        watched.append(tunnel._watched)

    sending = asyncio.create_task(
        submit_anything(account.tab, messaging.CREATE_MESSAGE, click, note)
    )
    async with asyncio.timeout(PATIENCE_S):
        while not any(visit.method == "POST" for visit in await client.visits("/voyager/")):
            pass
    watched.append(tunnel._watched)

    assert await sending is None
    assert watched == [None, Place.of(office.sandbox.url)]
    assert tunnel._watched is None
    assert await posting[0] == "failed"
    await account.tab.open("/feed/")


async def test_a_request_that_is_held_back_ends_with_its_account(
    office: Office, account: AccountBrowser, page: Page
) -> None:
    """Chromium lets go of what is held back where a page is closed by itself."""
    held = asyncio.Event()

    async def hold(_: JsonObject) -> None:
        held.set()
        await asyncio.Event().wait()

    await account.tab.open("/feed/")
    posting: list[asyncio.Task[str]] = []

    async def click() -> None:
        posting.append(asyncio.create_task(post_message(page, JANE, "Hello")))

    sending = asyncio.create_task(
        submit_anything(account.tab, messaging.CREATE_MESSAGE, click, hold)
    )
    async with asyncio.timeout(PATIENCE_S):
        await held.wait()
    await account.close()

    ends = await asyncio.gather(sending, *posting, return_exceptions=True)
    assert all(isinstance(each, Exception) for each in ends)
    assert await office.delivered() == []


async def test_a_second_request_that_the_page_gives_up_ends_no_other(
    office: Office, account: AccountBrowser, page: Page
) -> None:
    """The first one is watched on, so that it is not repeated; given up itself, it is over."""
    tunnel = account._tunnel
    await office.sandbox.client.arm(Fault(on="create_message", do="hang"))
    await account.tab.open("/feed/")
    await page.evaluate(
        """() => {
          const real = window.fetch;
          window.asked = [];
          window.fetch = (address, more) => {
            const asking = new AbortController();
            window.asked.push(asking);
            return real(address, {...more, signal: asking.signal});
          };
        }"""
    )

    async def arrived() -> bool:
        return any(
            visit.method == "POST" for visit in await office.sandbox.client.visits("/voyager/")
        )

    async def click() -> None:
        posting.append(asyncio.create_task(post_message(page, JANE, "Hello")))
        async with asyncio.timeout(PATIENCE_S):
            while not await arrived():
                pass
        async with page.expect_event("requestfailed"):
            await page.evaluate(
                """() => {
                  const address = "/voyager/api/voyagerMessagingDashMessengerMessages";
                  fetch(`${address}?action=createMessage`, {method: "POST", body: "{}"})
                    .catch(() => {});
                  window.asked.at(-1).abort();
                }"""
            )
        # What was asked because of it is answered before this.
        await page.evaluate("1")
        watched.append(tunnel._watched)
        await page.evaluate("window.asked[1].abort()")

    posting: list[asyncio.Task[str]] = []
    watched: list[Place | None] = []
    answer = await submit_anything(account.tab, messaging.CREATE_MESSAGE, click, take_down)

    assert answer is None
    assert watched == [Place.of(office.sandbox.url)]
    assert tunnel._watched is None
    assert await posting[0] == "failed"


async def test_a_request_that_the_page_gives_up_while_it_is_taken_down_never_leaves(
    office: Office, account: AccountBrowser, page: Page
) -> None:
    """Nobody waits for an answer to it, and the next one finds its way open."""
    held, known = asyncio.Event(), asyncio.Event()

    async def hold(_: JsonObject) -> None:
        held.set()
        await known.wait()

    async def click() -> None:
        posting.append(asyncio.create_task(post_message(page, JANE, "Hello")))
        async with asyncio.timeout(PATIENCE_S):
            await held.wait()
        async with page.expect_event("requestfailed"):
            await page.goto(f"{office.sandbox.url}/feed/")

    posting: list[asyncio.Task[str]] = []
    await account.tab.open("/feed/")
    answer = await submit_anything(account.tab, messaging.CREATE_MESSAGE, click, hold)
    known.set()

    assert answer is None
    assert await office.delivered() == []
    await asyncio.gather(*posting, return_exceptions=True)
    assert (await submit(account.tab, page, [(JANE, "Hello again")])).status == 200


async def test_an_answer_is_not_taken_for_that_to_another_request(
    office: Office, account: AccountBrowser, page: Page
) -> None:
    """One to the same address, which had leave before and was not answered in time."""
    client = office.sandbox.client
    await client.arm(Fault(on="mark_conversation", do="delay", seconds=3))
    await client.arm(Fault(on="mark_conversation", do="hang"))
    await account.tab.open("/feed/")

    async def first() -> None:
        await page.evaluate(
            """() => {
              window.ask = () => {
                const headers = {"csrf-token": document.cookie.match(/ajax:[^";]+/)?.[0] ?? ""};
                const path = "/voyager/api/voyagerMessagingDashMessengerConversations?ids=List(1)";
                return fetch(path, {method: "POST", headers, body: "{}"});
              };
              window.ask().then(() => { window.answered = true; });
            }"""
        )

    async def second() -> None:
        await page.evaluate("window.ask().catch(() => {}); undefined")
        await page.wait_for_function("window.answered")

    call = conversation_deeds.MARK_CONVERSATION
    for click in (first, second):
        assert await account.tab.change(call, check=lambda _: None, click=click) is None
