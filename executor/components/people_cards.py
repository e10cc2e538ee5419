"""Reading people out of the cards in which lists show them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from executor.components.profile_ids import named_in, profile_ids_in
from executor.locators import people_search
from executor.person import normalise_vanity

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEGREE = re.compile(r"[·•]\s*\D{0,3}([123])\D{0,6}")
_MARKED = re.compile(r"\s+[·•].*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPerson:
    """Somebody as a list shows them."""

    profile_id: str | None
    vanity: str | None
    name: str
    headline: str | None
    location: str | None
    degree: int | None
    image_url: str | None


def person_in(card: Mapping[str, Any]) -> ListedPerson | None:
    """Return whom a card is about; `None` when it does not tell, as for hidden members."""
    named = [name for link in card["links"] if (name := named_in(link))]
    texts = [line["text"] for line in card["lines"]]
    if not named or not texts:
        return None
    # Shared connections are linked further down; the first link is the card's own.
    first = named[0]
    profile_id = _profile_id(card, first)
    facts = [text for text in texts[1:] if not text.startswith(("·", "•"))]
    degrees = [found for text in texts[:2] if (found := _DEGREE.search(text))]
    return ListedPerson(
        profile_id=profile_id,
        vanity=None if first == profile_id else normalise_vanity(first),
        name=_MARKED.sub("", texts[0]).strip(),
        headline=facts[0] if facts else None,
        location=facts[1] if len(facts) > 1 else None,
        degree=int(degrees[0][1]) if degrees else None,
        image_url=card["image"],
    )


def _profile_id(card: Mapping[str, Any], named: str) -> str | None:
    """Return the id, by the card's key, the way to write to its member, or its own link."""
    ids = {
        found["profile_id"]
        for key in card["keys"]
        if (found := re.fullmatch(people_search.CARD_KEY, key))
    }
    for link in card["links"]:
        parts = urlsplit(link)
        if "/messaging/compose/" in parts.path:
            ids.update(parse_qs(parts.query).get("recipient", []))
        elif named_in(link) == named:
            query = parse_qs(parts.query)
            ids.update(profile_ids_in(" ".join(query.get("miniProfileUrn", []))))
    if named.startswith("ACoA"):
        ids.add(named)
    # Two ids on one card are somebody else's as well: better none than a wrong one.
    return ids.pop() if len(ids) == 1 else None
