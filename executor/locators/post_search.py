"""Content search: found posts, and what stands in their place."""

from __future__ import annotations

from executor.locators.element import element, seen

_REACT = 'main [role="listitem"][componentkey*="FeedType_FLAGSHIP_SEARCH"]'
_CLASSIC = (
    'main .search-results-container div[data-urn][role="article"]'
    ':not(div[data-urn][role="article"] div[data-urn][role="article"])'
)

# React names found posts nowhere; that changed between 2026-05 and 11, account by account.
ITEM = element("post_search.item", seen("2026-11", _REACT), seen("2026-05", _CLASSIC))

POST_ITEM = f"{_REACT}, {_CLASSIC}"

NO_RESULTS = element(
    "post_search.no_results",
    # As people search has it; nobody has described an empty page of posts.
    seen("2026-05", '[data-view-name="search-no-results"]'),
    seen("2026-05", ".search-reusables__no-results-message"),
    seen("2026-10", "h2, p", "No results found", "No matching results"),
)

LIMIT = element(
    "post_search.limit",
    # As people search has it.
    seen("2026-10", '[data-view-name="search-results-promo"]'),
)

PATHS = ("/search/results/content",)
