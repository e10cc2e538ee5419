"""Reading people out of the cards in which lists show them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from executor.components.profile_ids import named_in, profile_ids_in
from executor.locators import people_search
from executor.person import normalise_vanity, same_vanity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Lines may say it twice, the second time for screen readers: "· 2nd 2nd degree connection".
_DEGREE = re.compile(r"[·•]\s*\D{0,3}([123])(?:\D{0,6}|\D*\1\D*)")
_PRESENCE = "Status is "
"""How the words for screen readers begin that stand above names; pages without styles show them."""
_LAST_MARK = re.compile(r"[·•][^·•]*$")
_SUFFIX = re.compile(r"[·•]\s*[A-Za-zÀ-ɏ.,\s]+")
"""What may be part of a name, as "· PhD" is: in these letters, degrees have a digit as well."""


class Offer(StrEnum):
    """What a card offers to do about its member."""

    CONNECT = "connect"
    PENDING = "pending"
    MESSAGE = "message"
    FOLLOW = "follow"


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
    offer: Offer | None
    """What the card's control is for; `None` when it cannot be told."""


def person_in(card: Mapping[str, Any], *, has_location: bool = True) -> ListedPerson | None:
    """Return whom a card is about; `None` when it does not tell, as for hidden members.

    Args:
        has_location: whether cards of this list have one below the headline.
    """
    named = [name for link in card["links"] if (name := named_in(link))]
    first = named_in(own_link(card))
    own = [
        place
        for place, line in enumerate(card["lines"])
        if _leads_to(line, first) and not line["text"].startswith(_PRESENCE)
    ]
    if not first or not own or _has_no_link(card["lines"][: own[0]]):
        return None
    degrees = _degrees(card["lines"][own[0] :], first)
    if len(degrees) > 1:
        # Two degrees are two members'.
        return None
    # With others linked on the card, a way to write may be to one of them; to no stranger, though.
    is_alone = set(named) == {first} or degrees == [1]
    profile_id = _profile_id(card, first, is_alone=is_alone)
    offer = _offer(card, first, profile_id)
    name = _name(card["lines"][own[0]]["name"], is_marked=bool(degrees or offer))
    if not name or _is_mark(name):
        return None
    facts = _facts(card["lines"][own[0] + 1 :], first, name)
    # Nothing but the order tells the two apart, so a single line may be either.
    told = len(facts) > (1 if has_location else 0)
    headline, location = (facts[0] if told else None), (facts[1] if told and has_location else None)
    return ListedPerson(
        profile_id=profile_id,
        vanity=None if first == profile_id else normalise_vanity(first),
        name=name,
        headline=headline,
        location=location,
        degree=degrees[0] if degrees else None,
        image_url=card["image"] if first == named[0] else None,
        offer=offer,
    )


def own_link(card: Mapping[str, Any]) -> str | None:
    """Return the link to whom a card is about; `None` when it names nobody, or is open to doubt.

    Shared connections are linked further down, or above in a line that says more than their name.
    The degree stands beside the name.
    """
    links = [link for link in card["links"] if named_in(link)]
    above: list[Mapping[str, Any]] = []
    for line in card["lines"]:
        mark = _LAST_MARK.search(line["text"])
        is_mark = _is_mark(line["text"])
        if named_in(line["link"]) and not is_mark and not line["text"].startswith(_PRESENCE):
            above.append(line)
        if above and (is_mark or (line["link"] and mark and _DEGREE.fullmatch(mark[0].strip()))):
            break
    else:
        return links[0] if links else None
    own = next(line for line in reversed(above))
    others = [line for line in above if not _leads_to(line, named_in(own["link"]))]
    if _says_more(own) or not all(_says_more(line) for line in others):
        return None
    return next((link for link in links if _leads_to(own, named_in(link))), None)


def _says_more(line: Mapping[str, Any]) -> bool:
    """Tell whether a line has words around the name that it links: "Ada is a shared connection"."""
    before, found, after = line["text"].partition(line["name"] or line["text"])
    return bool(found) and (bool(before.strip()) or after.lstrip()[:1].isalpha())


def _name(words: str, *, is_marked: bool) -> str:
    """Return a name without the degree behind it, if it is one.

    Args:
        is_marked: whether the card has a degree or an offer, and so is not the account's own, which
            says "You" in a degree's place.
    """
    mark = _LAST_MARK.search(words)
    if mark is None or not words[: mark.start()].strip():
        return words
    has_degree = _DEGREE.fullmatch(mark[0].strip()) is not None
    is_part = not has_degree and is_marked and _SUFFIX.fullmatch(mark[0]) is not None
    return words if is_part else words[: mark.start()].strip()


def _has_no_link(above: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether somebody without a link stands above the first one: a hidden member."""
    return any(
        not line["link"] and not _is_mark(line["text"]) and not line["text"].startswith(_PRESENCE)
        for line in above
    )


def _degrees(lines: Sequence[Mapping[str, Any]], named: str) -> list[int]:
    """Read degrees from the end of every name's line, and from lines that say nothing else.

    Headlines have bullets and numbers as well: "CEO • 2x founder".
    """
    names = [lines[0], *(line for line in lines[1:] if _leads_to_another(line, named))]
    ends = [_LAST_MARK.search(line["text"]) for line in names]
    marks = [end[0] for end in ends if end] + [line["text"] for line in lines[1:]]
    return [int(found[1]) for mark in marks if (found := _DEGREE.fullmatch(mark.strip()))]


def _facts(lines: Sequence[Mapping[str, Any]], named: str, name: str) -> list[str]:
    """Return what stands below the name: the headline, then the location."""
    return [
        line["text"]
        for line in lines
        if not _is_mark(line["text"])
        and line["text"] != name
        and (not line["link"] or _leads_to(line, named))
    ]


def _leads_to(line: Mapping[str, Any], named: str) -> bool:
    return bool(line["link"]) and named_in(line["link"]) == named


def _leads_to_another(line: Mapping[str, Any], named: str) -> bool:
    return bool(named_in(line["link"])) and not _leads_to(line, named)


def _is_mark(text: str) -> bool:
    """Tell whether a line is the degree's, and says nothing else."""
    return text.startswith(("·", "•"))


def _offer(card: Mapping[str, Any], named: str, profile_id: str | None) -> Offer | None:
    """Read what the card's controls are for; somebody else's control makes the card doubtful."""
    found = {_offer_of(each, named, profile_id) for each in card["controls"]} - {None}
    only = found.pop() if len(found) == 1 else None
    return only if isinstance(only, Offer) else None


_SOMEBODY_ELSES = object()


def _offer_of(
    control: Mapping[str, str], named: str, profile_id: str | None
) -> Offer | object | None:
    """Read one control by its key, address, icon or English label (2026-10)."""
    parts = urlsplit(control["href"])
    query = parse_qs(parts.query)
    if control["key"].endswith("_pending") or control["icon"].startswith("clock-"):
        who = named_in(control["href"])
        return Offer.PENDING if not who or same_vanity(who, named) else _SOMEBODY_ELSES
    if "custom-invite" in parts.path and query.get("vanityName"):
        is_own = same_vanity(query["vanityName"][0], named)
        return Offer.CONNECT if is_own else _SOMEBODY_ELSES
    if "/messaging/compose/" in parts.path and query.get("recipient"):
        return Offer.MESSAGE if query["recipient"] == [profile_id] else _SOMEBODY_ELSES
    if control["key"].startswith("FollowButton") or control["label"].startswith("Follow "):
        return Offer.FOLLOW
    return None


def _profile_id(card: Mapping[str, Any], named: str, *, is_alone: bool) -> str | None:
    """Return the id, by the card's key, the way to write to its member, or its own link."""
    ids = {
        found["profile_id"]
        for key in card["keys"]
        if (found := re.fullmatch(people_search.CARD_KEY, key))
    }
    for link in card["links"]:
        parts = urlsplit(link)
        if "/messaging/compose/" in parts.path:
            if not is_alone:
                continue
            ids.update(parse_qs(parts.query).get("recipient", []))
        elif named_in(link) == named:
            query = parse_qs(parts.query)
            ids.update(profile_ids_in(" ".join(query.get("miniProfileUrn", []))))
    if named.startswith("ACoA"):
        ids.add(named)
    # Two ids on one card are somebody else's as well: better none than a wrong one.
    return ids.pop() if len(ids) == 1 else None
