"""A company's page: its card, its data, what its About tells, and where unknown ones lead.

What is known of it is gathered from public code; no React page of a company has been described
(looked for until 2026-11). A date with a day is of a look at the live page; where there is only a
year, the classes stand in code that was in use then.
"""

from __future__ import annotations

from executor.locators.element import element, seen

ABOUT = "about/"
POSTS = "posts/?feedView=all"
"""Pages below a company's; the query is the tab's own (2026-10)."""

UNAVAILABLE_PATHS = ("/company/unavailable", "/school/unavailable", "/showcase/unavailable")
"""Where addresses of companies that are not there lead (2026)."""

OWN_PATH = r"/(?:company|school|showcase)/(?P<slug>[^/]+)(?:/|$)"
"""Reads the slug, or the number, out of a page's path; some pages lead to another kind (2026)."""

DATA = "code"
"""Hidden elements with the page's own data as JSON; other companies stand in it as well, often
before the page's own (2026-09-15)."""

DATA_TYPE = "com.linkedin.voyager.dash.organization.Company"
"""What the data calls a company (2026)."""

TOP_CARD = element(
    "company.top_card",
    seen("2026", ".org-top-card__primary-content"),
    seen("2026-10-02", "main:has(h1)"),
)

NAME = element(
    "company.name",
    seen("2026", "h1.org-top-card-summary__title"),
    seen("2026-10-02", "h1"),
)

TAGLINE = element("company.tagline", seen("2026", ".org-top-card-summary__tagline"))

LOGO = element("company.logo", seen("2026", "img.org-top-card-primary-content__logo"))

INFO = element("company.info", seen("2026", ".org-top-card-summary-info-list__info-item"))

EMPLOYEES_LINK = element(
    "company.employees_link", seen("2026-10-02", 'main a[href*="currentCompany="]')
)
"""Leads to a search for the people who work there, by the company's number and those of its
subsidiaries; the one link of its kind there."""

DETAILS = element("company.details", seen("2026", ".org-page-details-module__card-spacing"))
"""What About tells: a text, and a list of terms with one or more lines below each."""

DESCRIPTION = element(
    "company.description",
    seen("2026", "p.white-space-pre-wrap"),
    seen("2026", "p.break-words"),
)

INDUSTRY_TERMS = ("Industry", "Industries")
HEADQUARTERS_TERMS = ("Headquarters",)
SPECIALTIES_TERMS = ("Specialties",)
"""Terms of About in English (2026); nobody has noted them in other languages."""

FOLLOWERS_WORDS = r"(?P<count>[\d,]+) followers?"
"""How the card tells followers in English (2026), the one language in which words are read."""

EMPLOYEE_RANGES = (
    (0, 1),
    (2, 10),
    (11, 50),
    (51, 200),
    (201, 500),
    (501, 1000),
    (1001, 5000),
    (5001, 10_000),
    (10_001, None),
)
"""The sizes between which companies choose; there are no others but a single person (2026)."""
