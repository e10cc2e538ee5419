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
