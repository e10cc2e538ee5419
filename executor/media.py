"""Addresses of files that came with messages: on LinkedIn's two hosts for them only."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, StringConstraints

_PRIVATE_PATH = "/dms/prv/"
_LONGEST = 4000
_WRONG = "is no address of a file on LinkedIn"


def media_address(text: str) -> str:
    """Return an address if it is one of a file: `www.linkedin.com/dms/prv/…` or `media.licdn.com`.

    The host has to stand there exactly, without user, password or port, and the path may not lead
    upwards, so that nothing else can be reached by it.

    Raises:
        ValueError: it leads elsewhere.
    """
    if not text.isascii() or not text.isprintable() or "\\" in text or " " in text:
        raise ValueError(_WRONG)
    try:
        parts = urlsplit(text)
    except ValueError:
        raise ValueError(_WRONG) from None
    steps = unquote(unquote(parts.path)).replace("\\", "/").split("/")
    if parts.scheme != "https" or parts.fragment or {".", ".."} & set(steps):
        raise ValueError(_WRONG)
    if parts.netloc == "media.licdn.com" and len(parts.path) > 1:
        return text
    if parts.netloc == "www.linkedin.com" and parts.path.startswith(_PRIVATE_PATH):
        return text
    raise ValueError(_WRONG)


MediaUrl = Annotated[str, StringConstraints(max_length=_LONGEST), AfterValidator(media_address)]
