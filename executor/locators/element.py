"""What a locator is: a named element with ordered, dated candidates."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One way to find an element.

    Open shadow roots are searched too; only visible matches count.
    """

    css: str
    texts: tuple[str, ...] = ()
    """When given, the element's whole visible text must equal one of these."""
    measured: str
    """When somebody last saw it work, as `2026-10-09` or `2026-09`."""


@dataclass(frozen=True, slots=True)
class Element:
    """Something on a page that has a name; the first candidate that matches wins."""

    name: str
    """As `page.element`; operators and error messages use it."""
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkCall:
    """A request that LinkedIn's own page sends when something is done."""

    name: str
    endpoint: str
    """The end of the address's path."""
    parameter: str
    value: str
    """How a parameter of the address begins; what follows changes with LinkedIn's releases."""
    measured: str
    irreversible: bool = False
    """Whether LinkedIn cannot take back what it does."""

    def matches(self, url: str) -> bool:
        """Tell whether an address is this call's, however it is encoded and ordered."""
        parts = urlsplit(url)
        values = parse_qs(parts.query, keep_blank_values=True).get(self.parameter, [])
        return unquote(parts.path).rstrip("/").endswith(f"/{self.endpoint}") and any(
            value.startswith(self.value) for value in values
        )


def element(name: str, *candidates: Candidate) -> Element:
    """Name an element by its candidates, best first."""
    return Element(name, candidates)


def seen(measured: str, css: str, *texts: str) -> Candidate:
    """Describe a candidate by when it was measured, its CSS, and its exact texts if any."""
    return Candidate(css=css, texts=texts, measured=measured)
