"""Signing in, out, and what stands in the way."""

import re

import pytest
from playwright.async_api import expect

from executor.sandbox import RunningSandbox, SandboxClient
from tests.executor.sandbox.conftest import OpenPage


async def test_a_person_signs_in_and_lands_where_they_wanted_to_go(open_page: OpenPage) -> None:
    """The form leads back to the page that asked for signing in."""
    page = await open_page("/in/john-doe-123/", account=None)
    await expect(page).to_have_url(re.compile(r"/login\?session_redirect=.*john-doe-123"))

    await page.get_by_label("Email or phone").fill("avery@sandbox.example")
    await page.get_by_label("Password").fill("sandbox")
    await page.get_by_role("button", name="Sign in").click()

    await expect(page).to_have_title(re.compile(r"John Doe \| LinkedIn"))
    cookies = {cookie["name"]: cookie["value"] for cookie in await page.context.cookies()}
    assert cookies["li_at"]
    assert re.fullmatch(r'"ajax:\d{19}"', cookies["JSESSIONID"])


async def test_a_wrong_password_signs_nobody_in(open_page: OpenPage) -> None:
    """The form comes back with an alert and without a session."""
    page = await open_page("/login", account=None)
    await page.get_by_label("Email or phone").fill("avery@sandbox.example")
    await page.get_by_label("Password").fill("guess")
    await page.get_by_role("button", name="Sign in").click()

    await expect(page.get_by_role("alert")).to_be_visible()
    assert "li_at" not in {cookie["name"] for cookie in await page.context.cookies()}


async def test_a_storage_state_is_signed_in(open_page: OpenPage) -> None:
    """The control API hands out a browser state that needs no form."""
    page = await open_page("/")

    await expect(page).to_have_url(re.compile(r"/feed/$"))
    await expect(page.get_by_test_id("primary-nav")).to_be_visible()


async def test_signing_out_everywhere_ends_open_sessions(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The old cookie is refused and deleted with the redirect."""
    page = await open_page("/feed/")
    await control.sign_out()
    await page.reload()

    await expect(page).to_have_url(re.compile(r"/login\?session_redirect="))
    assert "li_at" not in {cookie["name"] for cookie in await page.context.cookies()}


async def test_a_person_signs_out_through_the_menu(open_page: OpenPage) -> None:
    """Me, then Sign out, as everybody knows it."""
    page = await open_page("/feed/")
    await page.get_by_role("button", name="Me", exact=True).click()
    await page.get_by_role("link", name="Sign out").click()

    await expect(page).to_have_url(re.compile(r"/login$"))


async def test_a_checkpoint_stops_every_page_until_the_pin_is_given(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """A challenged account sees nothing but its checkpoint; the PIN frees it."""
    await control.change_account(1, standing="challenge", pin="135790")
    page = await open_page("/in/john-doe-123/")
    await expect(page).to_have_url(re.compile(r"/checkpoint/challenge/"))

    await page.locator("input[name=pin]").fill("000000")
    await page.locator("#two-step-submit-button").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await page.locator("input[name=pin]").fill("135790")
    await page.locator("#two-step-submit-button").click()

    await expect(page).to_have_url(re.compile(r"/feed/$"))


async def test_a_restricted_account_only_sees_the_restriction(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """Nothing on that page signs in."""
    await control.change_account(1, standing="restricted")
    page = await open_page("/messaging/")

    await expect(page).to_have_url(re.compile(r"/flagship-web/login/login-restriction/$"))


@pytest.mark.parametrize(
    ("form", "selector"),
    [
        ("classic", "form[data-test-id=sign-in-form] input#username"),
        ("react", "input[autocomplete~=username]:not(#username)"),
        ("remember_me", "#rememberme-div button"),
    ],
)
async def test_the_sign_in_page_comes_in_three_shapes(
    open_page: OpenPage, control: SandboxClient, form: str, selector: str
) -> None:
    """Named inputs, generated ids, or the picker of known accounts."""
    await control.toggle(login_form=form)
    page = await open_page("/feed/", account=None)

    await expect(page.locator(selector)).to_be_visible()


async def test_a_redirect_never_leaves_the_sandbox(
    open_page: OpenPage, sandbox: RunningSandbox
) -> None:
    """A foreign `session_redirect` is cut down to a path of this site."""
    page = await open_page("/login?session_redirect=https%3A%2F%2Felsewhere.example%2Ffeed%2F")

    assert page.url == sandbox.url + "/feed/"
