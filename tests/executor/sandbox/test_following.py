"""Following in the sandbox: who is followed from the beginning, and what the ledger shows."""

import re

import pytest
from playwright.async_api import expect

from executor.sandbox import Fault, Relation, SandboxClient
from tests.executor.sandbox.conftest import OpenPage

OSKAR = "ACoAABCDEF123"
PROFILE = "/in/oskar-fjeldgren/"
JANES = "/in/ACoAABCDEFG/"


@pytest.mark.parametrize("generation", ["sdui", "ember"])
@pytest.mark.parametrize("calls", ["sdui", "framed", "voyager"])
async def test_a_follow_and_its_end_stand_in_the_ledger(
    open_page: OpenPage, control: SandboxClient, generation: str, calls: str
) -> None:
    """Whichever way the page asks for it, and the card says so after each."""
    await control.toggle(generation=generation, follow_calls=calls)
    await control.set_relation(OSKAR, Relation.FOLLOW_ONLY)
    page = await open_page(PROFILE)
    # The page says it before the server has answered.
    for shown in ("Follow", "Following"):
        async with page.expect_response(re.compile("addaUpdateFollowState|followingStates")):
            await page.get_by_role("button", name=f"{shown} Oskar Fjeldgren", exact=True).click()
    await expect(page.get_by_role("button", name="Follow Oskar Fjeldgren")).to_be_visible()

    told = [(entry.kind, entry.recipient) for entry in await control.ledger()]
    assert told == [("follow", OSKAR), ("unfollow", OSKAR)]


async def test_a_refused_follow_is_taken_back_on_the_page(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The button changes at once, and again when the server has refused."""
    await control.set_relation(OSKAR, Relation.FOLLOW_ONLY)
    await control.arm(Fault(on="change_following", do="status", status=405))
    page = await open_page(PROFILE)
    async with page.expect_response(lambda answer: "addaUpdateFollowState" in answer.url):
        await page.get_by_role("button", name="Follow Oskar Fjeldgren").click()

    await expect(page.get_by_role("button", name="Follow Oskar Fjeldgren")).to_be_visible()
    assert await control.ledger() == []


async def test_a_connection_is_followed_from_the_beginning(open_page: OpenPage) -> None:
    """More offers to stop it."""
    page = await open_page(JANES)
    await page.get_by_role("button", name="More", exact=True).last.click()

    await expect(page.get_by_role("menuitem", name="Following")).to_be_visible()


async def test_unfollowing_may_ask_first(open_page: OpenPage, control: SandboxClient) -> None:
    """Nothing is changed before the question is answered."""
    await control.toggle(unfollow_asks=True)
    await control.set_relation(OSKAR, Relation.FOLLOW_ONLY)
    await control.follow(OSKAR)
    page = await open_page(PROFILE)
    await page.get_by_role("button", name="Following Oskar Fjeldgren").click()
    dialog = page.get_by_role("dialog").filter(has_text="Unfollow Oskar Fjeldgren")
    await expect(dialog).to_be_visible()
    assert await control.ledger() == []
    async with page.expect_response(lambda answer: "addaUpdateFollowState" in answer.url):
        await dialog.get_by_role("button", name="Unfollow", exact=True).click()

    assert [entry.kind for entry in await control.ledger()] == ["unfollow"]
