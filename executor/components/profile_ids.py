"""Reading members' ids out of LinkedIn's URNs and addresses."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_PROFILE = re.compile(r"urn:li:(?:fsd_profile|fs_miniProfile):([A-Za-z0-9_-]+)")


def profile_ids_in(text: str) -> list[str]:
    """Return the profile ids of all URNs in a text, in its order."""
    return _PROFILE.findall(text)


def named_in(href: str | None) -> str:
    """Return the id or vanity that a link to a profile names; empty for other links."""
    parts = unquote(urlsplit(href or "").path).strip("/").split("/")
    return parts[1] if parts[0] == "in" and len(parts) > 1 else ""
