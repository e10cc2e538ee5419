"""What a company's About shows to the eye, for pages that do not bring their data along.

Terms follow the account's language. A detail is known by its shape, or by its term in English; the
others are left out.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from executor.address import is_linkedin
from executor.components.company_data import CompanyFacts
from executor.components.counts import agreed, figure_in, range_in, worded
from executor.locators import company

if TYPE_CHECKING:
    from collections.abc import Iterable

    from executor.browser.part import Part
    from executor.browser.tab import Tab

_DETAILS_SECONDS = 4.0
_YEAR = re.compile(r"((?:1[5-9]|20)\d\d)年?")

_Range = tuple[int, int | None]
_FoundT = TypeVar("_FoundT")


async def read_about(tab: Tab) -> CompanyFacts:
    """Read the card and the details below it.

    Raises:
        UiChanged: the card has no name.
    """
    await tab.wait_for(company.DETAILS, seconds=_DETAILS_SECONDS)
    card = await tab.whole.require(company.TOP_CARD)
    name = await (await card.require(company.NAME)).text()
    tagline, logo = await card.find(company.TAGLINE), await card.find(company.LOGO)
    info = (await card.read(company.INFO))[company.INFO.name]
    section = await tab.whole.find(company.DETAILS)
    details = _Details(await section.run("company_details")) if section else _Details([])
    return CompanyFacts(
        name=name,
        tagline=await _text(tagline),
        description=await _text(await section.find(company.DESCRIPTION) if section else None),
        website=details.website,
        industry=details.under(company.INDUSTRY_TERMS),
        employee_range=details.size,
        headquarters=details.under(company.HEADQUARTERS_TERMS),
        founded=details.founded,
        specialties=_listed(details.under(company.SPECIALTIES_TERMS)),
        followers=worded((each.text for each in info), company.FOLLOWERS_WORDS),
        logo_url=_web_address(await logo.attribute("src") if logo else None),
    )


async def number_in_card(tab: Tab) -> str | None:
    """Return the company's number from the link to the people who work there."""
    link = await tab.whole.find(company.EMPLOYEES_LINK)
    href = await link.attribute("href") if link else None
    told = parse_qs(urlsplit(href or "").query).get("currentCompany", [""])[0]
    try:
        numbers = json.loads(told)
    except ValueError:
        return None
    # Some companies' links name their subsidiaries as well.
    match numbers:
        case [str(number)] if number.isdecimal():
            return number
        case _:
            return None


class _Details:
    """Terms and what stands below each; a detail that two of them could be is none."""

    def __init__(self, details: list[dict[str, Any]]) -> None:
        self._details = details

    def under(self, terms: tuple[str, ...]) -> str | None:
        lines = [each["lines"] for each in self._details if each["term"] in terms]
        return lines[0][0] or None if len(lines) == 1 and lines[0] else None

    @property
    def website(self) -> str | None:
        return _only(_outside(href) for each in self._details for href in each["links"])

    @property
    def size(self) -> _Range | None:
        return _only(range_in(line, company.EMPLOYEE_RANGES) for line in self._first_lines)

    @property
    def founded(self) -> int | None:
        years = (_YEAR.fullmatch(line) for line in self._first_lines)
        return agreed(figure_in(each[1]) for each in years if each)

    @property
    def _first_lines(self) -> list[str]:
        return [each["lines"][0] for each in self._details if each["lines"]]


def _only(found: Iterable[_FoundT | None]) -> _FoundT | None:
    known = {each for each in found if each is not None}
    return known.pop() if len(known) == 1 else None


def _outside(href: str) -> str | None:
    """Return an address that is not LinkedIn's own, out of LinkedIn's redirect if it is in one."""
    parts = urlsplit(href)
    if is_linkedin(parts.hostname):
        return _web_address(parse_qs(parts.query).get("url", [None])[0])
    return _web_address(href)


def _web_address(href: str | None) -> str | None:
    return href if href and urlsplit(href).scheme in {"http", "https"} else None


def _listed(text: str | None) -> list[str]:
    return [part for each in re.split(r",|\band\b", text or "") if (part := each.strip())]


async def _text(part: Part | None) -> str | None:
    return (await part.text()) or None if part else None
