"""People search, its cards, and the notices that stand in their place."""

from __future__ import annotations

from executor.locators.element import element, seen

_RESULTS = '[componentkey="SearchResultsMainContent"]'

CARD = element(
    "people_search.card",
    seen("2026-10", f'{_RESULTS} [role="listitem"]'),
    seen("2026-10", '[componentkey^="SearchResultsACoA"], [id^="SearchResultsACoA"]'),
    seen("2026-05", "li.reusable-search__result-container"),
    seen("2026-01", '[data-view-name="people-search-result"]'),
)

NO_RESULTS = element(
    "people_search.no_results",
    seen("2026-05", '[data-view-name="search-no-results"]'),
    seen("2026-10", "h2, p", "No results found", "No matching results"),
)

LIMIT = element(
    "people_search.limit",
    seen("2026-10", '[data-view-name="search-results-promo"]'),
)

NEXT_PAGE = element(
    "people_search.next_page",
    seen("2026-10", '[data-testid="pagination-controls-next-button-visible"]'),
    seen("2025", ".artdeco-pagination__button--next:not([disabled])"),
)

CARD_KEY = r"SearchResults(?P<profile_id>ACoA[A-Za-z0-9_-]+)"
"""Reads the profile's id out of a card's key (2026-10)."""

LINE = (
    "p, .entity-result__primary-subtitle, .entity-result__secondary-subtitle, "
    'span[aria-hidden="true"]'
)
"""A line of a card: a paragraph (2026-10), or one of the older page's (2026-05)."""
