"""Naming a company on LinkedIn, in any of the ways that people hold the name."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated
from urllib.parse import quote, unquote

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema

from executor.address import PUBLIC_SITE, parts_of_address

_URN = re.compile(r"urn:li:(?:fsd_company|company|organization|fs_normalized_company):([0-9]+)")
_LONGEST = 500
# LinkedIn's own slugs hold letters of any script and, here and there, other signs (`&`, `.`); what
# could lead out of the path, or hide in it, names no company.
_SLUG = r"[^\s/?#%\\<>\"]{1,100}"


def company_slug(text: object) -> str:
    """Read a company's slug, number, URN or address; what comes back is its slug or its number.

    Raises:
        ValueError: it names no company.
    """
    if not isinstance(text, str) or len(text) > _LONGEST or not text.isprintable():
        raise ValueError("names no company")
    text = text.strip()
    if urn := _URN.fullmatch(text):
        return urn[1]
    slug = normalise_slug(_slug_in_address(text) if "/" in text else text)
    if not re.fullmatch(_SLUG, slug) or slug in {".", ".."} or slug.startswith("urn:"):
        raise ValueError("names no company")
    return slug


def company_path(slug: str, page: str = "") -> str:
    """Return the path of a company's page, or of one of the pages below it."""
    return f"/company/{quote(slug, safe='')}/{page}"


def company_address(slug: str) -> str:
    """Return a company's public address."""
    return f"{PUBLIC_SITE}/company/{quote(slug, safe='')}"


def company_urn(number: str) -> str:
    """Return the URN that LinkedIn's own pages use for a company."""
    return f"urn:li:fsd_company:{number}"


def normalise_slug(text: str) -> str:
    """Decode percent-encoding, compose accents, and bring letters to one case."""
    return unicodedata.normalize("NFC", unquote(text)).lower()


def _slug_in_address(text: str) -> str:
    match parts_of_address(text):
        # What follows is a page of the company's: about, posts, people and so on.
        case ["company", slug, *_]:
            return slug
        case _:
            raise ValueError("is no address of a company")


CompanySlug = Annotated[
    str,
    BeforeValidator(company_slug),
    StringConstraints(pattern=f"^{_SLUG}$"),
    WithJsonSchema(
        {
            "type": "string",
            "minLength": 1,
            "description": "A company: the last part of its address, the whole address, its "
            "number, or its URN (`urn:li:fsd_company:…`, `urn:li:organization:…`).",
        }
    ),
]
"""A company's slug, or its number as digits; addresses and URNs are taken as well."""
