"""The invitation's dialog in its shapes, what it sends, and how it fails."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from executor.sandbox import Fault, Relation, SandboxClient
from tests.executor.sandbox.conftest import OpenPage, top_card

INVITE = "/preload/custom-invite/?vanityName=oskar-fjeldgren"
OSKAR = "ACoAABCDEF123"
SHAPES = ["artdeco", "alertdialog", "native", "native_testid"]


def plain(page: Page) -> Locator:
    return page.get_by_role("button", name="Send without a note")


async def note(page: Page, text: str) -> Locator:
    """Go to the second step and type a note; return its Send."""
    await page.get_by_role("button", name="Add a note").click()
    send = page.get_by_role("button", name="Send invitation")
    await expect(send).to_be_disabled()
    await page.locator("textarea#custom-message").fill(text)
    return send


@pytest.mark.parametrize("shape", SHAPES)
async def test_an_invitation_without_a_note_is_delivered(
    open_page: OpenPage, control: SandboxClient, shape: str
) -> None:
    """The dialog is one in every shape; the page's own request carries the invitee."""
    await control.toggle(invite_dialog=shape)
    page = await open_page(INVITE)
    await expect(
        page.get_by_role("dialog").or_(page.get_by_role("alertdialog")).filter(has=plain(page))
    ).to_be_visible()
    async with page.expect_response(re.compile("verifyQuotaAndCreateV2")) as answer:
        await plain(page).click()

    response = await answer.value
    assert response.status == 201
    assert response.request.post_data_json == {
        "invitee": {"inviteeUnion": {"memberProfile": f"urn:li:fsd_profile:{OSKAR}"}}
    }
    await expect(page.get_by_text("Your invitation to Oskar Fjeldgren was sent")).to_be_visible()
    await expect(plain(page)).to_have_count(0)
    [entry] = await control.ledger()
    assert (entry.kind, entry.recipient, entry.text) == ("invitation", OSKAR, None)


async def test_a_note_is_delivered_as_typed(open_page: OpenPage, control: SandboxClient) -> None:
    """The counter shows the account's limit; Send waits for text."""
    page = await open_page(INVITE)
    send = await note(page, "Hi Oskar,\nwe met in Bergen. ✨")
    await expect(page.get_by_text("29/200")).to_be_visible()
    await send.click()
    await expect(page.get_by_text("Your invitation to Oskar Fjeldgren was sent")).to_be_visible()

    [entry] = await control.ledger()
    assert entry.text == "Hi Oskar,\nwe met in Bergen. ✨"
    assert (await control.limits()).personal_notes_left == 4


async def test_premium_accounts_have_longer_notes(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The denominator of the counter is the limit."""
    await control.change_account(1, premium=True)
    page = await open_page(INVITE)
    await page.get_by_role("button", name="Add a note").click()

    await expect(page.get_by_text("0/300")).to_be_visible()


async def test_the_profile_shows_pending_afterwards(open_page: OpenPage) -> None:
    """Connect in the card opens the same dialog; a reload shows what became of it."""
    page = await open_page("/in/oskar-fjeldgren/")
    await top_card(page).get_by_role("link", name="Invite Oskar Fjeldgren to connect").click()
    await plain(page).click()
    await expect(page.get_by_text("Your invitation to Oskar Fjeldgren was sent")).to_be_visible()
    await page.reload()

    pending = "Pending, click to withdraw invitation sent to Oskar Fjeldgren"
    await expect(top_card(page).get_by_role("link", name=pending)).to_be_visible()


async def test_profiles_may_lag_behind(open_page: OpenPage, control: SandboxClient) -> None:
    """A stale Connect right after sending is no proof that nothing was sent."""
    await control.toggle(relation_lag_seconds=60)
    page = await open_page(INVITE)
    await plain(page).click()
    await expect(page.get_by_text("Your invitation to Oskar Fjeldgren was sent")).to_be_visible()
    await page.goto(page.url.replace(INVITE, "/in/oskar-fjeldgren/"))

    name = "Invite Oskar Fjeldgren to connect"
    await expect(top_card(page).get_by_role("link", name=name)).to_be_visible()
    assert len(await control.ledger("invitation")) == 1


async def test_a_fresh_invitation_is_the_first_sent_one_and_can_be_withdrawn(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The list is newest first; withdrawing asks once more and blocks a new invitation."""
    page = await open_page(INVITE)
    await plain(page).click()
    await expect(page.get_by_text("Your invitation to Oskar Fjeldgren was sent")).to_be_visible()
    await page.goto(page.url.replace(INVITE, "/mynetwork/invitation-manager/sent/"))
    first = page.locator("main").get_by_role("listitem").first
    await first.get_by_label("Withdraw invitation sent to Oskar Fjeldgren").click()
    confirm = page.locator("dialog[open]").get_by_role(
        "button", name="Withdraw invitation sent to Oskar Fjeldgren"
    )
    await confirm.click()
    await expect(page.get_by_role("alert")).to_have_text("Invitation to Oskar withdrawn.")

    kinds = [entry.kind for entry in await control.ledger(recipient=OSKAR)]
    assert kinds == ["invitation", "withdrawal"]
    assert (await control.relation(OSKAR)).relation is Relation.BLOCKED_REINVITE


async def test_cards_of_the_sent_list_may_have_no_key(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """A link to the profile and Withdraw are all that a card is sure to have."""
    await control.toggle(invitation_keys=False)
    page = await open_page("/mynetwork/invitation-manager/sent/")
    cards = page.locator("main").get_by_role("listitem")
    await expect(cards).to_have_count(10)

    assert await cards.and_(page.locator("[componentkey]")).count() == 0
    for card in await cards.all():
        await expect(card.locator("a[href*='/in/']")).to_have_count(1)
        await expect(card.get_by_label("Withdraw invitation sent to ")).to_have_count(1)


async def test_the_sent_list_grows_on_demand(open_page: OpenPage) -> None:
    """Ten cards at first; the header counts all."""
    page = await open_page("/mynetwork/invitation-manager/sent/")
    await expect(page.get_by_role("button", name="People (21)")).to_be_visible()
    cards = page.locator("main").get_by_role("listitem")
    await expect(cards).to_have_count(10)
    await page.get_by_role("button", name="Load more").click()

    await expect(cards).to_have_count(20)


async def test_a_received_invitation_is_accepted(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Accept in the card makes a first-degree contact."""
    inviter = (await control.people(Relation.INCOMING))[0]
    page = await open_page(f"/in/{inviter.vanity}/")
    await top_card(page).get_by_role("button", name=re.compile("^Accept")).click()

    await expect(top_card(page).get_by_role("link", name="Message")).to_be_visible()
    assert (await control.relation(inviter.id)).relation is Relation.CONNECTED


RECEIVED = "/mynetwork/invitation-manager/received/"


def received_card(page: Page, name: str) -> Locator:
    return page.locator("main").get_by_role("listitem").filter(has_text=f"{name} ")


@pytest.mark.parametrize("calls", ["sdui", "framed", "voyager"])
@pytest.mark.parametrize(("label", "kind"), [("Accept", "acceptance"), ("Ignore", "ignoring")])
async def test_an_answer_stands_in_the_ledger(
    open_page: OpenPage, control: SandboxClient, calls: str, label: str, kind: str
) -> None:
    """Whichever way the page asks for it, and the card is gone."""
    await control.toggle(dead_accepts="none", invitation_calls=calls)
    await control.set_relation(OSKAR, Relation.INCOMING)
    page = await open_page(RECEIVED)
    card = received_card(page, "Oskar Fjeldgren")
    await card.get_by_role("button", name=re.compile(f"^{label}")).click()
    await expect(card).to_have_count(0)

    assert [(e.kind, e.recipient) for e in await control.ledger()] == [(kind, OSKAR)]


async def test_some_accepts_are_links_that_do_nothing(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """They lead back to the list; Ignore beside them is a button."""
    await control.toggle(dead_accepts="all")
    await control.set_relation(OSKAR, Relation.INCOMING)
    page = await open_page(RECEIVED)
    card = received_card(page, "Oskar Fjeldgren")
    await card.get_by_role("link", name="Accept Oskar Fjeldgren’s invitation").click()
    await page.wait_for_load_state()

    await expect(card.get_by_role("button", name=re.compile("^Ignore"))).to_be_visible()
    assert await control.ledger() == []


async def test_accepting_may_ask_to_take_care(open_page: OpenPage, control: SandboxClient) -> None:
    """Nothing is accepted before the second question is answered."""
    await control.toggle(dead_accepts="none", take_care=True)
    await control.set_relation(OSKAR, Relation.INCOMING)
    page = await open_page(RECEIVED)
    card = received_card(page, "Oskar Fjeldgren")
    await card.get_by_role("button", name=re.compile("^Accept")).click()
    dialog = page.get_by_role("dialog").filter(has_text="Take care when connecting")
    await expect(dialog).to_be_visible()
    assert await control.ledger() == []
    await dialog.get_by_role("button", name="Accept invite").click()
    await expect(card).to_have_count(0)

    assert [entry.kind for entry in await control.ledger()] == ["acceptance"]


async def test_the_weekly_limit_takes_the_composers_place(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """No button is left but Got it."""
    await control.change_limits(weekly_invitations_left=0)
    page = await open_page(INVITE)

    await expect(page.locator("h2.ip-fuse-limit-alert__header")).to_be_visible()
    await expect(plain(page)).to_have_count(0)


async def test_a_limit_warning_comes_with_a_sent_invitation(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The alert's look is the same; the invitation went out."""
    await control.change_limits(weekly_invitations_left=3, warn_below=5)
    page = await open_page(INVITE)
    await plain(page).click()

    await expect(page.locator("[class*=ip-fuse-limit-alert__warning]")).to_be_visible()
    assert len(await control.ledger("invitation")) == 1


async def test_used_up_notes_leave_no_textarea(open_page: OpenPage, control: SandboxClient) -> None:
    """The second step offers Premium instead."""
    await control.change_limits(personal_notes_left=0)
    page = await open_page(INVITE)
    await page.get_by_role("button", name="Add a note").click()

    await expect(page.get_by_role("link", name="Try Premium")).to_be_visible()
    await expect(page.locator("textarea")).to_have_count(0)


async def test_the_email_gate_wants_the_members_address(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Send stays shut until an address stands there; a wrong one is refused."""
    person = await control.change_person("oskar-fjeldgren", email_required=True)
    page = await open_page(INVITE)
    await expect(plain(page)).to_be_disabled()
    await page.locator("input[type=email]").fill(person.email)
    await plain(page).click()

    await expect(page.get_by_text("Your invitation to Oskar Fjeldgren was sent")).to_be_visible()


@pytest.mark.parametrize(
    ("relation", "notice"),
    [
        (Relation.PENDING, "Unable to connect. Try again."),
        (Relation.BLOCKED_REINVITE, "You can resend an invitation 3 weeks after"),
    ],
)
async def test_the_server_refuses_what_it_must(
    open_page: OpenPage, control: SandboxClient, relation: Relation, notice: str
) -> None:
    """The dialog opens all the same; an error toast explains."""
    await control.set_relation(OSKAR, relation)
    page = await open_page(INVITE)
    await plain(page).click()

    toast = page.locator('[data-test-artdeco-toast-item-type="error"]')
    await expect(toast).to_contain_text(notice)
    assert await control.ledger() == []


async def test_the_dialog_can_stay_away(open_page: OpenPage, control: SandboxClient) -> None:
    """People who can only be followed get no dialog."""
    await control.toggle(modal_delay_ms=0)
    await control.set_relation(OSKAR, Relation.FOLLOW_ONLY)
    page = await open_page("/feed/")
    async with page.expect_response(re.compile("custom-invite/modal")) as answer:
        await page.goto(page.url.replace("/feed/", INVITE))

    assert (await answer.value).status == 404
    await expect(plain(page)).to_have_count(0)


async def test_the_dialog_can_mount_in_light_dom_and_have_three_buttons(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The older dialog: Dismiss, Add a note, Send now."""
    await control.toggle(invite_outlet="artdeco", invite_steps="three_buttons")
    page = await open_page(INVITE)
    buttons = page.locator("#artdeco-modal-outlet [role=dialog] button")
    await expect(buttons).to_have_count(3)
    labels = await buttons.evaluate_all("found => found.map(each => each.ariaLabel)")
    await buttons.last.click()
    await expect(page.get_by_text("Your invitation to Oskar Fjeldgren was sent")).to_be_visible()

    assert labels == ["Dismiss", "Add a note", "Send now"]
    assert len(await control.ledger("invitation")) == 1


async def test_a_generic_failure_ends_in_a_toast(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """A 500 closes the dialog; nothing was delivered."""
    await control.arm(Fault(on="create_invitation", do="status", status=500))
    page = await open_page(INVITE)
    await plain(page).click()

    await expect(page.get_by_text("Unable to connect. Try again.")).to_be_visible()
    assert await control.ledger() == []
