"""Naming a LinkedIn post, in any of the ways that people hold the name."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import unquote, urlsplit

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema

_URN = r"urn:li:(?:activity|ugcPost|share):[0-9]{5,25}"
_SLUG = re.compile(r".*-(activity|ugcPost|share)-([0-9]{5,25})(?:-[A-Za-z0-9_-]*)?")
_LONGEST = 2000


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


def _urn_in_address(text: str) -> str:
    address = urlsplit(text if "://" in text else f"https://{text}")
    host = (address.hostname or "").lower()
    ours = host == "linkedin.com" or host.endswith(".linkedin.com")
    if address.scheme not in {"http", "https"} or not ours or address.username or address.password:
        raise ValueError("is no address on linkedin.com")
    match [part for part in unquote(address.path).split("/") if part]:
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
