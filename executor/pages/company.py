"""A company's page, and the page of its posts."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from executor.company import company_path
from executor.components.company import Company
from executor.components.company_data import facts_of, number_of, slug_of
from executor.errors import CompanyNotFound, RecipientMismatch, UiChanged
from executor.locators import activity, company, shell
from executor.pages.company_about import number_in_card, read_about
from executor.pages.post_list import read_posts, wait_for_posts

if TYPE_CHECKING:
    from executor.browser.tab import Tab
    from executor.components.company_data import CompanyFacts
    from executor.pages.post_list import ShownPost


class CompanyPage:
    """A company's About that is open, and known to be of the company that was asked for."""

    def __init__(self, tab: Tab, own: Company, told: CompanyFacts) -> None:
        self._tab = tab
        self.company = own
        self.facts = told

    @classmethod
    async def open(cls, tab: Tab, slug: str) -> CompanyPage:
        """Open a company's page and make sure that it is this company's.

        A slug that LinkedIn leads on to another one is taken for the company's former name.

        Args:
            slug: the last part of its address, or its number.

        Raises:
            CompanyNotFound: there is no such company, or it is not shown to this account.
            RecipientMismatch: the page is another company's, or cannot be proven to be this one's.
            UiChanged: there is no company on the page, or more than one.
        """
        await tab.open(company_path(slug, company.ABOUT))
        elsewhere = (*company.UNAVAILABLE_PATHS, *shell.NOT_FOUND_PATHS)
        # Where the page moves on by itself there is nothing to wait for.
        ready = await tab.wait_for(company.TOP_CARD, unless_at=elsewhere)
        if tab.status == HTTPStatus.NOT_FOUND or tab.is_at(elsewhere):
            raise CompanyNotFound
        if ready is None:
            raise tab.whole.missing(company.TOP_CARD)
        present = _slug_in(tab.path)
        told = await _own_data(tab, present)
        own = Company(
            number=number_of(told) if told else await number_in_card(tab),
            slug=(slug_of(told) if told else None) or present,
        )
        if slug.isdecimal() and slug != (own.number or present):
            raise RecipientMismatch("The page is not known to be that company's.")
        facts = (facts_of(told) if told else None) or await read_about(tab)
        return cls(tab, own, facts)

    async def posts(self, count: int) -> list[ShownPost]:
        """Read the company's newest posts; it leads away from About.

        None are read where the company has not posted, and where the page is not understood.

        Raises:
            RecipientMismatch: LinkedIn leads elsewhere.
        """
        await self._tab.open(company_path(self.company.slug, company.POSTS))
        await wait_for_posts(self._tab)
        if not self.company.is_named(_slug_in(self._tab.path)):
            raise RecipientMismatch("LinkedIn shows another page than the company's posts.")
        posts, _ = await read_posts(
            self._tab, self.company, author=activity.COMPANY_POST_AUTHOR, enough=count
        )
        return posts


def _slug_in(path: str) -> str:
    found = re.match(company.OWN_PATH, path)
    if found is None:
        raise RecipientMismatch("LinkedIn leads away from the company.")
    return found["slug"]


async def _own_data(tab: Tab, present: str) -> dict[str, Any] | None:
    """Return what the page's own data tells of the company whose page it is."""
    told: list[dict[str, Any]] = await tab.whole.run(
        "embedded_companies", {"data": company.DATA, "type": company.DATA_TYPE}
    )
    own = [
        each
        for each in told
        if Company(number=number_of(each), slug=slug_of(each) or "").is_named(present)
    ]
    if len(own) > 1:
        raise UiChanged("The page's data has several companies of the same name.")
    return own[0] if own else None
