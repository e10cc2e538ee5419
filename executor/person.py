"""Naming a LinkedIn member, in any of the ways that people hold the name."""

from __future__ import annotations

import re
import unicodedata
from typing import Self
from urllib.parse import quote, unquote

from pydantic import BaseModel, ConfigDict, model_validator

from executor.address import PUBLIC_SITE, parts_of_address

# Three at least, because `me` is LinkedIn's word for whoever is signed in.
_PROFILE_ID = re.compile(r"[A-Za-z0-9_-]{3,128}")
_BARE_PROFILE_ID = re.compile(r"ACoA[A-Za-z0-9_-]{1,124}")
_VANITY_LENGTH = range(3, 101)
_URN = re.compile(r"urn:li:(?:person|fsd_profile|fs_miniProfile|fs_profile|member_profile):(.+)")
_LONGEST = 500


class Person(BaseModel):
    """A LinkedIn member by profile id, by vanity name, or by both.

    Both parts hold nothing but letters, digits, `_` and `-`, so that an address built from them
    cannot lead anywhere but to a profile.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    profile_id: str | None = None
    """The `ACoA…` id, without any URN prefix."""
    vanity: str | None = None
    """The last part of `linkedin.com/in/…`, decoded, in Unicode NFC."""

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if self.profile_id is None and self.vanity is None:
            raise ValueError("neither a profile id nor a vanity name")
        if self.profile_id is not None and not _PROFILE_ID.fullmatch(self.profile_id):
            raise ValueError("not a profile id")
        if self.vanity is not None and not _is_vanity(self.vanity):
            raise ValueError("not a vanity name")
        return self

    @classmethod
    def parse(cls, text: str) -> Person:
        """Read a person URN, a bare `ACoA…` id, a vanity name, or a profile's address.

        Raises:
            ValueError: it is none of these.
        """
        text = text.strip()
        if len(text) > _LONGEST:
            raise ValueError("too long to name a person")
        if (
            not text.isprintable()
        ):  # Reading an address would drop line feeds and name somebody else.
            raise ValueError("control characters name nobody")
        if urn := _URN.fullmatch(text):
            return cls(profile_id=urn[1])
        if "/" in text:
            text = _last_part_of_profile_address(text)
        text = normalise_vanity(text)
        if _BARE_PROFILE_ID.fullmatch(text):
            return cls(profile_id=text)
        return cls(vanity=text)

    @property
    def path(self) -> str:
        """The profile page's path; the id is preferred, since a vanity may change hands."""
        return f"/in/{self.profile_id or quote(self.vanity or '', safe='')}/"


def profile_urn(profile_id: str) -> str:
    """Return the URN that LinkedIn's own pages use for a profile."""
    return f"urn:li:fsd_profile:{profile_id}"


def profile_address(id_or_vanity: str) -> str:
    """Return a profile's public address."""
    return f"{PUBLIC_SITE}/in/{quote(id_or_vanity, safe='')}"


def normalise_vanity(text: str) -> str:
    """Decode percent-encoding (of either letter case) and compose accents."""
    # Bytes that are no UTF-8 stay apart as surrogates, which no vanity name may hold.
    return unicodedata.normalize("NFC", unquote(text, errors="surrogateescape"))


def same_vanity(one: str, other: str) -> bool:
    """Compare two vanity names as LinkedIn does, without regard to case or encoding."""
    # Not `casefold`, to which `strasse` and `straße` are the same; they may be two members.
    return normalise_vanity(one).lower() == normalise_vanity(other).lower()


def _is_vanity(text: str) -> bool:
    """Tell whether LinkedIn could have given out this name.

    Members choose letters, digits and hyphens; other scripts' letters and their marks are about
    as well, as in `dieter-könig` (measured 2026-09-30).
    """
    return len(text) in _VANITY_LENGTH and all(
        letter in "-_" or letter.isalnum() or unicodedata.category(letter).startswith("M")
        for letter in text
    )


def _last_part_of_profile_address(text: str) -> str:
    parts = parts_of_address(text)
    # A second part after the name is a language (`/in/someone/de/`), as LinkedIn writes it.
    if len(parts) not in {2, 3} or parts[0] != "in":
        raise ValueError("not an address of a LinkedIn profile")
    return parts[1]
