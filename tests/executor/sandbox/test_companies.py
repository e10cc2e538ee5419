"""Companies' pages, as the facts have them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from playwright.async_api import expect

if TYPE_CHECKING:
    from executor.sandbox import SandboxClient
    from tests.executor.sandbox.conftest import OpenPage

NORTHWIND = "northwind-tools"


async def test_a_company_is_found_by_its_number_and_by_a_former_slug(open_page: OpenPage) -> None:
    """Both lead to the present slug, where the card comes after the page."""
    for name in ("2400101", "northwind-handtools"):
        page = await open_page(f"/company/{name}/")

        assert page.url.endswith(f"/company/{NORTHWIND}/about/")
        await expect(page.locator("h1")).to_have_text("Northwind Tools")


async def test_an_unknown_company_is_unavailable(open_page: OpenPage) -> None:
    """Its address is not kept."""
    page = await open_page("/company/no-such-company/posts/")

    assert page.url.endswith("/company/unavailable/")
    await expect(page.locator("h1")).to_have_text("This LinkedIn Page isn’t available")


async def test_other_companies_stand_in_a_companys_data(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The company itself is neither the first there, nor there only once."""
    page = await open_page(f"/company/{NORTHWIND}/about/")
    pieces = await page.locator("code[id^=bpr-guid]").all_text_contents()
    named = [
        each["universalName"]
        for piece in pieces
        for each in json.loads(piece)["included"]
        if "universalName" in each
    ]

    known = [company.slug for company in await control.companies()]
    assert sorted(named) == sorted([*known, NORTHWIND])
    assert named[1] != NORTHWIND


async def test_posts_come_piece_by_piece(open_page: OpenPage) -> None:
    """Some are there at once, and more with each scroll."""
    page = await open_page(f"/company/{NORTHWIND}/posts/")
    posts = page.locator('[data-testid="mainFeed"] > [role=listitem]:visible')

    await expect(posts).to_have_count(4)
    await page.evaluate("document.getElementById('workspace').scrollTop = 1e6")
    await expect(posts).to_have_count(12)
