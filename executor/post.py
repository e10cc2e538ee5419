"""Naming a LinkedIn post, in any of the ways that people hold the name."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated
from urllib.parse import unquote

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema

from executor.address import PUBLIC_SITE, parts_of_address

_URN = r"urn:li:(?:activity|ugcPost|share):[0-9]{5,25}"
_SLUG = re.compile(r".*-(activity|ugcPost|share)-([0-9]{5,25})(?:-[A-Za-z0-9_-]*)?")
_LONGEST = 2000
_BITS_BEHIND_TIME = 22
_FIRST_MOMENT, _LAST_MOMENT = 1_000_000_000_000, 4_000_000_000_000
"""2001 and 2096: whatever lies outside is no time."""


class Reaction(StrEnum):
    """What one can say to a post with one click; LinkedIn's own names, as requests have them."""

    LIKE = "like"
    PRAISE = "praise"
    """Celebrate."""
    APPRECIATION = "appreciation"
    """Support."""
    EMPATHY = "empathy"
    """Love."""
    INTEREST = "interest"
    """Insightful."""
    ENTERTAINMENT = "entertainment"
    """Funny."""


def post_urn(text: object) -> str:
    """Read a post's URN, or its address.

    The three kinds of URN carry different numbers, and none can be worked out from another
    (2026-07), so the kind stays as it was given.

    Raises:
        ValueError: it names no post.
    """
    if not isinstance(text, str) or len(text) > _LONGEST or not text.isprintable():
        raise ValueError("names no post")
    text = text.strip()
    return text if re.fullmatch(_URN, text) else _urn_in_address(text)


def post_address(urn: str) -> str:
    """Return a post's public address."""
    return f"{PUBLIC_SITE}/feed/update/{urn}/"


def moment_in(urn: str) -> int | None:
    """Return when what the last number of a URN belongs to was made, in milliseconds since 1970.

    Numbers of posts and comments begin with it: in the comment that LinkedIn's documentation shows,
    both agree (read 2026-11-30). `None` for those of another make.
    """
    number = int(re.findall(r"[0-9]+", urn)[-1])
    moment = number >> _BITS_BEHIND_TIME
    return moment if _FIRST_MOMENT <= moment < _LAST_MOMENT else None


def _urn_in_address(text: str) -> str:
    match [unquote(part) for part in parts_of_address(text)]:
        case ["feed", "update", urn] if re.fullmatch(_URN, urn):
            return urn
        case ["posts", slug] if found := _SLUG.fullmatch(slug):
            return f"urn:li:{found[1]}:{found[2]}"
        case _:
            raise ValueError("is no address of a post")


PostUrn = Annotated[
    str,
    BeforeValidator(post_urn),
    StringConstraints(pattern=f"^{_URN}$"),
    WithJsonSchema(
        {
            "type": "string",
            "minLength": 1,
            "description": "A post: by its URN (`urn:li:activity:…`, `urn:li:ugcPost:…`, "
            "`urn:li:share:…`) or its address.",
        }
    ),
]
"""A post's URN; addresses are taken as well."""
