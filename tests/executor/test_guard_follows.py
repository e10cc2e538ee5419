"""What the browser lets out on a profile's page when Follow is clicked there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from executor.components.follow_requests import Followed, follow_problem
from executor.components.member import Member
from executor.errors import NotSent, RecipientMismatch
from executor.locators import follow
from tests.executor.office import STRANGER

if TYPE_CHECKING:
    from executor.browser.account_browser import AccountBrowser
    from storage.tasks import JsonObject
    from tests.executor.office import Office

OSKAR = Member(profile_id=STRANGER, vanity="oskar-fjeldgren", name="Oskar Fjeldgren")
ANOTHERS = 'aside button[aria-label^="Follow "]'


async def nothing(_: JsonObject | None = None) -> None: ...


@pytest.mark.scenario(6)
@pytest.mark.parametrize("calls", ["sdui", "framed", "voyager"])
async def test_a_click_on_anothers_follow_sends_nothing(
    office: Office, account: AccountBrowser, calls: str
) -> None:
    """The request names the other member, in every form that it has."""
    await office.sandbox.client.toggle(follow_calls=calls)
    await account.tab.open(f"/in/{STRANGER}/")
    page = account.tab._page  # To do what no page object would.
    await page.wait_for_load_state()
    number = (await office.sandbox.client.person(STRANGER)).member
    followed = Followed(member=OSKAR, number=str(number))

    with pytest.raises(NotSent) as caught:
        await account.tab.submit(
            follow.CHANGE_FOLLOWING,
            check=partial(follow_problem, followed=followed, follows=True),
            marks=lambda _: {},
            before_click=nothing,
            before_request=nothing,
            click=page.locator(ANOTHERS).first.click,
        )

    assert isinstance(caught.value.cause, RecipientMismatch)
    assert await office.delivered() == []


async def test_without_a_permission_nobody_is_followed(
    office: Office, account: AccountBrowser
) -> None:
    """What no task has asked for is failed inside the browser."""
    await account.tab.open(f"/in/{STRANGER}/")
    page = account.tab._page
    await page.wait_for_load_state()

    async with page.expect_event("requestfailed", lambda request: request.method == "POST"):
        await page.locator(ANOTHERS).first.click()

    assert await office.delivered() == []
