"""A company whose page has been seen."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from executor.company import normalise_slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Which company a page is about, by its own word."""

    number: str | None
    """`None` when the page does not tell."""
    slug: str
    """As the page's address has it now, decoded."""

    def is_named(self, slug_or_number: str) -> bool:
        """Tell whether the last part of a company's address means this one."""
        return bool(slug_or_number) and (
            slug_or_number == self.number
            or normalise_slug(slug_or_number) == normalise_slug(self.slug)
        )


def company_named_in(href: str | None) -> str:
    """Return the slug or number that a link to a company's page names; empty for other links."""
    parts = unquote(urlsplit(href or "").path).strip("/").split("/")
    return parts[1] if parts[0] == "company" and len(parts) > 1 else ""
