"""What the browser lets out on a post's page, whatever is clicked there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from executor.components.post_requests import comment_problem, reaction_problem
from executor.errors import NotSent, RecipientMismatch
from executor.locators import post

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Page

    from executor.browser.account_browser import AccountBrowser
    from executor.browser.guard import RequestBody
    from executor.locators.element import NetworkCall
    from storage.tasks import JsonObject
    from tests.executor.office import Office

POST = "urn:li:activity:7123456789012345678"
ADDRESS = f"/feed/update/{POST}/"
CALLS = ["sdui", "graphql", "legacy"]
OTHERS_LIKE = '[role="listitem"] button[aria-label^="Reaction button state"]'
OTHERS_COMMENT = '[role="listitem"] button[aria-label="Comment"]'


async def nothing(_: JsonObject | None = None) -> None: ...


async def open_post(account: AccountBrowser, page: Page) -> None:
    await account.tab.open(ADDRESS)
    await page.wait_for_load_state()  # Before, a click does nothing.


async def submit(
    account: AccountBrowser,
    call: NetworkCall,
    click: Callable[[], Awaitable[None]],
    check: Callable[[RequestBody], str | None],
) -> None:
    await account.tab.submit(
        call,
        check=check,
        marks=lambda _: {},
        before_click=nothing,
        before_request=nothing,
        click=click,
    )


@pytest.mark.parametrize("calls", CALLS)
async def test_a_click_on_another_posts_like_sends_nothing(
    office: Office, account: AccountBrowser, page: Page, calls: str
) -> None:
    """The request names the other post, in every form that it has."""
    await office.sandbox.client.toggle(post_calls=calls)
    await open_post(account, page)
    other = page.locator(OTHERS_LIKE).first

    with pytest.raises(NotSent) as caught:
        await submit(
            account,
            post.CHANGE_REACTION,
            other.click,
            partial(reaction_problem, post_urn=POST, wanted="LIKE"),
        )

    assert isinstance(caught.value.cause, RecipientMismatch)
    assert await office.delivered() == []


@pytest.mark.parametrize("calls", CALLS)
async def test_a_second_click_never_takes_a_like_back(
    office: Office, account: AccountBrowser, page: Page, calls: str
) -> None:
    """The permission is for one like; what the toggle does next stays in the browser."""
    await office.sandbox.client.toggle(post_calls=calls)
    await open_post(account, page)
    trigger = page.locator('[id$="FEED_DETAIL"] button[aria-label^="Reaction button state"]')

    await submit(
        account,
        post.CHANGE_REACTION,
        trigger.dblclick,
        partial(reaction_problem, post_urn=POST, wanted="LIKE"),
    )

    assert [entry.kind for entry in await office.delivered()] == ["reaction"]


@pytest.mark.parametrize("calls", ["sdui", "legacy"])
async def test_a_comment_on_another_post_sends_nothing(
    office: Office, account: AccountBrowser, page: Page, calls: str
) -> None:
    """The right words below the wrong post are stopped."""
    await office.sandbox.client.toggle(post_calls=calls)
    await open_post(account, page)
    await page.locator(OTHERS_COMMENT).first.click()
    await page.locator("main [contenteditable=true]").focus()
    await page.keyboard.insert_text("Hi")
    button = page.locator('div[id*="commentButtonSection"] button')

    with pytest.raises(NotSent):
        await submit(
            account,
            post.CREATE_COMMENT,
            button.click,
            partial(comment_problem, post_urn=POST, text="Hi"),
        )

    assert await office.delivered() == []


@pytest.mark.parametrize("calls", CALLS)
async def test_without_a_permission_no_reaction_leaves(
    office: Office, account: AccountBrowser, page: Page, calls: str
) -> None:
    """What no task has asked for is failed inside the browser; reading reactions is not."""
    await office.sandbox.client.toggle(post_calls=calls)
    async with page.expect_response("**/voyager/api/graphql**"):
        await open_post(account, page)

    async with page.expect_event("requestfailed", lambda request: request.method == "POST"):
        await page.locator(OTHERS_LIKE).first.click()

    assert await office.delivered() == []
    reads = await office.sandbox.client.visits("/voyager/api/graphql")
    assert [visit.method for visit in reads] == ["GET"]
