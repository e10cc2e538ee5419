"""Sections of profiles, people search and the list of connections, as the facts have them."""

from typing import Any

import pytest
from playwright.async_api import expect

from executor.sandbox import Relation, SandboxClient
from executor.sandbox.resumes import SHOWN, resume
from executor.sandbox.search import PER_PAGE, facet_id
from tests.executor.sandbox.conftest import OpenPage

OSKAR = "oskar-fjeldgren"
SCROLL = "document.getElementById('workspace').scrollTop = 1e6"


async def test_sections_mount_when_they_are_scrolled_near(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """A look at the top finds no experience; the window itself does not scroll."""
    await control.toggle(section_delay_ms=300)
    page = await open_page(f"/in/{OSKAR}/")
    experience = page.locator('section[componentkey$="ExperienceTopLevelSection"]')

    assert await experience.count() == 0
    await page.evaluate(SCROLL)
    await expect(experience).to_be_visible()
    entries = experience.locator('[componentkey^="entity-collection-item"]')
    await expect(entries).to_have_count(SHOWN["experience"])


async def test_the_rest_of_a_section_is_behind_show_all(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The page of its own brings more entries with each scroll."""
    person = await control.person(OSKAR)
    page = await open_page(f"/in/{OSKAR}/details/skills/")
    skills = page.locator('[componentkey^="com.linkedin.sdui.profile.skill"]')

    key = page.locator(f'section[componentkey$="ref{person.id}SkillDetailsSection"]')
    await expect(key).to_be_visible()
    await page.evaluate(SCROLL)
    await expect(skills).to_have_count(len(resume(person).skills))


async def test_there_is_no_page_for_other_sections(open_page: OpenPage) -> None:
    """An invented section leads nowhere."""
    page = await open_page(f"/in/{OSKAR}/details/secrets/")

    assert page.url.endswith("/404/")


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_the_same_is_told_in_every_language(
    open_page: OpenPage, control: SandboxClient, language: str
) -> None:
    """Months and counts are worded differently; titles stay as their member wrote them."""
    await control.toggle(language=language)
    position = resume(await control.person(OSKAR)).groups[0][0]
    page = await open_page(f"/in/{OSKAR}/details/experience/")
    month = {"en": position.start.strftime("%b %Y"), "ja": f"{position.start.year}年"}[language]

    await expect(page.get_by_text(month).first).to_be_visible()
    await expect(page.get_by_text(position.title, exact=True).first).to_be_visible()


async def test_results_come_ten_at_a_time(open_page: OpenPage) -> None:
    """The next page has others, and its address says which page it is."""
    page = await open_page("/search/results/people/?keywords=copperline")
    cards = page.locator('[componentkey="SearchResultsMainContent"] [role="listitem"]')

    await expect(cards).to_have_count(PER_PAGE)
    first = await cards.first.inner_text()
    await page.get_by_test_id("pagination-controls-next-button-visible").click()
    await page.wait_for_url("**page=2*")
    assert await cards.first.inner_text() != first


async def test_filters_take_numbers_only(open_page: OpenPage) -> None:
    """A place's name in the filter is ignored; its number is not."""
    number = facet_id("Bergen, Norway")
    by_number = await open_page(f'/search/results/people/?geoUrn=["{number}"]')
    by_name = await open_page('/search/results/people/?geoUrn=["Bergen"]')

    assert await by_number.get_by_text("Leeds, United Kingdom").count() == 0
    assert await by_name.get_by_text("Leeds, United Kingdom").count() > 0


@pytest.mark.parametrize(
    ("limit", "shown"),
    [("notice", 1), ("hidden", 0)],
)
async def test_the_limit_takes_the_results_place(
    open_page: OpenPage, control: SandboxClient, limit: str, shown: int
) -> None:
    """Past the commercial-use limit there is a notice, or nothing at all."""
    await control.toggle(search_limit=limit, search_pages_allowed=0)
    page = await open_page("/search/results/people/?keywords=copperline")

    assert await page.locator('[data-view-name="search-results-promo"]').count() == shown
    assert await page.locator('[role="listitem"]').count() == 0


async def test_an_action_mounts_after_the_text(open_page: OpenPage, control: SandboxClient) -> None:
    """Cards are there before the controls on them."""
    await control.toggle(action_row_delay_ms=2500)
    page = await open_page(f"/search/results/people/?keywords={OSKAR.split('-')[1]}")
    connect = page.locator('a[href^="/preload/search-custom-invite/"]')

    await expect(page.get_by_text("Oskar Fjeldgren")).to_be_visible()
    assert await connect.count() == 0
    await expect(connect).to_be_visible()


async def test_a_connection_has_two_links_and_a_date(
    open_page: OpenPage, control: SandboxClient
) -> None:
    """The photo's link is empty, the name's is not; the newest stands first."""
    await control.set_relation(OSKAR, Relation.CONNECTED)
    page = await open_page("/mynetwork/invite-connect/connections/")
    links: list[Any] = await page.locator(f'a[href="/in/{OSKAR}/"]').all()

    texts = [(await link.inner_text()).strip() for link in links]
    assert [bool(text) for text in texts] == [False, True]
    first = page.locator('main a[href*="recipient="]').first
    assert "ACoAABCDEF123" in (await first.get_attribute("href") or "")
    await expect(page.get_by_text("Connected on").first).to_be_visible()
