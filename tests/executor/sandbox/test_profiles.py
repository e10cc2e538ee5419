"""What a profile shows for each relation, and the ways to it."""

import re
from urllib.parse import quote

import pytest
from playwright.async_api import expect

from executor.sandbox import Relation, SandboxClient
from tests.executor.sandbox.conftest import OpenPage, top_card

JOHN = "ACoAAA24A-MBVEvT49xpVF2gnWrhvmUIPDJshSM"


async def test_an_id_leads_to_the_slug(open_page: OpenPage) -> None:
    """The way to get a vanity from a URN."""
    page = await open_page(f"/in/{JOHN}/")

    await expect(page).to_have_url(re.compile(r"/in/john-doe-123/$"))
    key = await top_card(page).get_attribute("componentkey")
    assert key == f"com.linkedin.sdui.profile.card.ref{JOHN}Topcard"


async def test_a_former_slug_leads_to_the_present_one(open_page: OpenPage) -> None:
    """Members rename their address; old links go on working."""
    page = await open_page("/in/milo-formerly/")

    await expect(page).to_have_url(re.compile(r"/in/milo-rechristened-now/$"))


async def test_umlauts_are_percent_encoded_in_addresses(open_page: OpenPage) -> None:
    """Any spelling of the slug finds the member."""
    page = await open_page(f"/in/{quote('åse-østergård-lyng')}")

    assert page.url.endswith("/in/%C3%A5se-%C3%B8sterg%C3%A5rd-lyng/")
    await expect(page.get_by_role("heading", name="Åse Østergård-Lyng")).to_be_visible()


async def test_dead_profiles_lead_to_404(open_page: OpenPage) -> None:
    """The path is exactly `/404/`, whatever the slug contains."""
    page = await open_page("/in/horst-404-gonefield/")

    await expect(page).to_have_url(re.compile(r"/404/$"))


async def test_me_leads_to_the_own_profile(open_page: OpenPage) -> None:
    """The own card is known by its edit link."""
    page = await open_page("/in/me/")

    await expect(page).to_have_url(re.compile(r"/in/avery-lindqvist/$"))
    await expect(top_card(page).locator('a[href*="/edit/intro/"]')).to_be_visible()


@pytest.mark.parametrize(
    ("relation", "selector"),
    [
        (Relation.CONNECTED, 'a[href*="recipient={id}"]'),
        (Relation.CONNECTABLE, 'a[href="/preload/custom-invite/?vanityName={vanity}"]'),
        (Relation.PENDING, 'a[componentkey$="_pending"]'),
        (Relation.BLOCKED_REINVITE, 'button[componentkey$="_withdrawn"]'),
        (Relation.INCOMING, 'button[aria-label^="Accept "]'),
        (Relation.FOLLOW_ONLY, 'button[aria-label^="Follow "]'),
    ],
)
async def test_the_card_shows_the_relation(
    open_page: OpenPage, control: SandboxClient, relation: Relation, selector: str
) -> None:
    """One visible control in the card tells each relation."""
    await control.set_relation("ida-norr", relation)
    person = await control.person("ida-norr")
    page = await open_page("/in/ida-norr/")
    wanted = selector.format(id=person.id, vanity=person.vanity)

    await expect(top_card(page).locator(wanted).filter(visible=True)).to_have_count(1)


async def test_controls_mount_after_the_name(open_page: OpenPage, control: SandboxClient) -> None:
    """A quick look finds a card without any control."""
    await control.toggle(action_row_delay_ms=2500)
    page = await open_page("/in/john-doe-123/")

    await expect(top_card(page).get_by_role("heading")).to_be_visible()
    assert await top_card(page).get_by_text("More", exact=True).count() == 0
    await expect(top_card(page).get_by_text("More", exact=True)).to_be_visible()


async def test_creators_hide_connect_in_the_menu(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Follow is in the card; Connect is an anchor in a portal under the body."""
    creator = next(p for p in await control.people(Relation.CONNECTABLE) if p.creator)
    page = await open_page(f"/in/{creator.vanity}/")
    invite = f'a[href="/preload/custom-invite/?vanityName={creator.vanity}"]'
    await top_card(page).get_by_text("More", exact=True).click()

    await expect(top_card(page).locator(invite).filter(visible=True)).to_have_count(0)
    await expect(page.locator(f"body > [data-floating-ui-portal] {invite}")).to_be_visible()


async def test_scripts_cannot_open_the_menu(open_page: OpenPage) -> None:
    """Only a trusted click counts."""
    page = await open_page("/in/john-doe-123/")
    more = top_card(page).get_by_text("More", exact=True)
    await more.evaluate("button => button.click()")
    assert await page.locator("[role=menu]").count() == 0

    await more.click()
    await expect(page.get_by_role("menuitem", name="Remove connection")).to_be_visible()


async def test_a_pending_invitation_can_hide_in_the_menu(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Creator cards show no Pending; only the menu tells."""
    creator = next(p for p in await control.people(Relation.PENDING) if p.creator)
    page = await open_page(f"/in/{creator.vanity}/")
    await top_card(page).get_by_text("More", exact=True).click()

    await expect(top_card(page).get_by_text("Pending")).to_have_count(0)
    await expect(page.locator('[role=menuitem][componentkey$="_pending"]')).to_be_visible()


async def test_open_profiles_offer_message_without_being_connected(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """A visible Message proves nothing."""
    someone = next(p for p in await control.people(Relation.CONNECTABLE) if p.open_profile)
    page = await open_page(f"/in/{someone.vanity}/")

    await expect(top_card(page).get_by_role("link", name="Message")).to_be_visible()
    await expect(top_card(page).get_by_role("link", name=re.compile("^Invite"))).to_be_visible()


async def test_the_commercial_limit_lands_elsewhere(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The profile turns into My Network without a word."""
    await control.toggle(commercial_limit=True)
    page = await open_page("/in/ida-norr/")

    await expect(page).to_have_url(re.compile(r"/mynetwork/$"))


async def test_the_shell_is_react_and_its_classes_rotate(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """No h1, an open shadow root, and no class name that a locator could hold on to."""
    page = await open_page("/in/john-doe-123/")

    assert await page.locator("h1").count() == 0
    assert (
        await page.evaluate("document.getElementById('interop-outlet').shadowRoot.mode") == "open"
    )
    classes = await top_card(page).get_attribute("class") or ""
    assert all(re.fullmatch(r"_[0-9a-f]{8}", name) for name in classes.split())
    await control.toggle(interop_root="closed")
    await page.reload()
    assert await page.evaluate("document.getElementById('interop-outlet').shadowRoot") is None


@pytest.mark.parametrize(
    ("language", "direction", "invite"),
    [
        ("de", "ltr", "Ida Norrbäck als Kontakt einladen"),
        ("ar", "rtl", "دعوة Ida Norrbäck للتواصل"),
    ],
)
async def test_labels_follow_the_account_and_not_the_browser(
    open_page: OpenPage, control: SandboxClient, language: str, direction: str, invite: str
) -> None:
    """Another interface language changes every label."""
    await control.change_account(1, language=language)
    page = await open_page("/in/ida-norr/")

    await expect(page.locator("html")).to_have_attribute("dir", direction)
    await expect(top_card(page).get_by_role("link", name=invite)).to_be_visible()


@pytest.mark.parametrize(
    ("relation", "name"),
    [
        (Relation.CONNECTABLE, "Invite Ida Norrbäck to connect"),
        (Relation.PENDING, "Pending, click to withdraw invitation sent to Ida Norrbäck"),
    ],
)
async def test_the_classic_profile_has_an_h1_and_buttons(
    open_page: OpenPage, control: SandboxClient, relation: Relation, name: str
) -> None:
    """The generation before 2026-03 is still served to some accounts."""
    await control.toggle(generation="ember")
    await control.set_relation("ida-norr", relation)
    page = await open_page("/in/ida-norr/")
    card = page.locator("section[data-member-id]")

    await expect(card.get_by_role("heading", level=1)).to_have_text("Ida Norrbäck")
    await expect(card.get_by_role("button", name=name)).to_be_visible()
    await expect(page.get_by_test_id("primary-nav")).to_have_count(0)


async def test_the_classic_profile_invites_too(open_page: OpenPage, control: SandboxClient) -> None:
    """Its dialog mounts in the light DOM, because there is no shadow root."""
    await control.toggle(generation="ember")
    page = await open_page("/in/ida-norr/")
    await page.get_by_role(
        "button", name="Invite Ida Norrbäck to connect", exact=True
    ).first.click()
    await page.locator("#artdeco-modal-outlet").get_by_label("Send without a note").click()
    name = "Pending, click to withdraw invitation sent to Ida Norrbäck"
    await expect(page.get_by_role("button", name=name)).to_be_visible()

    assert [entry.kind for entry in await control.ledger()] == ["invitation"]
