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
class Address:
    """Another address to which some pages send the same request."""

    endpoint: str
    parameter: str
    value: str
    """As in `NetworkCall`; not empty, since the browser watches for it."""
    opaque: bool = False
    """Whether its bodies are in a form that nobody has described, so that they need be no JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkCall:
    """A request that LinkedIn's own page sends when something is done."""

    name: str
    endpoint: str
    """The end of the address's path."""
    below: str = ""
    """What the path has further up, where its end alone would be too common."""
    parameter: str = ""
    """Empty when the path alone tells."""
    value: str = ""
    """How a parameter of the address begins; what follows changes with LinkedIn's releases."""
    also: tuple[Address, ...] = ()
    measured: str
    irreversible: bool = False
    """Whether LinkedIn cannot take back what it does."""
    names_target: bool = False
    """Whether the path may have one more part behind *endpoint*, which names what it is about."""

    def matches(self, url: str) -> bool:
        """Tell whether an address is this call's, however it is encoded and ordered."""
        if self.below and f"/{self.below}/" not in unquote(urlsplit(url).path):
            return False
        return _leads_to(self, url, behind=self.names_target) or any(
            _leads_to(each, url) for each in self.also
        )

    def is_opaque_at(self, url: str) -> bool:
        """Tell whether a body sent to this address need be no JSON."""
        return any(each.opaque and _leads_to(each, url) for each in self.also)

    @property
    def traits(self) -> tuple[str, ...]:
        """What the call's addresses hold, one each, for finding them among all others."""
        return (self.below or self.endpoint, *(each.value for each in self.also))


def _leads_to(place: NetworkCall | Address, url: str, *, behind: bool = False) -> bool:
    parts = urlsplit(url)
    path = unquote(parts.path).rstrip("/")
    # What a target is called may hold a slash of its own, which is encoded in the address.
    above = unquote(parts.path.rstrip("/").rpartition("/")[0])
    ends = (path, path.rpartition("/")[0], above) if behind else (path,)
    if not any(each.endswith(f"/{place.endpoint}") for each in ends):
        return False
    values = parse_qs(parts.query, keep_blank_values=True).get(place.parameter, [])
    return not place.parameter or any(value.startswith(place.value) for value in values)


def quoted_in_css(text: str) -> str:
    """Write a text as CSS has it, quotation marks included."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ")
    return f'"{escaped}"'


def element(name: str, *candidates: Candidate) -> Element:
    """Name an element by its candidates, best first."""
    return Element(name, candidates)


def seen(measured: str, css: str, *texts: str) -> Candidate:
    """Describe a candidate by when it was measured, its CSS, and its exact texts if any."""
    return Candidate(css=css, texts=texts, measured=measured)
