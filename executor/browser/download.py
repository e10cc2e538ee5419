"""Fetching one file with the account's cookies, from nowhere but LinkedIn's hosts for files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from executor.address import PUBLIC_SITE
from executor.browser.failures import translated
from executor.browser.obstacles import obstacle_at
from executor.errors import (
    MediaNotFound,
    RateLimited,
    Refused,
    TimedOut,
)
from executor.media import media_address

if TYPE_CHECKING:
    from playwright.async_api import APIRequestContext, APIResponse


_MOST_HOPS = 3
_TIMEOUT_MS = 60_000
_OK, _PARTIAL = 200, 206
_MOVED = {301, 302, 303, 307, 308}
_THROTTLED = {429, 999}
_GONE = {404, 410}
_SERVER_TROUBLE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Downloaded:
    """A file's content, and what LinkedIn calls it."""

    content: bytes
    media_type: str


@translated
async def download(
    request: APIRequestContext, url: str, *, site: str, max_bytes: int
) -> Downloaded:
    """Fetch a file; every hop has to be an address of a file again.

    Args:
        url: a `MediaUrl`.
        site: where LinkedIn is; a sandbox has the files of `www.linkedin.com` as well.
        max_bytes: no more than this is asked for.

    Raises:
        MediaNotFound: there is no such file.
        Refused: LinkedIn does not give it to this account, it is too large, or leads elsewhere.
        SessionBlocked: LinkedIn wants the account's person first.
        RateLimited, TimedOut: as everywhere.
    """
    for _ in range(_MOST_HOPS):
        here = _at(site, url)
        response = await request.get(
            here,
            headers={"Range": f"bytes=0-{max_bytes}"},
            max_redirects=0,
            timeout=_TIMEOUT_MS,
            fail_on_status_code=False,
        )
        try:
            if response.status not in _MOVED:
                return await _content(response, max_bytes)
            url = _next(urljoin(here, response.headers.get("location", "")), site)
        finally:
            await response.dispose()
    raise Refused("LinkedIn sends whoever asks for this file from one address to another.")


def _at(site: str, url: str) -> str:
    return url.replace(PUBLIC_SITE, site, 1) if url.startswith(f"{PUBLIC_SITE}/") else url


def _next(target: str, site: str) -> str:
    """Return the address that an answer leads to, as the public one.

    Raises:
        SessionBlocked: it leads to a sign-in page, a check or a restriction.
        Refused: it leads to anything but a file.
    """
    public = target.replace(site, PUBLIC_SITE, 1) if target.startswith(f"{site}/") else target
    path = unquote(urlsplit(public).path).rstrip("/")
    if (obstacle := obstacle_at(path)) is not None:
        raise obstacle
    try:
        return media_address(public)
    except ValueError:
        raise Refused("The file's address leads away from LinkedIn's files.") from None


async def _content(response: APIResponse, max_bytes: int) -> Downloaded:
    status = response.status
    if status in _THROTTLED:
        raise RateLimited
    if status in _GONE:
        raise MediaNotFound
    if status >= _SERVER_TROUBLE:
        raise TimedOut(f"LinkedIn answered with status {status}.")
    if status not in {_OK, _PARTIAL}:
        raise Refused(f"LinkedIn does not give this file to the account (status {status}).")
    content = await response.body()
    if len(content) > max_bytes:
        raise Refused("The file is larger than the service takes.")
    if not content:
        raise MediaNotFound
    declared = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Downloaded(content=content, media_type=declared or "application/octet-stream")
