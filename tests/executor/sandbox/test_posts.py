"""Posts on both pages: reactions, comments, decoys, and what the ledger shows of them."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from executor.sandbox import Fault, NewPost, Reaction, SandboxClient, SeededComment
from tests.executor.sandbox.conftest import OpenPage, type_lines

JANE = "ACoAABCDEFG"
POST = "urn:li:activity:7123456789012345678"
PAGE = f"/feed/update/{POST}/"
PAGES = ["sdui", "ember"]
CALLS = ["sdui", "graphql", "legacy"]


def like(page: Page) -> Locator:
    """The post's own button, as each page has it."""
    return page.locator(
        '[id$="FEED_DETAIL"] button[aria-label^="Reaction button state"], '
        ".update-outlet .feed-shared-social-action-bar .react-button__trigger"
    )


async def write_comment(page: Page, text: str) -> None:
    opener = page.locator('[id$="FEED_DETAIL"] button:has(svg#comment-small)')
    if await opener.count():
        await opener.click()
    shell = page.locator('[id$="FEED_DETAIL"], .update-outlet')
    await type_lines(page, shell.locator("[contenteditable=true]"), text)
    send = shell.locator(
        'div[id*="commentButtonSection"] button, .comments-comment-box__submit-button--cr'
    )
    # The words stand in the box as well: only the answer tells that they have been sent.
    async with page.expect_response(lambda answer: answer.request.method == "POST"):
        await send.click()


@pytest.mark.parametrize("generation", PAGES)
@pytest.mark.parametrize("calls", CALLS)
async def test_a_click_likes_and_another_takes_it_back(
    open_page: OpenPage, control: SandboxClient, generation: str, calls: str
) -> None:
    """The button is a toggle, in each page and with each of the three calls."""
    await control.toggle(post_generation=generation, post_calls=calls)
    page = await open_page(PAGE)
    for _ in range(2):
        async with page.expect_response(lambda answer: answer.request.method == "POST"):
            await like(page).click()

    assert [(e.kind, e.recipient, e.post_urn, e.reaction) for e in await control.ledger()] == [
        ("reaction", JANE, POST, Reaction.LIKE),
        ("unreaction", JANE, POST, Reaction.LIKE),
    ]


@pytest.mark.parametrize("generation", PAGES)
async def test_the_state_is_there_after_a_reload(
    open_page: OpenPage, control: SandboxClient, generation: str
) -> None:
    """Each page marks a reaction in its own way."""
    await control.toggle(post_generation=generation)
    await control.react(POST, Reaction.PRAISE)
    page = await open_page(PAGE)

    if generation == "sdui":
        await expect(like(page)).to_have_attribute("aria-label", "Reaction button state: Celebrate")
        await expect(like(page).locator("svg#praise-consumption-small")).to_have_count(1)
        assert await like(page).get_attribute("aria-pressed") is None
    else:
        await expect(like(page)).to_have_attribute("aria-label", "Unreact Celebrate")
        await expect(like(page)).to_have_attribute("aria-pressed", "true")
    assert await control.ledger() == []


@pytest.mark.parametrize("generation", PAGES)
@pytest.mark.parametrize("calls", CALLS)
async def test_a_comment_is_delivered_as_typed(
    open_page: OpenPage, control: SandboxClient, generation: str, calls: str
) -> None:
    """The button comes with the first words, and the comment appears with the server's id."""
    await control.toggle(post_generation=generation, post_calls=calls)
    page = await open_page(PAGE)
    await write_comment(page, "Well done!\nGrüße ✨")
    await expect(page.get_by_text("Well done!")).to_be_visible()

    [entry] = await control.ledger()
    assert (entry.kind, entry.recipient, entry.text) == ("comment", JANE, "Well done!\nGrüße ✨")
    assert entry.comment is not None
    row = page.locator(f'[id*="{entry.comment}"], [data-id*="{entry.comment}"]')
    await expect(row).to_have_count(1)
    await page.reload()
    await expect(row).to_have_count(1)


@pytest.mark.parametrize("generation", PAGES)
async def test_the_menu_offers_the_other_reactions(
    open_page: OpenPage, control: SandboxClient, generation: str
) -> None:
    """By hovering on the classic page, by a button of its own on React."""
    await control.toggle(post_generation=generation)
    page = await open_page(PAGE)
    async with page.expect_response(lambda answer: answer.request.method == "POST"):
        if generation == "sdui":
            await page.get_by_role("button", name="Open reactions menu").first.click()
            await page.get_by_role("button", name="Celebrate", exact=True).click()
        else:
            await like(page).hover()
            await page.get_by_role("button", name="React Celebrate").click()

    assert [entry.reaction for entry in await control.ledger()] == [Reaction.PRAISE]


@pytest.mark.parametrize("generation", PAGES)
async def test_a_post_without_comments_has_neither_button_nor_box(
    open_page: OpenPage, control: SandboxClient, generation: str
) -> None:
    """Its author has turned comments off."""
    await control.toggle(post_generation=generation, decoys=False)
    post = await control.put_post(NewPost(author=JANE, comments_off=True))
    page = await open_page(f"/feed/update/{post.urn}/")

    await expect(like(page)).to_be_visible()
    await expect(page.locator("main [contenteditable]")).to_have_count(0)
    await expect(page.locator("svg#comment-small, .comment-button")).to_have_count(0)


@pytest.mark.parametrize("generation", PAGES)
async def test_other_posts_and_comments_have_controls_too(
    open_page: OpenPage, control: SandboxClient, generation: str
) -> None:
    """Nothing on the page but the place tells them from the post's own."""
    await control.toggle(post_generation=generation)
    post = await control.put_post(
        NewPost(author=JANE, comments=(SeededComment(author=JANE, text="First!"),), original=POST)
    )
    page = await open_page(f"/feed/update/{post.urn}/")

    await expect(like(page)).to_have_count(1)
    main = page.locator("main")
    assert await main.locator(f'a[href*="{POST}"]').count() == 1
    assert await main.locator(":is(button, [role=button])[aria-label*=eact]").count() > 6


@pytest.mark.parametrize("missing", ["notice", "not_found"])
async def test_a_dead_post_has_no_controls(
    open_page: OpenPage, control: SandboxClient, missing: str
) -> None:
    """A notice stands in its place, or the browser is led to the page that says so."""
    await control.toggle(post_missing=missing)
    page = await open_page("/feed/update/urn:li:activity:7000000000000000001/")

    await expect(page.locator("main button")).to_have_count(0)
    assert page.url.endswith("/404/") is (missing == "not_found")


async def test_the_shared_address_leads_to_the_post(open_page: OpenPage) -> None:
    """Members pass on addresses with a slug around the number."""
    page = await open_page("/posts/jane_a-week-activity-7123456789012345678-AbCd")

    assert page.url.endswith(PAGE)


@pytest.mark.parametrize("calls", CALLS)
async def test_a_refused_reaction_flips_back(
    open_page: OpenPage, control: SandboxClient, calls: str
) -> None:
    """A 200 can carry errors: the page shows what it was before."""
    await control.toggle(post_calls=calls)
    await control.arm(Fault(on="create_reaction", do="errors_in_200"))
    page = await open_page(PAGE)
    async with page.expect_response(re.compile("eactions")):
        await like(page).click()

    await expect(like(page)).to_have_attribute("aria-label", "Reaction button state: no reaction")
    assert await control.ledger() == []


@pytest.mark.parametrize("generation", PAGES)
async def test_a_members_activity_lists_their_posts_newest_first(
    open_page: OpenPage, control: SandboxClient, generation: str
) -> None:
    """Other people's posts stand beside it; React repeats each one, out of sight."""
    await control.toggle(post_generation=generation)
    newer = await control.put_post(NewPost(author=JANE, text="Something newer", reactions=1))
    page = await open_page("/in/jane-mercer-tully/recent-activity/all/")
    posts = page.locator(
        "main [data-testid=mainFeed] [role=listitem]:visible, main > [data-urn][role=article]"
    )

    await expect(posts).to_have_count(2)
    await expect(posts.first).to_contain_text("Something newer")
    named = f"[data-testid$='{newer.urn}']" if generation == "sdui" else f"[data-urn='{newer.urn}']"
    assert await page.locator(named).count() == (2 if generation == "sdui" else 1)
    assert await page.locator("aside").get_by_role("button").count() > 4


async def test_a_member_without_posts_has_a_notice(open_page: OpenPage) -> None:
    """The list holds nothing else."""
    page = await open_page("/in/oskar-fjeldgren/recent-activity/all/")

    await expect(page.get_by_text("posted yet")).to_be_visible()
