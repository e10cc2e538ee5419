"""Direct messages: the composer, what it sends, and what becomes of the page."""

import json
import re

import pytest
from playwright.async_api import Locator, Page, expect

from executor.sandbox import NewThread, Relation, SandboxClient, SeededMessage
from tests.executor.sandbox.conftest import OpenPage, top_card, type_lines

JANE = "ACoAABCDEFG"
JOHN = "ACoAAA24A-MBVEvT49xpVF2gnWrhvmUIPDJshSM"
OSKAR = "ACoAABCDEF123"
HARD_TEXT = "First line  with  spaces \n\n שלום עולם — مرحبا\n👩‍👩‍👧‍👦 <b>&amp; 'quotes'\n\ttabbed"


def compose(recipient: str) -> str:
    return (
        f"/messaging/compose/?profileUrn=urn%3Ali%3Afsd_profile%3A{recipient}&recipient={recipient}"
    )


def page_owner(message_urn: str | None) -> str:
    """Return the profile in whose mailbox a message lies."""
    return (message_urn or "").partition("(")[2].partition(",")[0]


def editor(page: Page) -> Locator:
    return page.locator(".msg-form__contenteditable")


def send(page: Page) -> Locator:
    return page.locator("button.msg-form__send-button")


async def test_the_first_message_turns_new_message_into_a_thread(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Placeholder, request, server's urn, new address, empty composer: all as on LinkedIn."""
    page = await open_page(compose(JANE))
    await expect(page.get_by_label("Remove Jane Mercer-Tully")).to_be_visible()
    await expect(page.locator(".msg-thread__link-to-profile")).to_have_count(0)
    await expect(send(page)).to_be_disabled()
    await type_lines(page, editor(page), HARD_TEXT)
    async with page.expect_response(re.compile("action=createMessage")) as answer:
        await send(page).click()
    value = (await (await answer.value).json())["value"]
    await page.wait_for_url("**/messaging/thread/2-**")

    item = page.locator(".msg-s-event-listitem").last
    await expect(item).to_have_attribute("data-event-urn", value["entityUrn"])
    await expect(item.locator("[class*=sending-indicator--sent][title^='Sent at']")).to_be_visible()
    await expect(page.locator(".msg-thread__link-to-profile")).to_have_attribute(
        "href", f"/in/{JANE}"
    )
    await expect(send(page)).to_be_disabled()
    [entry] = await control.ledger()
    assert (entry.kind, entry.recipient, entry.text) == ("message", JANE, HARD_TEXT)
    assert entry.message_urn == value["entityUrn"]


async def test_the_request_has_linkedins_shape(open_page: OpenPage) -> None:
    """A new chat names its recipients, a known one its conversation."""
    page = await open_page(compose(JANE))
    bodies = []
    for text in ("one", "two"):
        await type_lines(page, editor(page), text)
        async with page.expect_request(re.compile("action=createMessage")) as request:
            await send(page).click()
        asked = await request.value
        assert asked.headers["content-type"].startswith("text/plain")
        bodies.append(json.loads(asked.post_data or ""))
        await expect(page.locator("[class*=sending-indicator--sent]")).to_have_count(len(bodies))
        await page.wait_for_url("**/messaging/thread/2-**")
        await expect(editor(page)).to_be_visible()

    assert bodies[0]["hostRecipientUrns"] == [f"urn:li:fsd_profile:{JANE}"]
    assert "conversationUrn" not in bodies[0]["message"]
    assert "hostRecipientUrns" not in bodies[1]
    assert bodies[1]["message"]["conversationUrn"].startswith("urn:li:msg_conversation:(")
    assert not bodies[1]["dedupeByClientGeneratedToken"]


async def test_composing_to_a_known_person_lands_in_the_thread(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The address changes, the history is there, and opening marks it read."""
    page = await open_page(compose(JOHN))
    await page.wait_for_url("**/messaging/thread/2-**")
    await expect(page.locator(".msg-s-event-listitem")).to_have_count(3)
    await expect(page.locator(".msg-s-event-listitem--other")).to_have_count(2)
    await type_lines(page, editor(page), "Good to see you")
    await send(page).click()
    await expect(page.locator(".msg-s-event-listitem")).to_have_count(4)
    await expect(page.locator(".msg-conversation-card__message-snippet").first).to_have_text(
        "You: Good to see you"
    )

    [entry] = await control.ledger()
    assert entry.recipient == JOHN
    assert next(t for t in await control.threads() if t.person == JOHN).unread == 0


async def test_composing_may_stay_with_the_whole_history(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """ "New message", a pill, and everything said before; the query is gone."""
    await control.toggle(compose_lands="compose")
    page = await open_page(compose(JOHN))
    await expect(page.locator(".msg-s-event-listitem")).to_have_count(3)

    assert page.url.endswith("/messaging/compose/")
    await expect(page.get_by_label("Remove John Doe")).to_be_visible()


async def test_ten_thousand_characters_arrive_as_they_are(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The longest message, with every kind of character."""
    text = ("añ語\u0627😀 " * 2000)[:9_999] + "."
    page = await open_page(compose(JANE))
    await type_lines(page, editor(page), text)
    await send(page).click()
    await page.wait_for_url("**/messaging/thread/2-**")

    [entry] = await control.ledger()
    assert entry.text == text


async def test_only_real_input_enables_send(open_page: OpenPage) -> None:
    """Setting innerHTML, even with an input event, is not typing."""
    page = await open_page(compose(JANE))
    await editor(page).evaluate(
        "box => { box.innerHTML = '<p>hello</p>'; box.dispatchEvent(new Event('input')); }"
    )

    await expect(send(page)).to_be_disabled()


async def test_a_bare_enter_makes_a_line_until_the_preference_says_otherwise(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """With Press Enter to Send there is no Send button, and Enter cannot be taken back."""
    page = await open_page(compose(JANE))
    await editor(page).click()
    await page.keyboard.insert_text("one")
    await page.keyboard.press("Enter")
    await page.keyboard.insert_text("two")
    await expect(editor(page).locator("p")).to_have_count(2)
    assert await control.ledger() == []

    await control.change_account(1, press_enter_to_send=True)
    await page.goto(page.url.replace("/messaging/compose/", compose(JANE)))
    await expect(editor(page)).to_be_visible()
    await expect(send(page)).to_have_count(0)
    await expect(page.get_by_role("button", name="Open send options")).to_be_visible()
    await editor(page).click()
    await page.keyboard.insert_text("one")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/messaging/thread/2-**")
    assert [entry.text for entry in await control.ledger()] == ["one"]


async def test_the_preference_is_set_in_the_page_and_kept(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Choosing Press Enter to Send takes the Send button away at once."""
    page = await open_page(compose(JANE))
    await page.get_by_role("button", name="Open send options").click()
    await page.get_by_role("radio", name=re.compile("Press Enter to Send")).click()

    await expect(send(page)).to_have_count(0)
    assert (await control.accounts())[0].press_enter_to_send


async def test_a_left_draft_stands_in_the_composer(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Somebody began to write; Send is ready."""
    await control.seed_thread(NewThread(person=JANE, draft="half a tho\nught"))
    page = await open_page(compose(JANE))

    await expect(editor(page).locator("p")).to_have_text(["half a tho", "ught"])
    await expect(send(page)).to_be_enabled()


async def test_seeded_histories_keep_identical_messages_apart(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The same words twice are two items with two urns."""
    hello = SeededMessage(sender="me", text="Hello")
    other = SeededMessage(sender="them", text="Hello")
    seeded = await control.seed_thread(NewThread(person=JANE, messages=(hello, other, hello)))
    page = await open_page(seeded.path or "")
    items = page.locator(".msg-s-event-listitem")
    await expect(items).to_have_count(3)

    urns = await items.evaluate_all("found => found.map(each => each.dataset.eventUrn)")
    assert len(set(urns)) == 3
    await expect(items.nth(1)).to_have_class(re.compile("--other"))


async def test_the_bare_inbox_opens_and_reads_its_first_thread(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The compose page shows the same list and opens nothing."""
    page = await open_page("/messaging/compose/")
    await expect(page.locator(".msg-conversation-listitem").first).to_contain_text("John Doe")
    await expect(editor(page)).to_be_visible()
    assert await control.visits("/voyager/api/voyagerMessagingDashMessengerConversations") == []

    async with page.expect_response(re.compile("MessengerConversations\\?ids=List")):
        await page.goto(page.url.replace("compose/", ""))
    await page.wait_for_url("**/messaging/thread/2-**")
    assert next(t for t in await control.threads() if t.person == JOHN).unread == 0


async def test_rows_have_no_address_and_tell_it_when_clicked(open_page: OpenPage) -> None:
    """No href, no id, no urn in a row; the address changes with the click."""
    page = await open_page("/messaging/compose/")
    row = page.locator(".msg-conversation-listitem").nth(2)
    markup = await row.evaluate("row => row.outerHTML")
    assert "href" not in markup
    assert "urn:li" not in markup
    await row.locator(".msg-conversation-listitem__link").click()

    await page.wait_for_url("**/messaging/thread/2-**")


@pytest.mark.parametrize("answers", ["graphql", "normalized"])
async def test_the_page_reads_both_shapes_of_answers(
    open_page: OpenPage, control: SandboxClient, answers: str
) -> None:
    """Nested elements, or URNs with `included`; sending works with both."""
    await control.toggle(messaging_answers=answers)
    page = await open_page(compose(JOHN))
    await expect(page.locator(".msg-s-event-listitem")).to_have_count(3)
    await type_lines(page, editor(page), "Again")
    await send(page).click()

    await expect(page.locator("[class*=sending-indicator--sent]")).to_have_count(2)


@pytest.mark.parametrize("answers", ["graphql", "normalized"])
async def test_the_server_hands_back_what_the_page_told_its_message_by(
    open_page: OpenPage, control: SandboxClient, answers: str
) -> None:
    """What a conversation is read from has each message's sender, time and token."""
    await control.toggle(messaging_answers=answers)
    page = await open_page(compose(JANE))
    await type_lines(page, editor(page), "Hello")
    async with (
        page.expect_request(re.compile("action=createMessage")) as request,
        # The first message turns the pane into a thread, which is read from the server.
        page.expect_response(re.compile(r"queryId=messengerMessages\.")) as answer,
    ):
        await send(page).click()

    token = json.loads((await request.value).post_data or "")["message"]["originToken"]
    body = await (await answer.value).json()
    nested = body.get("data", {}).get("messengerMessagesBySyncToken", {})
    [message] = body.get("included") or nested["elements"]
    [entry] = await control.ledger()
    assert (message["originToken"], message["entityUrn"]) == (token, entry.message_urn)
    assert message["deliveredAt"] == int(entry.at.timestamp() * 1000)
    assert message["sender"]["hostIdentityUrn"] == page_owner(entry.message_urn)


async def test_a_long_history_comes_in_pieces(open_page: OpenPage, control: SandboxClient) -> None:
    """The newest twenty first; the others when the top of the list comes into view."""
    lines = [SeededMessage(sender="them", text=f"Line {number}") for number in range(50)]
    seeded = await control.seed_thread(NewThread(person=JANE, messages=tuple(lines)))
    page = await open_page(seeded.path or "")
    bodies = page.locator(".msg-s-event-listitem__body")
    await expect(bodies).to_have_count(20)

    for count in (40, 50):
        await page.locator(".msg-s-message-list").evaluate("list => list.scrollTo(0, 0)")
        await expect(bodies).to_have_count(count)

    assert await bodies.all_inner_texts() == [line.text for line in lines]


async def test_conversations_outlive_the_people(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Whoever has left can be read but not written to, and composing knows nobody."""
    hello = SeededMessage(sender="them", text="Hello")
    seeded = await control.seed_thread(NewThread(person=JANE, messages=(hello,)))
    await control.change_person(JANE, gone=True)
    page = await open_page(seeded.path or "")
    await expect(page.locator(".msg-form__notice")).to_be_visible()
    await expect(page.locator(".msg-s-event-listitem")).to_have_count(1)
    await expect(editor(page)).to_have_count(0)

    page = await open_page(compose(JANE))
    await expect(editor(page)).to_be_visible()
    await expect(page.locator(".msg-connections-typeahead__added-recipients > *")).to_have_count(0)


async def test_messaging_a_stranger_leads_to_premium(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Not connected: a redirect, an InMail window, or a notice; never a composer."""
    page = await open_page(compose(OSKAR))
    await expect(page).to_have_url(re.compile("/premium/"))

    for shown, selector in (
        ("inmail_gate", ".msg-inmail-compose-form-v2"),
        ("notice", ".msg-form__notice"),
    ):
        await control.toggle(not_connected_compose=shown)
        page = await open_page(compose(OSKAR))
        await expect(page.locator(selector)).to_be_visible()
        await expect(editor(page)).to_have_count(0)


@pytest.mark.parametrize(
    ("vanity", "selector"),
    [("nell-hellowidget", ".msg-say-hello"), ("otto-noticeboard", ".msg-form__notice")],
)
async def test_some_conversations_have_no_composer(
    open_page: OpenPage, control: SandboxClient, vanity: str, selector: str
) -> None:
    """A greeting widget or a notice stands in its place."""
    person = await control.person(vanity)
    page = await open_page(compose(person.id))

    await expect(page.locator(selector)).to_be_visible()
    await expect(editor(page)).to_have_count(0)


async def test_message_on_a_profile_opens_a_bubble(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The overlay lives in the shadow root and really sends."""
    page = await open_page("/in/john-doe-123/")
    await top_card(page).get_by_role("link", name="Message").click()
    bubble = page.get_by_role("dialog", name="Conversation with John Doe")
    await expect(bubble.locator(".msg-s-event-listitem")).to_have_count(3)
    await type_lines(page, bubble.get_by_role("textbox"), "From the overlay")
    await bubble.get_by_role("button", name="Send", exact=True).click()
    await expect(bubble.locator("[class*=sending-indicator--sent]")).to_have_count(2)

    [entry] = await control.ledger()
    assert (entry.recipient, entry.text) == (JOHN, "From the overlay")


async def test_a_dead_thread_link_says_that_something_went_wrong(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Some accounts cannot open thread addresses cold."""
    thread = (await control.threads())[0]
    await control.toggle(thread_links_fail=True)
    page = await open_page(f"/messaging/thread/{thread.id}/")

    await expect(page.get_by_role("heading", name="Something went wrong")).to_be_visible()


async def test_recipients_can_be_found_by_name(open_page: OpenPage, control: SandboxClient) -> None:
    """The typeahead shows both members of the same name only if both are connected."""
    await control.set_relation("alex-morgenfeld-2", Relation.CONNECTED)
    page = await open_page("/messaging/compose/")
    await page.get_by_label("Enter message recipients").fill("morgenfeld")

    await expect(page.get_by_role("option")).to_have_count(2)
