"""The traps: each is in the page, and whoever steps into it is caught by the ledger."""

import re

import pytest
from playwright.async_api import expect

from executor.sandbox import Relation, SandboxClient
from tests.executor.sandbox.conftest import OpenPage, top_card, type_lines


async def test_strangers_can_be_invited_before_and_after_the_card(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """A prefix match on "Invite " hits a stranger first."""
    page = await open_page("/in/ida-norr/")
    everyone = page.locator("main").get_by_role("link", name=re.compile("^Invite "))
    names = await everyone.evaluate_all("found => found.map(each => each.ariaLabel)")

    assert names[0] != "Invite Ida Norrbäck to connect"
    assert names[-1] != "Invite Ida Norrbäck to connect"
    assert len(await control.ledger()) == 0


async def test_a_strangers_button_sends_at_the_first_click(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Rails send without a dialog; the ledger names the stranger."""
    page = await open_page("/in/ida-norr/")
    stranger = page.locator("aside").get_by_role("button", name=re.compile("^Invite ")).first
    await stranger.click()
    pending = page.locator("aside").get_by_role("button", name=re.compile("^Pending"))
    await expect(pending).to_be_visible()

    [entry] = await control.ledger("invitation")
    assert entry.recipient != (await control.person("ida-norr")).id


async def test_the_dialog_opens_even_for_connections(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Only the profile tells that somebody is connected; the server refuses in the end."""
    page = await open_page("/preload/custom-invite/?vanityName=john-doe-123")
    await page.get_by_role("button", name="Send without a note").click()

    await expect(page.get_by_text("Unable to connect. Try again.")).to_be_visible()
    assert await control.ledger() == []


async def test_both_degrees_are_in_the_card_and_one_is_seen(open_page: OpenPage) -> None:
    """Text that is not rendered does not count."""
    page = await open_page("/in/john-doe-123/")
    degrees = top_card(page).get_by_text(re.compile(r"^· (1st|2nd)$"))

    await expect(degrees).to_have_count(2)
    await expect(degrees.filter(visible=True)).to_have_text("· 1st")


async def test_a_connected_card_has_a_hidden_pending_wrapper(open_page: OpenPage) -> None:
    """The componentkey lies when nobody can see it."""
    page = await open_page("/in/john-doe-123/")

    await expect(top_card(page).locator('[componentkey$="_pending"]')).to_have_count(1)
    await expect(top_card(page).locator('[componentkey$="_pending"]')).to_be_hidden()


async def test_dialogs_that_are_no_invitation_stand_about(open_page: OpenPage) -> None:
    """Closed dialogs, a video dialog, and an open conversation that is a dialog too."""
    page = await open_page("/preload/custom-invite/?vanityName=ida-norr")
    await expect(page.get_by_role("button", name="Add a note")).to_be_visible()

    assert await page.locator("dialog:not([open])").count() == 2
    await expect(page.locator("[role=dialog].vjs-hidden")).to_be_hidden()
    bubble = page.locator(".msg-overlay-conversation-bubble[role=dialog]")
    await expect(bubble.locator("[contenteditable]")).to_be_visible()


async def test_the_open_bubble_really_sends_to_its_stranger(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The last contenteditable on a profile belongs to somebody else."""
    page = await open_page("/in/john-doe-123/")
    bubble = page.locator(".msg-overlay-conversation-bubble")
    await type_lines(page, bubble.get_by_role("textbox"), "Oops")
    await bubble.get_by_role("button", name="Send", exact=True).click()
    await expect(bubble.locator("[class*=sending-indicator--sent]")).to_be_visible()

    [entry] = await control.ledger("message")
    assert entry.recipient != (await control.person("john-doe-123")).id


async def test_an_inmails_box_really_sends(open_page: OpenPage, control: SandboxClient) -> None:
    """Whoever writes into it has spent a credit that nobody agreed to."""
    await control.change_person("john-doe-123", messaging="inmail")
    john = await control.person("john-doe-123")
    page = await open_page(f"/messaging/compose/?recipient={john.id}")
    box = page.locator(".msg-inmail-compose-form-v2")
    await expect(box.locator(".msg-inmail-credits-display")).to_contain_text("150 InMail")

    await type_lines(page, box.get_by_role("textbox", name="Write a message…"), "Hello")
    await box.get_by_role("button", name="Send", exact=True).click()
    # An older conversation stands open on the page, with what was sent in it.
    sent = page.locator("li", has=page.locator("[title^='Sent at']")).filter(has_text="Hello")
    await expect(sent).to_have_count(1)

    assert [entry.text for entry in await control.ledger("message")] == ["Hello"]


async def test_the_box_of_a_compose_address_may_be_in_the_overlay(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The page itself has none, and the one in the shadow root really sends."""
    await control.toggle(compose_opens="overlay")
    page = await open_page("/messaging/compose/?recipient=ACoAABCDEFG")
    bubble = page.locator("#interop-outlet .msg-overlay-conversation-bubble")

    await type_lines(page, bubble.get_by_role("textbox", name="Write a message…"), "Hello")
    await bubble.get_by_role("button", name="Send", exact=True).click()
    await expect(bubble.locator("[title^='Sent at']")).to_have_count(1)

    assert await page.locator("main .msg-form").count() == 0
    assert [entry.recipient for entry in await control.ledger("message")] == ["ACoAABCDEFG"]


async def test_a_slug_may_be_the_beginning_of_another(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """A loose match on the address finds the wrong Ida."""
    await control.set_relation("ida-norr", Relation.PENDING)
    page = await open_page("/in/ida-norr-sund/")
    loose = top_card(page).locator('a[href*="vanityName=ida-norr"]').filter(visible=True)

    await expect(loose).to_have_attribute(
        "href", "/preload/custom-invite/?vanityName=ida-norr-sund"
    )


@pytest.mark.scenario(26)
async def test_received_invitations_of_followers_cannot_be_accepted(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Their Accept is a link to the page itself."""
    follower = next(p for p in await control.people(Relation.INCOMING) if p.member % 4 == 0)
    page = await open_page("/mynetwork/invitation-manager/received/")
    await page.get_by_label(f"Accept {follower.name}\u2019s invitation", exact=True).click()

    assert (await control.relation(follower.id)).relation is Relation.INCOMING
