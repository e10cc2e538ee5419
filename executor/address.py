"""Addresses on LinkedIn, as people copy them out of a browser or write them down."""

from __future__ import annotations

from urllib.parse import urlsplit

PUBLIC_SITE = "https://www.linkedin.com"
"""Where addresses that are given to people lead, whatever site the executor works on."""


def is_linkedin(host: str | None) -> bool:
    """Tell whether a host is linkedin.com or one below it, such as `de.linkedin.com`."""
    return f".{(host or '').lower()}".endswith(".linkedin.com")


def is_below(path: str, prefixes: tuple[str, ...]) -> bool:
    """Tell whether a path is one of the prefixes or lies below one, by whole segments."""
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in prefixes)


def parts_of_address(text: str) -> list[str]:
    """Return the parts of an address's path, as they are written there.

    Args:
        text: may lack the scheme, as in `linkedin.com/in/jane-doe`.

    Raises:
        ValueError: it leads elsewhere, or is no web address.
    """
    address = urlsplit(text if "://" in text else f"https://{text}")
    named = address.username or address.password
    if address.scheme not in {"http", "https"} or named or not is_linkedin(address.hostname):
        raise ValueError("is no address on linkedin.com")
    return [part for part in address.path.split("/") if part]
